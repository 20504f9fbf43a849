import WenzeModel
import WenzeSyntax

/// A record or list that a reader has begun and not yet ended.
struct OpenNode {
  enum Kind {
    case list
    case record
  }

  let kind: Kind
  /// The offset at which it begins.
  let start: Int
  private var elements: [DataNode] = []
  private var fields: [DataField] = []

  init(_ kind: Kind, at start: Int) {
    self.kind = kind
    self.start = start
    // As many fields as most records have, so that they are moved less often.
    if kind == .record { fields.reserveCapacity(10) }
  }

  mutating func append(_ element: DataNode) {
    elements.append(element)
  }

  /// Adds a field; that a name stands here twice is for whoever knows the fields to tell.
  mutating func append(_ field: DataField) {
    fields.append(field)
  }

  /// The offset after the last thing in it.
  var contentEnd: Int {
    switch kind {
    case .list: elements.last?.range.end ?? start
    case .record: fields.last?.value.range.end ?? start
    }
  }

  /// The finished value; a list that ends with `isOpenMark` is open, and loses that element.
  func closed(at end: Int, isOpenMark: (DataNode.Content) -> Bool) -> DataNode {
    let range = SourceRange(start, end)
    switch kind {
    case .record:
      return DataNode(.record(fields), at: range)
    case .list:
      if let last = elements.last, isOpenMark(last.content) {
        return DataNode(.list(Array(elements.dropLast()), isOpen: true), at: range)
      }
      return DataNode(.list(elements, isOpen: false), at: range)
    }
  }
}
