import WenzeModel
import WenzeSemantics
import WenzeSyntax

/// Works the steps of a program out over one batch.
struct ColumnEvaluator {
  let program: ColumnProgram
  let batch: ColumnBatch
  var frames: ColumnFrames
  private var vectors: [Vector?]
  /// Whether a rule over single values is needed, the interpreter's own is asked.
  private let interpreter: Interpreter
  private let reader: VectorReader
  private let shifts: DayShifts

  init(program: ColumnProgram, batch: ColumnBatch, shifts: DayShifts) {
    self.shifts = shifts
    self.program = program
    self.batch = batch
    frames = ColumnFrames(program: program, batch: batch)
    vectors = program.steps.map { _ in nil }
    let empty = Document(
      dossier: program.dossier, id: nil, isComplete: false,
      fields: program.ruleSet.records[program.dossier].fields.map { _ in .unknown }, waivers: [],
      range: SourceRange(0, 0))
    interpreter = Interpreter(ruleSet: program.ruleSet, document: empty, today: program.today)
    reader = VectorReader(texts: batch.texts)
  }

  /// What a step comes to for the rows of its frame.
  mutating func vector(of step: Int) -> Vector {
    if let known = vectors[step] { return known }
    let vector = evaluate(program.steps[step])
    vectors[step] = vector
    return vector
  }

  /// What a step comes to for the rows of a frame at or below its own.
  mutating func vector(of step: Int, in frame: Int) -> Vector {
    let vector = vector(of: step)
    if case .constant = vector { return vector }
    guard let rows = frames.ancestors(program.steps[step].frame, from: frame) else {
      return vector
    }
    return vector.gathering(rows)
  }

  mutating func truths(of step: Int, in frame: Int) -> TruthBits {
    reader.truths(of: vector(of: step, in: frame), count: frames.rows(of: frame).count)
  }

  private mutating func evaluate(_ step: ColumnProgram.Step) -> Vector {
    let frame = step.frame
    switch step.operation {
    case .constant(let value): return .constant(value)
    case .column(let column): return load(column, in: frame)
    case .documentDate(let date):
      return rowwise([date], in: frame) { values in
        if case .date = values[0] { values[0] } else { .unknown }
      }
    case .lawDate(let own, let document): return lawDate(own, document, in: frame)
    case .not(let operand): return Vector(!truths(of: operand, in: frame))
    case .and(let operands):
      var result = TruthBits(count: frames.rows(of: frame).count, repeating: .yes)
      for operand in operands { result = result && truths(of: operand, in: frame) }
      return Vector(result)
    case .or(let operands):
      var result = TruthBits(count: frames.rows(of: frame).count, repeating: .no)
      for operand in operands { result = result || truths(of: operand, in: frame) }
      return Vector(result)
    case .compare(let comparison, let left, let right):
      return compare(comparison, left, right, in: frame)
    case .member(let element, let members): return member(element, of: members, in: frame)
    case .memberOfList(let element, let list): return member(element, ofList: list, in: frame)
    case .isAmong(let element, let list): return isAmong(element, list, in: frame)
    case .listed(let element, let enumeration, let lawDate):
      return listed(element, in: enumeration, on: lawDate, in: frame)
    case .exists(let list, let condition, let another):
      return exists(in: list, where: condition, another, in: frame)
    case .isKnown(let operand):
      return isKnown(operand, in: frame)
    case .isPresent(let operand): return isPresent(operand, in: frame)
    case .mayExist(let operand): return conditions([operand], in: frame) { Truth($0[0] != .none) }
    case .isListKnown(let list):
      let (_, isOpen) = bounds(of: list)
      return Vector(TruthBits(yes: ~isOpen, no: isOpen))
    case .isListPresent(let list):
      let (has, isOpen) = bounds(of: list)
      return Vector(TruthBits(yes: has, no: ~(has | isOpen)))
    case .recorded(let operand):
      if case .dates(var dates) = vector(of: operand, in: frame) {
        dates.makeNoneOfUnknown()
        return .dates(dates)
      }
      return rowwise([operand], in: frame) { $0[0].isUnknown ? .none : $0[0] }
    case .aggregate(let aggregate, let list): return summarise(aggregate, list)
    case .arithmetic(let operation, let left, let right):
      return arithmetic(operation, left, right, in: frame)
    case .year(let operand):
      return rowwise([operand], in: frame) { values in
        if case .date(let date) = values[0] { return .integer(date.year) }
        return values[0] == .none ? .none : .unknown
      }
    case .attribute(let operand, let name):
      let interpreter = interpreter
      return rowwise([operand], in: frame) { interpreter.attribute(name, of: $0[0]) }
    case .lookup(let table, let arguments): return lookUp(table, arguments, in: frame)
    case .firstKnown(let terms): return firstKnown(terms, in: frame)
    case .inForce(let law, let lawDate): return inForce(law, on: lawDate, in: frame)
    case .parameter(let number, let lawDate):
      let interpreter = interpreter
      return rowwise([lawDate], in: frame) { values in
        guard case .date(let date) = values[0] else { return .unknown }
        return interpreter.parameter(number, on: date)
      }
    }
  }
}

