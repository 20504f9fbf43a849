import Testing
import WenzeInput
import WenzeModel
import WenzeSyntax

@Suite struct LedgerReaderTests {
  @Test(arguments: [
    (
      "编号,姓名\n甲,张三\n甲,李四\n乙,王五",
      [
        "{编号: \"甲\", 对象: [{名称: \"张三\"}, {名称: \"李四\"}]}", "{编号: \"乙\", 对象: [{名称: \"王五\"}]}",
      ]
    ),
    // Header words are known whatever their width, spaces and remarks.
    ("编 号*,姓名（必填）,日期\n甲,张三,２０２４．３．５", ["{编号: \"甲\", 对象: [{名称: \"张三\"}], 日期: 2024年3月5日}"]),
    // Days in any writing agree.
    (
      "编号,姓名,日期\n甲,一,2024-03-05\n甲,二,20240305",
      [
        "{编号: \"甲\", 对象: [{名称: \"一\"}, {名称: \"二\"}], 日期: 2024年3月5日}"
      ]
    ),
    (
      "编号,日期\n甲,2024年3月\n乙,202403\n丙,2024/3/5 0:00\n丁,2024-03-05 09:30",
      [
        "{编号: \"甲\", 日期: 2024年3月}", "{编号: \"乙\", 日期: 2024年3月}", "{编号: \"丙\", 日期: 2024年3月5日}",
        "{编号: \"丁\", 日期: 2024年3月5日 09:30}",
      ]
    ),
    // What says nothing is not recorded; 无 says that there is none.
    (
      "编号,姓名,日期,方式\n甲,—,/,\n乙,无,无,无",
      [
        "{编号: \"甲\"}", "{编号: \"乙\", 对象: [{名称: \"无\", 方式: 无}], 日期: 无}",
      ]
    ),
    (
      "编号,方式\n甲,诫勉、党内警告\n乙,\"写检查，并道歉\"",
      [
        "{编号: \"甲\", 对象: [{方式: [{种类: \"诫勉\"}, {种类: 警告}]}]}",
        "{编号: \"乙\", 对象: [{方式: [{种类: \"写检查，并道歉\"}]}]}",
      ]
    ),
    (
      "编号,方式,影响期\n甲,诫勉、警告,6、12个月",
      [
        "{编号: \"甲\", 对象: [{方式: [{种类: \"诫勉\", 影响期: 6}, {种类: \"警告\", 影响期: 12}]}]}"
      ]
    ),
    ("编号,备注\n甲,写了什么", ["{编号: \"甲\"}"]),
    ("编号,公开\n甲,√\n乙,否", ["{编号: \"甲\", 公开: TRUE}", "{编号: \"乙\", 公开: FALSE}"]),
  ])
  func rowsBecomeDocuments(text: String, expected: [String]) {
    #expect(ledger(text) == expected)
  }

