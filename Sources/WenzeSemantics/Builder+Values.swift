import WenzeModel
import WenzeSyntax

// Parameters, definitions and tables.

extension RuleSetBuilder {
  /// Gives parameters, definitions and tables their names and types.
  mutating func declareValue(_ declaration: Declaration, in site: DeclarationSite) {
    switch declaration {
    case .parameter(let syntax):
      declare(syntax.name, as: .parameter(ruleSet.parameters.count), in: .values, at: site)
      ruleSet.parameters.append(
        Parameter(
          name: syntax.name.text, type: resolve(syntax.type, at: site), value: .unknown, dated: [],
          documentation: syntax.documentation?.text,
          origin: Origin(source: site.source, range: syntax.name.range)))
    case .define(let syntax):
      declare(syntax.name, as: .define(defines.count), in: .values, at: site)
      var define = DefineSymbol(declaration: syntax, source: site.source, pack: site.pack)
      define.arguments = syntax.arguments.map { ($0.name.text, resolve($0.type, at: site)) }
      define.type = syntax.type.map { resolve($0, at: site) }
      defines.append(define)
      ruleSet.definitions.append(
        Definition(
          name: syntax.name.text, arguments: syntax.arguments.map(\.name.text),
          body: Origin(source: site.source, range: syntax.body.range)))
    case .table(let syntax):
      declare(syntax.name, as: .table(ruleSet.tables.count), in: .values, at: site)
      ruleSet.tables.append(
        Table(
          name: syntax.name.text,
          columns: syntax.columns.map {
            Table.Column(name: $0.name.text, type: resolve($0.type, at: site))
          },
          result: resolve(syntax.result, at: site), isUnique: syntax.isUnique,
          citations: resolve(syntax.citations, at: site), rows: [],
          origin: Origin(source: site.source, range: syntax.name.range)))
    default: return
    }
  }

  /// Checks what parameters, definitions and tables hold.
  mutating func fillValue(_ declaration: Declaration, in site: DeclarationSite) {
    switch declaration {
    case .parameter(let syntax): fillParameter(syntax, at: site)
    case .define(let syntax): checkDefine(syntax, at: site)
    case .table(let syntax): fillTable(syntax, at: site)
    default: return
    }
  }

  private mutating func fillParameter(_ syntax: ParameterDeclaration, at site: DeclarationSite) {
    guard
      case .parameter(let index) = meaning(of: syntax.name.first.text, in: .values, from: site.pack)
    else { return }
    let type = ruleSet.parameters[index].type
    ruleSet.parameters[index].value = constant(syntax.value, of: type, at: site)
    for dated in syntax.dated {
      guard let from = date(dated.from, at: site) else { continue }
      ruleSet.parameters[index].dated.append(
        Parameter.Dated(from: from, value: constant(dated.value, of: type, at: site)))
    }
    ruleSet.parameters[index].dated.sort { $0.from.firstDay < $1.from.firstDay }
  }

  /// The value of an expression that must be a constant of a type.
  private mutating func constant(
    _ expression: Expression, of type: ValueType, at site: DeclarationSite
  ) -> Value {
    var scope = TermScope(site: site, record: nil)
    let term = lower(expression, expecting: type, in: &scope)
    require(type, of: term, in: scope)
    if case .constant(let value) = term.kind { return value.converted(to: type) }
    report(.constantWanted(at: expression.range), in: scope)
    return .unknown
  }

  private mutating func checkDefine(_ syntax: DefineDeclaration, at site: DeclarationSite) {
    guard
      case .define(let index) = meaning(of: syntax.name.first.text, in: .values, from: site.pack)
    else { return }
    var scope = TermScope(site: site, record: dossier(of: site.pack))
    scope.expanding = [index]
    for (number, argument) in syntax.arguments.enumerated() {
      let term = Term(
        .variable(number), defines[index].arguments[number].type,
        at: scope.origin(argument.name.range))
      for identifier in argument.name.identifiers { scope.bindings[identifier.text] = term }
    }
    scope.nextSlot = syntax.arguments.count
    let body = lower(syntax.body, expecting: defines[index].type, in: &scope)
    if let type = defines[index].type { require(type, of: body, in: scope) }
    for (number, argument) in syntax.arguments.enumerated()
    where !body.mentions(anyOf: [number]) {
      uses.unusedVariables.append(
        UnusedName(
          kind: .argument, name: argument.name.text, origin: scope.origin(argument.name.range)))
    }
  }

