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
          "D0604 2:49 `昨天` is no time; the trace that it stands in is not read",
        ])
    #expect(
      reading(.xes, "<log>\(good)\n<trace><string key=\"x></trace>\n<trace>") == [
        "{编号: \"a\", 事件: []}",
        "D0601 2:8 this tag is not XML; the trace that it stands in is not read",
        "D0602 3:1 the trace does not end and is not read",
      ])
    #expect(reading(.xes, "<log></log>") == ["D0603 1:1 the log holds no traces (`<trace>`)"])
    #expect(reading(.xes, "无") == ["D0603 1:1 the file is not XML"])
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
