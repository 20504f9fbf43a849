import WenzeModel
package import WenzeSyntax

/// The texts of one pack's folder.
package struct PackSource: Sendable {
  package var folder: String
  package var files: [Source]

  package init(folder: String, files: [Source]) {
    self.folder = folder
    self.files = files
  }
}

/// A diagnostic with the source that it is about.
package struct LocatedDiagnostic: Hashable, Sendable {
  package var path: String
  package var diagnostic: Diagnostic

  package init(path: String, _ diagnostic: Diagnostic) {
    self.path = path
    self.diagnostic = diagnostic
  }
}

/// Parses and checks packs, and lowers them to the intermediate form.
///
/// Checking never stops at a mistake: whatever is sound is in the rule set, and each mistake is
/// told once, in the order of the sources.
package func loadRules(_ packs: [PackSource]) -> (RuleSet, [LocatedDiagnostic]) {
  var builder = RuleSetBuilder()
  builder.load(packs)
  return (builder.ruleSet, builder.sortedDiagnostics)
}

/// The state of checking a set of packs.
///
/// The phases are spread over extensions: names, then types, then what uses them.
struct RuleSetBuilder {
  var ruleSet = RuleSet()
  private var diagnostics: [(source: Int, diagnostic: Diagnostic)] = []
  /// How many of them are errors.
  private(set) var errorCount = 0
  var packs: [PackState] = []
  var names = NameTable()
  var uses = NameUses()
  var sets: [SetSymbol] = []
  var defines: [DefineSymbol] = []
  /// What the group that is being lowered is made of.
  var population: Population?
  /// What stands beside it; inside `参照(…)` the two have changed places.
  var otherPopulation: Population?

  struct PackState {
    var declaration: PackDeclaration
    var source: Int
    var declarations: [(source: Int, declaration: Declaration)]
    var folder: String
    /// The numbers of its sources.
    var sources: Range<Int>
    /// The packs whose names it sees, itself included.
    var visible: Set<Int> = []
  }

  struct SetSymbol {
    var enumeration: Int
    var members: [Int]
  }

  struct DefineSymbol {
    var declaration: DefineDeclaration
    var source: Int
    var pack: Int
    var arguments: [(name: Bilingual, type: ValueType)] = []
    /// The type of the body; nil until it has been checked.
    var type: ValueType?
  }

  mutating func load(_ sources: [PackSource]) {
    let parsed = parsePacks(sources)
    resolveDependencies(parsed)
    eachDeclaration { $0.declareLaw($1, in: $2) }
    finishLaws()
    eachDeclaration { $0.declareEnum($1, in: $2) }
    eachDeclaration { $0.declareSet($1, in: $2) }
    fillSets()
    eachDeclaration { $0.declareRecord($1, in: $2) }
    eachDeclaration { $0.declareValue($1, in: $2) }
    fillRecords()
    eachDeclaration { $0.fillValue($1, in: $2) }
    finishRecords()
    eachDeclaration { $0.declareRule($1, in: $2) }
    eachDeclaration { $0.amendRule($1, in: $2) }
    checkCodes()
    eachDeclaration { $0.declareMapping($1, in: $2) }
    eachDeclaration { $0.declareScoreSheet($1, in: $2) }
    eachDeclaration { $0.declareChart($1, in: $2) }
    eachDeclaration { $0.declareTest($1, in: $2) }
    findUnusedNames()
  }

  /// Calls the body for each declaration, packs in order of dependency.
  private mutating func eachDeclaration(
    _ body: (inout RuleSetBuilder, Declaration, DeclarationSite) -> Void
  ) {
    for pack in packs.indices {
      for (source, declaration) in packs[pack].declarations {
        body(&self, declaration, DeclarationSite(pack: pack, source: source))
      }
    }
  }

  mutating func report(_ diagnostic: Diagnostic, in source: Int) {
    diagnostics.append((source, diagnostic))
    if diagnostic.severity == .error { errorCount += 1 }
  }

  /// Whether an error was reported within a range.
  func hasErrors(in range: SourceRange, of source: Int) -> Bool {
    diagnostics.contains { entry in
      guard entry.source == source, entry.diagnostic.severity == .error else { return false }
      return entry.diagnostic.range.map { range.start <= $0.start && $0.start < range.end } ?? false
    }
  }

  var sortedDiagnostics: [LocatedDiagnostic] {
    diagnostics.enumerated()
      .sorted { left, right in
        let (a, b) = (left.element, right.element)
        let (x, y) = (a.diagnostic.range?.start ?? 0, b.diagnostic.range?.start ?? 0)
        return (a.source, x, left.offset) < (b.source, y, right.offset)
      }
      .map { entry in
        LocatedDiagnostic(
          path: ruleSet.sources[entry.element.source].path, entry.element.diagnostic)
      }
  }
}

/// Where a declaration stands.
struct DeclarationSite {
  var pack: Int
  var source: Int
}

// MARK: - Packs

