import Testing
import WenzeEngine
import WenzeModel
import WenzeSemantics
import WenzeSyntax

/// What charts count.
@Suite struct ChartTests {
  /// One line for each group and value: `甲 红 2`; what is left out at the end, as `-1`.
  private func lines(_ clauses: String, over fields: [String]) throws -> [String] {
    let ruleSet = try AggregateSupport.load("图表 图 / picture { \(clauses) }\n")
    return try lines(of: AggregateSupport.documents(fields, in: ruleSet), in: ruleSet)
  }

  private func lines(of documents: [Document], in ruleSet: RuleSet) throws -> [String] {
    let run = try run(documents, in: ruleSet)
    guard let tally = run.chartTallies.first else { return [] }
    return tally.cells.map { cell in
      let parts = [cell.group, cell.value].compactMap { $0 }
      return parts.map { ruleSet.text(of: $0, in: .chinese) }.joined(separator: " ")
        + " \(cell.count)"
    }
    .sorted() + (tally.leftOut > 0 ? ["-\(tally.leftOut)"] : [])
  }

  private func run(_ documents: [Document], in ruleSet: RuleSet) throws -> GroupRun {
    let today = try #require(CalendarDate(year: 2025, month: 1, day: 1))
    var options = CheckOptions(today: today)
    options.countsCharts = true
    var run = GroupRun(ruleSet: ruleSet, options: options)
    for document in documents { run.add(document, at: AggregateSupport.reference(to: document)) }
    return run
  }

  @Test func valuesAreCountedByGroup() throws {
    let counted = try lines(
      "构成 色 为 色 / colour 分组 关 为 机关 / body",
      over: [
        "关: \"甲\" 色: 红", "关: \"甲\" 色: 红", "关: \"甲\" 色: 绿", "关: \"乙\" 色: 红", "关: \"甲\"",
        "色: 蓝", "关: 无 色: 蓝", "",
      ])
    #expect(
      counted == [
        "乙 红 1", "无 蓝 1", "甲 红 2", "甲 绿 1", "甲 （未记载） 1", "（未记载） 蓝 1", "（未记载） （未记载） 1",
      ])
  }

  @Test func elementsCountEach() throws {
    let counted = try lines(
      "对象 每个 x 于 件.项列 构成 x.级 为 级 / grade",
      over: [
        "项列 [ { 级: 低 }, { 级: 高 }, { 数: 3 } ]", "全: 是 项列 [ { 级: 低 } ]",
        // Nothing is known of a list that is not recorded; one that is known to be empty has nothing.
        "", "全: 是", "项列 无", "项列 [ { 级: 低 }, 等 ]",
      ])
    #expect(counted == ["低 3", "高 1", "（未记载） 3"])
  }

  @Test func conditionsChooseAndDoubtIsTold() throws {
    let counted = try lines(
      "对象 每个 x 于 件.项列 当 x.数 > 2 对象 当 成 构成 x.级 为 级",
      over: [
        "成: 是 项列 [ { 级: 低 数: 3 }, { 级: 高 数: 1 }, { 级: 中 } ]", "成: 否 项列 [ { 级: 低 数: 3 } ]",
        "项列 [ { 级: 低 数: 3 }, { 级: 低 数: 1 } ]",
      ])
    #expect(counted == ["低 1", "-2"])
  }

  @Test func daysAreThoseBetweenDates() throws {
    let counted = try lines(
      "分布 日 至 止 为 天数 / days",
      over: [
        "日: 2024-02-28 止: 2024-03-01", "日: 2024-01-01 止: 2024-01-03", "日: 2024-01-03 止: 2024-01-01",
        "日: 2024-01-01 止: 2024-01-01", "日: 2024年1月 止: 2024-01-31", "止: 2024-01-31", "日: 2024-01-01",
        "全: 是 日: 2024-01-01", "日: 无 止: 2024-01-01",
      ])
    #expect(counted == ["-2 1", "0 1", "2 2", "无 2", "（未记载） 3"])
  }

  @Test func countsThatMayBeMoreAreNotKnown() throws {
    let counted = try lines(
      "分布 计数(项列) 为 项数 / things",
      over: ["全: 是 项列 [ { 数: 1 }, { 数: 2 } ]", "项列 [ { 数: 1 }, 等 ]", "全: 是"])
    #expect(counted == ["0 1", "2 1", "（未记载） 1"])
  }

  @Test func chartsKeepNoDocuments() throws {
    let ruleSet = try AggregateSupport.load("图表 图 / picture { 构成 色 为 色 }\n")
    let documents = try AggregateSupport.documents(
      (0..<500).map { _ in "色: 红" }, in: ruleSet)
    let run = try run(documents, in: ruleSet)
    var records = 0
    run.eachRecord { _ in records += 1 }
    #expect(records == 0)
    #expect(run.chartTallies.first?.cells.map(\.count) == [500])
  }

  @Test func nothingIsCountedUnlessAsked() throws {
    let ruleSet = try AggregateSupport.load("图表 图 / picture { 构成 色 为 色 }\n")
    let documents = try AggregateSupport.documents(["色: 红"], in: ruleSet)
    let run = try AggregateSupport.run(documents, in: ruleSet)
    #expect(run.chartTallies.isEmpty && !run.takes(0))
  }

  @Test func partsMergeIntoTheWhole() throws {
    let ruleSet = try AggregateSupport.load(
      """
      图表 图 / picture { 构成 文 为 文 / words 分组 关 为 机关 / body }
      图表 另 / other { 对象 当 成 分布 数 为 数 / number }
      """)
    let documents = try AggregateSupport.documents(
      (0..<60).map { number in
        "关: \"机关\(number % 7)\" 文: \"文\(number % 5)\" 数: \(number % 11)"
          + (number % 3 == 0 ? "" : " 成: 是")
      }, in: ruleSet)
    let whole = try run(documents, in: ruleSet)
    for size in [1, 7, 59] {
      var merged = try run([], in: ruleSet)
      for start in stride(from: 0, to: documents.count, by: size).reversed() {
        merged.merge(try run(Array(documents[start..<min(start + size, 60)]), in: ruleSet))
      }
      #expect(merged.chartTallies.map(\.cells) == whole.chartTallies.map(\.cells))
      #expect(merged.chartTallies.map(\.leftOut) == [0, 20])
    }
  }

  @Test func namesOfPersonsAreMasked() throws {
    let ruleSet = try AggregateSupport.load(
      "图表 图 / picture { 对象 每个 x 于 件.项列 构成 x.名 为 名 / name }\n")
    let documents = try AggregateSupport.documents(
      ["项列 [ { 名: \"张三\" }, { 名: \"李四\" } ]"], in: ruleSet)
    let tally = try #require(try run(documents, in: ruleSet).chartTallies.first)
    #expect(tally.mask("张三、李四、王五") == "张某某、李某某、王五")
  }
}
