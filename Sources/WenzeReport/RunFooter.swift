import Crypto
import FoundationEssentials
import WenzeEngine
import WenzeSyntax

extension ReportContext {
  /// What made a report, in one line at its end: the program, the rules, the inputs, the options.
  func footer(_ inputs: [AuditCounts.InputCount]) -> String {
    var parts = [
      "wenze \(toolVersion)", say("规则 \(ruleDigest)", "rules \(ruleDigest)"),
      say(
        "输入 \(profile.text(of: inputs.count)) 个文件", "inputs \(profile.text(of: inputs.count))")
        + (digest(of: inputs).map { " \($0)" } ?? ""),
    ]
    if let run {
      parts.append(say("运行日期 \(run.asOf)", "as of \(run.asOf)"))
      parts.append(say("用途 \(run.profile.rawValue)", "profile \(run.profile.rawValue)"))
      let options = run.otherOptions
      if !options.isEmpty {
        parts.append(say("选项 ", "options ") + options.joined(separator: say("、", ", ")))
      }
    }
    return parts.joined(separator: say("；", "; "))
  }

  /// One digest for all inputs; nil where that of one is not known.
  ///
  /// It is that of their digests in hexadecimal digits, a line each, in their order.
  private func digest(of inputs: [AuditCounts.InputCount]) -> String? {
    var hash = SHA256()
    for input in inputs {
      guard let digest = input.digest else { return nil }
      hash.update(data: Data((digest.dropFirst("sha256:".count) + "\n").utf8))
    }
    let digits = Array("0123456789abcdef")
    return "sha256:"
      + String(hash.finalize().flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
  }

  /// The inputs with the fields of JSON reports.
  func inputsJSON(_ inputs: [AuditCounts.InputCount]) -> [JSONValue] {
    inputs.map { input in
      var fields: [(String, JSONValue)] = [("path", .text(profile.path(input.path)))]
      if let digest = input.digest { fields.append(("digest", .text(digest))) }
      return .object(fields + [("documents", .integer(input.documents))])
    }
  }
}

extension RunRecord {
  /// Options that are not as they are by default, as `name` or `name=value`.
  fileprivate var otherOptions: [String] {
    var options: [String] = []
    if complete { options.append("complete") }
    if let only { options.append("only=" + only.joined(separator: ",")) }
    if !skip.isEmpty { options.append("skip=" + skip.joined(separator: ",")) }
    if zone != 480 { options.append("zone=\(zone)min") }
    if !rules.builtIn { options.append("no-default-rules") }
    options += (profile.isPublic ? [] : rules.folders).map { "rules=\($0)" }
    options += rules.parameters.map { "param=\($0)" }
    if let baseline { options.append("baseline=\(baseline.digest)") }
    return options
  }
}
