package import WenzeSyntax

/// What came of making the run of a report again.
package struct ReplayOutcome: Sendable {
  package var report: String
  package var recordedVersion: String
  package var version: String
  package var recordedDigest: String
  package var digest: String
  /// The git revision whose rules were used; nil: those that are there.
  package var revision: String?
  package var inputCount: Int
  package var findingCount: Int
  package var newCount: Int
  package var differences: [Difference]

  package enum Difference: Hashable, Sendable {
    case gone(rule: String, text: String)
    case added(rule: String, text: String)
    /// The same findings come in another order.
    case order
  }

  package init(
    report: String, recordedVersion: String, version: String, recordedDigest: String,
    digest: String, revision: String?, inputCount: Int, findingCount: Int, newCount: Int,
    differences: [Difference]
  ) {
    self.report = report
    self.recordedVersion = recordedVersion
    self.version = version
    self.recordedDigest = recordedDigest
    self.digest = digest
    self.revision = revision
    self.inputCount = inputCount
    self.findingCount = findingCount
    self.newCount = newCount
    self.differences = differences
  }

  package var hasSameRules: Bool { recordedDigest == digest }

  /// Whether rules and findings are the same, byte for byte.
  package var isSame: Bool { hasSameRules && differences.isEmpty }

  /// How many findings a text shows.
  private static let shownCount = 20

  /// What is the same and what is not, with the differences as a unified diff.
  package func text(
    in language: Language, isColored: Bool = false, isQuiet: Bool = false
  ) -> String {
    func say(_ chinese: String, _ english: String) -> String {
      language == .chinese ? chinese : english
    }
    var lines: [String] = []
    let origin = revision.map { say("（git 修订 \($0)）", " (git revision \($0))") } ?? ""
    if hasSameRules {
      lines.append(
        say("规则与报告的相同：", "the rules are those of the report: ") + digest + origin)
    } else {
      lines.append(
        say("规则与报告的不同：报告是 \(recordedDigest)，", "other rules: the report states \(recordedDigest), ")
          + say("现在是 \(digest)", "and these are \(digest)") + origin)
    }
    if recordedVersion != version {
      lines.append(
        say(
          "报告是 wenze \(recordedVersion) 写的，现在是 \(version)",
          "the report is of wenze \(recordedVersion), and this is \(version)"))
    }
    lines.append(
      say(
        "输入 \(inputCount) 个，与报告的相同",
        "\(inputCount) input\(inputCount == 1 ? "" : "s"), the same as those of the report"))
    if differences.isEmpty {
      lines.append(
        say(
          "同样的结论 \(findingCount) 项，每个字节都相同",
          "the same \(findingCount) finding\(findingCount == 1 ? "" : "s"), byte for byte"))
    } else if differences == [.order] {
      lines.append(
        say("同样的结论 \(findingCount) 项，次序不同", "the same \(findingCount) findings in another order"))
    } else {
      lines.append(
        say(
          "结论不同：报告有 \(findingCount) 项，现在有 \(newCount) 项",
          "other findings: \(findingCount) in the report, \(newCount) now"))
      lines += counts.map { code, gone, added in
        "  \(code)  " + say("少 \(gone)，多 \(added)", "\(gone) gone, \(added) new")
      }
    }
    var text = lines.map { displayed($0) + "\n" }.joined()
    if !isQuiet { text += diff(in: language, isColored: isColored) }
    return text
  }

  /// How many findings of each code are gone and new.
  private var counts: [(code: String, gone: Int, added: Int)] {
    var counts: [String: (gone: Int, added: Int)] = [:]
    for difference in differences {
      switch difference {
      case .gone(let rule, _): counts[rule, default: (0, 0)].gone += 1
      case .added(let rule, _): counts[rule, default: (0, 0)].added += 1
      case .order: break
      }
    }
    return counts.sorted { $0.key < $1.key }.map { ($0.key, $0.value.gone, $0.value.added) }
  }

  private func diff(in language: Language, isColored: Bool) -> String {
    var gone: [String] = []
    var added: [String] = []
    for difference in differences {
      switch difference {
      case .gone(_, let text): gone.append(text)
      case .added(_, let text): added.append(text)
      case .order: break
      }
    }
    let hidden = max(0, max(gone.count, added.count) - Self.shownCount)
    func joined(_ texts: [String]) -> String {
      texts.prefix(Self.shownCount).map { shown($0) + "\n" }.joined()
    }
    var text = unifiedDiff(
      from: joined(gone), to: joined(added), path: report, isColored: isColored)
    if !text.isEmpty { text = "\n" + text }
    if hidden > 0 {
      text +=
        language == .chinese ? "另有 \(hidden) 项没有列出\n" : "\(hidden) more are not shown\n"
    }
    return text
  }

  /// The outcome as JSON, schema version 1.
  package var json: String {
    let value: JSONValue = [
      "schema": 1,
      "tool": ["name": "wenze", "version": .text(version)],
      "report": .text(report), "report_version": .text(recordedVersion),
      "same": .boolean(isSame),
      "rules": [
        "same": .boolean(hasSameRules), "recorded": .text(recordedDigest),
        "digest": .text(digest), "revision": JSONValue(revision),
      ],
      "inputs": .integer(inputCount),
      "findings": [
        "same": .boolean(differences.isEmpty), "recorded": .integer(findingCount),
        "now": .integer(newCount),
        "rules": .array(
          counts.map { code, gone, added in
            ["rule": .text(code), "gone": .integer(gone), "new": .integer(added)]
          }),
      ],
    ]
    return value.text
  }
}