// MARK: - Rows

extension ColumnEvaluator {
  private mutating func load(_ column: Int, in frame: Int) -> Vector {
    let rows = frames.rows(of: frame)
    let vector: Vector
    switch batch.columns[column] {
    case .truths(let states):
      let count = states.count
      vector = states.withUnsafeBufferPointer { states in
        let none = Bits(count: count) { states[$0] == -2 }
        return .truths(
          TruthBits(
            yes: Bits(count: count) { states[$0] == 1 },
            no: Bits(count: count) { states[$0] == 0 } | none),
          none: none.isEmpty ? nil : none)
      }
    case .entries(let entries):
      guard case .enumeration(let enumeration) = program.shape.columns[column].type else {
        return .constant(.unknown)
      }
      vector = .entries(entries, enumeration: enumeration)
    case .texts(let numbers): vector = .texts(numbers)
    case .dates(let dates): vector = .dates(dates)
    case .numbers(let numbers): vector = .numbers(numbers)
    case .values(let values): vector = Vector(values)
    }
    return rows.isWholeTable ? vector : vector.gathering(rows.elements)
  }

  /// The values of several steps, each combination of them worked out once.
  private mutating func rowwise(
    _ steps: [Int], in frame: Int, _ body: ([Value]) -> Value
  ) -> Vector {
    let vectors = steps.map { vector(of: $0, in: frame) }
    if let constants = constants(of: vectors) { return .constant(body(constants)) }
    let count = frames.rows(of: frame).count
    let combinations = RowCombinations(of: vectors, count: count)
    let results = combinations.examples.map { row in
      body(vectors.map { reader.value(of: $0, at: Int(row)) })
    }
    if results.count == 1 { return .constant(results[0]) }
    return Vector(results, numbers: combinations.numbers)
  }

  private mutating func conditions(
    _ steps: [Int], in frame: Int, _ body: ([Value]) -> Truth
  ) -> Vector {
    rowwise(steps, in: frame) { Value(body($0)) }
  }

  private func constants(of vectors: [Vector]) -> [Value]? {
    var values: [Value] = []
    for vector in vectors {
      guard case .constant(let value) = vector else { return nil }
      values.append(value)
    }
    return values
  }

  /// The first date of several steps, or that of the run.
  private mutating func lawDate(_ own: Int?, _ document: Int?, in frame: Int) -> Vector {
    let steps = [own, document].compactMap { $0 }
    let today = Value.date(program.today)
    guard let dates = dates(of: steps, in: frame) else {
      return rowwise(steps, in: frame) { values in
        for value in values { if case .date = value { return value } }
        return today
      }
    }
    var result = DateColumn(repeating: program.today, count: frames.rows(of: frame).count)
    for column in dates.reversed() { result.replace(byKnown: column) }
    return .dates(result)
  }

