import WenzeModel
import WenzeSemantics
import WenzeSyntax

// Steps over the elements that stand below a row.

extension ColumnEvaluator {
  /// For each row of a list's outer frame the rows of its elements: frames that lie between are
  /// passed over, since rows below one row follow each other.
  mutating func ranges(of list: ColumnProgram.List) -> [Int32] {
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
  mutating func rowsAbove(_ list: ColumnProgram.List) -> [Int32]? {
    frames.ancestors(list.outer, from: list.frame)
  }

  /// For each row of the outer frame whether the list has an element, and whether it may have more
  /// than are recorded.
  mutating func bounds(of number: Int) -> (has: Bits, isOpen: Bits) {
    let list = program.lists[number]
    let count = frames.rows(of: list.outer).count
    let kept = elements(of: list)
    let has = rowsAbove(list).map { kept.raised(by: $0, count: count) } ?? kept
    return (has, openness(of: list))
  }

  /// The rows that are elements of a list: kept, and not known to be absent.
  mutating func elements(of list: ColumnProgram.List) -> Bits {
    let count = frames.rows(of: list.frame).count
    var result =
      list.keep.map { truths(of: $0, in: list.frame).yes } ?? Bits(count: count, repeating: true)
    if let element = list.element, let none = vector(of: element, in: list.frame).none(count) {
      result = result - none
    }
    return result
  }

  mutating func openness(of list: ColumnProgram.List) -> Bits {
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
  func isAbove(_ frame: Int, _ other: Int) -> Bool {
    var current: Int? = other
    while let here = current {
      if here == frame { return true }
      current = program.frames[here].parent
    }
    return false
  }

  /// Sets the bits of those rows of a frame above below which a bit is set.
  mutating func raise(
    _ bits: Bits, of frame: Int, to outer: Int, into result: inout Bits
  ) {
    guard let up = frames.ancestors(outer, from: frame) else {
      result = result | bits
      return
    }
    if !bits.isEmpty { result = result | bits.raised(by: up, count: result.count) }
  }

  mutating func exists(
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
  mutating func values(of number: Int) -> [Value] {
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

  mutating func summarise(_ aggregate: Term.Aggregate, _ list: Int) -> Vector {
    if aggregate == .count { return count(list) }
    if aggregate == .least || aggregate == .greatest {
      if let days = extremeDays(aggregate, list) { return days }
      if let entries = extremeEntry(aggregate, list) { return entries }
    }
    if aggregate == .mode, let modes = codedMode(list) { return modes }
    let interpreter = interpreter
    return Vector(values(of: list).map { interpreter.summarise(aggregate, $0) })
  }

  /// The most frequent of texts or entries of an enum, by their numbers; nil for anything else.
  private mutating func codedMode(_ number: Int) -> Vector? {
    let list = program.lists[number]
    guard let element = list.element else { return nil }
    let elements = vector(of: element, in: list.frame)
    guard let codes = elements.codes else { return nil }
    let offsets = ranges(of: list)
    let kept = self.elements(of: list)
    let isOpen = openness(of: list)
    let modes = (0..<(offsets.count - 1)).map { row -> Int32 in
      if isOpen[row] { return Missing.unknown }
      let own = (offsets[row]..<offsets[row + 1]).lazy.filter { kept[Int($0)] }
        .map { codes[Int($0)] }
      if own.contains(Missing.unknown) { return Missing.unknown }
      // Of several that are as frequent, the one that comes first.
      var best = (code: Missing.none, count: 0)
      for code in own {
        let count = own.count { $0 == code }
        if count > best.count { best = (code, count) }
      }
      return best.code
    }
    if case .entries(_, let enumeration) = elements {
      return .entries(modes, enumeration: enumeration)
    }
    return .texts(modes)
  }

  /// Membership among texts or entries of an enum, by their numbers; nil for anything else.
  mutating func codedMember(
    _ element: Int, ofList number: Int, in frame: Int
  ) -> Vector? {
    let list = program.lists[number]
    guard let elements = list.element else { return nil }
    let members = vector(of: elements, in: list.frame)
    guard let candidates = members.codes,
      let wanted = codes(of: vector(of: element, in: frame), like: members)
    else { return nil }
    let offsets = ranges(of: list)
    let kept = self.elements(of: list)
    let isOpen = openness(of: list)
    return Vector(
      TruthBits(count: offsets.count - 1) { row in
        let code = wanted.count == 1 ? wanted[0] : wanted[row]
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

  /// The numbers of texts or entries, one for all rows where they are the same; nil for what can be
  /// no element of a list of such elements.
  private func codes(of vector: Vector, like elements: Vector) -> [Int32]? {
    switch (vector, elements) {
    case (.entries(let codes, let type), .entries(_, let other)) where type == other: codes
    case (.texts(let codes), .texts): codes
    case (.constant(.symbol(let type, let entry)), .entries(_, let other)) where type == other:
      [Int32(entry)]
    case (.constant(.text(let text)), .texts):
      // A text that no row has is the same as none of theirs.
      batch.texts.number(ofKnown: text).map { [$0 ?? .max] }
    default: nil
    }
  }

  /// The least or greatest of entries of an ordered enum; nil for other lists.
  mutating func extremeEntry(_ aggregate: Term.Aggregate, _ number: Int) -> Vector? {
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

  mutating func count(_ number: Int) -> Vector {
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
  mutating func extremeDays(_ aggregate: Term.Aggregate, _ number: Int) -> Vector? {
    let list = program.lists[number]
    guard let element = list.element,
      case .dates(let dates) = vector(of: element, in: list.frame)
    else { return nil }
    let offsets = ranges(of: list)
    let kept = elements(of: list)
    let isOpen = openness(of: list)
    var result = DateColumn()
    for row in 0..<(offsets.count - 1) {
      var best: Int?
      var isUnknown = isOpen[row]
      for element in offsets[row]..<offsets[row + 1] where kept[Int(element)] {
        let (first, last) = (dates.first[Int(element)], dates.last[Int(element)])
        if first == DateColumn.unknown.first {
          isUnknown = true
        } else if first != last {
          return nil
        } else if let known = best.map({ dates.first[$0] }) {
          // Of several on one day the first that is written.
          if aggregate == .least ? first < known : first > known { best = Int(element) }
        } else {
          best = Int(element)
        }
      }
      if isUnknown {
        result.append(DateColumn.unknown)
      } else if let best {
        result.append(dates, at: best)
      } else {
        result.append(DateColumn.none)
      }
    }
    return .dates(result)
  }

  mutating func isAmong(_ element: Int, _ number: Int, in frame: Int) -> Vector {
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

  mutating func member(_ element: Int, ofList list: Int, in frame: Int) -> Vector {
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
