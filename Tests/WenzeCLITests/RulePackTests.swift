import Testing

@Suite struct TestCommandTests {
  private static let failing = Small.pack.replacing("期望 A101 违规", with: "期望 A101 合规")

  @Test func allPass() async throws {
    let sandbox = try Sandbox.small()
    #expect(try await sandbox.small("test") == RunResult(0, "测试1项：通过1，失败0\n"))
    #expect(
      try await sandbox.small("test", "--lang", "en")
        == RunResult(0, "1 test: 1 passed, 0 failed\n"))
  }

  @Test func oneFails() async throws {
    let sandbox = try Sandbox.small(["pack/small.wz": Self.failing])
    let run = try await sandbox.small("test")
    #expect(
      run
        == RunResult(
          1,
          """
          错误[测试]: 未经批准：A101：期望合规，实际违规
            --> pack/small.wz:36:5
             |
          36 |     期望 A101 合规
             |     ^^^^^^^^^^^^^^
          A101 未经批准  →  违规
          ├ 法规有效：是  《问责条例》第九条
          ├ 应当
          │  批准 = 否  pack/small.wz:35:14
          └ “（未记载）”没有报批

          测试1项：通过0，失败1

          """))
    let quiet = try await sandbox.small("test", "-q")
    #expect(quiet == RunResult(1, "测试1项：通过0，失败1\n"))
    let english = try await sandbox.small("test", "--lang", "en")
    #expect(
      english.output.hasPrefix("error[test]: 未经批准: A101: expected compliant, got violation\n"))
  }

  @Test func thePacksThatAreNamed() async throws {
    let sandbox = try Sandbox.small(["other/other.wz": Other.pack])
    let options = ["--no-default-rules", "--rules", "pack", "--rules", "other"]
    let all = try await sandbox.wenze(["test"] + options)
    #expect(all == RunResult(0, "测试2项：通过2，失败0\n"))
    for name in ["小包", "small"] {
      let one = try await sandbox.wenze(["test", name] + options)
      #expect(one == RunResult(0, "测试1项：通过1，失败0\n"))
    }
    let both = try await sandbox.wenze(["test", "小包", "other"] + options)
    #expect(both == all)
  }

  @Test func anUnknownPack() async throws {
    let sandbox = try Sandbox.small()
    let near = try await sandbox.small("test", "smal")
    #expect(near == RunResult(2, "", errors: "错误：没有规则包“smal”，是不是“small”？\n"))
    let far = try await sandbox.small("test", "问责条例", "--lang", "en")
    #expect(far == RunResult(2, "", errors: "Error: there is no pack `问责条例`\n"))
  }

  @Test func rulesThatAreWrong() async throws {
    let sandbox = try Sandbox.small(["broken/broken.wz": Other.broken])
    let run = try await sandbox.small("test", "--rules", "broken")
    #expect(run.status == 2)
    #expect(run.output == "测试1项：通过1，失败0\n")
    #expect(run.errors.contains("broken/broken.wz:5:"))
  }

  @Test func thePacksThatComeWithTheProgram() async throws {
    let sandbox = try Sandbox()
    let run = try await sandbox.wenze(["test", "-q", "precision"])
    #expect(run.status == 0)
    #expect(run.errors == "")
    #expect(run.output.wholeMatch(of: /测试(\d+)项：通过\1，失败0\n/) != nil, "\(run.output)")
  }
}

/// Packs beside the small one.
private enum Other {
  static let pack = """
    规则包 另包 / other { 版本 "1.0" 依赖 小包 档案 文书 }
    规则 B101 没有承办人 / no_officer {
        依据 问责条例 第十二条
        应当 有 承办人
        警告 "没有承办人" / "there is no officer"
    }
    测试 "没有承办人" {
        文书 { 编号: "甲" 卷宗完整: 是 日期: 2024-01-01 }
        期望 B101 违规
    }

    """

