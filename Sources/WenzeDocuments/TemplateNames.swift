package import WenzeSyntax

extension TemplateValue {
  /// The names that a template may use, a line each, those of records and lists below them.
  package func listOfNames(in language: Language) -> String {
    lines(in: language, indent: "").joined()
  }

  private func lines(in language: Language, indent: String) -> [String] {
    names.flatMap { name -> [String] in
      guard let value = fields[name.chinese] else { return [] }
      let other = language == .chinese ? name.english : name.chinese
      let kind = value.kindName[language]
      let line =
        indent + name[language] + "  " + other
        + (kind.isEmpty ? "" : "  " + kind) + "\n"
      // That nothing is recorded can be asked of every fact.
      let inner = (value.element ?? value).withoutStates
      return [line] + inner.lines(in: language, indent: indent + "  ")
    }
  }

  private var kindName: Bilingual {
    switch kind {
    case .text, .record: Bilingual("", "")
    case .condition: Bilingual("（条件）", "(condition)")
    case .answer: Bilingual("（.是 .否 .未记载）", "(.yes .no .unrecorded)")
    case .list: Bilingual("（列表）", "(list)")
    }
  }

  private var withoutStates: TemplateValue {
    guard kind != .answer else { return .text("") }
    var value = self
    value.removeNames { ["未记载", "无"].contains($0.chinese) }
    return value
  }
}
