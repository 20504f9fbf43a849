import Testing

@Suite struct DiffTests {
  /// The small pack with a rule that applies later, a higher limit, another message and a new rule.
  private static let newPack =
    Small.pack.replacing("= 10", with: "= 20")
    .replacing("没有日期\" / \"there", with: "缺少日期\" / \"there")
    .replacing(
      "    应当 批准\n", with: "    适用 日期 不早于 2024-02-01\n    应当 批准\n")
      + """
      规则 A104 没有备注 / no_remark {
          依据 问责条例 第十二条
          应当 有 备注
          提示 "没有备注" / "there is no remark"
      }

      """

  private static let cases = """
    {"编号":"甲","承办人":"张三","批准":true,"天数":3,"日期":"2024-01-01","备注":"已核"}
    {"编号":"乙","承办人":"张三","批准":false,"天数":15,"日期":"2024-01-02","备注":"已核"}
    {"编号":"丙","承办人":"张三","批准":true,"天数":30,"日期":"2024-03-01","备注":"已核"}
    {"编号":"丁","承办人":"李四","批准":false,"天数":12,"日期":"2024-03-01","备注":"已核"}
    {"编号":"戊","承办人":"张三","批准":true}

    """

  private func sandbox() throws -> Sandbox {
    try Sandbox([
      "old/small.wz": Small.pack, "new/small.wz": Self.newPack, "cases.jsonl": Self.cases,
    ])
  }

  private func diff(_ arguments: String...) async throws -> RunResult {
    try await sandbox().wenze(
      ["diff", "old", "new", "--cases", "cases.jsonl", "--as-of", "2024-06-01"] + arguments)
  }

  /// What follows the names and digests of the rule sets.
  private func body(_ output: String) -> String {
    output.split(separator: "\n", omittingEmptySubsequences: false).dropFirst(2)
      .joined(separator: "\n")
  }

