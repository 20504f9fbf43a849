import Foundation
import Testing

/// One mistake in a file that has no other: an edit of a clean dossier, and the codes that it shows.
///
/// The files in `Defects` hold them, apart by blank lines, in this form (`#` opens a comment):
///
///     WZ510 申诉至今没有处理          the code, or 无, and what is wrong
///     clean-cadre                     the dossier in fixtures/dossiers
///     - 处理日期: 2024-08-16          what stands there, exactly once …
///     + 处理日期: 2024-09-23          … and what takes its place; without it, nothing does
///     today 2025-01-30                the day of the check, if it matters
///     also WZ514: …                   another code that tells the same mistake, and why
///     open                            the same edit, where the file claims no completeness, leaves the code undetermined
///
/// Several lines of `-` or `+` are one text; a `-` after a `+` begins another edit. 无 stands for
/// an edit that the law allows, and that shows nothing.
struct Defect: Sendable, CustomTestStringConvertible {
  var code: String?
  var title: String
  var dossier: String
  var edits: [Edit] = []
  var today = "2026-11-21"
  var also: [String] = []
  var isOpen = false

  struct Edit: Sendable {
    var old: [String]
    var new: [String] = []
  }

  var testDescription: String { "\(code ?? "无") \(title)" }

  var codes: [String] { ([code].compactMap(\.self) + also).sorted() }

  /// The defects of all files of a folder.
  static func all(below folder: String) -> [Defect] {
    Repository.files(below: folder, endingWith: [".txt"]).flatMap { path in
      let text = try? String(contentsOfFile: Repository.root + path, encoding: .utf8)
      return (text ?? path).components(separatedBy: "\n\n").compactMap(Defect.init)
    }
  }

  /// The text of its dossier with the mistake in it, and with or without the claim to be complete.
  func text(claimingCompleteness: Bool) throws -> String {
    var text = try Repository.dossier(dossier)
    for edit in edits { try text.replace(edit.old, with: edit.new) }
    if !claimingCompleteness { try text.replace([Repository.claim], with: []) }
    return text
  }
}

extension Defect {
  /// Nil: a block without a defect in it.
  fileprivate init?(_ block: String) {
    let lines = block.split(separator: "\n").filter { !$0.hasPrefix("#") }
    guard let first = lines.first else { return nil }
    let words = first.split(separator: " ", maxSplits: 1).map(String.init)
    code = words[0] == "无" ? nil : words[0]
    title = words.count > 1 ? words[1] : ""
    dossier = lines.count > 1 ? String(lines[1]) : ""
    var isReplacing = true
    for line in lines.dropFirst(2) {
      let content = String(line.dropFirst(2))
      switch line.split(separator: " ").first {
      case "-":
        if isReplacing { edits.append(Edit(old: [])) }
        edits[edits.count - 1].old.append(content)
        isReplacing = false
      case "+" where !edits.isEmpty:
        edits[edits.count - 1].new.append(content)
        isReplacing = true
      case "today": today = String(line.dropFirst(6))
      case "also": also.append(String(line.dropFirst(5).prefix { $0 != ":" }))
      case "open": isOpen = true
      default: title += " (not understood: \(line))"
      }
    }
  }
}

extension String {
  /// Replaces lines that occur exactly once.
  mutating func replace(_ old: [String], with new: [String]) throws {
    let places = ranges(of: old.joined(separator: "\n"))
    try #require(places.count == 1, "occurs \(places.count) times: \(old)")
    replaceSubrange(places[0], with: new.joined(separator: "\n"))
  }
}

extension Repository {
  /// What a file writes that claims to be complete.
  static let claim = "卷宗完整: 是"

  static func dossier(_ name: String) throws -> String {
    try String(contentsOfFile: root + "fixtures/dossiers/\(name).wz", encoding: .utf8)
  }
}
