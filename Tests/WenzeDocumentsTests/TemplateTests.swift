import TestSupport
import Testing
import WenzeDocuments
import WenzeSyntax

/// What templates say, and what is told of those that are wrong.
@Suite struct TemplateTests {
  private static let nasty = """
    案件 {
        编号: "N-1"
        标题: "<script>alert(1)</script> {{编号}} {{{x}}} ]]> & \\"q\\" \u{202E}txt\u{2066}"
        启动 { 主体 { 名称: "甲局" }  批准 无 }
        决定 { 集体研究: 否 }
        对象 [ { 名称: "张三丰" 种类: 领导干部 方式 [ { 方式: 诫勉 }, { 方式: 通报 } ] }, { 名称: "丁局" 种类: 党组织 } ]
    }
    """

  private static func data() throws -> TemplateValue {
    try DocumentSupport.data(of: nasty).whole
  }

  private static func page(_ template: String) throws -> String {
    try DocumentSupport.page("{{#文书}}{{#案件}}\(template){{/案件}}{{/文书}}", data())
  }

  // MARK: Values

  @Test(arguments: [
    ("{{启动.主体.名称}}", "甲局"),
    ("{{launch.body.name}}", "甲局"),
    ("{{ 启动．主体．名称 }}", "甲局"),
    ("{{决定.日期}}", "（未记载）"),
    ("{{调查.组长}}", "（未记载）"),
    ("{{线索}}", "（未记载）"),
    ("{{#决定.日期}}有{{/决定.日期}}{{^决定.日期}}缺{{/决定.日期}}", "缺"),
    ("{{#编号}}第{{.}}号{{/编号}}", "第N-1号"),
    ("{{#启动}}{{主体.名称}}{{编号}}{{/启动}}", "甲局N-1"),
    ("{{#启动.批准.无}}没有批准{{/启动.批准.无}}{{启动.批准}}", "没有批准无"),
    ("{{#启动.批准.未记载}}不知道{{/启动.批准.未记载}}", ""),
    ("{{#调查.未记载}}没有记载调查{{/调查.未记载}}", "没有记载调查"),
    ("{{决定.集体研究}}{{#决定.集体研究.否}}!{{/决定.集体研究.否}}", "否!"),
    ("{{#决定.集体研究.未记载}}?{{/决定.集体研究.未记载}}", ""),
    ("{{#决定.告知申诉权利.否}}!{{/决定.告知申诉权利.否}}", ""),
    ("{{#决定.告知申诉权利.未记载}}?{{/决定.告知申诉权利.未记载}}", "?"),
    (
      "{{#对象}}[{{名称}}{{#方式}}·{{方式}}{{/方式}}{{^方式}}·{{方式}}{{/方式}}]{{/对象}}",
      "[张某某·诫勉·通报][丁局·（未记载）]"
    ),
    ("{{#事实}}x{{/事实}}{{^事实}}没有事实：{{事实}}{{/事实}}", "没有事实：（未记载）"),
    ("a{{! 说明 {{ }}b", "ab"),
  ]) func factsAreNamedAsTheSchemaDoes(template: String, expected: String) throws {
    #expect(try Self.page(template) == expected)
  }