  private mutating func firstKnown(_ steps: [Int], in frame: Int) -> Vector {
    guard let dates = dates(of: steps, in: frame), let last = dates.last else {
      let interpreter = interpreter
      return rowwise(steps, in: frame) { values in
        values.first { interpreter.isTaken($0) } ?? .unknown
      }
    }
    var result = last
    result.forgetNone()
    for column in dates.dropLast().reversed() { result.replace(byKnown: column) }
    return .dates(result)
  }

  /// The steps as dates without times of day; nil if one is anything else.
  private mutating func dates(of steps: [Int], in frame: Int) -> [DateColumn]? {
    let count = frames.rows(of: frame).count
    var columns: [DateColumn] = []
    for step in steps {
      guard let column = DateColumn(vector(of: step, in: frame), count: count) else { return nil }
      columns.append(column)
    }
    return columns
  }

  private mutating func inForce(_ law: Int, on lawDate: Int, in frame: Int) -> Vector {
    let law = program.ruleSet.laws[law]
    let count = frames.rows(of: frame).count
    guard let dates = DateColumn(vector(of: lawDate, in: frame), count: count) else {
      return conditions([lawDate], in: frame) { values in
        if case .date(let date) = values[0] { law.isInForce(on: date) } else { .unknown }
      }
    }
    var result = TruthBits(count: count, repeating: .yes)
    if let begin = law.effective {
      let begin = DateColumn(repeating: begin, count: count)
      result = result && DateColumn.compare(.lessOrEqual, begin, dates)
    }
    if let end = law.ends {
      result = result && DateColumn.compare(.less, dates, DateColumn(repeating: end, count: count))
    }
    return Vector(result)
  }
}

// MARK: - Values

extension ColumnEvaluator {
  private mutating func compare(
    _ comparison: Term.Comparison, _ left: Int, _ right: Int, in frame: Int
  ) -> Vector {
    let (a, b) = (vector(of: left, in: frame), vector(of: right, in: frame))
    let count = frames.rows(of: frame).count
    if comparison == .equal, let result = equal(a, b) { return Vector(result) }
    if let result = compareNumbers(comparison, a, b) { return Vector(result) }
    if comparison != .precedes, let first = DateColumn(a, count: count),
      let second = DateColumn(b, count: count)
    {
      return Vector(DateColumn.compare(comparison, first, second))
    }
    if comparison == .equal {
      if let result = equals(left, right, in: frame) { return result }
      if let result = equals(right, left, in: frame) { return result }
    }
    let interpreter = interpreter
    return conditions([left, right], in: frame) { interpreter.compare(comparison, $0[0], $0[1]) }
  }

  /// Whether a table comes to a value; nil if the first is no table.
  ///
  /// What no row that is left would give is excluded.
  private mutating func equals(_ lookup: Int, _ value: Int, in frame: Int) -> Vector? {
    guard case .lookup(let number, let arguments) = program.steps[lookup].operation else {
      return nil
    }
    let table = program.ruleSet.tables[number]
    let interpreter = interpreter
    return conditions([value] + arguments, in: frame) { values in
      let arguments = Array(values.dropFirst())
      let result = interpreter.lookUp(table, arguments)
      if result.isUnknown, !values[0].isUnknown,
        let possible = interpreter.possibleResults(of: table, arguments),
        possible.allSatisfy({ interpreter.compare(.equal, $0, values[0]) == .no })
      {
        return .no
      }
      return interpreter.compare(.equal, result, values[0])
    }
  }

  /// Whether texts, or entries of one enum, are the same; nil for anything else.
  private func equal(_ left: Vector, _ right: Vector) -> TruthBits? {
    switch (left, right) {
    case (.entries(let entries, let type), .constant(.symbol(let other, let entry))),
      (.constant(.symbol(let other, let entry)), .entries(let entries, let type)):
      type == other ? equal(entries, Int32(entry)) : nil
    case (.texts(let rows), .constant(.text(let text))),
      (.constant(.text(let text)), .texts(let rows)):
      // A text that no row has is the same as none of theirs.
      batch.texts.number(ofKnown: text).map { equal(rows, $0 ?? .max) }
    case (.texts(let left), .texts(let right)): equal(left, right)
    case (.entries(let left, let type), .entries(let right, let other)):
      type == other ? equal(left, right) : nil
    default: nil
    }
  }

