import Foundation
import TestSupport
import Testing
import WenzeSyntax

/// The grammar in the manual is the grammar of the parser: sentences made from it are accepted.
@Suite struct GrammarTests {
  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func sentencesOfTheManualAreAccepted(seed: UInt64) throws {
    var sentences = SentenceGenerator(
      grammar: try Grammar.inManual(), random: SplitMix64(state: seed))
    for round in 0..<100 {
      for symbol in ["declaration", "document"] {
        let text = sentences.sentence(of: symbol)
        // That a clause stands only once is not said by the grammar.
        let problem = parseChecking(text).diagnostics.first { $0.code != "E0209" }
        #expect(
          problem == nil,
          "seed \(seed), round \(round): \(problem?.message.english ?? "")\n\(text)")
        if problem != nil { return }
      }
    }
  }

  @Test func everyDefinedSymbolIsUsed() throws {
    let grammar = try Grammar.inManual()
    let used = grammar.rules.values.reduce(into: Set(["file"])) { $1.collectSymbols(into: &$0) }
    #expect(Set(grammar.rules.keys) == used)
  }
}

/// A grammar in EBNF.
struct Grammar {
  var rules: [String: Form] = [:]

  indirect enum Form {
    case keyword([String])
    case token(String)
    case symbol(String)
    case sequence([Form])
    case choice([Form])
    case optional(Form)
    case repeated(Form)

    func collectSymbols(into symbols: inout Set<String>) {
      switch self {
      case .keyword, .token: break
      case .symbol(let name): symbols.insert(name)
      case .sequence(let forms), .choice(let forms):
        for form in forms { form.collectSymbols(into: &symbols) }
      case .optional(let form), .repeated(let form): form.collectSymbols(into: &symbols)
      }
    }
  }

  static func inManual() throws -> Grammar {
    let page = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Sources/Wenze/Wenze.docc/Grammar.md")
    let text = try String(contentsOf: page, encoding: .utf8)
    let block = try #require(text.firstRange(of: "```ebnf\n"))
    let rest = text[block.upperBound...]
    let end = try #require(rest.firstRange(of: "```"))
    return Grammar(String(rest[..<end.lowerBound]))
  }

  private init(_ text: String) {
    var reader = Reader(words: Grammar.words(of: text))
    while let name = reader.take() {
      reader.skip("=")
      rules[name] = reader.choice()
      reader.skip(";")
    }
  }

  /// The names, marks and quoted keywords of the text, without comments.
  private static func words(of text: String) -> [String] {
    var words: [String] = []
    var rest = text[...]
    while let first = rest.first {
      if rest.hasPrefix("(*"), let end = rest.firstRange(of: "*)") {
        rest = rest[end.upperBound...]
      } else if first == "\"", let end = rest.dropFirst().firstIndex(of: "\"") {
        words.append(String(rest[...end]))
        rest = rest[rest.index(after: end)...]
      } else if first.isWhitespace {
        rest = rest.dropFirst()
      } else if first.isLetter {
        let word = rest.prefix { $0.isLetter || $0 == "_" }
        words.append(String(word))
        rest = rest.dropFirst(word.count)
      } else {
        words.append(String(first))
        rest = rest.dropFirst()
      }
    }
    return words
  }

  private struct Reader {
    var words: [String]
    var position = 0

    init(words: [String]) {
      self.words = words
    }

    var current: String? { position < words.count ? words[position] : nil }

    mutating func take() -> String? {
      defer { position += 1 }
      return current
    }

    mutating func skip(_ word: String) {
      if current == word { position += 1 }
    }

    mutating func choice() -> Form {
      var forms = [sequence()]
      while current == "|" {
        position += 1
        forms.append(sequence())
      }
      return forms.count == 1 ? forms[0] : .choice(forms)
    }

    private mutating func sequence() -> Form {
      var forms: [Form] = []
      while let word = current, !["|", ";", ")", "]", "}"].contains(word) {
        position += 1
        switch word {
        case "(", "[", "{":
          let inner = choice()
          position += 1
          forms.append(word == "(" ? inner : word == "[" ? .optional(inner) : .repeated(inner))
        case _ where word.hasPrefix("\""):
          forms.append(.keyword(word.dropFirst().dropLast().components(separatedBy: " / ")))
        case _ where word == word.uppercased(): forms.append(.token(word))
        default: forms.append(.symbol(word))
        }
      }
      return .sequence(forms)
    }
  }
}

