import TestSupport
import Testing
import WenzeEngine
import WenzeModel
import WenzeReport
import WenzeSyntax

/// The page of a check, and what it is made of.
@Suite struct HTMLTests {
  private static let folder = GoldenFolder()

  private func page(
    of text: String, path: String = "cases/a.wz",
    _ options: ReportOptions = ReportOptions(language: .english)
  ) throws -> String {
    let type = try #require(reportFormats.first { $0.name == "html" })
    return try ReportSupport.report(on: Source(path: path, text: text), options: options)
      .text(in: type, exitStatus: 1)
  }

  // MARK: Text

  @Test(arguments: [
    ("a < b & c > d", "a &lt; b &amp; c &gt; d"),
    ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
    ("\" onload='x'", "&quot; onload=&#39;x&#39;"),
    ("</style><!--", "&lt;/style&gt;&lt;!--"),
    ("问责条例第九条", "问责条例第九条"),
    ("é ñ — “引号”…", "é ñ — “引号”…"),
    ("一\n二\r\n三", "一\n二\n三"),
    ("a\u{0}b\u{7}c\u{1B}[31m", "a\\u{0}b\\u{7}c\\u{1B}[31m"),
    ("张\u{202E}三\u{2066}x\u{200F}", "张\\u{202E}三\\u{2066}x\\u{200F}"),
    ("\u{FEFF}a\u{AD}b\u{E0041}", "\\u{FEFF}a\\u{AD}b\\u{E0041}"),
    ("a\u{FFFE}\u{FFFF}", "a\u{FFFD}\u{FFFD}"),
    ("👩‍👩‍👧 𠮷", "👩‍👩‍👧 𠮷"),
    ("", ""),
  ]) func textStaysText(text: String, html: String) {
    #expect(escapedMarkup(text) == html)
    let piece: HTML = "<b title=\"\(text)\">\(text)</b>"
    #expect(piece.text == "<b title=\"\(html)\">\(html)</b>")
  }