  private func equal(_ rows: [Int32], _ code: Int32) -> TruthBits {
    rows.withUnsafeBufferPointer { rows in
      let yes = Bits(count: rows.count) { rows[$0] == code }
      let unknown = Bits(count: rows.count) { rows[$0] == Missing.unknown }
      return TruthBits(yes: yes, no: ~(yes | unknown))
    }
  }

  private func equal(_ left: [Int32], _ right: [Int32]) -> TruthBits {
    left.withUnsafeBufferPointer { left in
      right.withUnsafeBufferPointer { right in
        TruthBits(
          yes: Bits(count: left.count) {
            left[$0] == right[$0] && left[$0] != Missing.unknown && left[$0] != Missing.none
          },
          no: Bits(count: left.count) { row in
            left[row] == Missing.none || right[row] == Missing.none
              || left[row] != right[row] && left[row] != Missing.unknown
                && right[row] != Missing.unknown
          })
      }
    }
  }

  /// Numbers beside one number; nil for anything else, and for counts that are lower bounds.
  private func compareNumbers(
    _ comparison: Term.Comparison, _ left: Vector, _ right: Vector
  ) -> TruthBits? {
    guard comparison != .precedes else { return nil }
    switch (left, right) {
    case (.numbers(let column), .constant(let value)):
      guard let number = column.comparable(value) else { return nil }
      switch comparison {
      case .equal: return column.truths { $0 == number }
      case .less: return column.truths { $0 < number }
      case .lessOrEqual, .precedes: return column.truths { $0 <= number }
      }
    case (.constant(let value), .numbers(let column)):
      guard let number = column.comparable(value) else { return nil }
      switch comparison {
      case .equal: return column.truths { number == $0 }
      case .less: return column.truths { number < $0 }
      case .lessOrEqual, .precedes: return column.truths { number <= $0 }
      }
    default: return nil
    }
  }

  private mutating func member(_ element: Int, of members: [Value], in frame: Int) -> Vector {
    let list = Value.list(FactList(members.map { Fact($0, at: nil) }, isOpen: false))
    let interpreter = interpreter
    let elements = vector(of: element, in: frame)
    if case .texts(let rows) = elements, let result = member(rows, of: members) { return result }
    guard case .entries(let entries, let enumeration) = elements else {
      return conditions([element], in: frame) { interpreter.contains(list, $0[0]) }
    }
    let known = program.ruleSet.enums[enumeration].entries.indices.map { entry in
      interpreter.contains(list, .symbol(enumeration: enumeration, entry: entry))
    }
    let unknown = interpreter.contains(list, .unknown)
    if unknown == .unknown, let result = member(entries, known) { return result }
    return Vector(
      TruthBits(count: entries.count) { row in
        switch entries[row] {
        case Missing.unknown: unknown
        case Missing.none: .no
        case let entry where entry >= 0: known[Int(entry)]
        case let entry:
          interpreter.contains(
            list,
            .unlisted(
              enumeration: enumeration,
              batch.texts.text(Missing.unlisted - entry)))
        }
      })
  }

  /// Membership of entries in a set of at most 64; nil where one is not listed, or may be any.
  private func member(_ entries: [Int32], _ known: [Truth]) -> Vector? {
    guard known.count <= 64, !known.contains(.unknown),
      entries.allSatisfy({ $0 > Missing.unlisted })
    else { return nil }
    var set: UInt64 = 0
    for (entry, truth) in known.enumerated() where truth == .yes { set |= 1 << UInt64(entry) }
    return entries.withUnsafeBufferPointer { entries in
      let yes = Bits(count: entries.count) { row in
        let entry = entries[row]
        return entry >= 0 && (set &>> UInt64(truncatingIfNeeded: entry)) & 1 == 1
      }
      let unknown = Bits(count: entries.count) { entries[$0] == Missing.unknown }
      return Vector(TruthBits(yes: yes, no: ~(yes | unknown)))
    }
  }