/// Makes random sentences of a grammar.
struct SentenceGenerator {
  let grammar: Grammar
  var random: SplitMix64
  /// How much may still be written before only the shortest forms are taken.
  private var budget = 0

  init(grammar: Grammar, random: SplitMix64) {
    self.grammar = grammar
    self.random = random
  }

  mutating func sentence(of symbol: String) -> String {
    budget = 60
    var words: [String] = []
    write(.symbol(symbol), to: &words, depth: 0)
    return words.joined(separator: " ")
  }

  private mutating func write(_ form: Grammar.Form, to words: inout [String], depth: Int) {
    budget -= 1
    let isShort = budget < 0 || depth > 40
    switch form {
    case .keyword(let spellings):
      words.append(spellings[Int.random(in: 0..<spellings.count, using: &random)])
    case .token(let name): words.append(token(name))
    case .symbol(let name):
      if let rule = grammar.rules[name] { write(rule, to: &words, depth: depth + 1) }
    case .sequence(let forms):
      for form in forms { write(form, to: &words, depth: depth) }
    case .choice(let forms):
      let index = isShort ? shortest(of: forms) : Int.random(in: 0..<forms.count, using: &random)
      write(forms[index], to: &words, depth: depth)
    case .optional(let form):
      if !isShort, Bool.random(using: &random) { write(form, to: &words, depth: depth) }
    case .repeated(let form):
      for _ in 0..<(isShort ? 0 : Int.random(in: 0...2, using: &random)) {
        write(form, to: &words, depth: depth)
      }
    }
  }

  private func shortest(of forms: [Grammar.Form]) -> Int {
    forms.indices.min { length(of: forms[$0], depth: 0) < length(of: forms[$1], depth: 0) } ?? 0
  }

  /// The number of tokens of the shortest sentence of a form, or many where it is not soon found.
  private func length(of form: Grammar.Form, depth: Int) -> Int {
    guard depth < 12 else { return 1_000 }
    switch form {
    case .keyword, .token: return 1
    case .symbol(let name):
      return grammar.rules[name].map { length(of: $0, depth: depth + 1) } ?? 1_000
    case .sequence(let forms):
      return forms.reduce(0) { $0 + length(of: $1, depth: depth) }
    case .choice(let forms):
      return forms.map { length(of: $0, depth: depth) }.min() ?? 0
    case .optional, .repeated: return 0
    }
  }

  private mutating func token(_ name: String) -> String {
    let choices: [String]
    switch name {
    case "IDENTIFIER": choices = ["甲", "乙项", "WZ901", "alpha", "beta_2", "启动时间"]
    case "TEXT": choices = ["\"文\"", "“文”", "\"\"\"多\n行\"\"\"", "\"text \\\" \\u{4E00}\""]
    case "AGGREGATE": choices = ["计数", "distinct", "最早", "求和", "全部"]
    case "NUMBER": choices = ["3", "-1", "0.5", "-2.25", "４"]
    case "INTEGER": choices = ["3", "１２", "0"]
    case "DECIMAL": choices = ["3.5", "0.25"]
    case "PERCENT": choices = ["90%", "５％"]
    case "DATE": choices = ["2023-05-12", "2023年5月12日", "2023.5.12", "2023年5月", "2023年"]
    case "DURATION": choices = ["30日", "1个月", "2年", "10个工作日"]
    case "TITLE": choices = ["《中国共产党问责条例》"]
    case "PROVISION": choices = ["第九条第一款", "第二十三条", "第七条第十一项", "第9条"]
    case "ARTICLE": choices = ["第九条", "第二十三条"]
    case "ITEM": choices = ["第三项", "第十一项"]
    case "NEWLINE": choices = ["\n"]
    default: choices = [name]
    }
    return choices[Int.random(in: 0..<choices.count, using: &random)]
  }
}
