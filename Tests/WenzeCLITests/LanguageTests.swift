import Testing

@Suite struct LanguageTests {
  static let chinese = Small.summary(1)
  static let english =
    "1 document checked: 0 violations (0 errors, 0 warnings, 0 notes), 0 undetermined\n"

  static let environments: [([String: String], String)] = [
    ([:], chinese), (["LANG": ""], chinese), (["LANG": "C"], chinese),
    (["LANG": "C.UTF-8"], chinese), (["LANG": "POSIX"], chinese),
    (["LANG": "zh_CN.UTF-8"], chinese), (["LANG": "zh_TW"], chinese),
    (["LANG": "en_US.UTF-8"], english), (["LANG": "de_DE.UTF-8"], english),
    (["LANG": "zh_CN.UTF-8", "LC_ALL": "en_GB.UTF-8"], english),
    (["LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_CN.UTF-8"], chinese),
    (["LANG": "en_US.UTF-8", "LC_ALL": ""], english),
  ]

  @Test(arguments: environments) func theLocaleChoosesTheLanguage(
    environment: [String: String], summary: String
  ) async throws {
    let sandbox = try Sandbox.small()
    let run = try await sandbox.small("check", "clean.json", environment: environment)
    #expect(run == RunResult(0, summary))
  }

  @Test(arguments: [["--lang", "en"], ["--lang=en"], ["--lang", "zh", "--lang", "en"]])
  func theOptionIsStronger(arguments: [String]) async throws {
    let sandbox = try Sandbox.small()
    let run = try await sandbox.wenze(
      ["check", "--no-default-rules", "--rules", "pack", "clean.json"] + arguments,
      environment: ["LC_ALL": "zh_CN.UTF-8"])
    #expect(run == RunResult(0, Self.english))
    let chinese = try await sandbox.small(
      "check", "clean.json", "--lang", "zh", environment: ["LANG": "en_US.UTF-8"])
    #expect(chinese == RunResult(0, Self.chinese))
  }

  @Test func findingsAndProblemsAreInTheLanguage() async throws {
    let sandbox = try Sandbox.small()
    let run = try await sandbox.small(
      "check", "--lang", "en", "nothing.json", "unapproved.json", "open.json")
    #expect(run.status == 2)
    #expect(
      run.output == """
        1 undetermined  open.json  paper 戊: record these facts to decide them
          days
              A102 too_long

        error[A101]: “张某某” did not ask for approval
         --> unapproved.json:1:27
          |
        1 | {"编号":"乙","承办人":"张某","批准":false,"天数":3,"日期":"2024-01-01"}
          |                                     ^^^^^ approved = no
          |
          = rule: not_approved
          = document: paper 乙
          = law: Regulations on Accountability, article 9
          = cure: Have it approved

        2 documents checked: 1 violation (1 error, 0 warnings, 0 notes), 1 undetermined

        """)
    #expect(
      run.errors == """
        error[D0101]: there is no file `nothing.json`
         --> nothing.json
          = note: check the path and the name

        """)
  }

  @Test(arguments: ["fr", "", "ZH", "中文"]) func anUnknownLanguage(language: String) async throws {
    let sandbox = try Sandbox.small()
    let run = try await sandbox.small("check", "clean.json", "--lang", language)
    #expect(run.status == 2)
    #expect(run.output == "")
    #expect(run.errors.hasPrefix("错误：--lang 只能是 zh 或 en，不是“\(language)”\n"))
  }

  // MARK: Help

  @Test(arguments: [
    [], ["--help"], ["-h"], ["help"], ["check", "--help"], ["help", "check"], ["explain", "-h"],
    ["test", "--help"], ["laws", "--help"], ["lint", "--help"],
  ]) func helpIsInOneLanguage(arguments: [String]) async throws {
    let sandbox = try Sandbox()
    let chinese = try await sandbox.wenze(arguments)
    #expect(chinese.status == 0)
    #expect(chinese.errors == "")
    #expect(chinese.output.contains("用法：wenze"))
    for word in ["Show", "USAGE", "OPTIONS", "default:", "values:", "See", "information"] {
      #expect(!chinese.output.contains(word), "\(word)")
    }
    let english = try await sandbox.wenze(arguments, environment: ["LANG": "en_US.UTF-8"])
    #expect(english.status == 0)
    #expect(english.errors == "")
    #expect(english.output.contains("USAGE: wenze"))
    #expect(!english.output.contains(/\p{Han}/))
  }

  @Test(arguments: [["check", "--help"], ["explain", "--help"], ["laws", "--help"]])
  func brackersOfHelpAreOfOneKind(arguments: [String]) async throws {
    let sandbox = try Sandbox()
    let run = try await sandbox.wenze(arguments)
    for line in run.output.split(separator: "\n") {
      let kinds = ["（", "）", "(", ")"].map { kind in line.filter { "\($0)" == kind }.count }
      #expect(kinds[2] == 0 && kinds[3] == 0, "\(line)")
    }
  }

  @Test func helpNamesValuesAndDefaults() async throws {
    let sandbox = try Sandbox()
    let chinese = try await sandbox.wenze(["check", "--help"])
    #expect(
      chinese.output.contains(
        """
          --severity <severity>   退出状态 1 的门槛（可用：error、warning、note；默认：
                                  warning）

        """), "\(chinese.output)")
    let english = try await sandbox.wenze(["check", "--help", "--lang", "en"])
    #expect(
      english.output.contains(
        """
          --severity <severity>   The severity from which findings give status 1.
                                  (values: error, warning, note; default: warning)

        """), "\(english.output)")
  }

  /// Twice as wide as they are many, the letters still fit.
  @Test(arguments: [60, 80, 120]) func helpFitsTheTerminal(columns: Int) async throws {
    let sandbox = try Sandbox()
    for arguments in [["--help"], ["check", "--help"], ["explain", "--help"]] {
      let run = try await sandbox.wenzeOnTerminal(columns: columns, arguments)
      #expect(run.status == 0)
      for line in run.output.split(separator: "\n") {
        let width = line.unicodeScalars.reduce(0) { $0 + ($1.value < 0x2E80 ? 1 : 2) }
        #expect(width <= columns, "\(line)")
      }
    }
  }

  @Test func theVersion() async throws {
    let sandbox = try Sandbox()
    let run = try await sandbox.wenze(["--version"])
    #expect(run.status == 0)
    #expect(run.output.wholeMatch(of: /\d+\.\d+\.\d+\n/) != nil)
    #expect(try await sandbox.wenze(["check", "--version"]) == run)
  }

  /// A script is for the shell, in every language and on every terminal.
  @Test(arguments: ["bash", "zsh", "fish"]) func completionsAreLeftAsTheyAre(
    shell: String
  ) async throws {
    let sandbox = try Sandbox()
    let run = try await sandbox.wenze(["--generate-completion-script", shell])
    #expect(run.status == 0)
    #expect(run.errors == "")
    #expect(run.output.contains("--no-default-rules") || run.output.contains("no-default-rules"))
    let narrow = try await sandbox.wenze(
      ["--generate-completion-script", shell], environment: ["COLUMNS": "30"])
    #expect(narrow == run)
  }
}