  @Test func textsStayText() throws {
    #expect(!(try Self.page("<p title=\"{{标题}}\">{{标题}}</p>")).contains("<script"))
    let text = try Self.page("{{标题}}")
    #expect(
      text
        == "&lt;script&gt;alert(1)&lt;/script&gt; {{编号}} {{{x}}} ]]&gt; &amp; &quot;q&quot; \\u{202E}txt\\u{2066}"
    )
  }

  @Test func aSecondCaseOfAnotherDossierHasNothingRecorded() throws {
    let data = try DocumentSupport.data(of: #"责任清单 { 编号: "Q-1" }"#).whole
    #expect(
      try DocumentSupport.page(
        "{{#文书}}{{类型}} {{编号}} {{#案件}}x{{/案件}}{{案件.启动.日期}}{{/文书}}", data)
        == "责任清单 Q-1 （未记载）")
  }

  // MARK: Mistakes

  @Test(arguments: [
    ("{{编号", "T0201"), ("a {{ b\n{{编号}}", "T0201"),
    ("{{{编号}}}", "T0202"), ("{{& 编号}}", "T0202"), ("{{&编号}}", "T0202"),
    ("{{=<% %>=}}", "T0203"), ("{{<x}}{{/x}}", "T0203"), ("{{$x}}{{/x}}", "T0203"),
    ("{{% CONTENT_TYPE:TEXT}}", "T0203"),
    ("{{}}", "T0204"), ("{{#}}", "T0204"),
    ("{{uppercased(编号)}}", "T0205"), ("{{a b}}", "T0205"), ("{{.编号}}", "T0205"),
    ("｛｛编号｝｝", "T0206"),
    ("{{编号}}\u{301}", "T0207"), ("\u{600}{{编号}}", "T0207"),
    ("{{> 没有}}", "T0208"), ("{{> ../x}}", "T0208"), ("{{>}}", "T0208"),
    ("<script>{{编号}}</script>", "T0210"), ("<style>a{b:{{编号}}}</style>", "T0210"),
    ("<a href=\"{{编号}}\">", "T0210"), ("<p title={{编号}}>", "T0210"),
    ("<p onclick='{{编号}}'>", "T0210"), ("<p style=\"{{编号}}\">", "T0210"),
    ("<a xlink:href=\"{{编号}}\">", "T0210"), ("<p title='{{编号}}' data-a=\"{{编号}}\">", ""),
    (String(repeating: "{{#运行}}", count: 50) + String(repeating: "{{/运行}}", count: 50), "T0219"),
    ("<!-- {{编号}} -->", "T0210"), ("<{{编号}}>", ""),
    ("<p {{编号}}>", "T0210"), ("<script>let a = '<p>{{编号}}'</script>", "T0210"),
    ("{{#对象}}x", "T0211"), ("{{#对象}}{{^方式}}{{/对象}}", "T0211"),
    ("x{{/对象}}", "T0213"), ("{{#对象}}{{/对像}}{{/对象}}", "T0213"),
    ("{{启动.日其}}", "T0214"), ("{{没有这个}}", "T0214"), ("{{#没有这个}}{{/没有这个}}", "T0214"),
    ("{{对象.名称}}", "T0215"),
    ("{{问题}}", "T0216"), ("{{单份}}", "T0216"), ("{{运行}}", "T0216"),
    ("{{#决定.集体研究}}x{{/决定.集体研究}}", "T0217"),
    ("{{^决定.集体研究}}x{{/决定.集体研究}}", "T0217"),
  ]) func mistakesAreTold(template: String, code: String) throws {
    let (codes, text) = try DocumentSupport.problems { _ = try Self.page(template) }
    #expect(codes.first == (code.isEmpty ? nil : code), "\(text)")
    for language in Language.allCases where !code.isEmpty {
      let (_, text) = try DocumentSupport.problems(language) { _ = try Self.page(template) }
      #expect(text.contains("模板.html:") && text.contains("= "), "\(text)")
    }
  }

  @Test(arguments: [
    ("{{启动.日其}}", "是不是“启动.日期”？"), ("{{launch.dat}}", "是不是“launch.date”？"),
    ("{{启东.日期}}", "是不是“启动.日期”？"), ("{{级别}}", "{{#问题}}"),
    ("{{缺少}}", "{{#存疑}}"),
  ]) func theNearestNameIsTold(template: String, hint: String) throws {
    let (_, text) = try DocumentSupport.problems { _ = try Self.page(template) }
    #expect(text.contains(hint) || text.contains("写在段里"), "\(text)")
  }

  @Test func theWholeMessage() throws {
    let template = """
      <p>{{#文书}}
      {{启动.日期}}
      {{/文书}}
      """
    let (_, text) = try DocumentSupport.problems {
      _ = try DocumentSupport.page(template, Self.data())
    }
    #expect(
      text == """
        错误[T0214]: 这里没有名称“启动.日期”，它在“案件”里
         --> 模板.html:2:1
          |
        2 | {{启动.日期}}
          | ^^^^^^^^^^^^^
          |
          = 注：写在段里：{{#案件}}…{{/案件}}

        """)
  }

  @Test func aTemplateMayNotNameItself() throws {
    let source = Source(path: "a.html", text: "{{> a}}")
    let (codes, _) = try DocumentSupport.problems {
      _ = try PageTemplate(source, partial: { _ in source })
    }
    #expect(codes == ["T0209"])
  }

  @Test func templatesThatNameMoreAndMoreAreRefused() throws {
    let (codes, _) = try DocumentSupport.problems {
      _ = try PageTemplate(
        Source(path: "0", text: "{{> 1}}{{> 1}}"),
        partial: { name in
          Source(path: name, text: "{{> \((Int(name) ?? 0) + 1)}}{{> \((Int(name) ?? 0) + 1)}}")
        })
    }
    #expect(codes == ["T0220"])
  }

  /// What is written out for a unit is the same template in one file.
  @Test(arguments: ["review-opinion", "feedback-list"], Language.allCases)
  func writtenTemplatesMakeTheSame(name: String, language: Language) throws {
    let data = try DocumentSupport.data(ofFixtures: ["report-defects.json"], language: language)
      .whole
    let template = try DocumentSupport.builtIn(name, .html, language)
    let whole = try PageTemplate(
      template.pageSource, partial: { DocumentSupport.templates.partial($0) }
    ).text
    #expect(!whole.contains("{{>"))
    let first = try DocumentFiller(
      template, data: data, partial: { DocumentSupport.templates.partial($0) }
    ).document(filledWith: data)
    #expect(try DocumentSupport.page(whole, data) == String(decoding: first, as: UTF8.self))
  }

  /// Every name that is listed for authors may be used.
  @Test(arguments: Language.allCases) func listedNamesAreThere(language: Language) throws {
    let list = try Self.data().listOfNames(in: language)
    #expect(list.contains(language == .chinese ? "    启动  launch\n" : "    launch  启动\n"))
    #expect(list.split(separator: "\n").count > 300)
  }
}
