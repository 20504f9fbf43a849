import WenzeSemantics
import WenzeSyntax

/// Holds the tags of a template against what it is filled with, and writes the template as
/// swift-mustache reads it.
///
/// Every name that a template uses has to be there: a name that nothing has would leave a gap in a
/// document that nobody looks for.
struct TemplateChecker {
  private let sources: [Source]
  private(set) var problems: [LocatedDiagnostic] = []
  /// The template with names of ASCII letters.
  private(set) var mustache = ""
  /// Pieces that stand in it by their numbers.
  private(set) var texts: [String] = []
  /// What the names of tags are looked up in, the innermost last.
  private var scopes: [TemplateValue]
  private var open: [Opening] = []

  /// How deep sections may lie in one another.
  private static let depthLimit = 32

  private struct Opening {
    var tag: TemplateTag
    var source: Int
    /// What stands in its tags; nil if it is not known.
    var mustacheName: String?
    var hasScope: Bool
  }

  init(sources: [Source], data: TemplateValue) {
    self.sources = sources
    scopes = [data]
  }

  mutating func check(_ tokens: [TemplateToken]) {
    for token in tokens {
      switch token {
      case .text(let text): add(text)
      case .tag(let tag, let source): check(tag, source)
      }
    }
    for opening in open { report(.unclosedSection(opening.tag), in: opening.source) }
  }

  /// Adds a text, long pieces of it by their numbers: swift-mustache goes through all that follows
  /// wherever it looks for a brace.
  ///
  /// Line breaks beside tags stay, since a tag that stands alone in a line goes with the line.
  private mutating func add(_ text: String) {
    let bytes = Array(text.utf8)
    let lineFeed = UInt8(ascii: "\n")
    guard let first = bytes.firstIndex(of: lineFeed), let last = bytes.lastIndex(of: lineFeed)
    else { return add(bytes[...]) }
    add(bytes[..<first])
    mustache += "\n"
    if first < last {
      add(bytes[(first + 1)..<last])
      mustache += "\n"
    }
    add(bytes[(last + 1)...])
  }

  private mutating func add(_ piece: ArraySlice<UInt8>) {
    let text = String(decoding: piece, as: UTF8.self)
    guard piece.count > 64 else {
      mustache += text
      return
    }
    mustache += "{{&\(MustacheNode.name(ofText: texts.count))}}"
    texts.append(text)
  }

  private mutating func report(_ diagnostic: Diagnostic, in source: Int) {
    problems.append(LocatedDiagnostic(path: sources[source].path, diagnostic))
  }

  private mutating func check(_ tag: TemplateTag, _ source: Int) {
    switch tag.kind {
    case .comment, .partial: break
    case .end: close(tag, source)
    case .value:
      guard let value = value(of: tag, source) else { return }
      guard value.text != nil else { return report(.noText(tag, value.kind), in: source) }
      mustache += "{{\(encoded(tag))}}"
    case .section, .inverted:
      if open.count == Self.depthLimit { report(.tooDeep(tag, Self.depthLimit), in: source) }
      var opening = Opening(tag: tag, source: source, mustacheName: nil, hasScope: false)
      if let value = value(of: tag, source) {
        if value.kind == .answer {
          report(.answerAsSection(tag), in: source)
        } else {
          opening.mustacheName = encoded(tag) + suffix(of: value, tag.kind)
          opening.hasScope = tag.kind == .section && value.kind != .condition
          if opening.hasScope { scopes.append(value.element ?? value) }
        }
      }
      if let name = opening.mustacheName {
        mustache += opensSection(name, value(of: tag), tag.kind)
      }
      open.append(opening)
    }
  }

  /// What the end of a section's name is: lists tell their elements, and that they have none.
  private func suffix(of value: TemplateValue, _ kind: TemplateTag.Kind) -> String {
    guard value.kind == .list else { return "" }
    return "." + (kind == .section ? MustacheNode.elements : MustacheNode.isEmpty)
  }

  private func opensSection(
    _ name: String, _ value: TemplateValue?, _ kind: TemplateTag.Kind
  ) -> String {
    "{{\(kind == .section || name.hasSuffix("." + MustacheNode.isEmpty) ? "#" : "^")\(name)}}"
  }