  /// Membership of texts among those that a rule writes out; nil where one of them is no plain text.
  private func member(_ rows: [Int32], of members: [Value]) -> Vector? {
    var isMember = [Bool](repeating: false, count: batch.texts.count)
    for member in members {
      guard case .text(let text) = member, let number = batch.texts.number(ofKnown: text) else {
        return nil
      }
      if let number { isMember[Int(number)] = true }
    }
    return rows.withUnsafeBufferPointer { rows in
      isMember.withUnsafeBufferPointer { isMember in
        let yes = Bits(count: rows.count) { rows[$0] >= 0 && isMember[Int(rows[$0])] }
        let unknown = Bits(count: rows.count) { rows[$0] == Missing.unknown }
        return Vector(TruthBits(yes: yes, no: ~(yes | unknown)))
      }
    }
  }

  private mutating func listed(
    _ element: Int, in enumeration: Int, on lawDate: Int, in frame: Int
  ) -> Vector {
    var interpreter = interpreter
    return conditions([element, lawDate], in: frame) { values in
      guard case .date(let date) = values[1] else { return .unknown }
      interpreter.lawDate = date
      return interpreter.isListed(values[0], in: enumeration)
    }
  }

  private mutating func isKnown(_ operand: Int, in frame: Int) -> Vector {
    let known: Bits
    switch vector(of: operand, in: frame) {
    case .truths(let truth, _): known = truth.yes | truth.no
    case .entries(let rows, _), .texts(let rows):
      known = rows.withUnsafeBufferPointer { rows in
        Bits(count: rows.count) { rows[$0] != Missing.unknown }
      }
    case .dates(let dates):
      known = dates.first.withUnsafeBufferPointer { days in
        Bits(count: days.count) { days[$0] != DateColumn.unknown.first }
      }
    default:
      let interpreter = interpreter
      return conditions([operand], in: frame) { Truth(interpreter.isSettled($0[0])) }
    }
    return Vector(TruthBits(yes: known, no: ~known))
  }

  private mutating func isPresent(_ operand: Int, in frame: Int) -> Vector {
    switch vector(of: operand, in: frame) {
    case .truths(let truth, let none):
      let none = none ?? Bits(count: truth.count)
      return Vector(TruthBits(yes: (truth.yes | truth.no) - none, no: none))
    case .entries(let rows, _), .texts(let rows):
      let count = rows.count
      return Vector(
        TruthBits(
          yes: Bits(count: count) { rows[$0] != Missing.unknown && rows[$0] != Missing.none },
          no: Bits(count: count) { rows[$0] == Missing.none }))
    case .dates(let dates):
      let count = dates.first.count
      return Vector(
        TruthBits(
          yes: Bits(count: count) {
            dates.first[$0] != DateColumn.unknown.first && dates.first[$0] != DateColumn.none.first
          },
          no: Bits(count: count) { dates.first[$0] == DateColumn.none.first }))
    default:
      let interpreter = interpreter
      return conditions([operand], in: frame) { interpreter.isPresent($0[0]) }
    }
  }

  private mutating func arithmetic(
    _ operation: Term.Arithmetic, _ left: Int, _ right: Int, in frame: Int
  ) -> Vector {
    let interpreter = interpreter
    if case .dates(let dates) = vector(of: left, in: frame), dates.minutes.isEmpty,
      case .constant(let value) = vector(of: right, in: frame), case .duration = value,
      let shifted = shifts.shift(
        dates, by: DayShifts.Key(operation: operation, value: value),
        { interpreter.calculate(operation, .date($0), value) })
    {
      return .dates(shifted)
    }
    return rowwise([left, right], in: frame) { interpreter.calculate(operation, $0[0], $0[1]) }
  }

  private mutating func lookUp(_ number: Int, _ arguments: [Int], in frame: Int) -> Vector {
    let table = program.ruleSet.tables[number]
    let interpreter = interpreter
    return rowwise(arguments, in: frame) { interpreter.lookUp(table, $0) }
  }
}

// MARK: - Lists

