import WenzeModel
import WenzeSemantics

// What rules over groups collect of the documents of a batch.

extension ColumnEvaluator {
  /// Adds what the gatherings collect, as ``GroupRun/add(_:at:)`` does document by document.
  ///
  /// - Parameters:
  ///   - collecting: what they collect.
  ///   - places: where the document of each row begins; its id is in the columns.
  ///   - run: what it is added to.
  mutating func collect(
    _ collecting: ColumnProgram.CompiledCollecting, from places: BatchPlaces,
    into run: inout GroupRun
  ) {
    guard !collecting.gatherings.isEmpty, batch.count > 0 else { return }
    var codes = VectorCodes(reader)
    var collected = [[Int32]](repeating: [], count: batch.count)
    for gathering in collecting.gatherings {
      if run.plan.gatherings[gathering.number].isTally {
        count(gathering, &codes, into: &run, &collected)
      } else {
        collect(gathering, &codes, into: &run, &collected)
      }
    }
    run.countedDocuments += batch.count
    let names = names(collecting.names, in: collected)
    if run.plan.keepsDocuments(of: program.dossier) {
      addDocuments(collecting, from: places, names, &codes, to: &run)
    }
    if !run.plan.charts.isEmpty {
      for name in Set(names.joined()) {
        run.chartNames.insert(codes.code(ofText: name, &run.values))
      }
    }
  }

  /// Counts elements by their keys.
  private mutating func count(
    _ gathering: ColumnProgram.CompiledGathering, _ codes: inout VectorCodes,
    into run: inout GroupRun, _ collected: inout [[Int32]]
  ) {
    run.collections[gathering.number].hasDocuments = true
    let plan = run.plan.gatherings[gathering.number]
    let (rows, keys) = keys(of: gathering.elements, where: nil, &codes, &run.values)
    let belongs = truths(of: gathering.elements.belongs, in: gathering.elements.frame)
    let documents = documents(of: rows, in: gathering.elements.frame)
    let first = run.countedDocuments
    for (place, row) in rows.enumerated() {
      let codes = run.values.countedCodes(keys.map { $0[place] }, in: plan)
      run.collections[gathering.number].count(
        codes, belongs.yes[Int(row)] ? .yes : .unknown, in: first + documents[place], of: plan)
    }
    note(gathering, at: rows, &collected)
  }

  /// Notes the texts that are collected of each document.
  private mutating func note(
    _ gathering: ColumnProgram.CompiledGathering, at rows: [Int32], _ collected: inout [[Int32]]
  ) {
    let frame = gathering.elements.frame
    let documents = documents(of: rows, in: frame)
    for step in gathering.textSteps(of: program) {
      guard case .texts(let texts) = vector(of: step, in: frame) else { continue }
      for (document, row) in zip(documents, rows) where texts[Int(row)] >= 0 {
        let text = texts[Int(row)]
        if !collected[document].contains(text) { collected[document].append(text) }
      }
    }
  }

  private mutating func documents(of rows: [Int32], in frame: Int) -> [Int] {
    let up = frames.ancestors(0, from: frame)
    return rows.map { row in up.map { Int($0[Int(row)]) } ?? Int(row) }
  }

  private mutating func addDocuments(
    _ collecting: ColumnProgram.CompiledCollecting, from places: BatchPlaces,
    _ names: [[Int32]], _ codes: inout VectorCodes, to run: inout GroupRun
  ) {
    let all = (0..<Int32(batch.count)).map { $0 }
    let ids = collecting.id.map { codes.codes(of: vector(of: $0), at: all, &run.values) }
    let path = run.values.code(of: places.path)
    for row in 0..<batch.count {
      let id = ids.flatMap { $0[row].kind == .text ? $0[row] : nil }
      run.documents.append(
        id: id ?? .none, path: path, line: places.lines[row], column: places.columns[row],
        names: names[row].map { codes.code(ofText: $0, &run.values) })
    }
  }

