import WenzeModel
package import WenzeSyntax

/// A parameter that cannot be set as asked.
package struct ParameterError: Error, Hashable, Sendable {
  package var message: Bilingual
}

extension RuleSet {
  /// Gives a parameter one value for every date.
  package mutating func setParameter(
    _ name: String, to text: String
  ) throws(ParameterError) {
    guard
      let index = parameters.firstIndex(where: {
        $0.name.chinese == name || $0.name.english == name
      })
    else {
      let known = parameters.flatMap { [$0.name.chinese, $0.name.english] }
      let hint = nearest(to: name, among: known)
      throw ParameterError(
        message: Bilingual(
          "没有名为“\(name)”的参数" + (hint.map { "，是不是“\($0)”？" } ?? ""),
          "there is no parameter `\(name)`" + (hint.map { "; did you mean `\($0)`?" } ?? "")))
    }
    let type = parameters[index].type
    guard let value = value(of: text, as: type) else {
      let wanted = describe(type)
      throw ParameterError(
        message: Bilingual(
          "参数“\(name)”的值应当是\(wanted.chinese)，“\(text)”不是",
          "the parameter `\(name)` takes \(wanted.english), which `\(text)` is not"))
    }
    parameters[index].override(with: value)
  }

  private func value(of text: String, as type: ValueType) -> Value? {
    switch type {
    case .boolean:
      ["是", "true", "yes"].contains(text)
        ? .boolean(true)
        : ["否", "false", "no"].contains(text) ? .boolean(false) : nil
    case .text: .text(text)
    case .integer: Int(text.foldingFullWidth()).map(Value.integer)
    case .decimal: FixedDecimal(text: text).map(Value.decimal)
    case .date: CalendarDate(text: text).map(Value.date)
    case .duration: CalendarDuration(text: text).map(Value.duration)
    case .enumeration(let index):
      enums[index].bySpelling[text].map { .symbol(enumeration: index, entry: $0) }
    case .record, .list, .nothing, .unknown: nil
    }
  }
}
