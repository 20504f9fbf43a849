import WenzeModel
import WenzeSyntax

// Finds rows of tables that can never be reached, rows that overlap, and gaps.
//
// Each column falls into finitely many classes that no cell tells apart (values of an enum, the
// spellings outside an open one, intervals between the constants of a number), of which each is
// looked at by one value in it. The product of the columns' classes is walked, so that the answer is
// exact.

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
    var gap: [Value]?
    var overlap: (Int, Int, [Value])?
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
    ruleSet.tables[index].gap = gap
    ruleSet.tables[index].overlap = overlap?.2
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
    var representative: Value
    /// Which rows' cells take them.
    var rows: [Bool]
  }

  private func classes(of type: ValueType, in cells: [Table.Cell]) -> [ValueClass] {
    var seen: Set<[Bool]> = []
    return representatives(of: type, in: cells).compactMap { representative in
      let rows = cells.map { $0.takes(representative) }
      return seen.insert(rows).inserted
        ? ValueClass(representative: representative, rows: rows) : nil
    }
  }

  private func representatives(of type: ValueType, in cells: [Table.Cell]) -> [Value] {
    var constants: Set<Value> = []
    for cell in cells {
      switch cell {
      case .any: break
      case .values(let values): constants.formUnion(values)
      case .compared(_, let value): constants.insert(value)
      }
    }
    switch type {
    case .boolean: return [.boolean(true), .boolean(false)]
    case .enumeration(let index):
      let entries = ruleSet.enums[index].entries.indices
        .map { Value.symbol(enumeration: index, entry: $0) }
      let other = Value.unlisted(enumeration: index, "其他名称")
      return entries + (ruleSet.enums[index].isOpen ? [other] : [])
    case .integer, .decimal, .date:
      return type.points(among: Set(constants.compactMap(\.orderKey)))
    default:
      let known = constants.sorted { "\($0)" < "\($1)" }
      // A text that no cell names.
      let others = (1...(constants.count + 1)).map { Value.text("某\($0)") }
      return known + others.filter { type == .text && !constants.contains($0) }.prefix(1)
        + (type == .text ? [] : [.none])
    }
  }

  private func describe(_ example: [Value], of table: Table) -> Bilingual {
    let parts = zip(table.columns, example)
      .map { column, value -> Bilingual in
        let shown = describe(value)
        return Bilingual(
          "\(column.name.chinese) = \(shown.chinese)", "\(column.name.english) = \(shown.english)")
      }
    return Bilingual(
      parts.map(\.chinese).joined(separator: "，"), parts.map(\.english).joined(separator: ", "))
  }

  private func describe(_ value: Value) -> Bilingual {
    switch value {
    case .symbol(let enumeration, let entry): ruleSet.enums[enumeration].entries[entry].name
    case .boolean(let value): value ? Bilingual("是", "yes") : Bilingual("否", "no")
    case .integer(let value): Bilingual(same: "\(value)")
    case .decimal(let value): Bilingual(same: value.text)
    case .date(let value): Bilingual(value.text(in: .chinese), value.text(in: .english))
    case .text(let value): Bilingual("“\(value)”", "“\(value)”")
    case .unlisted: Bilingual("（其他）", "(something else)")
    default: Bilingual("某值", "some value")
    }
  }
}

extension ValueType {
  /// The points of an order at which something is, and one in each stretch between and outside
  /// these; between whole numbers or days that follow one another there is none.
  fileprivate func points(among numbers: Set<Int>) -> [Value] {
    let sorted = numbers.sorted()
    guard let first = sorted.first, let last = sorted.last else { return [point(step)] }
    var points = [first - step]
    for (number, next) in zip(sorted, sorted.dropFirst() + [last + 2 * step]) {
      points.append(number)
      // The roundest distance that fits.
      var distance = step
      while number + distance >= next, distance > smallestStep { distance /= 10 }
      if number + distance < next { points.append(number + distance) }
    }
    return points.map { point($0) }
  }

  private var step: Int { self == .date ? 1 : 1_000_000 }

  private var smallestStep: Int { self == .decimal ? 1 : step }

  private func point(_ number: Int) -> Value {
    switch self {
    case .date: CalendarDate(dayNumber: number).map(Value.date) ?? .unknown
    case .integer: .integer(number / 1_000_000)
    default: .decimal(FixedDecimal(millionths: number))
    }
  }
}

extension Table.Cell {
  /// Whether a row is taken for a value, as far as this cell goes.
  fileprivate func takes(_ value: Value) -> Bool {
    switch self {
    case .any: true
    case .values(let values): values.contains { $0.isSame(as: value) }
    case .compared(let operation, let limit): value.compares(operation, limit)
    }
  }
}

extension Value {
  fileprivate func isSame(as other: Value) -> Bool {
    if let mine = orderKey, let other = other.orderKey { mine == other } else { self == other }
  }

  fileprivate func compares(_ operation: Expression.BinaryOperator, _ limit: Value) -> Bool {
    guard let mine = orderKey, let other = limit.orderKey else {
      return operation == .notEqual && self != limit
    }
    return switch operation {
    case .less: mine < other
    case .lessOrEqual: mine <= other
    case .greater: mine > other
    case .greaterOrEqual: mine >= other
    default: mine != other
    }
  }

  /// The place of the value in its order.
  fileprivate var orderKey: Int? {
    switch self {
    case .integer(let value): value * 1_000_000
    case .decimal(let value): value.millionths
    case .date(let value): value.firstDay
    case .symbol(_, let entry): entry
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
