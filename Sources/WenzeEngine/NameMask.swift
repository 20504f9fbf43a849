import WenzeModel
import WenzeSemantics
package import WenzeSyntax

/// Replaces what tells persons apart in a text: the names that a document records by their masked
/// forms, and numbers of identity cards, telephones and bank cards by stars.
///
/// Names that look alike once they are masked are numbered, in the order in which the document
/// has them: a number stands for the same person wherever the mask is used.
package struct NameMask: Hashable, Sendable {
  /// Longer ones first, so that no name is cut by one that it contains.
  package let names: [String]
  private let beginnings: Beginnings
  /// Of names that are masked alike.
  private let ordinals: [String: Int]
  private let masking: NumberMasking

  /// A mask of numbers, where no names are known.
  package static let numbers = NameMask(inOrder: [])

  /// A mask that leaves names as they are, and the last digits of numbers.
  package static let none = NameMask(parts: [], ordinals: [:], .keepsLastFour)

  init(names: Set<String>) {
    self.init(inOrder: names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
  }

  /// A mask of names, numbered in their order.
  init(inOrder names: [String]) {
    let parts = names.flatMap { NameMask.parts(of: $0) }
    var known: Set<String> = []
    var alike: [String: [String]] = [:]
    for part in parts where known.insert(part).inserted {
      alike[MaskedName(part).masked, default: []].append(part)
    }
    var ordinals: [String: Int] = [:]
    for names in alike.values where names.count > 1 {
      for (index, name) in names.enumerated() { ordinals[name] = index + 1 }
    }
    self.init(parts: parts, ordinals: ordinals, .keepsNothing)
  }

  /// A mask of all names of several, which does not number them: each of the others has numbers of
  /// its own.
  package init(joining masks: [NameMask]) {
    self.init(parts: masks.flatMap(\.names), ordinals: [:], .keepsNothing)
  }

  private init(parts: [String], ordinals: [String: Int], _ masking: NumberMasking) {
    var names: [String] = []
    for name in parts.sorted(by: NameMask.comesFirst)
    where names.last.map({ !$0.hasBytes(of: name) }) ?? true {
      names.append(name)
    }
    self.names = names
    beginnings = Beginnings(of: names)
    self.ordinals = ordinals
    self.masking = masking
  }

  /// The mask that numbers names as they are numbered among those of others too.
  func numbered(among all: [String: Int]) -> NameMask {
    NameMask(parts: names, ordinals: all.filter { names.contains($0.key) }, masking)
  }

  /// The numbers of the names of all masks, in their order.
  static func jointNumbers(of masks: [NameMask]) -> [String: Int] {
    NameMask(inOrder: masks.flatMap(\.names)).ordinals
  }

  private static func comesFirst(_ left: String, _ right: String) -> Bool {
    left.utf8.count == right.utf8.count
      ? left.utf8.lexicographicallyPrecedes(right.utf8) : left.utf8.count > right.utf8.count
  }

  /// The names in a field: `张三、李四` are two; a surname alone is what a mask leaves of a name.
  private static func parts(of text: String) -> [String] {
    if text.isIdeographs { return text.utf8.count > 3 ? [text] : [] }
    return text.split { "、，,；;/／\n".contains($0) }
      .map { String($0.drop(while: \.isWhitespace)).trimmingEnd() }
      .filter { $0.count > 1 }
  }

  /// A text without the names and numbers.
  package func callAsFunction(_ text: String) -> String {
    maskingPersonalNumbers(in: replacing(in: text) { $0.masked }, masking)
  }

  /// A text without the names and numbers, in which every other character keeps its offset.
  package func inPlace(_ text: String) -> String {
    maskingPersonalNumbers(in: replacing(in: text) { $0.maskedInPlace }, masking)
  }
}

extension NameMask {
  /// A text in both languages without the names and numbers.
  package func callAsFunction(_ text: Bilingual) -> Bilingual {
    Bilingual(self(text.chinese), self(text.english))
  }

  /// A problem of an input, in whose words a value of the input may stand.
  package func callAsFunction(_ diagnostic: Diagnostic) -> Diagnostic {
    var masked = diagnostic
    masked.message = self(diagnostic.message)
    masked.label = diagnostic.label.map { self($0) }
    for index in masked.related.indices {
      masked.related[index].message = self(masked.related[index].message)
    }
    masked.notes = diagnostic.notes.map { self($0) }
    if let title = diagnostic.fix?.title { masked.fix?.title = self(title) }
    return masked
  }
}

// MARK: - Replacing

extension NameMask {
  private func replacing(in text: String, with form: (MaskedName) -> String) -> String {
    if names.isEmpty { return text }
    let bytes = text.utf8.span
    let isEscaped = bytes.firstIndex(of: .backslash, from: 0) < bytes.count
    let escaped = isEscaped ? names.compactMap { MaskedName(escaping: $0) } : []
    var result: [UInt8] = []
    var kept = 0
    var offset = 0
    while offset < bytes.count {
      guard bytes[offset] == .backslash || beginnings.mayBegin(at: offset, of: bytes),
        let name = name(at: offset, of: bytes, escaped)
      else {
        offset += 1
        continue
      }
      for position in kept..<offset { result.append(bytes[position]) }
      result += form(name).utf8
      offset += name.text.utf8.count
      kept = offset
    }
    if kept == 0 { return text }
    for position in kept..<bytes.count { result.append(bytes[position]) }
    return String(decoding: result, as: UTF8.self)
  }

  /// The longest name that stands at an offset.
  private func name(
    at offset: Int, of bytes: Span<UInt8>, _ escaped: [MaskedName]
  ) -> MaskedName? {
    let plain = names.first { bytes.holdsName($0, at: offset) }.map {
      MaskedName($0, ordinal: ordinals[$0])
    }
    guard bytes[offset] == .backslash,
      let other = escaped.filter({ bytes.holdsName($0.text, at: offset) })
        .max(by: { $0.text.utf8.count < $1.text.utf8.count })
    else { return plain }
    return plain.map { $0.text.utf8.count > other.text.utf8.count ? $0 : other } ?? other
  }

  /// What names begin with, as bits, by which most places of a text are passed over.
  fileprivate struct Beginnings: Hashable, Sendable {
    /// Of names whose first character has one or two bytes, by the first.
    private var short: UInt64 = 0
    /// Of others, by the third byte, since first bytes of ideographs are all alike.
    private var long: UInt64 = 0

    init(of names: [String]) {
      for name in names {
        let bytes = name.utf8.span
        if bytes[0] < 0xE0 { short |= bit(bytes[0]) } else { long |= bit(bytes[2]) }
      }
    }

    func mayBegin(at offset: Int, of bytes: Span<UInt8>) -> Bool {
      switch bytes[offset] {
      case 0x80..<0xC0: false
      case 0xE0...: long & bit(bytes[offset + 2]) != 0
      case let byte: short & bit(byte) != 0
      }
    }

    private func bit(_ byte: UInt8) -> UInt64 { 1 << UInt64(byte & 63) }
  }
}

extension UInt8 {
  fileprivate static let backslash: UInt8 = 0x5C

  fileprivate var isLatin: Bool {
    switch self {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: false
    }
  }
}

extension Span<UInt8> {
  /// Whether a name stands at an offset, and not as a part of a longer Latin word.
  fileprivate func holdsName(_ name: String, at offset: Int) -> Bool {
    let name = name.utf8.span
    let end = offset + name.count
    guard end <= count else { return false }
    for position in name.indices where self[offset + position] != name[position] { return false }
    let isInWord = name[0].isLatin && offset > 0 && self[offset - 1].isLatin
    return !isInWord && !(name[name.count - 1].isLatin && end < count && self[end].isLatin)
  }
}

/// A name as it stands in a text, and what takes its place.
private struct MaskedName {
  let text: String
  /// The surname, and 某某 or stars for the rest.
  let masked: String
  /// The same with as many bytes as the text.
  let maskedInPlace: String

  init(_ name: String, ordinal: Int? = nil) {
    let surname = name.surname
    let isIdeographic = name.unicodeScalars.first?.properties.isIdeographic ?? false
    var inPlace = surname
    for scalar in name.unicodeScalars.dropFirst(surname.unicodeScalars.count) {
      let count = UTF8.width(scalar)
      inPlace += isIdeographic && count == 3 ? "某" : String(repeating: "*", count: count)
    }
    text = name
    masked = surname + (isIdeographic ? "某某" : "***") + (ordinal.map { "（\($0)）" } ?? "")
    maskedInPlace = ordinal.map { inPlace.endingIn($0) } ?? inPlace
  }

  /// The name as JSON may escape it; nil for one that stays as it is.
  init?(escaping name: String) {
    guard !name.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
    func escaped(_ units: some Sequence<UInt16>) -> String {
      units.map { unit in
        let digits = String(unit, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      }
      .joined()
    }
    let surname = escaped(name.surname.utf16)
    text = escaped(name.utf16)
    masked = surname + String(repeating: "*", count: text.utf8.count - surname.utf8.count)
    maskedInPlace = masked
  }
}

extension String {
  /// The surname of a name, or its first letter.
  fileprivate var surname: String {
    if isIdeographs {
      let first = String(unicodeScalars.prefix(2))
      return utf8.count > 6 && compoundSurnames.contains(first) ? first : String(prefix(1))
    }
    return compoundSurnames.first { hasPrefix($0) && count > $0.count } ?? String(prefix(1))
  }

  /// A name masked in place with a number at its end, where there is one of as many bytes.
  fileprivate func endingIn(_ number: Int) -> String {
    if hasSuffix("某"), 1...20 ~= number, let mark = Unicode.Scalar(0x245F + UInt32(number)) {
      return dropLast() + String(mark)
    }
    let digits = String(number)
    return hasSuffix(String(repeating: "*", count: digits.count))
      ? dropLast(digits.count) + digits : self
  }

  fileprivate func trimmingEnd() -> String {
    var rest = self[...]
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }
}

private let compoundSurnames: Set = [
  "欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒", "长孙", "夏侯", "端木", "宇文",
  "轩辕", "独孤", "南宫", "西门", "百里", "呼延", "闻人", "澹台", "公冶", "宗政", "濮阳", "淳于", "单于", "太叔", "申屠",
]
