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
  let interpreter: Interpreter
  let reader: VectorReader
  let shifts: DayShifts

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

  mutating func evaluate(_ step: ColumnProgram.Step) -> Vector {
    let frame = step.frame
    switch step.operation {
    case .constant(let value): return .constant(value)
    case .column(let column): return load(column, in: frame)
    case .documentDate(let date):
      if case .dates(var dates) = vector(of: date, in: frame) {
        dates.forgetNone()
        return .dates(dates)
      }
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
  mutating func load(_ column: Int, in frame: Int) -> Vector {
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
  mutating func rowwise(
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

  mutating func conditions(
    _ steps: [Int], in frame: Int, _ body: ([Value]) -> Truth
  ) -> Vector {
    rowwise(steps, in: frame) { Value(body($0)) }
  }

  func constants(of vectors: [Vector]) -> [Value]? {
    var values: [Value] = []
    for vector in vectors {
      guard case .constant(let value) = vector else { return nil }
      values.append(value)
    }
    return values
  }

  /// The first date of several steps, or that of the run; no law asks for times of day.
  mutating func lawDate(_ own: Int?, _ document: Int?, in frame: Int) -> Vector {
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

  mutating func firstKnown(_ steps: [Int], in frame: Int) -> Vector {
    guard let dates = dates(of: steps, in: frame), let last = dates.last,
      dates.allSatisfy(\.minutes.isEmpty)
    else {
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

  /// The steps as dates; nil if one is anything else.
  mutating func dates(of steps: [Int], in frame: Int) -> [DateColumn]? {
    let count = frames.rows(of: frame).count
    var columns: [DateColumn] = []
    for step in steps {
      guard let column = DateColumn(vector(of: step, in: frame), count: count) else { return nil }
      columns.append(column)
    }
    return columns
  }

  mutating func inForce(_ law: Int, on lawDate: Int, in frame: Int) -> Vector {
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

extension Vector {
  /// The values of rows.
  init(_ rows: [Value]) {
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
  init(_ values: [Value], numbers: [Int32]) {
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
