/// Something that a reader of XML comes by, with the bytes it stands in.
package enum XMLEvent: Hashable, Sendable {
  case start(XMLElement)
  /// All text between two tags.
  case text(String, range: Range<Int>)
  /// The end of an element; its range is empty where the start is the end too, as in `<a/>`.
  case end(XMLName, range: Range<Int>)

  /// The UTF-8 offsets that it stands in.
  package var range: Range<Int> {
    switch self {
    case .start(let element): element.range
    case .text(_, let range), .end(_, let range): range
    }
  }
}

/// A start tag.
package struct XMLElement: Hashable, Sendable {
  package var name: XMLName
  package var attributes: [XMLName: String]
  package var range: Range<Int>

  /// The value of an attribute without a namespace, which nearly all are.
  package subscript(_ local: String) -> String? { attributes[XMLName(local)] }

  /// The value of an attribute of a namespace.
  package subscript(_ namespace: String, _ local: String) -> String? {
    attributes[XMLName(local, in: namespace)]
  }
}

/// A name and its namespace.
package struct XMLName: Hashable, Sendable {
  /// Empty where there is none.
  package var namespace: String
  package var local: String

  package init(_ local: String, in namespace: String = "") {
    self.namespace = namespace
    self.local = local
  }
}