extension ColumnEvaluator {
  /// For each row of a list's outer frame the rows of its elements: frames that lie between are
  /// passed over, since rows below one row follow each other.
  private mutating func ranges(of list: ColumnProgram.List) -> [Int32] {
    var chain: [Int] = []
    var frame = list.frame
    while frame != list.outer, let parent = program.frames[frame].parent {
      chain.append(frame)
      frame = parent
    }
    var offsets = (0...Int32(frames.rows(of: list.outer).count)).map { $0 }
    for frame in chain.reversed() {
      let below = frames.rows(of: frame).offsets
      offsets = offsets.map { below[Int($0)] }
    }
    return offsets
  }

  /// For each row of a list's frame the row of the outer frame below which it stands; nil where the
  /// two are the same.
  private mutating func rowsAbove(_ list: ColumnProgram.List) -> [Int32]? {
    frames.ancestors(list.outer, from: list.frame)
  }

  /// For each row of the outer frame whether the list has an element, and whether it may have more
  /// than are recorded.
  private mutating func bounds(of number: Int) -> (has: Bits, isOpen: Bits) {
    let list = program.lists[number]
    let count = frames.rows(of: list.outer).count
    let kept = elements(of: list)
    let has = rowsAbove(list).map { kept.raised(by: $0, count: count) } ?? kept
    return (has, openness(of: list))
  }

  /// The rows that are elements of a list: kept, and not known to be absent.
  private mutating func elements(of list: ColumnProgram.List) -> Bits {
    let count = frames.rows(of: list.frame).count
    var result =
      list.keep.map { truths(of: $0, in: list.frame).yes } ?? Bits(count: count, repeating: true)
    if let element = list.element, let none = vector(of: element, in: list.frame).none(count) {
      result = result - none
    }
    return result
  }

  private mutating func openness(of list: ColumnProgram.List) -> Bits {
    var result = Bits(count: frames.rows(of: list.outer).count)
    for part in list.openness {
      let parent = program.frames[part.frame].parent ?? 0
      var open = frames.openness(of: part.frame).withUnsafeBufferPointer { flags in
        Bits(count: flags.count) { flags[$0] }
      }
      if let keep = part.keep { open = open & truths(of: keep, in: parent).yes }
      raise(open, of: parent, to: list.outer, into: &result)
    }
    for step in list.uncertain {
      let frame = program.steps[step].frame
      let below = isAbove(frame, list.outer) ? list.frame : frame
      let unknown = truths(of: step, in: below).unknown
      raise(unknown, of: below, to: list.outer, into: &result)
    }
    return result
  }

  /// Whether a frame stands at or above another.
  private func isAbove(_ frame: Int, _ other: Int) -> Bool {
    var current: Int? = other
    while let here = current {
      if here == frame { return true }
      current = program.frames[here].parent
    }
    return false
  }

  /// Sets the bits of those rows of a frame above below which a bit is set.
  private mutating func raise(
    _ bits: Bits, of frame: Int, to outer: Int, into result: inout Bits
  ) {
    guard let up = frames.ancestors(outer, from: frame) else {
      result = result | bits
      return
    }
    if !bits.isEmpty { result = result | bits.raised(by: up, count: result.count) }
  }

  private mutating func exists(
    in number: Int, where condition: Int, _ another: Int, in frame: Int
  ) -> Vector {
    let list = program.lists[number]
    let count = frames.rows(of: list.outer).count
    var holds = truths(of: condition, in: list.frame)
    if let keep = list.keep {
      let kept = truths(of: keep, in: list.frame).yes
      holds = TruthBits(yes: holds.yes & kept, no: holds.no | ~kept)
    }
    let never = truths(of: another, in: list.outer).no
    let isOpen = openness(of: list)
    let parents = rowsAbove(list)
    let yes = parents.map { holds.yes.raised(by: $0, count: count) } ?? holds.yes
    let others = ~(holds.yes | holds.no)
    var mayHold = parents.map { others.raised(by: $0, count: count) } ?? others
    mayHold = mayHold | (isOpen - never)
    let no = ~(yes | mayHold)
    return Vector(TruthBits(yes: yes, no: no))
  }