  @Test(arguments: [
    ("编号,姓名,科室\n甲,张三,一", ["D0515 1:7 nothing maps the column `科室`; it is not read"]),
    (
      "编号,姓名,对象\n甲,张三,一", ["D0516 1:7 the column `对象` may be one of several fields; it is not read"]
    ),
    (
      "编号,日期,日期\n甲,2024年,2023年",
      ["D0517 1:7 an earlier column is `date` already; this one is not read"]
    ),
    ("台账\n编号,姓名\n甲,张三", ["D0514 1:1 a title above the header, not taken for data"]),
    (
      "编号,姓名\n甲,张三,李四",
      [
        "D0519 1:1 no data was read below the header",
        "D0522 2:6 this row has 3 cells, the header only 2; it is not read",
      ]
    ),
    (
      "编号,姓名\n甲",
      ["D0523 2:1 this row has only 1 cells, the header 2; the others are taken as empty"]
    ),
    ("编号,姓名\n,张三", ["D0524 2:2 this row has no `id` and makes a document of its own"]),
    ("姓名,日期\n张三,2024年", ["D0518 1:1 there is no column `id`; each row is a document"]),
    (
      "编号,日期\n甲,2024年\n甲,2023年",
      [
        "D0525 3:3 two rows of one document differ here, and neither is believed (2:3)"
      ]
    ),
    (
      "编号,姓名\n甲,张三\n甲,李四\n合计,2人",
      [
        "D0526 4:4 a row of totals, not taken for data; 2 is what was read"
      ]
    ),
    (
      "编号,姓名\n甲,张三\n甲,李四\n合计,1件",
      [
        "D0526 4:4 a row of totals, not taken for data; 1 is what was read"
      ]
    ),
    // A sum says nothing of how many rows there are.
    (
      "编号,姓名,方式,影响期\n甲,张三,诫勉,6\n甲,李四,警告,12\n合计,,,18\n合计,2,,18",
      [
        "D0526 4:1 a row of totals, not taken for data",
        "D0526 5:4 a row of totals, not taken for data; 2 is what was read",
      ]
    ),
    (
      "编号,姓名\n甲,张三\n小计,1\n乙,李四\n小计,2\n总计,",
      [
        "D0526 3:4 a row of totals, not taken for data; 1 is what was read",
        "D0527 5:4 the total is 2, but 1 rows were read",
        "D0526 6:1 a row of totals, not taken for data",
      ]
    ),
    ("编号,日期\n甲,2024年2月30日", ["D0531 2:3 `2024年2月30日` is not a date; the cell is not read"]),
    ("编号,公开\n甲,也许", ["D0531 2:3 `也许` is not `yes` or `no`; the cell is not read"]),
    (
      "编号,日期\n甲,45356\n乙,45357",
      [
        "D0533 2:3 the dates of this column are numbers of a spreadsheet; `45356` is read as 2024-03-05"
      ]
    ),
    (
      "编号,方式,影响期\n甲,诫勉、警告,6",
      [
        "D0532 2:9 this row has 2 `measures`, and to which the cell belongs cannot be told; it is not read"
      ]
    ),
    (
      "编号,对象,\n,姓名,方式\n甲,张三,诫勉",
      [
        "D0513 1:1 the header has two rows (merged cells); the table is not read (2:1)"
      ]
    ),
    (
      "案件,对象,\n编号,姓名,日期\n甲,张三,2024年",
      [
        "D0513 2:1 the header has two rows (merged cells); the table is not read (1:1)"
      ]
    ),
    (
      "甲,乙\n丙,丁",
      [
        "D0512 1:1 the first 20 rows hold no header that is known; the table is not read"
      ]
    ),
  ])
  func whatIsNotUnderstoodIsTold(text: String, expected: [String]) {
    #expect(ledger(text).filter { $0.hasPrefix("D") } == expected)
  }

  @Test func withoutMappingsNothingIsRead() {
    let source = Source(path: "a", text: "编号\n甲")
    let (documents, diagnostics) = readLedger(source, mappings: [])
    #expect(documents.isEmpty)
    #expect(diagnostics.map(\.code) == ["D0511"])
  }

  private func ledger(_ text: String) -> [String] {
    let source = Source(path: "a", text: text)
    let (documents, diagnostics) = readLedger(source, mappings: [.small])
    return documents.map { notation($0.body) } + diagnostics.map { notation($0, in: source) }
  }
}

extension LedgerMapping {
  /// A dossier of an 编号, a 日期, 公开, and 对象 with a 名称 and 方式, each of a 种类 and 影响期.
  static let small: LedgerMapping = {
    func step(_ chinese: String, _ english: String, isList: Bool = false) -> Step {
      Step(Bilingual(chinese, english), isList: isList)
    }
    let subjects = step("对象", "subjects", isList: true)
    let measures = step("方式", "measures", isList: true)
    let kinds = Content.entry(spellings: ["诫勉", "警告"], isOpen: true)
    let id = [step("编号", "id")]
    func field(_ steps: [Step], _ content: Content, words: [String: String] = [:]) -> Meaning {
      .field(Target(steps: steps, content: content, words: words))
    }
    return LedgerMapping(
      dossier: Bilingual("案件", "case"), key: id, rowList: [subjects],
      meanings: [
        "编号": field(id, .text), "日期": field([step("日期", "date")], .date),
        "公开": field([step("公开", "published")], .boolean),
        "姓名": field([subjects, step("名称", "name")], .text),
        "方式": field([subjects, measures, step("种类", "kind")], kinds, words: ["党内警告": "警告"]),
        "影响期": field([subjects, measures, step("影响期", "effect")], .integer),
        "备注": .nothing,
        "对象": .ambiguous([Bilingual("对象.名称", "subjects.name")]),
      ])
  }()
}