  /// The names of persons in each document that stand in texts collected of it.
  private mutating func names(
    _ sources: [ColumnProgram.NameSource], in collected: [[Int32]]
  ) -> [[Int32]] {
    var names = [[Int32]](repeating: [], count: batch.count)
    for source in sources {
      let frame = program.steps[source.text].frame
      let count = frames.rows(of: frame).count
      guard case .texts(let texts) = vector(of: source.text) else { continue }
      let never = source.condition.map { truths(of: $0, in: frame).no } ?? Bits(count: count)
      let documents = frames.ancestors(0, from: frame)
      for row in 0..<count where texts[row] >= 0 && !never[row] {
        let document = documents.map { Int($0[row]) } ?? row
        let name = texts[row]
        if !names[document].contains(name),
          collected[document].contains(where: { batch.texts.has(name, in: $0) })
        {
          names[document].append(name)
        }
      }
    }
    return names
  }

  private mutating func collect(
    _ gathering: ColumnProgram.CompiledGathering, _ codes: inout VectorCodes,
    into run: inout GroupRun, _ collected: inout [[Int32]]
  ) {
    run.collections[gathering.number].hasDocuments = true
    let frame = gathering.elements.frame
    var elements = sorted(gathering.elements, &codes, &run.values)
    for key in elements.leftOut { run.collections[gathering.number].leftOut[key, default: 0] += 1 }
    if let more = gathering.more {
      let found = hypotheticalKeys(of: more, &codes, &run.values)
      run.collections[gathering.number].mayGoOn.formUnion(found)
    }
    let rows = elements.rows
    guard !rows.isEmpty else { return }
    let documents = documents(of: rows, in: frame)
    let firstDocument = run.documents.count
    note(gathering, at: rows, &collected)
    let columns =
      [
        documents.map { ValueCode(document: firstDocument + $0) },
        codes.codes(of: vector(of: gathering.lawDate, in: frame), at: rows, &run.values),
        paths(gathering.path, to: rows, of: frame, &run.values),
      ] + elements.takeKeys()
      + gathering.columns.map { column in
        switch column {
        case .step(let step): codes.codes(of: vector(of: step, in: frame), at: rows, &run.values)
        case .signature(let step):
          codes.signatures(of: vector(of: step, in: frame), at: rows, &run.values)
        case .list(let list):
          listCodes(list, at: rows, &codes, &run.values)
        }
      }
    run.collections[gathering.number].rows.append(count: rows.count) { columns[$0] }
  }

  /// The codes of lists; each list of the same elements is made once.
  private mutating func listCodes(
    _ number: Int, at rows: [Int32], _ codes: inout VectorCodes, _ values: inout ValueTable
  ) -> [ValueCode] {
    let list = program.lists[number]
    guard let element = list.element else { return rows.map { _ in .unknown } }
    let offsets = ranges(of: list)
    let isOpen = openness(of: list)
    let kept = elements(of: list)
    let all = (0..<Int32(kept.count)).map { $0 }
    let elements = codes.codes(of: vector(of: element, in: list.frame), at: all, &values)
    var known: [[ValueCode]: ValueCode] = [:]
    return rows.map { row in
      let row = Int(row)
      let own = (offsets[row]..<offsets[row + 1]).compactMap {
        kept[Int($0)] ? elements[Int($0)] : nil
      }
      let key = own + [ValueCode(Truth(isOpen[row]))]
      if let code = known[key] { return code }
      let facts = own.map { Fact(values.value(of: $0), at: nil) }
      let code = values.code(of: .list(FactList(facts, isOpen: isOpen[row])))
      known[key] = code
      return code
    }
  }

  /// Elements by whether they belong to a group.
  private struct SortedElements {
    /// The rows of those that do.
    var rows: [Int32] = []
    /// The parts of their keys.
    var keys: [[ValueCode]]
    /// The keys of those of which it is not known.
    var leftOut: [[ValueCode]] = []

    mutating func takeKeys() -> [[ValueCode]] {
      defer { keys = [] }
      return keys
    }
  }