  private mutating func close(_ tag: TemplateTag, _ source: Int) {
    guard let opening = open.last else { return report(.endWithoutSection(tag), in: source) }
    guard opening.tag.path == tag.path else {
      if let index = open.lastIndex(where: { $0.tag.path == tag.path }) {
        // What is open inside was not closed; the rest is as it should be.
        for inner in open[(index + 1)...].reversed() {
          report(.unclosedSection(inner.tag), in: inner.source)
          if inner.hasScope { scopes.removeLast() }
        }
        open.removeLast(open.count - index - 1)
        return close(tag, source)
      }
      let related = opening.source == source ? opening.tag.range : nil
      return report(.wrongEnd(tag, of: opening.tag, at: related), in: source)
    }
    open.removeLast()
    if opening.hasScope { scopes.removeLast() }
    if let name = opening.mustacheName { mustache += "{{/\(name)}}" }
  }

  private func encoded(_ tag: TemplateTag) -> String {
    tag.path.isEmpty ? "." : tag.path.map { MustacheNode.encoded($0) }.joined(separator: ".")
  }

  // MARK: Names

  private mutating func value(of tag: TemplateTag, _ source: Int) -> TemplateValue? {
    if let value = value(of: tag) { return value }
    report(unknownName(tag), in: source)
    return nil
  }

  /// What a name stands for: its first part in the innermost scope that has it, the rest in that.
  private func value(of tag: TemplateTag) -> TemplateValue? {
    guard let first = tag.path.first else { return scopes.last }
    guard let scope = scopes.last(where: { $0.fields[first] != nil }) else { return nil }
    return scope.value(at: tag.path[...])
  }

  private func unknownName(_ tag: TemplateTag) -> Diagnostic {
    guard let first = tag.path.first else { return .unknownName(tag, ".", in: nil, hint: nil) }
    if let scope = scopes.last(where: { $0.fields[first] != nil }) {
      // Its first part is known: the mistake is behind it.
      var value = scope
      var known: [String] = []
      for part in tag.path {
        guard let next = value.fields[part] else {
          if value.kind == .list { return .partOfList(tag, known.joined(separator: ".")) }
          let hint = nearest(to: part, among: value.fields.keys)
          return .unknownName(
            tag, part, in: known.joined(separator: "."),
            hint: hint.map { (known + [$0]).joined(separator: ".") })
        }
        value = next
        known.append(part)
      }
    }
    for scope in scopes.reversed() {
      if let place = scope.place(of: tag.path) { return .nameElsewhere(tag, place) }
    }
    let hint = scopes.reversed().lazy.compactMap { nearest(to: first, among: $0.fields.keys) }.first
    return .unknownName(
      tag, first, in: nil, hint: hint.map { ([$0] + tag.path.dropFirst()).joined(separator: ".") })
  }
}

extension TemplateValue {
  func value(at path: ArraySlice<String>) -> TemplateValue? {
    guard let first = path.first else { return self }
    return fields[first]?.value(at: path.dropFirst())
  }

  /// The names of the records and lists, at most three deep, in which a name would be known.
  fileprivate func place(of path: [String]) -> [String]? {
    var level: [(value: TemplateValue, path: [String])] = [(self, [])]
    for _ in 0..<3 {
      var next: [(value: TemplateValue, path: [String])] = []
      for (value, place) in level {
        for (name, field) in value.fields.sorted(by: { $0.key < $1.key }) {
          let inner = field.element ?? field
          if inner.fields.isEmpty { continue }
          // Of both spellings of a name the one that the author's own begins like.
          if inner.value(at: path[...]) != nil,
            name.utf8.allSatisfy({ $0 < 0x80 }) == path[0].utf8.allSatisfy({ $0 < 0x80 })
          {
            return place + [name]
          }
          next.append((inner, place + [name]))
        }
      }
      level = next
    }
    return nil
  }
}

// MARK: - Diagnostics

extension Diagnostic {
  fileprivate static func unclosedSection(_ tag: TemplateTag) -> Self {
    Diagnostic(
      "T0211", .error,
      Bilingual("“\(tag.name)”的段没有结束", "the section of `\(tag.name)` is not closed"), at: tag.range,
      notes: [
        Bilingual(
          "在段的末尾写 {{/\(tag.name)}}", "write {{/\(tag.name)}} where the section ends")
      ])
  }

  fileprivate static func endWithoutSection(_ tag: TemplateTag) -> Self {
    Diagnostic(
      "T0212", .error,
      Bilingual("“\(tag.name)”的段没有开始", "the section of `\(tag.name)` does not begin"),
      at: tag.range,
      notes: [
        Bilingual(
          "在段的开头写 {{#\(tag.name)}}，或者删去这个标签",
          "write {{#\(tag.name)}} where the section begins, or remove this tag")
      ])
  }

