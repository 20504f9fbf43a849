import Crypto
import FoundationEssentials
import WenzeEngine
import WenzeInput
import WenzeModel
import WenzeReport
import WenzeSemantics
import WenzeSyntax

/// Lines of a partial result that were not looked at yet.
struct PartialChunk: Sendable {
  var path: String
  var bytes: [UInt8]
  var firstLine: Int
}

/// Takes partial results apart, and sees that each is whole and fits the run.
final class PartialBatches: AuditBatchSource {
  let byteCount: Int?
  private var paths: ArraySlice<String>
  private let head: PartialHead
  private var reader: PartialReader?

  init(paths: [String], head: PartialHead) {
    self.paths = paths[...]
    self.head = head
    let sizes = paths.map { inputSize(of: $0) }
    byteCount = sizes.contains(nil) ? nil : sizes.reduce(0) { $0 + ($1 ?? 0) }
  }

  func next() throws -> AuditBatch? {
    while true {
      if let chunk = try reader?.next() { return .partial(chunk) }
      reader = nil
      guard let path = paths.popFirst() else { return nil }
      let opened = try PartialReader(path: path)
      try opened.head.check(against: head, path: path)
      reader = opened
    }
  }
}

/// Reads one partial result.
private final class PartialReader {
  let head: PartialHead
  private let path: String
  private let chunks: FileBatches
  /// What was read and is not known to be followed by more.
  private var pending: InputBatch?
  private var hash = SHA256()
  private var lineCount = 1

  init(path: String) throws {
    self.path = path
    var limits = ReadingLimits()
    limits.documentBytes = .max
    do throws(InputError) {
      chunks = try FileBatches(path: path, format: .jsonLines, limits: limits)
      pending = try chunks.next()
    } catch {
      throw AuditFileError(path, error.diagnostic.message)
    }
    let line = Array((pending?.bytes ?? []).prefix { $0 != 0x0A })
    struct Kind: Decodable {
      var kind: String
      var schema: Int
    }
    guard let kind = try? JSONDecoder().decode(Kind.self, from: Data(line)),
      kind.kind == PartialHead.kind
    else {
      throw AuditFileError(
        path,
        Bilingual(
          "这不是 wenze audit --emit-partial 写的文件",
          "this was not written by wenze audit --emit-partial"))
    }
    guard kind.schema == PartialHead.schema else {
      throw AuditFileError(
        path,
        Bilingual(
          "文件的版本是 \(kind.schema)，这个程序只认得 \(PartialHead.schema)",
          "it has version \(kind.schema), and this program knows \(PartialHead.schema) only"))
    }
    guard let head = try? JSONDecoder().decode(PartialHead.self, from: Data(line)) else {
      throw AuditFileError.damaged(path, line: 1)
    }
    self.head = head
    hash.update(data: Data(line) + [0x0A])
    if var rest = pending {
      rest.bytes.removeFirst(min(line.count + 1, rest.bytes.count))
      pending = rest
    }
  }

  /// The next lines; nil after the last, if the file is as it was written.
  func next() throws -> PartialChunk? {
    guard var chunk = pending else { return nil }
    do throws(InputError) {
      pending = try chunks.next()
    } catch {
      throw AuditFileError(path, error.diagnostic.message)
    }
    let end = pending == nil ? try takeEnd(of: &chunk) : nil
    let first = lineCount + 1
    hash.update(data: Data(chunk.bytes))
    lineCount += chunk.bytes.count { $0 == 0x0A }
    if let end {
      guard end.lines == lineCount, end.digest == "sha256:" + hex(hash.finalize()) else {
        throw AuditFileError(
          path,
          Bilingual(
            "内容与写入时不同，文件已损坏，请重新生成", "it is not as it was written; make it again"))
      }
    }
    return PartialChunk(path: path, bytes: chunk.bytes, firstLine: first)
  }

  /// Takes the last line away from the last chunk.
  private func takeEnd(of chunk: inout InputBatch) throws -> PartialEnd.End {
    let body = chunk.bytes.last == 0x0A ? chunk.bytes.dropLast() : chunk.bytes[...]
    let start = body.lastIndex(of: 0x0A).map { $0 + 1 } ?? body.startIndex
    guard chunk.bytes.last == 0x0A,
      let end = try? JSONDecoder().decode(PartialEnd.self, from: Data(body[start...]))
    else {
      throw AuditFileError(
        path, Bilingual("文件不完整，结尾缺失，请重新生成", "its end is missing; make it again"))
    }
    chunk.bytes.removeSubrange(start...)
    return end.end
  }
}

extension PartialHead {
  /// Reads the head of a file.
  init(path: String) throws {
    self = try PartialReader(path: path).head
  }

  /// Refuses a file that was made with other rules or options.
  func check(against head: PartialHead, path: String) throws(AuditFileError) {
    guard rules == head.rules else {
      throw AuditFileError(
        path,
        Bilingual(
          "生成它的规则（\(rules)）与这次加载的（\(head.rules)）不同",
          "it was made with other rules (\(rules)) than those loaded now (\(head.rules))"))
    }
    if let option = options.difference(from: head.options) {
      throw AuditFileError(
        path,
        Bilingual(
          "生成它的选项 \(option) 与其他文件不同", "it was made with another \(option) than the others"))
    }
  }
}

extension AuditFileError {
  static func damaged(_ path: String, line: Int) -> AuditFileError {
    AuditFileError(
      path, Bilingual("第 \(line) 行读不懂，文件已损坏", "line \(line) cannot be read; the file is damaged"))
  }
}

extension AuditPart {
  /// Reads lines of a partial result.
  init(_ chunk: PartialChunk, groups: GroupRun, in ruleSet: RuleSet) throws(AuditFileError) {
    self.init(groups: groups)
    let decoder = JSONDecoder()
    let lines = chunk.bytes.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast()
    for (number, line) in lines.enumerated() {
      guard let line = try? decoder.decode(PartialLine.self, from: Data(line)),
        add(line, in: ruleSet)
      else { throw .damaged(chunk.path, line: chunk.firstLine + number) }
    }
  }

  /// Adds a line; false for one that no run of these rules can have written.
  private mutating func add(_ line: PartialLine, in ruleSet: RuleSet) -> Bool {
    if let finding = line.finding {
      guard ruleSet.rules.indices.contains(finding.rule) else { return false }
      findings.append(finding)
    } else if let problem = line.problem {
      // It is counted already.
      problems.append(problem)
    } else if let counts = line.counts {
      guard counts.verdicts.keys.allSatisfy(ruleSet.rules.indices.contains),
        counts.documents.keys.allSatisfy(ruleSet.records.indices.contains)
      else { return false }
      self.counts.merge(counts)
    } else if let remainder = line.remainder {
      return groups.add(remainder)
    } else if let group = line.group {
      return groups.add(group)
    } else {
      return false
    }
    return true
  }
}
