import WenzeSemantics
import WenzeSyntax

/// Finds declared names that nothing uses.
///
/// Documents may have every field of a record and every entry of an enum, so that these are of use.
/// An entry of a list is too where something is asked of the list as a whole.
func findUnusedNames(in subject: LintSubject) -> [LintFinding] {
  subject.ruleSet.unusedNames.map { unused in
    LintFinding(.unusedName(unused, in: subject.ruleSet), in: unused.origin.source)
  }
}

/// Finds elements that are judged one by one by rules that do not look at them.
func findUnusedVariables(in subject: LintSubject) -> [LintFinding] {
  // A procedure is a rule for each pair of its steps, and may look at the element in one only.
  let declared = Dictionary(grouping: subject.ruleSet.rules, by: \.origin)
  return subject.declarations.flatMap { source, declaration -> [LintFinding] in
    let (code, scopes): (Identifier, [Scope]) =
      switch declaration {
      case .rule(let rule): (rule.code, rule.scopes)
      case .procedure(let procedure): (procedure.code, procedure.scopes)
      default: (Identifier("", at: SourceRange(0, 0)), [])
      }
    let rules = declared[Origin(source: source, range: code.range)] ?? []
    return scopes.enumerated()
      .filter { number, _ in
        !rules.isEmpty
          && rules.allSatisfy { rule in
            guard rule.scopes.indices.contains(number) else { return true }
            let slot = rule.scopes[number].slot
            return !rule.terms.contains { $0.mentions(anyOf: [slot]) }
          }
      }
      .map { _, scope in LintFinding(.unusedVariable(scope.binder.variable, of: code), in: source) }
  }
}

/// Finds columns of tables that tell no row from another.
func findIdleColumns(in subject: LintSubject) -> [LintFinding] {
  let tables = Dictionary(
    subject.ruleSet.tables.map { ($0.origin, $0) }, uniquingKeysWith: { first, _ in first })
  return subject.declarations.flatMap { source, declaration -> [LintFinding] in
    guard case .table(let syntax) = declaration,
      let table = tables[Origin(source: source, range: syntax.name.range)]
    else { return [] }
    return zip(syntax.columns, table.columns.indices)
      .filter { _, column in table.rows.allSatisfy { $0.cells[column] == .any } }
      .map { column, _ in LintFinding(.idleColumn(column.name, of: syntax.name), in: source) }
  }
}

extension Rule {
  /// Everything that it reads, messages included.
  fileprivate var terms: [Term] {
    scopes.map(\.list) + applies + exceptions.map(\.condition) + [requirement] + message.terms
      + (fix?.terms ?? []) + (asOf.map { [$0] } ?? [])
  }
}

extension Diagnostic {
  fileprivate static func unusedName(_ unused: UnusedName, in ruleSet: RuleSet) -> Self {
    let name = unused.name
    if case .entry(let list) = unused.kind {
      let listName = ruleSet.enums[list].name
      return Diagnostic(
        "L0102", .warning,
        Bilingual(
          "清单“\(listName.chinese)”的“\(name.chinese)”没有用到",
          "the entry `\(name.english)` of `\(listName.english)` is never used"),
        at: unused.origin.range,
        notes: [
          Bilingual(
            "没有规则、集合、表或者测试提到它，规则也不问一个值是否在清单里",
            "no rule, set, table or test names it, and no rule asks whether a value is in the list"),
          Bilingual("用规则检查它，至少写一个测试", "check it by a rule, or have it in a test at least"),
        ])
    }
    if unused.kind == .argument {
      return Diagnostic(
        "L0103", .warning,
        Bilingual(
          "定义没有用到参数“\(name.chinese)”", "the definition does not use its argument `\(name.english)`"),
        at: unused.origin.range,
        notes: [Bilingual("删去它，或者检查定义是不是写漏了", "remove it, or see what the definition lacks")])
    }
    if unused.kind == .variable {
      return Diagnostic(
        "L0106", .warning,
        Bilingual(
          "条件没有用到“\(name.chinese)”", "the condition does not look at `\(name.english)`"),
        at: unused.origin.range,
        notes: [
          Bilingual(
            "每个元素的结果都一样：检查条件是不是写漏了",
            "it is the same for each element: see what the condition lacks")
        ])
    }
    let what = unused.kind.name
    return Diagnostic(
      "L0101", .warning,
      Bilingual(
        "\(what.chinese)“\(name.chinese)”没有用到",
        "the \(what.english) `\(name.english)` is never used"),
      at: unused.origin.range,
      notes: [Bilingual("删去它，或者检查该用它的地方是不是写错了", "remove it, or see what should use it")])
  }

  fileprivate static func unusedVariable(_ variable: Identifier, of code: Identifier) -> Self {
    Diagnostic(
      "L0104", .warning,
      Bilingual(
        "“\(code.text)”逐个检查“\(variable.text)”，却没有用到它",
        "`\(code.text)` judges each `\(variable.text)`, and never looks at it"),
      at: variable.range,
      notes: [
        Bilingual(
          "每个元素的结论都一样：删去“针对”，或者检查条件是不是写漏了",
          "the verdict is the same for each: remove `for`, or see what the condition lacks")
      ])
  }

  fileprivate static func idleColumn(_ column: Name, of table: Name) -> Self {
    Diagnostic(
      "L0105", .warning,
      Bilingual(
        "表“\(table.text.chinese)”的“\(column.text.chinese)”一列不起作用",
        "the column `\(column.text.english)` of `\(table.text.english)` decides nothing"),
      at: column.range,
      notes: [Bilingual("每一行都是“任意”：删去这一列", "every row has `any` there: remove the column")])
  }
}

extension UnusedName.Kind {
  fileprivate var name: Bilingual {
    switch self {
    case .law: Bilingual("法规", "law")
    case .enumeration: Bilingual("枚举或者清单", "enum or list")
    case .record: Bilingual("结构", "record")
    case .set: Bilingual("集合", "set")
    case .parameter: Bilingual("参数", "parameter")
    case .definition: Bilingual("定义", "definition")
    case .table: Bilingual("表", "table")
    case .argument: Bilingual("参数", "argument")
    case .variable: Bilingual("变量", "variable")
    case .entry: Bilingual("条目", "entry")
    }
  }
}