  /// Its first rule is fine, the second is not.
  static let broken = """
    规则包 坏包 / broken { 版本 "1.0" 依赖 小包 档案 文书 }
    规则 B201 没有承办人 / no_officer { 依据 问责条例 第十二条 应当 有 承办人 警告 "没有" / "none" }
    规则 B202 没有经办人 / no_clerk {
        依据 问责条例 第十二条
        应当 有 经办人
        警告 "没有经办人" / "there is no clerk"
    }

    """
}

@Suite struct RuleFolderTests {
  @Test func aPackIsAdded() async throws {
    let sandbox = try Sandbox.small([
      "other/other.wz": Other.pack,
      "x.json": #"{"编号":"己","卷宗完整":true,"批准":false,"天数":3,"日期":"2024-01-01"}"#,
    ])
    let run = try await sandbox.small("check", "-q", "--rules", "other", "x.json")
    #expect(run == RunResult(1, Small.summary(1, errors: 1, warnings: 1)))
  }

  @Test func aPackTakesThePlaceOfOneOfItsName() async throws {
    // One of the two spellings is enough.
    for name in ["小包 / tiny", "别名 / small"] {
      let other = Small.pack.replacing("小包 / small", with: name)
        .replacing("没有报批", with: "没有请示").replacing("版本 \"1.0\"", with: "版本 \"2.0\"")
      let sandbox = try Sandbox.small(["local/local.wz": other])
      let run = try await sandbox.small("check", "--rules", "local", "unapproved.json")
      #expect(run.status == 1)
      #expect(run.errors == "")
      #expect(run.output.hasPrefix("错误[A101]: “张某某”没有请示\n"))
      let json = try await sandbox.small(
        "check", "--rules", "local", "--format", "json", "clean.json")
      #expect(json.output.contains(#""version": "2.0""#), "\(json.output)")
    }
  }

  @Test func aPackTakesThePlaceOfOneThatComesWithTheProgram() async throws {
    let sandbox = try Sandbox([
      "local/plain.wz": """
      规则包 纪律衔接 / discipline { 版本 "9.9" 档案 案件 }

      """, "case.json": #"{"编号":"X"}"#,
    ])
    let usual = try await sandbox.wenze(["test", "discipline"])
    #expect(usual.status == 0)
    let replaced = try await sandbox.wenze(["test", "discipline", "--rules", "local"])
    #expect(replaced == RunResult(0, "测试0项：通过0，失败0\n"))
    #expect(usual != replaced)
    let run = try await sandbox.wenze(["check", "case.json", "--rules", "local"])
    #expect(run.status == 0, "\(run.errors)")
  }

  @Test func aFolderOfPacks() async throws {
    let sandbox = try Sandbox.small(["all/a/small.wz": Small.pack, "all/b/other.wz": Other.pack])
    let run = try await sandbox.wenze(["test", "--no-default-rules", "--rules", "all"])
    #expect(run == RunResult(0, "测试2项：通过2，失败0\n"))
  }

  @Test func aPackThatIsWrong() async throws {
    let sandbox = try Sandbox.small(["坏 包/broken.wz": Other.broken])
    let run = try await sandbox.small(
      "check", "--rules", "坏 包", "unapproved.json", "open.json", "nothing.json")
    #expect(run.status == 2)
    // What is right is used, of this pack too.
    #expect(run.output.contains(Small.unapprovedFinding))
    #expect(run.output.contains("B201 没有承办人"))
    // What is wrong judges nothing: nobody should look for facts on its account.
    #expect(!run.output.contains("B202"), "\(run.output)")
    #expect(run.errors.contains(" --> 坏 包/broken.wz:5:"), "\(run.errors)")
    #expect(run.errors.contains("经办人"))
    #expect(run.errors.contains("错误[D0101]: 没有文件“nothing.json”"))
    let json = try await sandbox.small(
      "check", "--rules", "坏 包", "--format", "json", "unapproved.json")
    #expect(json.output.contains(#""path": "坏 包/broken.wz""#), "\(json.output)")
  }