extension RuleSetBuilder {
  private mutating func parsePacks(_ sources: [PackSource]) -> [PackState] {
    var states: [PackState] = []
    for pack in sources {
      let firstSource = ruleSet.sources.count
      var declarations: [(Int, Declaration)] = []
      var headers: [(Int, PackDeclaration)] = []
      for file in pack.files {
        let source = ruleSet.sources.count
        ruleSet.sources.append(file)
        let parsed = parse(file)
        for diagnostic in parsed.diagnostics { report(diagnostic, in: source) }
        for declaration in parsed.declarations {
          if case .pack(let header) = declaration {
            headers.append((source, header))
          } else {
            declarations.append((source, declaration))
          }
        }
      }
      guard let (source, header) = headers.first else {
        if !pack.files.isEmpty {
          report(.packWithoutHeader(pack.folder), in: ruleSet.sources.count - pack.files.count)
        }
        continue
      }
      for (other, second) in headers.dropFirst() {
        report(
          .secondHeader(
            at: second.name.range, first: header.name.range, in: ruleSet.sources[source].path),
          in: other)
      }
      if let clash = states.first(where: { $0.declaration.name.shares(with: header.name) }) {
        report(
          .samePackName(
            header.name, first: clash.declaration.name.range,
            in: ruleSet.sources[clash.source].path), in: source)
        continue
      }
      states.append(
        PackState(
          declaration: header, source: source,
          declarations: declarations.map { (source: $0.0, declaration: $0.1) },
          folder: pack.folder, sources: firstSource..<ruleSet.sources.count))
    }
    return states
  }

  /// Orders the packs so that each comes after what it builds on.
  private mutating func resolveDependencies(_ parsed: [PackState]) {
    var order: [Int] = []
    var state = [Int](repeating: 0, count: parsed.count)
    var dependencies: [[Int]] = []
    for pack in parsed {
      var found: [Int] = []
      for name in pack.declaration.dependencies {
        if let index = parsed.firstIndex(where: { $0.declaration.name.matches(name.text) }) {
          found.append(index)
        } else {
          let known = parsed.flatMap { $0.declaration.name.identifiers.map(\.text) }
          report(.unknownPack(name, known: known), in: pack.source)
        }
      }
      dependencies.append(found)
    }
    func visit(_ index: Int, cycle: inout Int?) {
      guard state[index] == 0 else {
        if state[index] == 1 { cycle = index }
        return
      }
      state[index] = 1
      for dependency in dependencies[index] { visit(dependency, cycle: &cycle) }
      state[index] = 2
      order.append(index)
    }
    for index in parsed.indices {
      var cycle: Int?
      visit(index, cycle: &cycle)
      if let cycle {
        report(.cyclicPacks(parsed[cycle].declaration.name), in: parsed[cycle].source)
      }
    }
    var position = [Int](repeating: 0, count: parsed.count)
    for (place, index) in order.enumerated() { position[index] = place }
    for index in order {
      var pack = parsed[index]
      pack.visible = [packs.count]
      for dependency in dependencies[index] where position[dependency] < packs.count {
        pack.visible.formUnion(packs[position[dependency]].visible)
      }
      packs.append(pack)
      let header = pack.declaration
      ruleSet.packs.append(
        Pack(
          name: header.name.text, title: header.title?.text,
          version: header.version?.value ?? "0", documentation: header.documentation?.text,
          folder: pack.folder, sources: pack.sources))
    }
  }
}

extension Name {
  func matches(_ word: String) -> Bool {
    first.text == word || second?.text == word
  }

  func shares(with other: Name) -> Bool {
    identifiers.contains { other.matches($0.text) }
  }
}

extension Diagnostic {
  fileprivate static func packWithoutHeader(_ folder: String) -> Self {
    Diagnostic(
      "E0301", .error,
      Bilingual(
        "文件夹“\(folder)”里没有“规则包”声明", "the folder `\(folder)` has no `pack` declaration"), at: nil,
      notes: [
        Bilingual(
          "在其中一个文件里写上：规则包 名称 { 版本 \"1.0\" }",
          "add to one of its files: `pack name { version \"1.0\" }`")
      ])
  }

  fileprivate static func secondHeader(
    at range: SourceRange, first: SourceRange, in path: String
  ) -> Self {
    Diagnostic(
      "E0302", .error,
      Bilingual("一个文件夹只能有一个“规则包”声明", "a folder has only one `pack` declaration"), at: range,
      related: [Label(Bilingual("已经在这里声明", "declared here already"), at: first, in: path)])
  }

  fileprivate static func samePackName(
    _ name: Name, first: SourceRange, in path: String
  ) -> Self {
    Diagnostic(
      "E0303", .error,
      Bilingual("已有名为“\(name.first.text)”的规则包", "there is a pack `\(name.first.text)` already"),
      at: name.range,
      related: [Label(Bilingual("在这里", "here"), at: first, in: path)])
  }

  fileprivate static func unknownPack(_ name: Identifier, known: [String]) -> Self {
    Diagnostic(
      "E0304", .error,
      Bilingual("没有加载名为“\(name.text)”的规则包", "no pack `\(name.text)` is loaded"),
      at: name.range,
      notes: [
        Bilingual("用 --rules 加上它的文件夹", "add its folder with --rules")
      ], fix: .suggestion(for: name.text, among: known, at: name.range))
  }

  fileprivate static func cyclicPacks(_ name: Name) -> Self {
    Diagnostic(
      "E0305", .error,
      Bilingual(
        "规则包“\(name.first.text)”直接或者间接依赖自己", "the pack `\(name.first.text)` depends on itself"),
      at: name.range)
  }
}

extension Diagnostic.Fix {
  /// "Did you mean …?", if anything is near.
  static func suggestion(
    for word: String, among candidates: some Sequence<String>, at range: SourceRange
  ) -> Self? {
    nearest(to: word, among: candidates).map {
      Self(Bilingual("是不是“\($0)”？", "did you mean `\($0)`?"), replacing: range, with: $0)
    }
  }
}
