import WenzeSemantics
package import WenzeSyntax

/// A template of a page: HTML with tags.
package struct PageTemplate: Sendable {
  private let tokens: [TemplateToken]
  package let sources: [Source]

  /// Reads a template, and in their places the templates that it names.
  package init(
    _ source: Source, partial: @escaping (String) -> Source?
  ) throws(TemplateProblems) {
    var reader = TemplateReader(partial)
    reader.read(source)
    var places = PagePlaces(sources: reader.sources)
    places.check(reader.tokens)
    let problems = reader.problems + places.problems
    guard problems.isEmpty else {
      throw TemplateProblems(problems, sources: reader.sources)
    }
    tokens = reader.tokens
    sources = reader.sources
  }

  /// Holds the template against what it is filled with.
  func checked(with data: TemplateValue) throws(TemplateProblems) -> CheckedTemplate {
    try CheckedTemplate(tokens, sources: sources, data: data, .page)
  }

  /// The template in one text, without others that it names.
  package var text: String {
    let bytes = sources.map { Array($0.text.utf8) }
    return tokens.map { token in
      switch token {
      case .text(let text): text
      case .tag(let tag, let source):
        String(decoding: bytes[source][tag.range.start..<tag.range.end], as: UTF8.self)
      }
    }
    .joined()
  }
}

/// Reads a template and those that it names.
private struct TemplateReader {
  private let partial: (String) -> Source?
  private(set) var tokens: [TemplateToken] = []
  private(set) var sources: [Source] = []
  private(set) var problems: [LocatedDiagnostic] = []
  /// How many templates one may name, and those in turn.
  private static let sourceLimit = 200
  /// The names of the templates that are being read.
  private var open: [String] = []

  init(_ partial: @escaping (String) -> Source?) {
    self.partial = partial
  }

  mutating func read(_ source: Source) {
    let number = sources.count
    sources.append(source)
    let scanner = TemplateScanner(source)
    problems += scanner.diagnostics.map { LocatedDiagnostic(path: source.path, $0) }
    let bytes = Array(source.text.utf8)
    var offset = 0
    for tag in scanner.tags {
      add(bytes[offset..<tag.range.start])
      offset = tag.range.end
      if tag.joinsNeighbour(in: bytes) {
        problems.append(LocatedDiagnostic(path: source.path, .joiningCharacter(tag.range)))
      }
      if tag.kind == .partial {
        insert(tag, in: source)
      } else {
        tokens.append(.tag(tag, source: number))
      }
    }
    add(bytes[offset...])
  }

  private mutating func add(_ bytes: ArraySlice<UInt8>) {
    if !bytes.isEmpty { tokens.append(.text(String(decoding: bytes, as: UTF8.self))) }
  }

  private mutating func insert(_ tag: TemplateTag, in source: Source) {
    let name = tag.path.first ?? ""
    guard !open.contains(name) else {
      problems.append(LocatedDiagnostic(path: source.path, .endlessPartial(tag.range, name)))
      return
    }
    guard !name.isEmpty, !name.contains("/"), !name.contains("\\"), !name.hasPrefix("."),
      let inner = partial(name)
    else {
      problems.append(LocatedDiagnostic(path: source.path, .unknownPartial(tag.range, name)))
      return
    }
    guard sources.count < Self.sourceLimit else {
      if sources.count == Self.sourceLimit {
        sources.append(inner)
        problems.append(LocatedDiagnostic(path: source.path, .tooManyPartials(tag.range)))
      }
      return
    }
    open.append(name)
    read(inner)
    open.removeLast()
  }
}

extension TemplateTag {
  /// Whether a character beside the tag would be one with a brace of it, so that it is no tag to
  /// whoever reads characters.
  func joinsNeighbour(in bytes: [UInt8]) -> Bool {
    func joins(_ left: String, _ right: String) -> Bool { (left + right).count < 2 }
    let before = String(decoding: bytes[max(0, range.start - 4)..<range.start], as: UTF8.self)
    let after = String(
      decoding: bytes[range.end..<min(bytes.count, range.end + 4)], as: UTF8.self)
    if let last = before.unicodeScalars.last, joins(String(last), "{") { return true }
    if let first = after.unicodeScalars.first, joins("}", String(first)) { return true }
    return false
  }
}

// MARK: - Places

/// Finds values in places of a page where a text could do more than be read.
private struct PagePlaces {
  private let sources: [Source]
  private(set) var problems: [LocatedDiagnostic] = []
  private var state = State.text

