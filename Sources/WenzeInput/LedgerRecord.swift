import WenzeModel
import WenzeSyntax

/// A record that the cells of rows build up.
struct LedgerRecord {
  private var names: [String] = []
  private var slots: [String: Slot] = [:]

  private indirect enum Slot {
    case value(DataNode)
    case values([DataNode])
    case record(LedgerRecord)
    case records([LedgerRecord])
    /// Rows that say different things, so that none is believed.
    case conflict
  }

  private mutating func set(_ name: String, _ slot: Slot) {
    if slots.updateValue(slot, forKey: name) == nil { names.append(name) }
  }

  private func elements(_ name: String) -> [LedgerRecord] {
    if case .records(let records)? = slots[name] { return records }
    return []
  }

  /// The text of a field that is no list.
  func text(at steps: [LedgerMapping.Step]) -> String? {
    var record = self
    for step in steps {
      switch record.slots[step.name.chinese] {
      case .record(let inner): record = inner
      case .value(let node):
        if case .text(let text) = node.content { return text }
        return nil
      default: return nil
      }
    }
    return nil
  }

  /// Puts the values of one cell where their column says.
  ///
  /// So many steps as `depth` lead to the list of which each value makes one element; nil if there
  /// is none.
  mutating func add(
    _ values: [DataNode], at steps: ArraySlice<LedgerMapping.Step>, elements depth: Int?
  ) {
    guard let step = steps.first, let first = values.first else { return }
    let name = step.name.chinese
    let rest = steps.dropFirst()
    let isAbsent = values.count == 1 && ["无", "none"].contains { first.content == .word($0) }
    if rest.isEmpty {
      set(name, step.isList && !isAbsent ? .values(values) : .value(first))
    } else if !step.isList {
      var inner = LedgerRecord()
      if case .record(let record)? = slots[name] { inner = record }
      inner.add(values, at: rest, elements: depth)
      set(name, .record(inner))
    } else {
      var records = elements(name)
      let isEach = depth == rest.startIndex
      // `无` in a column of a list says that the list has nothing.
      if isEach, isAbsent {
        if slots[name] == nil { set(name, .value(first)) }
        return
      }
      let count = isEach ? values.count : 1
      while records.count < count { records.append(LedgerRecord()) }
      for index in 0..<count {
        records[index].add(
          isEach ? [values[index]] : values, at: rest, elements: isEach ? nil : depth)
      }
      set(name, .records(records))
    }
  }

  /// Adds what another row says of the same document.
  mutating func merge(
    _ other: LedgerRecord, path: [String], rowList: [String]?,
    _ conflicts: inout [(first: DataNode, second: DataNode)]
  ) {
    for name in other.names {
      guard let new = other.slots[name] else { continue }
      guard let old = slots[name] else {
        set(name, new)
        continue
      }
      let path = path + [name]
      switch (old, new) {
      case (.conflict, _): break
      case (.record(var old), .record(let new)):
        old.merge(new, path: path, rowList: rowList, &conflicts)
        set(name, .record(old))
      case (.records(let old), .records(let new)) where path == rowList:
        set(name, .records(old + new))
      case (.records(let old), .records(let new)):
        set(name, .records(old + new.filter { element in !old.contains { $0.says(element) } }))
      case (.values(let old), .values(let new)):
        set(
          name, .values(old + new.filter { node in !old.contains { $0.content == node.content } }))
      case (.value(let old), .value(let new)) where old.content == new.content: break
      default:
        conflicts.append((LedgerRecord.node(old), LedgerRecord.node(new)))
        set(name, .conflict)
      }
    }
  }

  /// Whether it says the same as another record, wherever that stands.
  private func says(_ other: LedgerRecord) -> Bool {
    slots.count == other.slots.count
      && slots.allSatisfy { name, slot in
        switch (slot, other.slots[name]) {
        case (.value(let a), .value(let b)?): a.content == b.content
        case (.values(let a), .values(let b)?): a.map(\.content) == b.map(\.content)
        case (.record(let a), .record(let b)?): a.says(b)
        case (.records(let a), .records(let b)?):
          a.count == b.count && zip(a, b).allSatisfy { $0.says($1) }
        default: false
        }
      }
  }

  /// The record as a reader's value; at its cells, or at a range.
  func node(at range: SourceRange? = nil) -> DataNode {
    let fields = names.compactMap { name -> DataField? in
      guard let slot = slots[name] else { return nil }
      let value = LedgerRecord.node(slot)
      // Of what only conflicts are known, nothing is.
      if value.content == .null || value.content == .record([]) { return nil }
      return DataField(name: name, nameRange: value.range, value: value)
    }
    return DataNode(.record(fields), at: range ?? union(fields.map(\.value.range)))
  }

  private static func node(_ slot: Slot) -> DataNode {
    switch slot {
    case .value(let node): return node
    case .values(let nodes):
      return DataNode(.list(nodes, isOpen: false), at: union(nodes.map(\.range)))
    case .record(let record): return record.node()
    case .records(let records):
      let nodes = records.map { $0.node() }
      return DataNode(.list(nodes, isOpen: false), at: union(nodes.map(\.range)))
    case .conflict: return DataNode(.null, at: SourceRange(0, 0))
    }
  }
}

private func union(_ ranges: [SourceRange]) -> SourceRange {
  guard let first = ranges.first else { return SourceRange(0, 0) }
  return ranges.dropFirst().reduce(first) { $0.union($1) }
}