  @Test func markupStaysMarkup() {
    let inner: HTML = "<b>\("<i>")</b>"
    let outer: HTML = "<p>\(inner) \(3) \(Bilingual("一", "<one>"))</p>"
    #expect(
      outer.text
        == "<p><b>&lt;i&gt;</b> 3 <bdi lang=zh>一</bdi><bdi lang=en>&lt;one&gt;</bdi></p>")
  }

  // MARK: Axes

  @Test(arguments: [
    (0, [0, 1]), (1, [0, 1]), (3, [0, 1, 2, 3]), (5, [0, 1, 2, 3, 4, 5]), (6, [0, 2, 4, 6]),
    (11, [0, 5, 10, 15]), (25, [0, 5, 10, 15, 20, 25]), (99, [0, 20, 40, 60, 80, 100]),
    (101, [0, 50, 100, 150]), (1_234, [0, 500, 1_000, 1_500]),
  ]) func ticksAreRound(greatest: Int, expected: [Int]) {
    #expect(ticks(upTo: greatest) == expected)
  }

  @Test func ticksHoldEveryNumber() {
    for greatest in 0..<5_000 {
      let marks = ticks(upTo: greatest)
      #expect(marks[0] == 0 && marks.count >= 2 && marks.count <= 6)
      #expect(marks[marks.count - 1] >= greatest)
    }
  }

  @Test(arguments: [
    ("2023-05-01", "2023-05-04", ["2023-05-01", "2023-05-02", "2023-05-03", "2023-05-04"]),
    ("2023-01-15", "2023-06-10", ["2023-02", "2023-03", "2023-04", "2023-05", "2023-06"]),
    ("2022-11-20", "2023-12-31", ["2023-01", "2023-04", "2023-07", "2023-10"]),
    ("2015-03-01", "2024-12-31", ["2016", "2018", "2020", "2022", "2024"]),
    ("1900-01-01", "2099-12-31", ["1900", "1950", "2000", "2050"]),
  ]) func ticksOfDatesBeginMonthsAndYears(first: String, last: String, expected: [String]) throws {
    let first = try #require(CalendarDate(text: first))
    let last = try #require(CalendarDate(text: last))
    let marks = dateTicks(from: first.firstDay, to: last.firstDay)
    #expect(marks.map(\.label) == expected)
    #expect(marks.allSatisfy { (first.firstDay...last.firstDay).contains($0.day) })
  }

  // MARK: Pages

  @Test(arguments: ["violations.wz", "undetermined.wz", "waived.wz", "groups.wz", "problems.wz"])
  func pagesAreAsExpected(name: String) throws {
    let page = try page(of: Self.folder.text(of: name), path: "cases/\(name)")
    let body = try #require(page.split(separator: "<body>\n").last)
    let shown = body.prefix { _ in true }.split(separator: "<script>")[0]
    let lines = shown.replacing("<article", with: "\n<article").replacing("<tr>", with: "\n<tr>")
    let difference = try Self.folder.difference(of: String(lines), from: "\(name).html")
    #expect(difference == nil, "\(difference ?? "")")
  }

  @Test func namesAreShownOnlyWhenAsked() throws {
    let text = try Self.folder.text(of: "violations.wz")
    #expect(!(try page(of: text).contains("张三")))
    let shown = ReportOptions(language: .chinese, profile: .internal)
    #expect(try page(of: text, shown).contains("张三"))
  }

  @Test func theFirstLanguageIsThatOfTheRun() throws {
    let text = try Self.folder.text(of: "violations.wz")
    #expect(try page(of: text).contains("id=\"en\" checked>"))
    let chinese = try page(of: text, ReportOptions(language: .chinese))
    #expect(chinese.contains("<html lang=\"zh-CN\">") && chinese.contains("id=\"zh\" checked>"))
  }

  @Test func nothingOfADocumentIsMarkup() throws {
    let nasty = "</style></script><script>alert(1)</script><img src=x onerror=alert(2)>"
    let text = """
      案件 {
          编号: "\(nasty)"
          卷宗完整: 是
          启动 { 主体 { 名称: "\(nasty)javascript:alert(3)\u{202E}"  类型: 督导组 }  日期: 2023-05-12 }
      }
      """
    let page = try page(of: text, path: "<b>.wz")
    #expect(page.split(separator: "<script>").count == 2)
    #expect(page.split(separator: "</style>").count == 2)
    #expect(!page.contains("<img") && !page.contains("<b>.wz"))
    #expect(page.contains("&lt;img src=x onerror=alert(2)&gt;javascript:alert(3)\\u{202E}"))
    #expect(!page.unicodeScalars.contains("\u{202E}"))
  }

  @Test func pagesHoldNothingOfTheNet() throws {
    let page = try page(of: try Self.folder.text(of: "violations.wz"))
    #expect(page.contains("default-src &#39;none&#39;; style-src &#39;sha256-"))
    for word in ["http:", "https:", "url(", "@import", "src=", "style=", "onclick"] {
      #expect(!page.contains(word), "\(word)")
    }
  }

  @Test func aLongTextIsCut() throws {
    let long = String(repeating: "长<", count: 250_000)
    let text = """
      案件 {
          编号: "1"
          卷宗完整: 是
          启动 { 主体 { 名称: "\(long)"  类型: 督导组 }  日期: 2023-05-12 }
      }
      """
    let page = try page(of: text)
    #expect(page.utf8.count < 200_000)
    #expect(page.contains("… (+"))
  }

  @Test func aPageListsWhatItCanBear() throws {
    var room = ListingRoom()
    #expect((0..<10_050).count { _ in room.takes("article") } == 10_000)
    #expect(room.leftOut == 50)
    var narrow = ListingRoom()
    let long = String(repeating: "x", count: 1_000_000)
    #expect((0..<20).count { _ in narrow.takes(long) } == 13)
    // What comes behind the first that had no room would stand in the wrong place.
    #expect(!narrow.takes("") && narrow.leftOut == 8)
  }

  // MARK: Timeline

  @Test func limitsStandBesideWhatOverranThem() throws {
    let text = """
      案件 {
          编号: "1"
          卷宗完整: 是
          启动 { 主体 { 类型: 纪委 }  日期: 2023-05-12  批准: 是 }
          对象 [ { 名称: "张三"  种类: 领导干部  方式: 诫勉  见面: 2023-07-22  听取申辩: 是 } ]
      }
      """
    let report = try page(of: text)
    #expect(report.contains("R301"))
    #expect(report.contains("<figcaption><h3><bdi lang=zh>时间线</bdi>"))
    #expect(report.contains("subjects[0].met_on"))
  }
}