  private enum State: Equatable {
    case text
    case comment
    /// Inside an element whose content is no text.
    case raw(String)
    /// Inside a tag, with what was read of it since its name or its last attribute.
    case tag(name: String, word: String)
    case value(name: String, attribute: String, quote: Character)
  }

  /// Attributes that are read and nothing else.
  private static let textAttributes: Set<String> = [
    "alt", "class", "datetime", "headers", "id", "label", "summary", "title", "value",
  ]

  init(sources: [Source]) {
    self.sources = sources
  }

  mutating func check(_ tokens: [TemplateToken]) {
    for token in tokens {
      switch token {
      case .text(let text): read(text)
      case .tag(let tag, let source):
        guard tag.kind == .value, !isSafe else { continue }
        problems.append(
          LocatedDiagnostic(path: sources[source].path, .valueInMarkup(tag.range, tag.name)))
      }
    }
  }

  private var isSafe: Bool {
    switch state {
    case .text: true
    case .comment, .raw, .tag: false
    case .value(_, let attribute, _):
      Self.textAttributes.contains(attribute) || attribute.hasPrefix("aria-")
        || attribute.hasPrefix("data-")
    }
  }

  private mutating func read(_ text: String) {
    var rest = Substring(text)
    while let character = rest.first {
      switch state {
      case .text:
        if rest.hasPrefix("<!--") {
          state = .comment
        } else if character == "<",
          rest.dropFirst().first.map({ $0.isLetter || $0 == "/" || $0 == "!" }) ?? false
        {
          let name = rest.dropFirst().prefix { !$0.isWhitespace && $0 != ">" && $0 != "/" }
          state = .tag(name: name.lowercased(), word: "")
          rest = rest.dropFirst(name.count)
        }
      case .comment:
        if rest.hasPrefix("-->") { state = .text }
      case .raw(let name):
        if character == "<", rest.prefix(name.count + 2).lowercased() == "</\(name)" {
          state = .tag(name: "/", word: "")
        }
      case .tag(let name, let word):
        if character == ">" {
          state = ["script", "style"].contains(name) ? .raw(name) : .text
        } else if character == "\"" || character == "'" {
          let attribute = word.split(whereSeparator: \.isWhitespace).last ?? ""
          state = .value(
            name: name, attribute: attribute.prefix { $0 != "=" }.lowercased(), quote: character)
        } else {
          state = .tag(name: name, word: word + String(character))
        }
      case .value(let name, _, let quote):
        if character == quote { state = .tag(name: name, word: "") }
      }
      rest = rest.dropFirst()
    }
  }
}

// MARK: - Diagnostics

extension Diagnostic {
  static func joiningCharacter(_ range: SourceRange) -> Self {
    Diagnostic(
      "T0207", .error,
      Bilingual("标签旁边有与花括号相连的字符", "a character beside the tag joins with its brace"), at: range,
      notes: [
        Bilingual("在标签与这个字符之间加一个空格", "put a space between the tag and that character")
      ])
  }

  fileprivate static func unknownPartial(_ range: SourceRange, _ name: String) -> Self {
    Diagnostic(
      "T0208", .error,
      Bilingual("没有名为“\(name)”的模板", "there is no template `\(name)`"), at: range,
      notes: [
        Bilingual(
          "它应当在同一文件夹里：\(name).html", "it should stand in the same folder: \(name).html")
      ])
  }

  fileprivate static func endlessPartial(_ range: SourceRange, _ name: String) -> Self {
    Diagnostic(
      "T0209", .error,
      Bilingual("模板“\(name)”引用了自己", "the template `\(name)` names itself"), at: range,
      notes: [Bilingual("删去这个标签", "remove this tag")])
  }

  fileprivate static func tooManyPartials(_ range: SourceRange) -> Self {
    Diagnostic(
      "T0220", .error,
      Bilingual("引用的模板太多", "too many templates are named"), at: range,
      notes: [Bilingual("把内容直接写在模板里", "write what stands there into the template")])
  }

  fileprivate static func valueInMarkup(_ range: SourceRange, _ name: String) -> Self {
    Diagnostic(
      "T0210", .error,
      Bilingual("这里不能填入“\(name)”", "`\(name)` cannot be put here"), at: range,
      notes: [
        Bilingual(
          "案件里的文字只能填在正文，或者 title 等属性的引号里，不能填在脚本、样式、链接和标记里",
          "what a case says may stand in text, or in quoted attributes such as title; not in scripts, styles, links or markup"
        )
      ])
  }
}
