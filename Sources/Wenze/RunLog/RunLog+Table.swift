import WenzeEngine
import WenzeReport
package import WenzeSyntax

extension RunLog {
  /// The log as a table, a line a run, with what each wrote below it.
  package func table(in language: Language) -> String {
    func say(_ chinese: String, _ english: String) -> String {
      Bilingual(chinese, english)[language]
    }
    let titles = [
      say("序号", "no."), say("时间", "time"), say("命令", "command"), say("用途", "profile"),
      say("规则", "rules"), say("输入", "inputs"), say("文书", "documents"), say("违规", "violations"),
      say("存疑", "undetermined"), say("退出", "exit"), say("校验值", "hash"),
    ]
    let rows = lines.map { line in
      [
        String(line.sequence), line.time, line.run?.command.rawValue ?? "?",
        line.run?.profile.rawValue ?? "?", short(line.ruleDigest), String(line.inputs.count),
        String(line.counts.documents), String(line.counts.violations),
        String(line.counts.undetermined), String(line.exitStatus), short(line.hash),
      ]
    }
    return alignedTable([titles] + rows)
  }

  /// As much of a digest as tells two apart.
  private func short(_ digest: String) -> String {
    String(digest.dropFirst("sha256:".count).prefix(12))
  }
}