  @Test func verdictsThatAreOthersAreToldByRuleAndCause() async throws {
    let result = try await diff()
    #expect(result.status == 1)
    #expect(result.errors == "")
    #expect(result.output.hasPrefix("旧：old（sha256:"))
    #expect(
      body(result.output) == """
        比较文书 5 份：结论变了 10 项，涉及规则 3 条、文书 5 份

        A101 未经批准  改了：适用条件
          违规 → 不适用  1
            cases.jsonl:2  文书 乙
              - 违规（“张某某”没有报批；批准 = 否；日期 = 2024年1月2日）
              + 不适用（不属于“日期 不早于 2024-02-01”；日期 = 2024年1月2日）
          合规 → 不适用  2
            cases.jsonl:1  文书 甲
              - 合规（批准 = 是）
              + 不适用（不属于“日期 不早于 2024-02-01”；日期 = 2024年1月1日）
            cases.jsonl:5  文书 戊
              - 合规（批准 = 是）
              + 不适用（没有违反，是否适用不明；批准 = 是）

        A102 天数过长  改了：参数“上限”
          违规 → 合规  2
            cases.jsonl:2  文书 乙
              - 违规（用了15天；天数 = 15；日期 = 2024年1月2日）
              + 合规（天数 = 15）
            cases.jsonl:4  文书 丁
              - 违规（用了12天；天数 = 12；日期 = 2024年3月1日）
              + 合规（天数 = 12）

        A104 没有备注  新增的规则
          无 → 存疑  1
            cases.jsonl:5  文书 戊
              - 无
              + 存疑（未记载备注）
          无 → 合规  4
            cases.jsonl:1  文书 甲
              - 无
              + 合规（备注 = 已核）
            cases.jsonl:2  文书 乙
              - 无
              + 合规（备注 = 已核）
            cases.jsonl:3  文书 丙
              - 无
              + 合规（备注 = 已核）
            另有 1 项

        改了而这些文书的结论没有变的规则
          A103 没有日期  改了：问题的措辞

        """)
  }

  @Test func theSameInEnglish() async throws {
    let result = try await diff("--only", "A101,A103", "--examples", "1", "--lang", "en")
    #expect(
      body(result.output) == """
        5 documents: 3 verdict changes of 1 rule, in 3 documents

        A101 not approved  changed: conditions
          violation → not applicable  1
            cases.jsonl:2  paper 乙
              - violation (“张某某” did not ask for approval; approved = no; date = 2024-01-02)
              + not applicable (`日期 不早于 2024-02-01` does not hold; date = 2024-01-02)
          compliant → not applicable  2
            cases.jsonl:1  paper 甲
              - compliant (approved = yes)
              + not applicable (`日期 不早于 2024-02-01` does not hold; date = 2024-01-01)
            and 1 more

        Rules changed without effect on these cases
          A103 no date  changed: message

        """)
    let brief = try await diff("-q", "--lang", "en")
    #expect(body(brief.output) == "5 documents: 10 verdict changes of 3 rules, in 5 documents\n")
    let named = try await diff("--only", "A101", "--show-names")
    #expect(named.output.contains("“张三”没有报批"))
  }

  @Test func markdownHasATableAndExamples() async throws {
    let result = try await diff(
      "--only", "A102,A103", "--examples", "1", "--format", "markdown", "--lang", "en")
    let lines = result.output.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.first == "# What changes of rules change")
    #expect(
      lines.dropFirst(4).joined(separator: "\n") == """
        - 5 documents: 2 verdict changes of 1 rule, in 2 documents

        | rule | cause | verdict | count |
        | --- | --- | --- | --: |
        | A102 too long | changed: parameter \\`limit\\` | violation → compliant | 2 |

        ## A102 too long

        - **violation → compliant** cases.jsonl:2 paper 乙
          - old: violation (took 15 days; days = 15; date = 2024-01-02)
          - new: compliant (days = 15)

        - and 1 more

        ## Rules changed without effect on these cases

        - A103 no date: changed: message

        """)
  }

  @Test func jsonHasTheSame() async throws {
    let result = try await diff("--only", "A102,A103", "--examples", "1", "--format", "json")
    #expect(result.status == 1)
    #expect(
      result.output.contains(
        """
          "rules": [
            {
              "rule": "A102",
              "name": {
                "zh": "天数过长",
                "en": "too_long"
              },
              "change": {
                "kind": "changed",
                "parts": [],
                "causes": [
                  {
                    "kind": "parameter",
                    "name": {
                      "zh": "上限",
                      "en": "limit"
                    }
                  }
                ],
                "other_fields": false
              },
              "transitions": [
                {
                  "old": "violation",
                  "new": "compliant",
                  "count": 2,
                  "examples": [
                    {
                      "path": "cases.jsonl",
                      "line": 2,
                      "type": "paper",
                      "id": "乙",
                      "element": null,
                      "group": null,
                      "old": {
                        "verdict": "violation",
                        "message": {
                          "zh": "用了15天",
                          "en": "took 15 days"
                        },
        """))
    #expect(
      result.output.contains(
        """
          "summary": {
            "documents": 5,
            "changed_documents": 2,
            "changed_groups": 0,
            "changes": 2,
            "changed_rules": 1,
            "unread_by_old": 0,
            "unread_by_new": 0,
            "unread_by_both": 0,
            "unread_files": 0
          },
          "problems": []
        """))
  }

  @Test func nothingIsAnother() async throws {
    let result = try await diff("--only", "A103", "--lang", "en")
    #expect(result.status == 0)
    #expect(
      body(result.output) == """
        5 documents: no verdict changes

        Rules changed without effect on these cases
          A103 no date  changed: message

        """)
    let same = try await sandbox().wenze(["diff", "old", "old", "--cases", "cases.jsonl"])
    #expect(same.status == 0)
    #expect(body(same.output) == "比较文书 5 份：结论都没有变\n")
  }

  @Test func documentsThatOneSideOnlyCanRead() async throws {
    let sandbox = try sandbox()
    try sandbox.write(
      Small.pack.replacing("备注 / remark : 文本", with: "备注 / remark : 整数"), to: "typed/small.wz")
    let result = try await sandbox.wenze([
      "diff", "old", "typed", "--cases", "cases.jsonl", "--lang", "en", "--as-of", "2024-06-01",
    ])
    #expect(result.status == 1)
    #expect(
      body(result.output).hasPrefix(
        """
        1 document: no verdict changes
        4 documents can be read by the old rules only

        Documents that one side only can read
          cases.jsonl:1, not by new:
        """))
  }

  @Test func whatIsWrongEndsWithStatusTwo() async throws {
    let sandbox = try sandbox()
    let missing = try await sandbox.wenze(
      ["diff", "old", "new", "--cases", "gone.json", "--lang", "en"])
    #expect(missing.status == 2)
    #expect(missing.output.contains("D0101 gone.json: "))
    let none = try await sandbox.wenze(["diff", "old", "new", "--lang", "en"])
    #expect(none.status == 2)
    #expect(none.errors.contains("--cases names no documents to compare over"))
    try sandbox.write(Small.pack.replacing("参数.上限", with: "参数.下限"), to: "broken/small.wz")
    let broken = try await sandbox.wenze(
      ["diff", "old", "broken", "--cases", "cases.jsonl", "--lang", "en"])
    #expect(broken.status == 2)
    #expect(broken.errors.contains("The rules of broken:\nerror[E"))
    let code = try await diff("--only", "A999", "--lang", "en")
    #expect(code.status == 2)
    #expect(code.errors == "Error: there is no rule `A999`\n")
  }

  /// A common pack below both sides, and parameters that hold for both.
  @Test func packsBelowBothSides() async throws {
    let sandbox = try sandbox()
    let addition = """
      规则包 加包 / more { 版本 "1.0" 依赖 小包 档案 文书 }
      规则 B101 没有承办人 / no_officer {
          依据 问责条例 第十二条
          应当 有 承办人
          提示 "没有承办人" / "there is no officer"
      }

      """
    try sandbox.write(addition, to: "more/more.wz")
    try sandbox.write(addition.replacing("有 承办人", with: "有 备注"), to: "other/more.wz")
    let result = try await sandbox.wenze([
      "diff", "more", "other", "--rules", "old", "--param", "上限=99", "--cases", "cases.jsonl",
      "--lang", "en", "--as-of", "2024-06-01",
    ])
    #expect(result.errors == "")
    #expect(
      body(result.output) == """
        5 documents: 1 verdict change of 1 rule, in 1 document

        B101 no officer  changed: requirement
          compliant → undetermined  1
            cases.jsonl:5  paper 戊
              - compliant (officer = 张某某)
              + undetermined (not recorded: remark)

        """)
  }
}

