import TestSupport
import Testing
import WenzeInput
import WenzeModel
import WenzeSyntax

@Suite struct XESReaderTests {
  @Test func tracesAreRead() {
    let text = """
      <?xml version="1.0" encoding="UTF-8"?>
      <!-- <trace> in a comment -->
      <log xes.version="1.0" xmlns="http://www.xes-standard.org/">
        <extension name="Time" prefix="time" uri="x"/>
        <global scope="event"><string key="concept:name" value="x"/></global>
        <string key="concept:name" value="the log"/>
        <trace>
          <string key="concept:name" value="案一"/>
          <int key="amount" value="3"><string key="concept:name" value="inner"/></int>
          <event>
            <string key='concept:name' value='立案 &amp; 启动 &#x4E00;&unknown;'/>
            <date key="time:timestamp" value="2024-03-05T23:30:00.000+00:00"/>
            <string key="org:resource" value="张三"/>
          </event>
          <event/>
        </trace>
        <trace></trace>
      </log>
      """
    #expect(
      reading(.xes, text) == [
        "{编号: \"案一\", 属性: [{名称: \"amount\", 值: \"3\"}], "
          + "事件: [{活动: \"立案 & 启动 一&unknown;\", 时间: 2024-03-06 07:30, 资源: \"张三\"}, {}]}",
        "{事件: []}",
      ])
  }

  @Test func mistakesAreTold() {
    let good = "<trace><string key=\"concept:name\" value=\"a\"/></trace>"
    #expect(
      reading(
        .xes,
        "<log>\(good)\n<trace><event><date key=\"time:timestamp\" value=\"昨天\"/></event></trace>\n\(good)"
      )
        == [
          "{编号: \"a\", 事件: []}", "{编号: \"a\", 事件: []}",
          "D0704 2:49 `昨天` is no time; the trace that it stands in is not read",
        ])
    #expect(
      reading(.xes, "<log>\(good)\n<trace><string key=\"x></trace>\n<trace>") == [
        "{编号: \"a\", 事件: []}",
        "D0701 2:8 this tag is not XML; the trace that it stands in is not read",
        "D0702 3:1 the trace does not end and is not read",
      ])
    #expect(reading(.xes, "<log></log>") == ["D0703 1:1 the log holds no traces (`<trace>`)"])
    #expect(reading(.xes, "无") == ["D0703 1:1 the file is not XML"])
  }

  @Test func listsAndReferencesAreRead() {
    let text = """
      <!DOCTYPE log [<!ENTITY x "<trace>">]>
      <log><trace>
        <list key="风险点"><values>
          <string key="a" value="一"><string key="meta" value="0"/></string><int key="b" value="2"/>
        </values></list>
        <string key="concept:name" value="&lt;甲&#38;&#x4E59;&gt; &x; & &#0; &#x110000;"/>
        <![CDATA[</trace><string key="no" value="x"/>]]><!-- </trace> --><?no </trace>?>
        <event><container key="c"><string key="a" value="b"/></container></event>
      </trace ></log>
      """
    #expect(
      reading(.xes, text) == [
        "{编号: \"<甲&乙> &x; & \0 &#x110000;\", "
          + "属性: [{名称: \"风险点\", 值: \"一\"}, {名称: \"风险点\", 值: \"2\"}], "
          + "事件: [{属性: [{名称: \"c\", 值: \"b\"}]}]}",
        "D0705 1:1 a document type is not accepted; its entities are not replaced",
      ])
  }

  /// The quick way to read a time and the thorough one agree.
  @Test(arguments: 0..<20 as Range<UInt64>)
  func timesAreReadAlikeInBothWays(seed: UInt64) {
    var random = SplitMix64(state: seed)
    let pieces = [
      "2024", "-", "02", "-", "29", "T", "23", ":", "59", ":", "58", ".", "123", "+", "08", ":",
      "30",
    ]
    for _ in 0..<500 {
      var parts = pieces
      for _ in 0..<Int.random(in: 0...2, using: &random) {
        let other = ["", "-", "Z", "z", " ", "1", "00", "31", "60", "１", "+0800", "t", "0001", "x"]
        parts[.random(in: parts.indices, using: &random)] =
          other[.random(in: other.indices, using: &random)]
      }
      if Bool.random(using: &random) { parts.removeLast(.random(in: 1...8, using: &random)) }
      let text = parts.joined()
      for minutes in [480, -300] {
        let zone = ZoneOffset(minutes: minutes)
        let bytes = Array(text.utf8)
        guard let quick = CalendarDate(timestamp: bytes.span, in: zone) else { continue }
        #expect(quick == CalendarDate(timestamp: text, in: zone), "\(text)")
      }
    }
  }

  @Test(arguments: [
    ("2024-03-05T23:30:00Z", "+08:00", "2024-03-06 07:30"),
    ("2024-01-01T00:10:00.123+02:00", "-05:00", "2023-12-31 17:10"),
    ("2024-03-05T23:30:00-14:00", "+14:00", "2024-03-07 03:30"),
    ("2024-03-05T00:30:00+14:00", "-14:00", "2024-03-03 20:30"),
    ("2024-03-05T14:30:59", "+08:00", "2024-03-05 14:30"),
    ("2024-03-05 14:30", "Z", "2024-03-05 14:30"), ("2024-03-05", "+8", "2024-03-05"),
    ("2024-03-05T25:30:00Z", "+08:00", nil), ("2024-02-30T01:30:00Z", "+08:00", nil),
    ("2024-03-05T14:30:00 CET", "+08:00", nil),
  ])
  func timesAreThoseOfTheZone(text: String, zone: String, expected: String?) throws {
    let zone = try #require(ZoneOffset(text: zone))
    #expect(CalendarDate(timestamp: text, in: zone)?.text(in: .english) == expected)
  }

  @Test func zonesAreRead() {
    let good = ["+08:00": 480, "-0330": -210, "+8": 480, "Z": 0, "＋０８：００": 480]
    for (text, minutes) in good { #expect(ZoneOffset(text: text)?.minutes == minutes, "\(text)") }
    for text in ["", "8", "+", "+25", "+08:99", "Asia/Shanghai", "+080000", "+8:0"] {
      #expect(ZoneOffset(text: text) == nil, "\(text)")
    }
  }
}