  private mutating func sorted(
    _ elements: ColumnProgram.CompiledGathering.Elements, _ codes: inout VectorCodes,
    _ values: inout ValueTable
  ) -> SortedElements {
    let (rows, keys) = keys(of: elements, where: nil, &codes, &values)
    let belongs = truths(of: elements.belongs, in: elements.frame)
    let isReal = realRows(of: elements.frame)
    var sorted = SortedElements(keys: keys.map { _ in [] })
    for (place, row) in rows.enumerated() {
      if keys.contains(where: { $0[place] == .none }) { continue }
      if belongs.yes[Int(row)], isReal[Int(row)],
        !keys.contains(where: { $0[place] == .unknown })
      {
        sorted.rows.append(row)
        for (number, key) in keys.enumerated() { sorted.keys[number].append(key[place]) }
      } else {
        sorted.leftOut.append(keys.map { $0[place] })
      }
    }
    return sorted
  }

  private mutating func hypotheticalKeys(
    of elements: ColumnProgram.CompiledGathering.Elements, _ codes: inout VectorCodes,
    _ values: inout ValueTable
  ) -> Set<[ValueCode]> {
    let isHypothetical = ~realRows(of: elements.frame)
    let (rows, keys) = keys(of: elements, where: isHypothetical, &codes, &values)
    var found: Set<[ValueCode]> = []
    for place in rows.indices where !keys.contains(where: { $0[place] == .none }) {
      found.insert(keys.map { $0[place] })
    }
    return found
  }

  /// The rows of elements that may belong to a group, and the parts of their keys.
  private mutating func keys(
    of elements: ColumnProgram.CompiledGathering.Elements, where isWanted: Bits?,
    _ codes: inout VectorCodes, _ values: inout ValueTable
  ) -> (rows: [Int32], keys: [[ValueCode]]) {
    var candidates = ~truths(of: elements.belongs, in: elements.frame).no
    if let isWanted { candidates = candidates & isWanted }
    var rows: [Int32] = []
    candidates.forEachSet { rows.append(Int32($0)) }
    let keys = elements.keys.map { key in
      codes.codes(of: vector(of: key, in: elements.frame), at: rows, &values).map {
        code -> ValueCode in
        // Of a count that may be more no one knows which it is.
        if code.kind == .other, case .atLeast = values.value(of: code) { return .unknown }
        return code
      }
    }
    return (rows, keys)
  }

  /// The paths of elements in their documents.
  private mutating func paths(
    _ parts: [ColumnProgram.CompiledGathering.PathPart], to rows: [Int32], of frame: Int,
    _ values: inout ValueTable
  ) -> [ValueCode] {
    guard !parts.isEmpty else { return rows.map { _ in .none } }
    // For each list, the outermost first, what the elements are and where those of their owners begin.
    let levels = parts.reversed().map { part in
      (
        fields: part.fields, elements: frames.elements(of: part.frame, from: frame),
        owners: frames.elements(of: program.frames[part.frame].owner, from: frame),
        offsets: batch.tables[program.frames[part.frame].table].offsets
      )
    }
    var known: [[Int]: ValueCode] = [:]
    return rows.map { row in
      var numbers: [Int] = []
      for level in levels {
        let element = level.elements?[Int(row)] ?? row
        let owner = Int(level.owners?[Int(row)] ?? row)
        numbers += level.fields
        numbers.append(~Int(element - level.offsets[owner]))
      }
      if let code = known[numbers] { return code }
      let path = FieldPath(numbers.map { $0 < 0 ? .index(~$0) : .field($0) })
      let code = values.code(of: path)
      known[numbers] = code
      return code
    }
  }
}

extension ColumnProgram.CompiledGathering {
  /// The steps whose texts are collected as they are.
  fileprivate func textSteps(of program: ColumnProgram) -> [Int] {
    elements.keys
      + columns.compactMap { column in
        if case .step(let step) = column { step } else { nil }
      }
  }
}

/// Where the documents of a batch begin, by their rows.
struct BatchPlaces {
  var path: String
  var lines: [Int]
  var columns: [Int]
}