  @Test func aPackThatBreaksOff() async throws {
    let sandbox = try Sandbox.small(["broken/broken.wz": "规则包 坏包 / broken {"])
    let run = try await sandbox.small("check", "--rules", "broken", "unapproved.json")
    #expect(run.status == 2)
    #expect(run.output == Small.unapprovedFinding + Small.summary(1, errors: 1))
    #expect(run.errors.contains(" --> broken/broken.wz:1:"))
  }

  /// Whoever asks for a rule of a pack that is wrong needs to know that it is.
  @Test(arguments: [
    ["explain", "B203"], ["check", "unapproved.json", "--only", "B203"], ["test", "坏色"],
    ["laws", "条列"],
  ]) func aPackThatIsWrongIsToldBeforeARefusal(arguments: [String]) async throws {
    let sandbox = try Sandbox.small(["broken/broken.wz": Other.broken])
    let run = try await sandbox.wenze(
      arguments + ["--no-default-rules", "--rules", "pack", "--rules", "broken"])
    #expect(run.status == 2)
    #expect(run.output == "")
    #expect(run.errors.contains(" --> broken/broken.wz:5:"), "\(run.errors)")
    #expect(run.errors.contains("错误：没有"), "\(run.errors)")
  }

  @Test(arguments: [
    ("nothing", "没有文件“nothing”"), ("clean.json", "“clean.json”里没有规则包"),
  ]) func aFolderThatIsNone(path: String, message: String) async throws {
    let sandbox = try Sandbox.small()
    let run = try await sandbox.small("check", "-q", "--rules", path, "unapproved.json")
    #expect(run.status == 2)
    #expect(run.output == Small.summary(1, errors: 1))
    #expect(run.errors.contains(message), "\(run.errors)")
  }

  @Test func noRulesAtAll() async throws {
    let sandbox = try Sandbox.small()
    let run = try await sandbox.wenze(["check", "-q", "--no-default-rules", "clean.json"])
    #expect(run.status == 2)
    #expect(run.output == Small.summary(0))
    #expect(run.errors.hasPrefix("错误[D0502]: 加载的规则包没有声明任何档案\n --> clean.json\n"))
  }

  @Test func thePacksThatComeWithTheProgramNeedNoFolder() async throws {
    let sandbox = try Sandbox([
      "案 件.json": #"{"编号":"X","启动":{"主体":{"名称":"某督导组","类型":"督导组"}}}"#
    ])
    let run = try await sandbox.wenze(["check", "案 件.json"])
    #expect(run.status == 1)
    #expect(run.errors == "")
    #expect(run.output.contains("错误[WZ101]: "))
  }
}

@Suite struct LawsCommandTests {
  @Test func theLawsOfThePacks() async throws {
    let sandbox = try Sandbox.small()
    let run = try await sandbox.small("laws")
    #expect(run == RunResult(0, "问责条例  《问责条例》  2019年9月1日起，27条\n    3条规则引用\n"))
  }

  @Test func provisionsWithoutARule() async throws {
    let sandbox = try Sandbox.small()
    let run = try await sandbox.small("laws", "--coverage")
    #expect(run.status == 1)
    #expect(run.output.contains("\n  第九条      A101\n"))
    #expect(run.output.contains("\n  第八条      （空白）\n"))
  }

  @Test func anUnknownLaw() async throws {
    let sandbox = try Sandbox.small()
    let near = try await sandbox.small("laws", "问责条列")
    #expect(near == RunResult(2, "", errors: "错误：没有法规“问责条列”，是不是“问责条例”？\n"))
    let far = try await sandbox.small("laws", "宪章", "--lang", "en")
    #expect(far == RunResult(2, "", errors: "Error: there is no law `宪章`; see wenze laws\n"))
  }
}
