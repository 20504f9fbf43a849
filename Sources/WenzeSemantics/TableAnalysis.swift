import WenzeModel
import WenzeSyntax

// Finds rows of tables that can never be reached, rows that overlap, and gaps.
//
// Each column falls into finitely many classes that no cell tells apart (values of an enum, the
// spellings outside an open one, intervals between the constants of a number). The product of the
// columns' classes is walked, so that the answer is exact.

extension RuleSetBuilder {
  /// How many combinations are walked before a table is called too large to decide.
  private static var maximumCombinations: Int { 500_000 }

  mutating func analyseTable(_ index: Int, name: Name, at site: DeclarationSite) {
    let table = ruleSet.tables[index]
    guard !table.rows.isEmpty else { return }
    let columns = table.columns.indices.map { column in
      classes(of: table.columns[column].type, in: table.rows.map { $0.cells[column] })
    }
    var total = 1
    for column in columns {
      total = total.multipliedReportingOverflow(by: max(1, column.count)).partialValue
      guard (1...Self.maximumCombinations).contains(total) else {
        report(.tooManyCombinations(name), in: site.source)
        return
      }
    }
    var isReached = [Bool](repeating: false, count: table.rows.count)
    var gap: [Representative]?
    var overlap: (Int, Int, [Representative])?
    var position = [Int](repeating: 0, count: columns.count)
    repeat {
      var hits: [Int] = []
      for row in table.rows.indices
      where position.indices.allSatisfy({ columns[$0][position[$0]].rows[row] }) {
        hits.append(row)
        if !table.isUnique { break }
      }
      for hit in hits { isReached[hit] = true }
      if hits.isEmpty ? gap == nil : hits.count > 1 && overlap == nil {
        let example = zip(columns, position).map { $0[$1].representative }
        if hits.isEmpty { gap = example } else { overlap = (hits[0], hits[1], example) }
      }
    } while advance(&position, through: columns.map(\.count))

    for (row, reached) in zip(table.rows, isReached) where !reached {
      report(.unreachableRow(at: row.origin.range, covers: table), in: row.origin.source)
    }
    if let (first, second, example) = overlap {
      report(
        .overlap(
          at: table.rows[second].origin.range, first: table.rows[first].origin.range,
          example: describe(example, of: table)), in: site.source)
    }
    if let gap {
      report(.gap(name, example: describe(gap, of: table)), in: site.source)
    }
  }

  private func advance(_ position: inout [Int], through counts: [Int]) -> Bool {
    for column in counts.indices.reversed() {
      position[column] += 1
      if position[column] < counts[column] { return true }
      position[column] = 0
    }
    return false
  }

  /// Values of a column that its cells do not tell apart, by one of them.
  private struct ValueClass {
    var representative: Representative
    /// Which rows' cells take them.
    var rows: [Bool]
  }

  private func classes(of type: ValueType, in cells: [Table.Cell]) -> [ValueClass] {
    var seen: Set<[Bool]> = []
    return representatives(of: type, in: cells).compactMap { representative in
      let rows = cells.map { representative.matches($0) }
      return seen.insert(rows).inserted
        ? ValueClass(representative: representative, rows: rows) : nil
    }
  }

  private func representatives(
    of type: ValueType, in cells: [Table.Cell]
  ) -> [Representative] {
    var constants: [Value] = []
    for cell in cells {
      switch cell {
      case .any: break
      case .values(let values): constants += values
      case .compared(_, let value): constants.append(value)
      }
    }
    switch type {
    case .boolean: return [.value(.boolean(true)), .value(.boolean(false))]
    case .enumeration(let index):
      let entries = ruleSet.enums[index].entries.indices
        .map { Representative.value(.symbol(enumeration: index, entry: $0)) }
      return entries + (ruleSet.enums[index].isOpen ? [.other] : [])
    default:
      let distinct = Set(constants)
      let ordered = distinct.compactMap { value in value.orderKey.map { ($0, value) } }
        .sorted { $0.0 < $1.0 }
      guard ordered.count == distinct.count, let last = ordered.last else {
        return distinct.map { .value($0) }.sorted { "\($0)" < "\($1)" } + [.other]
      }
      var classes: [Representative] = []
      for (key, value) in ordered { classes += [.below(key), .value(value)] }
      return classes + [.above(last.0)]
    }
  }

  private func describe(_ example: [Representative], of table: Table) -> Bilingual {
    let parts = zip(table.columns, example)
      .map { column, value -> Bilingual in
        let shown = describe(value)
        return Bilingual(
          "\(column.name.chinese) = \(shown.chinese)", "\(column.name.english) = \(shown.english)")
      }
    return Bilingual(
      parts.map(\.chinese).joined(separator: "，"), parts.map(\.english).joined(separator: ", "))
  }

