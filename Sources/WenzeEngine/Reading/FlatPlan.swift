/// A reading plan in plain memory.
///
/// Going through arrays of a structure costs a check and a reference count for each of the hundreds of
/// fields of a document, which is as much as reading them.
final class FlatPlan {
  let records: UnsafePointer<ReadingPlan.Record>
  let fields: UnsafePointer<ReadingPlan.Field>
  let lists: UnsafePointer<ReadingPlan.List>
  let keys: UnsafePointer<ReadingPlan.Key>
  let slots: UnsafePointer<Int32>
  let keyWords: UnsafePointer<UInt64>
  /// Keys in the order in which documents have them, by record: each record's from its first key on.
  let order: UnsafeMutablePointer<Int32>
  /// How many keys of each record are in order.
  let orderCounts: UnsafeMutablePointer<Int32>
  private let deallocate: () -> Void

  init(_ plan: ReadingPlan) {
    func copy<Element>(_ elements: [Element]) -> UnsafeMutablePointer<Element> {
      let pointer = UnsafeMutablePointer<Element>.allocate(capacity: max(1, elements.count))
      pointer.initialize(from: elements, count: elements.count)
      return pointer
    }
    let (records, fields, lists) = (copy(plan.records), copy(plan.fields), copy(plan.lists))
    let (keys, slots, words) = (copy(plan.keys), copy(plan.slots), copy(plan.keyWords))
    let order = copy([Int32](repeating: -1, count: plan.keys.count))
    let counts = copy([Int32](repeating: 0, count: plan.records.count))
    (self.records, self.fields, self.lists) = (
      UnsafePointer(records), UnsafePointer(fields), UnsafePointer(lists)
    )
    (self.keys, self.slots, keyWords) = (
      UnsafePointer(keys), UnsafePointer(slots), UnsafePointer(words)
    )
    (self.order, orderCounts) = (order, counts)
    deallocate = {
      records.deallocate()
      fields.deallocate()
      lists.deallocate()
      keys.deallocate()
      slots.deallocate()
      words.deallocate()
      order.deallocate()
      counts.deallocate()
    }
  }

  deinit { deallocate() }

  /// Puts a key into the order of its record's keys, at a place.
  ///
  /// - Returns: the place after it.
  func place(_ key: Int32, of record: Int, at place: Int32) -> Int32 {
    let first = Int(records[record].firstKey)
    let count = Int(orderCounts[record])
    for known in 0..<count where order[first + known] == key { return Int32(known + 1) }
    let place = min(Int(place), count)
    var index = count
    while index > place {
      order[first + index] = order[first + index - 1]
      index -= 1
    }
    order[first + place] = key
    orderCounts[record] += 1
    return Int32(place + 1)
  }
}
