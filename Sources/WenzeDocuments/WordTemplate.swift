import WenzeOffice
import WenzeSemantics
import WenzeSyntax

/// A template of a document of Word: an archive whose body, headers and footers have tags.
struct WordTemplate {
  private let path: String
  private let archive: ZipArchive
  private let parts: [Part]

  private struct Part {
    var name: String
    var template: CheckedTemplate
    var source: Source
  }

  /// The kinds of parts that have text to fill.
  private static let contentTypes = ["main", "header", "footer"].map {
    "application/vnd.openxmlformats-officedocument.wordprocessingml."
      + ($0 == "main" ? "document.main+xml" : $0 + "+xml")
  }

  init(
    _ bytes: [UInt8], path: String, data: TemplateValue
  ) throws(TemplateProblems) {
    self.path = path
    let names: [String]
    do throws(ArchiveProblem) {
      archive = try ZipArchive(bytes)
      names = try Self.textParts(of: archive)
    } catch {
      throw TemplateProblems(path, .damagedWord(error))
    }
    guard let body = names.first else { throw TemplateProblems(path, .noWord) }
    var parts: [Part] = []
    var problems: [LocatedDiagnostic] = []
    var sources: [Source] = []
    for name in names {
      let shownPath = name == body ? path : "\(path)/\(name)"
      let contents: [UInt8]?
      do throws(ArchiveProblem) {
        contents = try archive.contents(of: name)
      } catch {
        throw TemplateProblems(path, .damagedWord(error))
      }
      guard let contents else { throw TemplateProblems(path, .noWord) }
      do throws(TemplateProblems) {
        if let part = try Self.part(name, contents, path: shownPath, data) { parts.append(part) }
      } catch {
        problems += error.problems
        sources += error.sources
      }
    }
    guard problems.isEmpty else { throw TemplateProblems(problems, sources: sources) }
    self.parts = parts
  }

  /// A part with its tags; nil if it has none, and stays as it is.
  private static func part(
    _ name: String, _ contents: [UInt8], path: String, _ data: TemplateValue
  ) throws(TemplateProblems) -> Part? {
    let part: WordPart
    do throws(XMLProblem) {
      part = try WordPart(contents, path: path)
    } catch {
      throw TemplateProblems(path, .damagedPart(name, error))
    }
    let scanner = TemplateScanner(part.source, isLineBound: true)
    var diagnostics = scanner.diagnostics
    let bytes = Array(part.source.text.utf8)
    diagnostics += scanner.tags.filter { $0.joinsNeighbour(in: bytes) }
      .map { .joiningCharacter($0.range) }
    var checker = TemplateChecker(sources: [part.source], data: data)
    checker.check(scanner.tags.map { .tag($0, source: 0) })
    diagnostics += checker.problems.map(\.diagnostic)
    var tokens: [TemplateToken] = []
    if diagnostics.isEmpty {
      if scanner.tags.isEmpty { return nil }
      let layout = WordLayout(part, scanner.tags)
      diagnostics = layout.diagnostics
      tokens = layout.tokens
    }
    guard diagnostics.isEmpty else {
      throw TemplateProblems(
        diagnostics.map { LocatedDiagnostic(path: path, $0) }, sources: [part.source])
    }
    return Part(
      name: name,
      template: try CheckedTemplate(tokens, sources: [part.source], data: data, .word),
      source: part.source)
  }

  /// The parts that have text to fill, the body first.
  private static func textParts(of archive: ZipArchive) throws(ArchiveProblem) -> [String] {
    guard let list = try archive.contents(of: "[Content_Types].xml") else { return [] }
    var found: [String: [String]] = [:]
    do throws(XMLProblem) {
      try readXML(list) { event throws(XMLProblem) in
        guard case .start(let element) = event, let type = element["ContentType"],
          let name = element["PartName"]
        else { return }
        found[type, default: []].append(String(name.drop { $0 == "/" }))
      }
    } catch {
      return []
    }
    guard let body = found[contentTypes[0]] else { return [] }
    return body + contentTypes.dropFirst().flatMap { found[$0] ?? [] }.sorted()
  }

