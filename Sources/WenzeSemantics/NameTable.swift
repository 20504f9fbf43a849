import WenzeModel
import WenzeSyntax

/// What the declared names of all packs stand for.
struct NameTable {
  private var symbols: [Namespace: [String: [Symbol]]] = [:]

  enum Namespace: Hashable {
    case laws
    /// Enums, lists, records and dossiers.
    case types
    /// Sets, parameters, definitions and tables.
    case values
  }

  enum Meaning: Hashable {
    case law(Int)
    case enumeration(Int)
    case record(Int)
    case set(Int)
    case parameter(Int)
    case define(Int)
    case table(Int)
  }

  struct Symbol {
    var meaning: Meaning
    var pack: Int
    var origin: Origin
  }

  func symbol(_ name: String, in namespace: Namespace, visible: Set<Int>) -> Symbol? {
    symbols[namespace]?[name]?.last { visible.contains($0.pack) }
  }

  func spellings(in namespace: Namespace, visible: Set<Int>) -> [String] {
    (symbols[namespace] ?? [:]).filter { $0.value.contains { visible.contains($0.pack) } }.keys
      .sorted()
  }

  mutating func insert(_ name: String, in namespace: Namespace, _ symbol: Symbol) {
    symbols[namespace, default: [:]][name, default: []].append(symbol)
  }
}

extension RuleSetBuilder {
  /// Declares both spellings of a name, and reports the ones that are taken.
  mutating func declare(
    _ name: Name, as meaning: NameTable.Meaning, in namespace: NameTable.Namespace,
    at site: DeclarationSite
  ) {
    uses.declare(name, as: meaning, in: site.source)
    for identifier in name.identifiers {
      let visible = packs[site.pack].visible
      if let first = names.symbol(identifier.text, in: namespace, visible: visible) {
        report(
          .duplicateName(
            identifier, first: first.origin.range, in: ruleSet.sources[first.origin.source].path),
          in: site.source)
        continue
      }
      names.insert(
        identifier.text, in: namespace,
        NameTable.Symbol(
          meaning: meaning, pack: site.pack,
          origin: Origin(source: site.source, range: identifier.range)))
    }
  }

  func meaning(
    of name: String, in namespace: NameTable.Namespace, from pack: Int
  ) -> NameTable.Meaning? {
    names.symbol(name, in: namespace, visible: packs[pack].visible)?.meaning
  }

  /// The enum of a name, or nil after saying that there is none.
  mutating func resolveEnum(_ name: Identifier, at site: DeclarationSite) -> Int? {
    switch meaning(of: name.text, in: .types, from: site.pack) {
    case .enumeration(let index):
      uses.use(.enumeration(index))
      return index
    default:
      reportUnknown(name, in: .types, what: Bilingual("枚举", "an enum"), at: site)
      return nil
    }
  }

  /// The dossier of a name, or nil after saying that there is none.
  mutating func resolveDossier(_ name: Identifier, at site: DeclarationSite) -> Int? {
    if case .record(let index) = meaning(of: name.text, in: .types, from: site.pack),
      ruleSet.records[index].dossier != nil
    {
      return index
    }
    reportUnknown(name, in: .types, what: Bilingual("档案", "a dossier"), at: site)
    return nil
  }

  mutating func reportUnknown(
    _ name: Identifier, in namespace: NameTable.Namespace, what: Bilingual,
    at site: DeclarationSite
  ) {
    let known = names.spellings(in: namespace, visible: packs[site.pack].visible)
    report(.unknownName(name, what: what, known: known), in: site.source)
  }

  /// The semantic type that was written.
  mutating func resolve(_ type: TypeSyntax, at site: DeclarationSite) -> ValueType {
    switch type {
    case .text: return .text
    case .integer: return .integer
    case .decimal, .percent: return .decimal
    case .boolean: return .boolean
    case .date: return .date
    case .duration: return .duration
    case .list(let element), .set(let element): return .list(resolve(element, at: site))
    case .missing: return .unknown
    case .named(let name):
      switch meaning(of: name.text, in: .types, from: site.pack) {
      case .enumeration(let index):
        uses.use(.enumeration(index))
        return .enumeration(index)
      case .record(let index):
        uses.use(.record(index))
        return .record(index)
      default:
        reportUnknown(name, in: .types, what: Bilingual("类型", "a type"), at: site)
        return .unknown
      }
    }
  }

  /// A type as an author would write it.
  func text(of type: ValueType) -> Bilingual {
    switch type {
    case .boolean: Bilingual("是否", "boolean")
    case .text: Bilingual("文本", "text")
    case .integer: Bilingual("整数", "integer")
    case .decimal: Bilingual("小数", "decimal")
    case .date: Bilingual("日期", "date")
    case .duration: Bilingual("期限", "duration")
    case .enumeration(let index): ruleSet.enums[index].name
    case .record(let index): ruleSet.records[index].name
    case .list(let element):
      Bilingual("列表 \(text(of: element).chinese)", "list of \(text(of: element).english)")
    case .nothing: Bilingual("无", "none")
    case .unknown: Bilingual("未知类型", "an unknown type")
    }
  }
}

extension Diagnostic {
  static func unknownName(_ name: Identifier, what: Bilingual, known: some Sequence<String>) -> Self
  {
    Diagnostic(
      "E0310", .error,
      Bilingual("没有名为“\(name.text)”的\(what.chinese)", "`\(name.text)` is not \(what.english)"),
      at: name.range, fix: .suggestion(for: name.text, among: known, at: name.range))
  }

  fileprivate static func duplicateName(
    _ name: Identifier, first: SourceRange, in path: String
  ) -> Self {
    Diagnostic(
      "E0311", .error,
      Bilingual("名称“\(name.text)”已经有了", "the name `\(name.text)` is taken"), at: name.range,
      related: [Label(Bilingual("在这里声明", "declared here"), at: first, in: path)])
  }
}