/// Rules of git revisions, in a repository of each test's own.
@Suite(.enabled(if: isInstalled("git"), "git is not installed")) struct RevisionTests {
  private func sandbox() async throws -> Sandbox {
    let sandbox = try Sandbox(["rules/a/small.wz": Small.pack, "long.json": Small.long])
    let result = try await sandbox.shell(
      """
      set -e
      git init -q .
      git config user.name Test; git config user.email test@example.com
      git add rules; git commit -q -m "first"; git tag first
      sed -i.bak 's/= 10/= 40/' rules/a/small.wz; rm rules/a/small.wz.bak
      mkdir -p rules/.hidden lax; echo wrong > rules/.hidden/x.wz; echo text > rules/a/note.txt
      cp rules/a/small.wz lax/
      git add .; git commit -q -m "second"
      """)
    #expect(result.status == 0, "\(result.errors)")
    return sandbox
  }

  private func diff(_ arguments: String...) async throws -> RunResult {
    try await sandbox().wenze(
      ["diff"] + arguments + ["--cases", "long.json", "--as-of", "2024-06-01", "--lang", "en"])
  }

  @Test func aRevisionAgainstAFolder() async throws {
    let result = try await diff("first", "rules")
    #expect(result.errors == "")
    #expect(result.status == 1)
    #expect(
      result.output.hasSuffix(
        """
        1 document: 1 verdict change of 1 rule, in 1 document

        A102 too long  changed: parameter `limit`
          violation → compliant  1
            long.json:1  paper 丙
              - violation (took 30 days; days = 30; date = 2024-01-01)
              + compliant (days = 30)

        """))
  }

  /// A pack has the digest that it has in a folder of that path.
  @Test func twoRevisions() async throws {
    #expect(try await diff("first", "HEAD:rules").status == 1)
    #expect(try await diff("first", "HEAD:./lax/").status == 1)
    let same = try await diff("HEAD", "rules")
    #expect(same.status == 0)
    let digests = same.output.split(separator: "\n").prefix(2).compactMap { line in
      line.split(separator: "sha256:").last
    }
    #expect(digests.count == 2 && digests[0] == digests[1])
  }

  @Test func whatIsThere() async throws {
    let unknown = try await diff("gone", "rules")
    #expect(unknown.status == 2)
    #expect(unknown.errors == "Error: gone: the git repository has no revision `gone`\n")
    let option = try await diff("first", ":rules")
    #expect(option.status == 2)
    #expect(option.errors.contains("`` is neither a folder nor a git revision"))
    let empty = try await diff("first", "first:lax")
    #expect(empty.status == 2)
    #expect(empty.errors.contains("there are no packs in `first:lax`"))
    let sandbox = try Sandbox(["long.json": Small.long])
    let outside = try await sandbox.wenze(
      ["diff", "HEAD", "HEAD", "--cases", "long.json", "--lang", "en"],
      environment: ["GIT_CEILING_DIRECTORIES": "/"])
    #expect(outside.status == 2)
    #expect(outside.errors.contains("git failed: fatal: not a git repository"))
    let without = try await sandbox.wenze(
      ["diff", "HEAD", "HEAD", "--cases", "long.json", "--lang", "en"],
      environment: ["PATH": "/nowhere"])
    #expect(without.status == 2)
    #expect(without.errors.contains("git is not there"))
  }
}
