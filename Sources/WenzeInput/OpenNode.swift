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
  /// The place of each field, once there are too many to look through.
  private var places: [String: Int] = [:]

  init(_ kind: Kind, at start: Int) {
    self.kind = kind
    self.start = start
  }

  mutating func append(_ element: DataNode) {
    elements.append(element)
  }

  /// The place of the field of that name, if there is one already.
  func nameRange(of name: String) -> SourceRange? {
    if places.isEmpty { return fields.first { $0.name == name }?.nameRange }
    return places[name].map { fields[$0].nameRange }
  }

  /// Adds a field; of two with one name the first is kept.
  mutating func append(_ field: DataField) {
    guard nameRange(of: field.name) == nil else { return }
    fields.append(field)
    if !places.isEmpty {
      places[field.name] = fields.count - 1
    } else if fields.count > 16 {
      for (index, field) in fields.enumerated() { places[field.name] = index }
    }
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

  /// The words that say a list goes on.
  static let openMarks: Set<String> = ["等", "etc", "etc."]
}