  fileprivate static func wrongEnd(
    _ tag: TemplateTag, of opening: TemplateTag, at range: SourceRange?
  ) -> Self {
    Diagnostic(
      "T0213", .error,
      Bilingual(
        "这里应当结束“\(opening.name)”的段，不是“\(tag.name)”",
        "the section of `\(opening.name)` ends here, not that of `\(tag.name)`"), at: tag.range,
      related: range.map { [Label(Bilingual("从这里开始", "it begins here"), at: $0)] } ?? [],
      notes: [
        Bilingual("写 {{/\(opening.name)}}", "write {{/\(opening.name)}}")
      ])
  }

  fileprivate static func unknownName(
    _ tag: TemplateTag, _ part: String, in place: String?, hint: String?
  ) -> Self {
    let place = place.flatMap { $0.isEmpty ? nil : $0 }
    let message =
      place.map {
        Bilingual("“\($0)”里没有“\(part)”", "there is no `\(part)` in `\($0)`")
      } ?? Bilingual("这里没有名称“\(part)”", "there is no name `\(part)` here")
    let note =
      hint.map { Bilingual("是不是“\($0)”？", "did you mean `\($0)`?") }
      ?? Bilingual(
        "可用的名称见 wenze draft --names", "for the names that there are see wenze draft --names")
    return Diagnostic("T0214", .error, message, at: tag.range, notes: [note])
  }

  fileprivate static func nameElsewhere(_ tag: TemplateTag, _ place: [String]) -> Self {
    let inside = place.joined(separator: ".")
    let before = place.map { "{{#\($0)}}" }.joined()
    let after = place.reversed().map { "{{/\($0)}}" }.joined()
    return Diagnostic(
      "T0214", .error,
      Bilingual(
        "这里没有名称“\(tag.name)”，它在“\(inside)”里",
        "there is no name `\(tag.name)` here: it is in `\(inside)`"), at: tag.range,
      notes: [
        Bilingual("写在段里：\(before)…\(after)", "write it in a section: \(before)…\(after)")
      ])
  }

  fileprivate static func partOfList(_ tag: TemplateTag, _ list: String) -> Self {
    Diagnostic(
      "T0215", .error,
      Bilingual("“\(list)”是列表，要逐项写出", "`\(list)` is a list, whose elements are told one by one"),
      at: tag.range,
      notes: [
        Bilingual(
          "写 {{#\(list)}}…{{/\(list)}}，在其中用各项的名称",
          "write {{#\(list)}}…{{/\(list)}}, with the names of its elements in between")
      ])
  }

  fileprivate static func noText(_ tag: TemplateTag, _ kind: TemplateValue.Kind) -> Self {
    let what =
      switch kind {
      case .condition: Bilingual("是条件", "is a condition")
      case .list: Bilingual("是列表", "is a list")
      case .text, .answer, .record: Bilingual("是一组内容", "is a record")
      }
    return Diagnostic(
      "T0216", .error,
      Bilingual(
        "“\(tag.name)”\(what.chinese)，不能直接填入", "`\(tag.name)` \(what.english), and no text"),
      at: tag.range,
      notes: [
        Bilingual(
          "写 {{#\(tag.name)}}…{{/\(tag.name)}}", "write {{#\(tag.name)}}…{{/\(tag.name)}}")
      ])
  }

  fileprivate static func tooDeep(_ tag: TemplateTag, _ limit: Int) -> Self {
    Diagnostic(
      "T0219", .error,
      Bilingual("段套了不止 \(limit) 层", "sections lie more than \(limit) deep in one another"),
      at: tag.range,
      notes: [Bilingual("减少层数", "have fewer of them")])
  }

  fileprivate static func answerAsSection(_ tag: TemplateTag) -> Self {
    let name = tag.name
    return Diagnostic(
      "T0217", .error,
      Bilingual(
        "“\(name)”有是、否、未记载三种情况，段分不清",
        "`\(name)` is yes, no or not recorded, which a section cannot tell apart"),
      at: tag.range,
      notes: [
        Bilingual(
          "写 {{#\(name).是}}、{{#\(name).否}}、{{#\(name).未记载}}",
          "write {{#\(name).yes}}, {{#\(name).no}} and {{#\(name).unrecorded}}")
      ])
  }
}
