import Foundation
import Testing

/// For whom reports are made, from the outside.
@Suite struct ProfileTests {
  /// A number of a telephone and one of an identity card, made up, and two persons masked alike.
  private static let papers = [
    "x.json":
      #"{"编号":"己","承办人":"张三、张四13800138000","批准":false,"天数":3,"日期":"2024-01-01","备注":"360102198001011230"}"#
      + "\n",
    "bad.json": #"{"编号":"庚","承办人":"王五","批准":"李四13800138000","天数":3}"# + "\n",
  ]

  private static let formats = [
    "text", "json", "jsonl", "sarif", "junit", "github", "gitlab", "markdown", "csv",
  ]

  @Test(arguments: formats)
  func everyFormatIsMasked(format: String) async throws {
    let sandbox = try Sandbox.small(Self.papers)
    for profile in ["submit", "public"] {
      let check = try await sandbox.small(
        "check", "x.json", "bad.json", "--format", format, "--profile", profile)
      let audit = try await sandbox.small(
        "audit", "x.json", "bad.json", "--report", "\(format)=-", "--profile", profile)
      for text in [check.output, check.errors, audit.output, audit.errors] {
        for secret in ["张三", "张四", "王五", "13800138000", "360102198001011230", "8000"] {
          #expect(!text.contains(secret), "\(format) \(profile) \(secret)")
        }
      }
      if profile == "public" {
        for text in [check.output, audit.output] {
          #expect(!text.contains("x.json") && !text.contains("己"), "\(format)")
        }
      }
    }
    let `internal` = try await sandbox.small(
      "check", "x.json", "--format", format, "--profile", "internal")
    // Markdown escapes stars.
    let shown = `internal`.output.replacing("\\", with: "")
    #expect(shown.contains("张三、张四*******8000"))
    #expect(!`internal`.output.contains("13800138000"))
    let alias = try await sandbox.small("check", "x.json", "--format", format, "--show-names")
    #expect(alias == `internal`)
  }

  /// A page of an audit is published without documents; a page of a check has nothing else.
  @Test func onlyPagesOfAuditsArePublished() async throws {
    let sandbox = try Sandbox.small(Self.papers)
    let page = try await sandbox.small(
      "audit", "x.json", "bad.json", "--report", "html=-", "--profile", "public")
    #expect(page.output.contains("<!DOCTYPE html>"))
    for secret in ["张三", "张四", "张某某", "王五", "8000", "x.json", "己", "bad.json", "没有报批"] {
      #expect(!page.output.contains(secret) && !page.errors.contains(secret), "\(secret)")
    }
    let refused = try await sandbox.small(
      "check", "x.json", "--format", "html", "--profile", "public")
    #expect(refused.status == 2 && refused.errors.contains("wenze audit"))
    let shown = try await sandbox.small("audit", "x.json", "--report", "html=-", "--lang", "en")
    #expect(shown.output.contains("<td lang=zh>否<td lang=en>no<"))
  }

  @Test func personsMaskedAlikeAreToldApart() async throws {
    let sandbox = try Sandbox.small([
      "x.json": #"{"编号":"己","承办人":"张三、张四","批准":false,"天数":3,"日期":"2024-01-01"}"# + "\n"
    ])
    let run = try await sandbox.small("check", "x.json")
    #expect(run.output.contains("“张某某（1）、张某某（2）”没有报批"))
    #expect(run.output.contains(#""承办人":"张①、张②""#))
  }

  @Test func whatContradictsAProfileIsRefused() async throws {
    let sandbox = try Sandbox.small()
    for arguments in [
      ["check", "clean.json", "--show-names", "--profile", "submit"],
      ["check", "clean.json", "--profile", "everybody"],
      ["explain", "A101", "--case", "clean.json", "--profile", "public"],
      ["audit", "clean.json", "--profile", "public", "--write-baseline", "b"],
      ["audit", "--merge", "clean.json", "--profile", "public"],
    ] {
      let run = try await sandbox.wenze(arguments)
      #expect(run.status == 2, "\(arguments)")
      #expect(!run.errors.isEmpty)
    }
    _ = try await sandbox.small(
      "check", "unapproved.json", "--format", "json", "--output", "r.json", "--profile", "public")
    let replay = try await sandbox.wenze(["replay", "r.json"])
    #expect(replay.status == 2)
    #expect(replay.errors.contains("--profile public"))
  }

  @Test func aPublishedSummaryHasNoSmallCounts() async throws {
    let many = (1...7).map {
      #"{"编号":"甲\#($0)","承办人":"张三","批准":false,"天数":3,"日期":"2024-01-01"}"# + "\n"
    }
    let sandbox = try Sandbox.small(["many.jsonl": many.joined()])
    let run = try await sandbox.small("audit", "many.jsonl", "long.json", "--profile", "public")
    #expect(run.output.contains("错误 7、警告 <5"))
    #expect(run.output.contains("审计 <5 个文件，文书 8 份"))
    let json = try await sandbox.small(
      "audit", "many.jsonl", "long.json", "--profile", "public", "--report", "json=-")
    #expect(json.output.contains(#""errors":7,"warnings":"<5""#))
  }
}