  private func describe(_ value: Representative) -> Bilingual {
    switch value {
    case .value(.symbol(let enumeration, let entry)):
      ruleSet.enums[enumeration].entries[entry].name
    case .value(.boolean(let value)): value ? Bilingual("是", "yes") : Bilingual("否", "no")
    case .value(.integer(let value)): Bilingual(same: "\(value)")
    case .value(.decimal(let value)): Bilingual(same: value.text)
    case .value(.date(let value)): Bilingual(value.text(in: .chinese), value.text(in: .english))
    case .value(.text(let value)): Bilingual("“\(value)”", "“\(value)”")
    case .value: Bilingual("某值", "some value")
    case .below(let key): Bilingual("小于 \(key.text)", "less than \(key.text)")
    case .above(let key): Bilingual("大于 \(key.text)", "more than \(key.text)")
    case .other: Bilingual("（其他）", "(something else)")
    }
  }
}

/// A class of values that no cell of a column tells apart.
private enum Representative: Hashable {
  case value(Value)
  /// What lies under a constant and over the one before it.
  case below(OrderKey)
  /// What lies over the last constant.
  case above(OrderKey)
  /// What no cell names.
  case other

  func matches(_ cell: Table.Cell) -> Bool {
    switch cell {
    case .any: true
    case .values(let values):
      if case .value(let value) = self { values.contains(value) } else { false }
    case .compared(let operation, let constant): compares(operation, constant)
    }
  }

  private func compares(_ operation: Expression.BinaryOperator, _ constant: Value) -> Bool {
    guard let limit = constant.orderKey else {
      return operation == .notEqual && self != .value(constant)
    }
    // Twice the key, so that what lies between two constants has a number of its own.
    let mine: Int
    switch self {
    case .value(let value): mine = (value.orderKey?.number ?? 0) * 2
    case .below(let key): mine = key.number * 2 - 1
    case .above(let key): mine = key.number * 2 + 1
    case .other: return operation == .notEqual
    }
    let other = limit.number * 2
    return switch operation {
    case .less: mine < other
    case .lessOrEqual: mine <= other
    case .greater: mine > other
    case .greaterOrEqual: mine >= other
    default: mine != other
    }
  }
}

/// The place of a value in its order.
private struct OrderKey: Hashable, Comparable {
  var number: Int
  var text: String

  static func < (lhs: OrderKey, rhs: OrderKey) -> Bool { lhs.number < rhs.number }
}

extension Value {
  fileprivate var orderKey: OrderKey? {
    switch self {
    case .integer(let value): OrderKey(number: value * 1_000_000, text: "\(value)")
    case .decimal(let value): OrderKey(number: value.millionths, text: value.text)
    case .date(let value): OrderKey(number: value.firstDay, text: value.text(in: .english))
    case .symbol(_, let entry): OrderKey(number: entry, text: "\(entry)")
    default: nil
    }
  }
}

extension Diagnostic {
  fileprivate static func unreachableRow(at range: SourceRange, covers table: Table) -> Self {
    Diagnostic(
      "E0603", .error,
      Bilingual("这一行永远轮不到：前面的行已经包含了它", "this row can never be reached: earlier rows cover it"),
      at: range,
      notes: [Bilingual("删去，或者移到前面", "remove it, or move it up")])
  }

  fileprivate static func overlap(
    at range: SourceRange, first: SourceRange, example: Bilingual
  ) -> Self {
    Diagnostic(
      "E0604", .error,
      Bilingual("“唯一”表的两行重叠", "two rows of a `unique` table overlap"), at: range,
      related: [Label(Bilingual("另一行", "the other row"), at: first)],
      notes: [Bilingual("例如：\(example.chinese)", "for example: \(example.english)")])
  }

  fileprivate static func gap(_ name: Name, example: Bilingual) -> Self {
    Diagnostic(
      "E0605", .warning,
      Bilingual("表“\(name.first.text)”有缺口", "the table `\(name.first.text)` has a gap"),
      at: name.range,
      notes: [
        Bilingual("没有一行包含：\(example.chinese)", "no row covers: \(example.english)"),
        Bilingual("补一行，或者以“其余”收尾", "add a row, or end with `otherwise`"),
      ])
  }

  fileprivate static func tooManyCombinations(_ name: Name) -> Self {
    Diagnostic(
      "E0606", .warning,
      Bilingual(
        "表“\(name.first.text)”的组合太多，没有检查缺口、重叠和轮不到的行",
        "the table `\(name.first.text)` has too many combinations: gaps, overlaps and unreachable rows were not looked for"
      ),
      at: name.range,
      notes: [Bilingual("拆成几个参数更少的表", "take it apart into tables with fewer arguments")])
  }
}
