import Testing
import WenzeSyntax

@Test func aTreePrintsItsText() {
  let text = "规则 WZ101 甲 / a { 依据 条例2019 第九条 不得 启动.主体.类型 属于 {督导组} // 注\n错误 \"“{启动.主体.名称}”\" }\n"
  let file = parse(Source(path: "a.wz", text: text))
  #expect(file.tree.text == text)
  #expect(file.diagnostics.isEmpty)
}
