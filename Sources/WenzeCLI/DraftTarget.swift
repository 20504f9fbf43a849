import WenzeDocuments
import WenzeInput
import WenzeSyntax

/// Where documents are written, and in which format.
struct DraftTarget {
  var place: Place
  var format: DocumentFormat

  enum Place {
    case screen
    case file(String)
    case folder(String)
  }

  init(_ output: String?, format: DocumentFormat?, template: String?) throws {
    let ofTemplate = template.flatMap { DocumentFormat(path: $0) }
    if let template, ofTemplate == nil, format == nil { throw Self.unknownFormat(template) }
    if let format, let ofTemplate, format != ofTemplate {
      throw Refusal(
        say(
          "模板是 .\(ofTemplate.rawValue)，不能写成 .\(format.rawValue)",
          "the template is .\(ofTemplate.rawValue), and makes no .\(format.rawValue)"))
    }
    let wanted = format ?? ofTemplate
    guard let output else {
      guard wanted == .html else {
        throw Refusal(
          say(
            "请用 --output 写明文件，如 --output 意见书.docx",
            "give a file with --output, such as --output opinion.docx"))
      }
      (place, self.format) = (.screen, .html)
      return
    }
    if output.hasSuffix("/") || isFolder(output) {
      (place, self.format) = (.folder(output), wanted ?? .docx)
      return
    }
    guard let found = wanted ?? DocumentFormat(path: output) else {
      throw Self.unknownFormat(output)
    }
    if let named = DocumentFormat(path: output), named != found {
      throw Refusal(
        say(
          "文件名是 .\(named.rawValue)，写的却是 .\(found.rawValue)",
          "the file is named .\(named.rawValue), but is to be .\(found.rawValue)"))
    }
    (place, self.format) = (.file(output), found)
  }

  static func unknownFormat(_ path: String) -> Refusal {
    Refusal(
      say(
        "从“\(path)”看不出格式，文件名要以 .docx 或 .html 结尾，或者用 --format",
        "`\(path)` does not tell the format: let it end in .docx or .html, or give --format"))
  }
}

/// Names for files, each of which is given once.
struct FileNames {
  private let suffix: String
  private var given: Set<String> = []

  init(suffix: String) {
    self.suffix = suffix
  }

  /// A name of which every system can make a file.
  mutating func name(_ wanted: String) -> String {
    let allowed = displayed(wanted).map { "/\\:*?\"<>|{}\n\r\t".contains($0) ? "_" : $0 }
    // A name has 255 bytes on most systems.
    var stem = String(allowed)
    while stem.utf8.count > 200 { stem.removeLast() }
    while let last = stem.last, last == "." || last == " " { stem.removeLast() }
    if stem.isEmpty || stem.hasPrefix(".") { stem = "_" + stem }
    var name = stem + suffix
    var number = 2
    // Some systems take capital and plain letters for the same.
    while !given.insert(name.lowercased()).inserted {
      name = "\(stem)-\(number)\(suffix)"
      number += 1
    }
    return name
  }
}
