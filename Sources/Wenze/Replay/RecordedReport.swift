import FoundationEssentials
import WenzeEngine
import WenzeInput
package import WenzeReport
package import WenzeSyntax

/// Why a report cannot be replayed.
package struct ReplayError: Error, Sendable {
  package var message: Bilingual

  init(_ chinese: String, _ english: String) {
    message = Bilingual(chinese, english)
  }
}

/// A JSON report of an earlier run.
package struct RecordedReport: Sendable {
  package let path: String
  /// The version of the program that wrote it.
  package let toolVersion: String
  /// The digest of the rules, as the report states it.
  package let ruleDigest: String
  package let run: RunRecord
  package let inputs: [Input]
  let findings: Findings

  package struct Input: Hashable, Sendable, Codable {
    package var path: String
    package var digest: String?
  }

  /// The text of the findings, and where each of them is.
  struct Findings: Sendable {
    let slices: JSONSlices
    let whole: Range<Int>
    let elements: [Range<Int>]

    /// The findings in a report; nil if it has none.
    init?(inReport bytes: [UInt8]) {
      slices = JSONSlices(bytes: bytes)
      guard let whole = slices.fields(in: 0..<bytes.count)?["findings"],
        let elements = slices.elements(in: whole)
      else { return nil }
      self.whole = whole
      self.elements = elements
    }
  }

  /// Reads a report that tells how it was made.
  package init(path: String) throws(ReplayError) {
    let bytes: [UInt8]
    do throws(InputError) {
      var limits = ReadingLimits()
      limits.fileBytes = .max - 1
      bytes = Array(try loadFile(path: path, limits: limits).source.text.utf8)
    } catch {
      throw ReplayError(error.diagnostic.message.chinese, error.diagnostic.message.english)
    }
    let slices = JSONSlices(bytes: bytes)
    func decoded<Value: Decodable>(_ type: Value.Type, _ range: Range<Int>?) -> Value? {
      range.flatMap { try? JSONDecoder().decode(type, from: Data(bytes[$0])) }
    }
    struct Tool: Decodable {
      var name: String
      var version: String
    }
    struct Rules: Decodable { var digest: String }
    guard let fields = slices.fields(in: 0..<bytes.count),
      let tool = decoded(Tool.self, fields["tool"]), tool.name == "wenze",
      decoded(Int.self, fields["schema"]) == 1, let rules = decoded(Rules.self, fields["rules"]),
      let inputs = decoded([Input].self, fields["inputs"]),
      let findings = Findings(inReport: bytes)
    else {
      throw ReplayError(
        "“\(path)”不是 wenze check 或者 wenze audit 的 JSON 报告",
        "`\(path)` is no JSON report of wenze check or wenze audit")
    }
    guard let run = decoded(RunRecord.self, fields["run"]) else {
      throw ReplayError(
        "“\(path)”没有写明运行的选项（run），是旧版本写的：请用现在的版本重新生成",
        "`\(path)` does not state the options of its run (`run`), as older versions did not: make it anew"
      )
    }
    if run.profile.isPublic {
      throw ReplayError(
        "“\(path)”是用 --profile public 写的，没有写明输入，不能重放",
        "`\(path)` was made with --profile public: it does not name its inputs, and cannot be replayed"
      )
    }
    self.path = path
    toolVersion = tool.version
    ruleDigest = rules.digest
    self.run = run
    self.inputs = inputs
    self.findings = findings
  }
}