  /// The lists of the rows of the outer frame, as the interpreter has them.
  private mutating func values(of number: Int) -> [Value] {
    let list = program.lists[number]
    let offsets = ranges(of: list)
    let isOpen = openness(of: list)
    let kept = list.keep.map { truths(of: $0, in: list.frame).yes }
    let elements = list.element.map { vector(of: $0, in: list.frame) }
    return (0..<(offsets.count - 1)).map { row in
      var facts: [Fact] = []
      for element in offsets[row]..<offsets[row + 1] {
        if let kept, !kept[Int(element)] { continue }
        // Of records only the number counts.
        let value = elements.map { reader.value(of: $0, at: Int(element)) } ?? .record([])
        if value != .none { facts.append(Fact(value, at: nil)) }
      }
      return .list(FactList(facts, isOpen: isOpen[row]))
    }
  }

  private mutating func summarise(_ aggregate: Term.Aggregate, _ list: Int) -> Vector {
    if aggregate == .count { return count(list) }
    if aggregate == .least || aggregate == .greatest {
      if let days = extremeDays(aggregate, list) { return days }
      if let entries = extremeEntry(aggregate, list) { return entries }
    }
    let interpreter = interpreter
    return Vector(values(of: list).map { interpreter.summarise(aggregate, $0) })
  }

  /// Membership among texts or entries of an enum, by their numbers; nil for anything else.
  private mutating func codedMember(
    _ element: Int, ofList number: Int, in frame: Int
  ) -> Vector? {
    let list = program.lists[number]
    guard let elements = list.element,
      let wanted = vector(of: element, in: frame).codes,
      let candidates = vector(of: elements, in: list.frame).codes
    else { return nil }
    let offsets = ranges(of: list)
    let kept = self.elements(of: list)
    let isOpen = openness(of: list)
    return Vector(
      TruthBits(count: offsets.count - 1) { row in
        let code = wanted[row]
        if code == Missing.none { return .no }
        var isEmpty = true
        var mayBe = isOpen[row]
        for candidate in offsets[row]..<offsets[row + 1] where kept[Int(candidate)] {
          isEmpty = false
          let other = candidates[Int(candidate)]
          if other == Missing.unknown {
            mayBe = true
          } else if other == code {
            return .yes
          }
        }
        if isEmpty, !isOpen[row] { return .no }
        return mayBe || code == Missing.unknown ? .unknown : .no
      })
  }

  /// The least or greatest of entries of an ordered enum; nil for other lists.
  private mutating func extremeEntry(_ aggregate: Term.Aggregate, _ number: Int) -> Vector? {
    let list = program.lists[number]
    guard let element = list.element,
      case .entries(let entries, let enumeration) = vector(of: element, in: list.frame),
      entries.allSatisfy({ $0 > Missing.unlisted })
    else { return nil }
    let offsets = ranges(of: list)
    let kept = elements(of: list)
    let isOpen = openness(of: list)
    let result = (0..<(offsets.count - 1)).map { row in
      var best = Missing.none
      for element in offsets[row]..<offsets[row + 1] where kept[Int(element)] {
        let entry = entries[Int(element)]
        if entry == Missing.unknown { return Missing.unknown }
        if best == Missing.none || (aggregate == .least ? entry < best : entry > best) {
          best = entry
        }
      }
      return isOpen[row] ? Missing.unknown : best
    }
    return .entries(result, enumeration: enumeration)
  }

  private mutating func count(_ number: Int) -> Vector {
    let list = program.lists[number]
    let offsets = ranges(of: list)
    let kept = elements(of: list)
    let isOpen = openness(of: list)
    var result = NumberColumn(isDecimal: false)
    for row in 0..<(offsets.count - 1) {
      var count = 0
      for element in offsets[row]..<offsets[row + 1] where kept[Int(element)] { count += 1 }
      result.append(count, isOpen[row] ? .atLeast : .known)
    }
    return .numbers(result)
  }

