import Mustache
import WenzeSyntax

/// A value as swift-mustache asks for it.
///
/// Names of tags are ASCII there, so that they are handed to it by their bytes.
struct MustacheNode: MustacheParent, MustacheCustomRenderable {
  private let value: TemplateValue
  /// Pieces of the template itself, which the outermost node has.
  private let texts: [String]

  init(_ value: TemplateValue, texts: [String] = []) {
    self.value = value
    self.texts = texts
  }

  /// What stands for the elements of a list, and for that there are none.
  static let elements = "each"
  static let isEmpty = "empty"

  /// What stands for a piece of the template.
  static func name(ofText number: Int) -> String { "t\(number)" }

  /// A name in letters and digits; none is one of those above.
  static func encoded(_ name: String) -> String {
    let digits = Array("0123456789abcdef")
    return "n" + String(name.utf8.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
  }

  private static func decoded(_ name: String) -> String {
    let digits = name.utf8.dropFirst().compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
    let bytes = stride(from: 0, to: digits.count - digits.count % 2, by: 2)
      .map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    return String(decoding: bytes, as: UTF8.self)
  }

  func child(named name: String) -> Any? {
    switch name {
    case Self.elements: return value.elements.map { MustacheNode($0) }
    case Self.isEmpty: return value.elements.isEmpty
    case _ where name.hasPrefix("t"):
      guard let number = Int(name.dropFirst()), texts.indices.contains(number) else { return nil }
      return texts[number]
    default:
      guard let child = value.fields[Self.decoded(name)] else { return nil }
      return child.kind == .condition ? child.isPresent : MustacheNode(child)
    }
  }

  var renderText: String { value.text ?? "" }

  var isNull: Bool { !value.isPresent }
}
