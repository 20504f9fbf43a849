import Foundation
import TestSupport
import Testing
import WenzeOffice

/// Workbooks on the command line: read, and given back.
@Suite struct WorkbookTests {
  private static let rows: [[String?]] = [
    ["案件编号", "问责对象", "启动日期", "决定日期", "问责方式"],
    ["合成-1", "张三", "2024-03-05", "2024-02-01", "诫勉"],
    ["合成-2", "李四", "2024-03-05", "2024-04-01", nil],
  ]

  private func workbook() throws -> Data {
    Data(try TestWorkbook([TestWorkbook.Sheet("问责台账", rows: Self.rows)]).bytes())
  }

  private var csv: String {
    Self.rows.map { $0.map { $0 ?? "" }.joined(separator: ",") }.joined(separator: "\n") + "\n"
  }

  @Test func aWorkbookIsReadAsCSVIs() async throws {
    let sandbox = try Sandbox(["a.csv": csv])
    try sandbox.write(try workbook(), to: "a.xlsx")
    let first = try await sandbox.wenze([
      "check", "a.csv", "--format", "jsonl", "--as-of", "2025-01-01",
    ])
    let second = try await sandbox.wenze([
      "check", "a.xlsx", "--format", "jsonl", "--as-of", "2025-01-01",
    ])
    func rules(_ text: String) -> [String] {
      text.split(separator: "\n").compactMap { line in
        line.firstRange(of: #""rule":"WZ"#)
          .map { String(line.suffix(from: $0.lowerBound).prefix(14)) }
      }
    }
    #expect(first.status == second.status)
    #expect(rules(first.output) == rules(second.output))
    #expect(!rules(first.output).isEmpty)
    #expect(second.output.contains(#""cell":"问责台账!C2""#))
    let audit = try await sandbox.wenze(["audit", "a.xlsx", "--report", "csv=-"])
    #expect(audit.output.contains("WZ401"), "\(audit)")
  }

  @Test func theWorkbookIsGivenBack() async throws {
    let sandbox = try Sandbox()
    try sandbox.write(try workbook(), to: "台账.xlsx")
    let result = try await sandbox.wenze([
      "check", "台账.xlsx", "--format", "xlsx", "--output", "出.xlsx", "--as-of", "2025-01-01",
    ])
    #expect(result.status == 1, "\(result)")
    let bytes = [UInt8](try sandbox.data(of: "出.xlsx"))
    let book = try readWorkbook(bytes)
    #expect(book.sheets.map(\.name) == ["问责台账", "问题清单"])
    let comments = String(
      decoding: try #require(try ZipArchive(bytes).contents(of: "xl/comments1.xml")),
      as: UTF8.self)
    #expect(comments.contains(#"ref="C2""#) && comments.contains("WZ401"))
    // Names are masked in what is added, and stay as they are in what was there.
    #expect(!comments.contains("张三"))
    #expect(book.sheets[0].rows[1].cells[1].text == "张三")
    #expect(!book.sheets[1].rows.contains { $0.cells.contains { $0.text.contains("张三") } })
    _ = try await sandbox.wenze([
      "check", "台账.xlsx", "--report", "xlsx=再.xlsx", "--as-of", "2025-01-01", "--format", "json",
      "--output", "a.json",
    ])
    #expect([UInt8](try sandbox.data(of: "再.xlsx")) == bytes)
  }

  @Test func otherInputsGiveTheListAlone() async throws {
    let sandbox = try Sandbox(["a.csv": csv])
    let result = try await sandbox.wenze([
      "check", "a.csv", "--format", "xlsx", "--output", "b.xlsx",
    ])
    #expect(result.status == 1, "\(result)")
    let book = try readWorkbook([UInt8](try sandbox.data(of: "b.xlsx")))
    #expect(book.sheets.map(\.name) == ["问题清单"])
    #expect(book.sheets[0].rows.contains { $0.cells.contains { $0.text == "a.csv:2:9" } })
  }

  @Test func whatCannotBeIsRefused() async throws {
    let sandbox = try Sandbox()
    try sandbox.write(try workbook(), to: "a.xlsx")
    let shown = try await sandbox.wenze(["check", "a.xlsx", "--format", "xlsx"])
    #expect(shown.status == 2 && shown.errors.contains("--output"), "\(shown)")
    let piped = try await sandbox.wenze(["check", "a.xlsx", "--report", "xlsx=-"])
    #expect(piped.status == 2 && piped.errors.contains("--output"))
    let audit = try await sandbox.wenze(["audit", "a.xlsx", "--report", "xlsx=b.xlsx"])
    #expect(audit.status == 2 && audit.errors.contains("wenze check"))
    let published = try await sandbox.wenze([
      "check", "a.xlsx", "--format", "xlsx", "--output", "b.xlsx", "--profile", "public",
    ])
    #expect(published.status == 2 && published.errors.contains("--profile public"))
    #expect(try sandbox.names() == ["a.xlsx"])
  }
}
