import Foundation
import TestSupport
import Testing
import Wenze
import WenzeEngine
import WenzeModel
import WenzeReport
import WenzeSyntax

/// What pages and JSON of an audit tell of charts, and what of it is published.
@Suite struct ChartPageTests {
  /// Six documents of 甲局, four of 乙局 with many elements, and one that records nothing.
  private static func archive(_ folder: borrowing AuditFolder) throws -> String {
    var lines: [String] = []
    for number in 0..<6 {
      let colour = number < 5 ? "红" : "绿"
      lines.append(
        #"{"号":"A\#(number)","关":"甲局","人":"张三","日":"2023-0\#(number + 1)-01","色":"\#(colour)","数":\#(number * 7),"成":true}"#
      )
    }
    for number in 0..<4 {
      lines.append(
        #"{"号":"B\#(number)","关":"乙局","人":"李四光","日":"2022-01-01","色":"蓝","数":3,"成":true,"项列":[{"名":"王五","数":30},{"名":"赵六","数":31}]}"#
      )
    }
    lines.append(#"{"号":"C"}"#)
    return try folder.write(lines.joined(separator: "\n") + "\n", to: "items.jsonl")
  }

  private func report(
    _ format: String, _ profile: MaskingProfile, of path: String, _ folder: borrowing AuditFolder
  ) async throws -> String {
    var run = try folder.run()
    run.options.profile = profile
    let type = try #require(reportFormats.first { $0.name == format })
    let sink = TextSink()
    let output = AuditOutput(format: type.init(run.context(language: .chinese)), sink: sink)
    _ = try await run.audit([path], outputs: [output])
    return sink.text
  }

  /// The figure with a title.
  private func figure(_ title: String, in page: String) throws -> String {
    let figures = page.split(separator: "<figure>").dropFirst()
      .compactMap { $0.split(separator: "</figure>").first.map(String.init) }
    return try #require(figures.first { $0.contains("lang=zh>\(title)<") })
  }

  @Test func chartsAreDrawnWithTheirNumbers() async throws {
    let folder = try AuditFolder()
    let page = try await report("html", .submit, of: try Self.archive(folder), folder)
    let colours = try figure("颜色", in: page)
    // The table behind: groups by size, then what is not recorded.
    #expect(
      colours.contains(
        "<tr><td><bdi>甲局</bdi></td><td class=\"n\"><bdi>5</bdi></td><td class=\"n\"><bdi>0</bdi></td>"
          + "<td class=\"n\"><bdi>1</bdi></td><td class=\"n\"><bdi>0</bdi></td><td class=\"n\"><bdi>6</bdi></td></tr>"
      ), "\(colours)")
    #expect(colours.contains("<bdi lang=zh>未记载</bdi><bdi lang=en>not recorded</bdi>"))
    #expect(colours.contains("<title>甲局：红 5（83.3%） / 甲局: red 5 (83.3%)</title>"))
    let numbers = try figure("数", in: page)
    #expect(numbers.contains("中位数 3，中间一半在 3 到 21 之间"))
    #expect(numbers.contains("未记载的 1 个没有画"))
    let days = try figure("天数", in: page)
    #expect(days.contains("另有 1 个因有关事实没有记载，不知是否应当计入"))
    let persons = try figure("人", in: page)
    #expect(persons.contains("张某某") && persons.contains("李某某"))
    #expect(!page.contains("张三") && !page.contains("王五"))
  }

  @Test func smallGroupsAndCountsAreNotPublished() async throws {
    let folder = try AuditFolder()
    let path = try Self.archive(folder)
    let page = try await report("html", .public, of: path, folder)
    #expect(!page.contains("乙局") && !page.contains("items.jsonl") && !page.contains("张三"))
    let colours = try figure("颜色", in: page)
    #expect(colours.contains("甲局") && colours.contains("不足 5 个的组不列"))
    // Five and one of six: neither may be told.
    #expect(!colours.contains("red"))
    #expect(colours.contains("<bdi lang=zh>（略）</bdi><bdi lang=en>(withheld)</bdi>"))
    // Eight elements of four documents are few.
    #expect(!page.contains("赵某某") && !page.contains("王某某"))
    #expect(!page.contains("data-r=\"T101\"") && page.contains("只列关于一组文书的问题"))
    let json = try await report("json", .public, of: path, folder)
    let charts = try #require(json.split(separator: "\"charts\":").last)
    #expect(!charts.contains("乙局") && !charts.contains("\"count\":1}"))
  }

  @Test func jsonHasWhatIsDrawn() async throws {
    let folder = try AuditFolder()
    let json = try await report("json", .submit, of: try Self.archive(folder), folder)
    let report = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
    let charts = try #require(report?["charts"] as? [[String: Any]])
    #expect(charts.count == 5)
    #expect(
      charts.map { $0["kind"] as? String } == ["mix", "distribution", "distribution", "mix", "mix"])
    let groups = try #require(charts[0]["groups"] as? [[String: Any]])
    #expect(groups.map { $0["group"] as? String } == ["甲局", "乙局", nil])
    #expect(groups.map { $0["total"] as? Int } == [6, 4, 1])
    let counts = try #require(groups[0]["counts"] as? [[String: Any]])
    #expect(counts.map { $0["value"] as? String } == ["红", "绿"])
    #expect(charts[2]["left_out"] as? Int == 1)
  }

  @Test func nothingIsDrawnOfNothing() async throws {
    let folder = try AuditFolder()
    let path = try folder.write("\n", to: "empty.jsonl")
    let page = try await report("html", .submit, of: path, folder)
    #expect(!page.contains("<figure>"))
    #expect(!(try await report("json", .submit, of: path, folder)).contains("\"charts\""))
  }

  @Test func whatIsNotRecordedAnywhereIsTold() async throws {
    let folder = try AuditFolder()
    let lines = (0..<3).map { #"{"号":"\#($0)"}"# + "\n" }.joined()
    let page = try await report("html", .submit, of: try folder.write(lines, to: "a.jsonl"), folder)
    for title in ["颜色", "数", "人"] {
      #expect(try figure(title, in: page).contains("未记载"), "\(title)")
    }
    for title in ["天数", "项"] {
      #expect(try figure(title, in: page).contains("不知是否计入"), "\(title)")
    }
  }
}
