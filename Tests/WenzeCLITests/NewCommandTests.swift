import Testing

@Suite struct NewCommandTests {
  @Test(arguments: ["wz", "yaml", "json"], ["zh", "en"])
  func anUntouchedCaseIsUndetermined(format: String, language: String) async throws {
    let sandbox = try Sandbox()
    let file = "new.\(format)"
    let made = try await sandbox.wenze(["new", "case", file, "--lang", language])
    #expect(made == RunResult(0, ""))
    let run = try await sandbox.wenze(["check", file, "--lang", "en"])
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.errors == "")
    #expect(!run.output.contains(" 0 undetermined"))
    // That a file without any date does not say which law it is under is true, and a note.
    let others = try await sandbox.wenze(["check", file, "--lang", "en", "--skip", "WZ605"])
    #expect(others.output.contains("1 document checked: 0 violations"), "\(others.output)")
  }

  /// Every field of the schema is there, with the entries of its enum and its documentation.
  @Test func aCaseListsWhatFieldsCanHold() async throws {
    let sandbox = try Sandbox()
    let zh = try await sandbox.wenze(["new", "case", "--lang", "zh"]).output
    #expect(zh.contains("\n案件 {\n"))
    #expect(zh.contains("\n//        来源:"))
    #expect(zh.contains("舆情出现之日"))
    let en = try await sandbox.wenze(["new", "case", "--lang", "en", "--format", "yaml"]).output
    #expect(en.contains("\ncase:\n"))
    #expect(en.contains("grassroots, township, county, city, province, central"))
  }

  /// A line from which the mark is removed and that is filled in is read.
  @Test(arguments: [
    ("new.wz", "//    标题:", "      标题: \"某案\""),
    ("new.wz", "//        来源:", ""),
    ("new.yaml", "#  标题:", "  标题: 某案"),
    ("new.json", "\"//标题\"", "\"标题\""),
  ])
  func aLineIsFilledIn(file: String, line: String, filled: String) async throws {
    let sandbox = try Sandbox()
    _ = try await sandbox.wenze(["new", "case", file])
    let text = try sandbox.text(of: file)
    #expect(text.contains(line), "\(line)")
    guard !filled.isEmpty else { return }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.hasPrefix(line) && !line.hasPrefix("\"") ? filled : String($0) }
    try sandbox.write(
      lines.joined(separator: "\n").replacing(line, with: filled), to: file)
    let run = try await sandbox.wenze(["check", file, "--lang", "en", "-q"])
    #expect(run.status == 0)
    #expect(run.errors == "")
  }

  @Test func otherDossiersToo() async throws {
    let sandbox = try Sandbox()
    let run = try await sandbox.wenze(["new", "case", "--dossier", "duty_list", "--lang", "en"])
    #expect(run.status == 0)
    #expect(run.output.contains("\nduty_list {\n"))
    let wrong = try await sandbox.wenze(["new", "case", "--dossier", "duty_lst", "--lang", "en"])
    #expect(wrong.status == 2)
    #expect(wrong.errors.contains("did you mean `duty_list`?"))
  }

  @Test func nothingIsOverwritten() async throws {
    let sandbox = try Sandbox(["case.wz": "mine"])
    let run = try await sandbox.wenze(["new", "case", "case.wz", "--lang", "en"])
    #expect(
      run
        == RunResult(
          2, "",
          errors: "Error: cannot write `case.wz`: it is there already, and is not replaced\n"))
    #expect(try sandbox.text(of: "case.wz") == "mine")
    try sandbox.write("mine", to: "local/note")
    let pack = try await sandbox.wenze(["new", "pack", "local", "--lang", "en"])
    #expect(pack.status == 2)
    #expect(pack.errors.contains("is there already"))
  }

  /// A new pack stands beside the packs of the program: its tests pass, and nothing is wrong with it.
  @Test func aNewPackIsSound() async throws {
    let sandbox = try Sandbox()
    let made = try await sandbox.wenze(["new", "pack", "本地规则", "local_rules", "--lang", "en"])
    #expect(made.status == 0, "\(made.errors)")
    let test = try await sandbox.wenze(["test", "本地规则", "--rules", "本地规则", "--lang", "en"])
    #expect(test.status == 0)
    #expect(test.output.contains("3 tests: 3 passed, 0 failed"), "\(test.output)")
    let lint = try await sandbox.wenze(["lint", "本地规则", "--rules", "本地规则", "--lang", "en"])
    #expect(lint == RunResult(0, "1 pack, 1 rule: nothing wrong\n"))
    let formatted = try await sandbox.wenze(["fmt", "--check", "本地规则"])
    #expect(formatted.status == 0, "\(formatted.output)")
  }

  @Test(arguments: [
    (["本地规则"], "give an English name too"),
    (["base"], "there is a pack `base` already"),
    (["a-b"], "cannot both be names"),
  ])
  func packsThatCannotBe(names: [String], reason: String) async throws {
    let sandbox = try Sandbox()
    let run = try await sandbox.wenze(["new", "pack"] + names + ["--lang", "en"])
    #expect(run.status == 2)
    #expect(run.errors.contains(reason), "\(run.errors)")
  }
}
