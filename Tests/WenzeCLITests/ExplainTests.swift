import Testing

@Suite struct ExplainTests {
  private static let page = """
    A101 未经批准（错误）

    【依据】
      《问责条例》第九条
    【适用期间】
      2019年9月1日起
    【要求】
      应当 批准
    【说明】
      应当报批
    【整改】
      补办审批
    【出处】
      pack/small.wz:17
    【例】
      未经批准：违规

    """

  @Test(arguments: ["A101", "a101", "Ａ１０１", "ａ１０１"])
  func aRule(code: String) async throws {
    let sandbox = try Sandbox.small()
    let run = try await sandbox.small("explain", code)
    #expect(run == RunResult(0, Self.page))
  }

  @Test func anUnknownRule() async throws {
    let sandbox = try Sandbox.small()
    let near = try await sandbox.small("explain", "a1o1")
    #expect(near == RunResult(2, "", errors: "错误：没有规则“A1O1”，是不是“A101”？\n"))
    let far = try await sandbox.small("explain", "督导组")
    #expect(far == RunResult(2, "", errors: "错误：没有规则“督导组”\n"))
    let english = try await sandbox.small("explain", "A10l", "--lang", "en")
    #expect(
      english
        == RunResult(2, "", errors: "Error: there is no rule `A10L`; did you mean `A101`?\n"))
  }

  @Test func theVerdictOnACase() async throws {
    let sandbox = try Sandbox.small()
    let run = try await sandbox.small("explain", "A101", "--case", "unapproved.json")
    #expect(
      run
        == RunResult(
          0,
          """
          unapproved.json  乙
          A101 未经批准  →  违规
          ├ 法规有效：是  《问责条例》第九条
          ├ 应当
          │  批准 = 否  unapproved.json:1:27
          └ “张某某”没有报批


          """))
  }

  @Test func aCaseWithoutNumber() async throws {
    let sandbox = try Sandbox.small(["x.json": #"{"批准":true}"#])
    let run = try await sandbox.small("explain", "A101", "--case", "x.json")
    #expect(run.output.hasPrefix("x.json\nA101 未经批准  →  合规\n"), "\(run.output)")
  }

  @Test func aCaseThatCannotBeRead() async throws {
    let sandbox = try Sandbox.small(["broken.json": "{"])
    let missing = try await sandbox.small("explain", "A101", "--case", "nothing.json")
    #expect(missing.status == 2)
    #expect(missing.output == "")
    #expect(missing.errors.hasPrefix("错误[D0101]: 没有文件“nothing.json”\n"))
    let broken = try await sandbox.small("explain", "A101", "--case", "broken.json")
    #expect(broken.status == 2)
    #expect(broken.output == "")
    #expect(broken.errors.contains(" --> broken.json:1:"))
  }

  @Test func aRuleThatComesWithTheProgram() async throws {
    let sandbox = try Sandbox()
    let run = try await sandbox.wenze(["explain", "wz101"])
    #expect(run.status == 0)
    #expect(run.errors == "")
    #expect(run.output.hasPrefix("WZ101 非常设机构启动问责（错误）\n"))
  }
}
