import Foundation
import Testing

/// `wenze draft`: documents, templates of the user's own, and what is told of both.
@Suite struct DraftTests {
  private static let secrets = ["张三", "张四", "13800138000", "360102198001011230", "8000"]

  private static let papers = [
    "x.json":
      #"{"编号":"己/1","承办人":"张三、张四13800138000","批准":false,"天数":3,"日期":"2024-01-01","备注":"360102198001011230"}"#
      + "\n",
    "y.json": #"{"编号":"己/1","天数":30}"# + "\n",
    "own.html": "<p>{{#文书}}[{{类型}} {{编号}} {{文书.承办人}}{{#问题}} {{序号}}{{代码}}{{/问题}}]{{/文书}}</p>\n",
    "bad.html": "<p>\n{{#文书}}{{文书.承办}}{{/文书}}",
  ]

  private func draft(
    _ sandbox: borrowing Sandbox, _ arguments: String...
  ) async throws -> RunResult {
    try await sandbox.wenze(
      ["draft"] + arguments + ["--no-default-rules", "--rules", "pack", "--as-of", "2025-01-01"])
  }

  private func sandbox() throws -> Sandbox { try Sandbox.small(Self.papers) }

  @Test func documentsAreListed() async throws {
    let sandbox = try sandbox()
    try sandbox.write("<p></p>", to: "unit/documents/整改通知书.html")
    try sandbox.write("<p></p>", to: "unit/documents/审核意见书.html")
    let list = try await sandbox.wenze(["draft", "--list", "--rules", "unit"])
    #expect(
      list.output == """
        问题反馈清单（feedback-list）  .docx .html
        审核意见书（review-opinion）  .docx .html，模板在 unit/documents
        整改通知书  .html，模板在 unit/documents

        """)
    let english = try await sandbox.wenze(["draft", "--list", "--lang", "en"])
    #expect(english.output.contains("review-opinion (审核意见书)  .docx .html\n"))
    let names = try await sandbox.wenze(["draft", "--names"])
    #expect(names.status == 0)
    #expect(names.output.contains("  案件  case\n"))
  }

  @Test func aTemplateOfOnesOwnIsFilled() async throws {
    let sandbox = try sandbox()
    let page = try await draft(
      sandbox, "任意", "x.json", "y.json", "--template", "own.html", "--format", "html")
    #expect(page.status == 0)
    #expect(
      page.output
        == "<p>[文书 己/1 张某某（1）、张某某（2） 1A101][文书 己/1 （未记载） 1A102]</p>\n")
    for secret in Self.secrets { #expect(!page.output.contains(secret)) }
    let shown = try await draft(
      sandbox, "任意", "x.json", "--template", "own.html", "--format", "html", "--show-names")
    #expect(shown.output.contains("张三、张四*******8000"))
  }

  @Test func documentsOfOneCaseEachGoIntoAFolder() async throws {
    let sandbox = try sandbox()
    let run = try await draft(
      sandbox, "审核意见书", "x.json", "y.json", "--output", "out/", "--format", "html", "--record",
      "log")
    #expect(run.status == 2)
    // The documents name fields of cases, which these rules know nothing of.
    #expect(run.errors.contains("T0214"))
    #expect(try !sandbox.names().contains("out"))
    let own = try await draft(
      sandbox, "清单", "x.json", "y.json", "--template", "own.html", "--output", "out/", "--record",
      "log")
    #expect(own.status == 0)
    #expect(try sandbox.names(in: "out") == ["清单-己_1-2.html", "清单-己_1.html"])
    #expect(try sandbox.text(of: "log").contains(#""format":"html","path":"out/清单-己_1.html""#))
    #expect(try sandbox.text(of: "log").contains(#""command":"draft""#))
    let verified = try await sandbox.wenze(["record", "verify", "log"])
    #expect(verified.status == 0)
  }

  @Test func theTemplatesOfAFolderTakeThePlaceOfThoseInside() async throws {
    let sandbox = try Sandbox([
      "unit/documents/审核意见书.html": "{{#文书}}{{> 页眉}}{{#案件}}{{标题}}{{/案件}}{{/文书}}",
      "unit/documents/partials/页眉.html": "[{{编号}}]",
      "case.wz": "案件 { 编号: \"1\" 标题: \"甲\" }",
    ])
    for (name, language) in [("审核意见书", "zh"), ("review-opinion", "en")] {
      let run = try await sandbox.wenze([
        "draft", name, "case.wz", "--format", "html", "--rules", "unit", "--lang", language,
      ])
      #expect(run.status == 0)
      #expect(run.output == "[1]甲")
    }
    let written = try await sandbox.wenze([
      "draft", "审核意见书", "--rules", "unit", "--write-template", "t.html",
    ])
    #expect(written.status == 0)
    #expect(try sandbox.text(of: "t.html") == "{{#文书}}[{{编号}}]{{#案件}}{{标题}}{{/案件}}{{/文书}}")
    let again = try await sandbox.wenze([
      "draft", "审核意见书", "--rules", "unit", "--write-template", "t.html",
    ])
    #expect(again.status == 2)
  }

  @Test func aWrittenTemplateMakesTheSameDocument() async throws {
    let sandbox = try Sandbox(["case.wz": "案件 { 编号: \"1\" 标题: \"甲\" }"])
    let run = try await sandbox.shell(
      """
      "$WENZE" draft 审核意见书 case.wz --as-of 2026-01-01 --output a.docx &&
      "$WENZE" draft 审核意见书 --write-template t.docx &&
      "$WENZE" draft 审核意见书 case.wz --as-of 2026-01-01 --template t.docx --output b.docx &&
      cmp a.docx b.docx
      """)
    #expect(run == RunResult(0, ""))
  }

  @Test func templatesMayBeSavedInGB18030() async throws {
    let sandbox = try sandbox()
    // 编号 in that encoding.
    try sandbox.write(
      Data([0x7B, 0x7B, 0x23] + [0xCE, 0xC4, 0xCA, 0xE9] + [0x7D, 0x7D, 0x7B, 0x7B])
        + Data([0xB1, 0xE0, 0xBA, 0xC5] + [0x7D, 0x7D, 0x7B, 0x7B, 0x2F])
        + Data([0xCE, 0xC4, 0xCA, 0xE9] + [0x7D, 0x7D]), to: "gb.html")
    let run = try await draft(
      sandbox, "清单", "x.json", "--template", "gb.html", "--format", "html")
    #expect(run == RunResult(0, "己/1"))
  }

  @Test func mistakesOfTemplatesAreToldWithTheirPlace() async throws {
    let sandbox = try sandbox()
    let run = try await draft(
      sandbox, "清单", "x.json", "--template", "bad.html", "--output", "out.html")
    #expect(run.status == 2)
    #expect(run.errors.contains("bad.html:2:"))
    #expect(run.errors.contains("是不是“文书.承办人”？"))
    #expect(try !sandbox.names().contains("out.html"))
  }

  @Test(arguments: [
    [], ["审核意见书"], ["审核意见书", "x.json"], ["审核意见书", "x.json", "--format", "docx"],
    ["审核意见书", "x.json", "--output", "a.pdf"],
    ["审核意见书", "x.json", "--output", "a.docx", "--format", "html"],
    ["审核意见书", "x.json", "--output", "a.docx", "--template", "own.html"],
    ["审核意见", "x.json", "--output", "a.docx"],
    ["审核意见书", "x.json", "--output", "a.docx", "--profile", "public"],
    ["审核意见书", "没有.json", "--output", "a.docx"],
    ["审核意见书", "x.json", "--output", "a.docx", "--template", "没有.docx"],
  ]) func wrongUseIsToldInBothLanguages(arguments: [String]) async throws {
    let sandbox = try sandbox()
    for language in ["zh", "en"] {
      let run = try await sandbox.wenze(["draft"] + arguments + ["--lang", language])
      #expect(run.status == 2, "\(arguments)")
      #expect(!run.errors.isEmpty && run.output.isEmpty, "\(arguments)")
      #expect(try !sandbox.names().contains("a.docx"))
    }
  }
}
