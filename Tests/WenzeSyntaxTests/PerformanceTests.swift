import Testing
import WenzeSyntax

/// A megabyte of rules is parsed in a few hundredths of a second in a release build.
@Suite struct PerformanceTests {
  private static let rule = """
    规则 WZ105 启动未报同级党委主要负责人批准 / peer_principal_not_asked {
        依据 条例2019 第九条第一款, 第二十三条; 党章 第四十四条     // 依据
        针对 每个 s 于 对象 当 s.种类 已知
        适用 启动.主体.类型 属于 {纪委, 党的工作机关}
           且 s.管理关系 = 本级党委直接领导
           且 (s.种类 = 党组织 或 s.主要负责人)
        除非 启动.已立案
        应当 存在 a 于 启动.批准 使 a.批准人 属于 同级党委主要负责人或更高
           且 a.日期 不晚于 启动.日期 且 计数(x 于 s.方式 使 x.方式 = 诫勉) >= 2
        错误 "“{s.名称}”启动前未报同级党委主要负责人批准" / "“{s.name}” was not approved"
        整改 "补报" / "Report to the principal"
    }

    案件 {
        编号: "2023-017"
        启动 { 主体 { 名称: "市纪委"  类型: 纪委 } 日期: 2023-05-12 批准 [ { 日期: 2023年5月10日 } ] }
    }


    """

  @Test func aMegabyteIsParsedQuickly() {
    let text = String(repeating: Self.rule, count: 1_000_000 / Self.rule.utf8.count + 1)
    let clock = ContinuousClock()
    var best = Duration.seconds(60)
    for _ in 0..<3 {
      let source = Source(path: "a.wz", text: text)
      let start = clock.now
      let file = parse(source)
      best = min(best, clock.now - start)
      #expect(file.diagnostics.isEmpty)
    }
    print("parsing \(text.utf8.count) bytes took \(best)")
    // The limit only catches what grows out of bounds: machines differ, and so do builds.
    #expect(best < .seconds(10))
  }

  @Test func aLongLineIsRenderedQuickly() {
    let line = String(repeating: "甲, \u{301}", count: 2_000_000)
    let source = Source(path: "a.wz", text: line)
    let diagnostic = Diagnostic(
      "E0000", .error, Bilingual(same: "x"), at: SourceRange(7_000_000, 7_000_003),
      related: [.init(Bilingual(same: "y"), at: SourceRange(12_000_000, 12_000_000))])
    let renderer = DiagnosticRenderer(language: .chinese, color: false)
    let clock = ContinuousClock()
    let elapsed = clock.measure {
      for _ in 0..<100 { _ = renderer.render(diagnostic, in: source) }
    }
    print("rendering 100 diagnostics of a line of \(line.utf8.count) bytes took \(elapsed)")
    #expect(elapsed < .seconds(10))
  }
}