  private mutating func fillTable(_ syntax: TableDeclaration, at site: DeclarationSite) {
    guard case .table(let index) = meaning(of: syntax.name.first.text, in: .values, from: site.pack)
    else { return }
    let columns = ruleSet.tables[index].columns
    for (number, row) in syntax.rows.enumerated() {
      guard row.cells.count == columns.count + 1 else {
        report(
          .wrongCells(row.cells.count, wanted: columns.count + 1, at: row.range), in: site.source)
        continue
      }
      let cells = zip(row.cells, columns)
        .map { cell, column in
          if case .otherwise = cell.pattern, syntax.isUnique || number == 0 {
            report(.misplacedOtherwise(at: cell.range), in: site.source)
          }
          return pattern(cell, of: column.type, at: site)
        }
      ruleSet.tables[index].rows.append(
        Table.Row(
          cells: cells, result: result(row.cells[columns.count], at: index, in: site),
          origin: Origin(source: site.source, range: row.range)))
    }
    analyseTable(index, name: syntax.name, at: site)
  }

  private mutating func pattern(
    _ cell: TableDeclaration.Cell, of type: ValueType, at site: DeclarationSite
  ) -> Table.Cell {
    switch cell.pattern {
    case .any, .otherwise: return .any
    case .compared(let operation, let expression):
      if case .enumeration(let index) = type, !ruleSet.enums[index].isOrdered,
        operation != .notEqual
      {
        report(.unorderedCell(ruleSet.enums[index].name, at: cell.range), in: site.source)
      }
      return .compared(operation, constant(expression, of: type, at: site))
    case .values(let expressions):
      var values: [Value] = []
      for expression in expressions {
        var scope = TermScope(site: site, record: nil)
        let term = lower(expression, expecting: type, in: &scope)
        // A set stands for its members.
        if term.type == .list(type), case .constant(.list(let members)) = term.kind {
          values += members.elements.map(\.value)
          continue
        }
        require(type, of: term, in: scope)
        if case .constant(let value) = term.kind {
          values.append(value.converted(to: type))
        } else {
          report(.constantWanted(at: expression.range), in: scope)
        }
      }
      return .values(values)
    }
  }

  private mutating func result(
    _ cell: TableDeclaration.Cell, at index: Int, in site: DeclarationSite
  ) -> Value {
    guard case .values(let expressions) = cell.pattern, expressions.count == 1 else {
      report(.constantWanted(at: cell.range), in: site.source)
      return .unknown
    }
    return constant(expressions[0], of: ruleSet.tables[index].result, at: site)
  }
}

extension Value {
  /// An integer where a decimal is wanted becomes one.
  func converted(to type: ValueType) -> Value {
    if type == .decimal, case .integer(let integer) = self, let decimal = FixedDecimal(integer) {
      return .decimal(decimal)
    }
    return self
  }
}

extension Diagnostic {
  fileprivate static func constantWanted(at range: SourceRange) -> Self {
    Diagnostic("E0340", .error, Bilingual("这里要写一个常量", "expected a constant"), at: range)
  }

  fileprivate static func wrongCells(_ found: Int, wanted: Int, at range: SourceRange) -> Self {
    Diagnostic(
      "E0601", .error,
      Bilingual(
        "这一行有\(found)格，表要\(wanted)格（\(wanted - 1)个条件和一个结果）",
        "the row has \(found) cells; the table has \(wanted) (\(wanted - 1) conditions and a result)"
      ),
      at: range)
  }

  fileprivate static func misplacedOtherwise(at range: SourceRange) -> Self {
    Diagnostic(
      "E0602", .error,
      Bilingual(
        "“其余”只用在“首个”表的第二行以后", "`otherwise` stands only after the first row of a `first` table"),
      at: range, notes: [Bilingual("不限定的写“任意”", "write `any` for no condition")])
  }

  fileprivate static func unorderedCell(_ name: Bilingual, at range: SourceRange) -> Self {
    Diagnostic(
      "E0327", .error,
      Bilingual("“\(name.chinese)”没有大小", "`\(name.english)` has no order"), at: range)
  }
}