  func document(filledWith data: TemplateValue) throws(TemplateProblems) -> [UInt8] {
    var filled: [String: [UInt8]] = [:]
    for part in parts {
      do throws(XMLProblem) {
        filled[part.name] = try mendedWordPart(Array(part.template.text(filledWith: data).utf8))
      } catch {
        throw TemplateProblems(part.source.path, .brokenPart(part.name, error))
      }
    }
    var writer = ZipArchiveWriter()
    do throws(ArchiveProblem) {
      for name in archive.names {
        if let contents = filled[name] {
          writer.add(name, contents)
        } else {
          writer.add(name, try archive.contents(of: name) ?? [])
        }
      }
      return try writer.finish()
    } catch {
      throw TemplateProblems(path, .damagedWord(error))
    }
  }
}

/// A part that was filled, with what Word demands: a cell and a header end with a paragraph, and a
/// table has rows.
func mendedWordPart(_ bytes: [UInt8]) throws(XMLProblem) -> [UInt8] {
  struct Frame {
    var name: String
    var start: Int
    var endsWithParagraph = false
    var hasRow = false
  }
  var frames: [Frame] = []
  var edits: [(range: Range<Int>, text: String)] = []
  try readXML(bytes) { event throws(XMLProblem) in
    switch event {
    case .text: break
    case .start(let element):
      frames.append(Frame(name: WordPart.name(element.name), start: element.range.lowerBound))
    case .end(_, let range):
      guard let frame = frames.popLast() else { return }
      switch frame.name {
      case "tbl" where !frame.hasRow:
        // What stands in it goes too.
        edits.removeAll { $0.range.lowerBound >= frame.start }
        edits.append((frame.start..<range.upperBound, ""))
        return
      case "tc", "hdr", "ftr", "txbxContent":
        if !frame.endsWithParagraph, !range.isEmpty {
          edits.append((range.lowerBound..<range.lowerBound, "<w:p/>"))
        }
      default: break
      }
      guard !frames.isEmpty else { return }
      let last = frames.count - 1
      switch frame.name {
      case "p": frames[last].endsWithParagraph = true
      case "tbl": frames[last].endsWithParagraph = false
      case "tr": frames[last].hasRow = true
      default:
        // Content controls and the like are seen through.
        frames[last].hasRow = frames[last].hasRow || frame.hasRow
        if frame.endsWithParagraph, frame.name != "tc" { frames[last].endsWithParagraph = true }
      }
    }
  }
  guard !edits.isEmpty else { return bytes }
  var result: [UInt8] = []
  var offset = 0
  for edit in edits.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
    result += bytes[offset..<edit.range.lowerBound]
    result += edit.text.utf8
    offset = edit.range.upperBound
  }
  return result + bytes[offset...]
}

extension TemplateProblems {
  /// A template that is no such thing.
  init(_ path: String, _ diagnostic: Diagnostic) {
    self.init([LocatedDiagnostic(path: path, diagnostic)], sources: [])
  }
}

// MARK: - Diagnostics

extension Diagnostic {
  fileprivate static func damagedWord(_ problem: ArchiveProblem) -> Self {
    Diagnostic("T0231", .error, problem.message, at: nil, notes: [problem.cure])
  }

  fileprivate static var noWord: Self {
    Diagnostic(
      "T0232", .error, Bilingual("不是 Word 文档（.docx）", "this is no document of Word (.docx)"),
      at: nil,
      notes: [
        Bilingual(
          "在 Word 或者 WPS 里另存为 .docx", "save it as .docx in Word, WPS or LibreOffice")
      ])
  }

  fileprivate static func damagedPart(_ name: String, _ problem: XMLProblem) -> Self {
    Diagnostic(
      "T0233", .error,
      Bilingual(
        "文件里的 \(name) 无法读取（第 \(problem.line) 行第 \(problem.column) 列）：\(problem.message.chinese)",
        "\(name) in the file cannot be read (line \(problem.line), column \(problem.column)): \(problem.message.english)"
      ), at: nil,
      notes: [
        Bilingual(
          "在 Word 或者 WPS 里打开，另存一份", "open it in Word, WPS or LibreOffice, and save it again")
      ])
  }

  fileprivate static func brokenPart(_ name: String, _ problem: XMLProblem) -> Self {
    Diagnostic(
      "T0234", .error,
      Bilingual(
        "模板填写之后 \(name) 不再是完整的文档：\(problem.message.chinese)",
        "\(name) is no whole document once it is filled: \(problem.message.english)"), at: nil,
      notes: [
        Bilingual(
          "检查段的标签是否成对地写在同一层（同一段落、同一单元格、同一行）",
          "see that the tags of each section stand on one level: in one paragraph, one cell or one row"
        )
      ])
  }
}