  /// The earliest or latest of lists of dates that are all known to the day; nil for other lists.
  private mutating func extremeDays(_ aggregate: Term.Aggregate, _ number: Int) -> Vector? {
    let list = program.lists[number]
    guard let element = list.element,
      case .dates(let dates) = vector(of: element, in: list.frame), dates.minutes.isEmpty
    else { return nil }
    let offsets = ranges(of: list)
    let kept = elements(of: list)
    let isOpen = openness(of: list)
    var result = DateColumn()
    for row in 0..<(offsets.count - 1) {
      var best: Int32?
      var isUnknown = isOpen[row]
      for element in offsets[row]..<offsets[row + 1] where kept[Int(element)] {
        let (first, last) = (dates.first[Int(element)], dates.last[Int(element)])
        if first == DateColumn.unknown.first {
          isUnknown = true
        } else if first != last {
          return nil
        } else {
          best = best.map { aggregate == .least ? min($0, first) : max($0, first) } ?? first
        }
      }
      if isUnknown {
        result.append(DateColumn.unknown)
      } else {
        result.append(best.map { ($0, $0) } ?? DateColumn.none)
      }
    }
    return .dates(result)
  }

  private mutating func isAmong(_ element: Int, _ number: Int, in frame: Int) -> Vector {
    let list = program.lists[number]
    guard let elements = list.element else { return .constant(.boolean(false)) }
    let offsets = ranges(of: list)
    let kept = self.elements(of: list)
    let wanted = vector(of: element, in: frame)
    let candidates = vector(of: elements, in: list.frame)
    let count = offsets.count - 1
    let yes: Bits
    if case .dates(let dates) = wanted, case .dates(let others) = candidates,
      dates.minutes.isEmpty, others.minutes.isEmpty
    {
      yes = Bits(count: count) { row in
        (offsets[row]..<offsets[row + 1]).contains { candidate in
          let other = Int(candidate)
          return dates.first[row] == others.first[other] && dates.last[row] == others.last[other]
            && kept[other]
        }
      }
    } else {
      yes = Bits(count: count) { row in
        let value = reader.value(of: wanted, at: row)
        return (offsets[row]..<offsets[row + 1]).contains { candidate in
          kept[Int(candidate)] && reader.value(of: candidates, at: Int(candidate)) == value
        }
      }
    }
    return Vector(TruthBits(yes: yes, no: ~yes))
  }

  private mutating func member(_ element: Int, ofList list: Int, in frame: Int) -> Vector {
    if let result = codedMember(element, ofList: list, in: frame) { return result }
    let lists = values(of: list)
    let elements = vector(of: element, in: frame)
    let interpreter = interpreter
    return Vector(
      lists.indices.map { row in
        Value(interpreter.contains(lists[row], reader.value(of: elements, at: row)))
      })
  }
}

extension Vector {
  /// The values of rows.
  fileprivate init(_ rows: [Value]) {
    var known: [Value: Int32] = [:]
    var values: [Value] = []
    let numbers = rows.map { value in
      if let number = known[value] { return number }
      let number = Int32(values.count)
      known[value] = number
      values.append(value)
      return number
    }
    self.init(values, numbers: numbers)
  }

  /// Values by their numbers, laid out by the kind of the first that is known.
  fileprivate init(_ values: [Value], numbers: [Int32]) {
    let count = numbers.count
    switch values.first(where: { !$0.isUnknown && $0 != .none }) {
    case .boolean?:
      let truths = values.map(\.truth)
      let none = values.map { $0 == .none }
      self = .truths(
        TruthBits(
          yes: Bits(count: count) { truths[Int(numbers[$0])] == .yes },
          no: Bits(count: count) { truths[Int(numbers[$0])] == .no }),
        none: none.contains(true) ? Bits(count: count) { none[Int(numbers[$0])] } : nil)
    case .date?:
      var column = DateColumn()
      for value in values {
        switch value {
        case .date(let date): column.append(date)
        case .none: column.append(DateColumn.none)
        default: column.append(DateColumn.unknown)
        }
      }
      self = Vector.dates(column).gathering(numbers)
    default: self = .coded(values, numbers: numbers)
    }
  }
}
