import Testing

/// What is asked wrongly is told with what to do, on standard error, and gives status 2.
@Suite struct UsageTests {
  struct Row: Sendable, CustomTestStringConvertible {
    var arguments: [String]
    var chinese: String
    var english: String

    init(_ arguments: String, _ chinese: String, _ english: String) {
      self.arguments = arguments.split(separator: " ").map(String.init)
      self.chinese = chinese
      self.english = english
    }

    var testDescription: String { arguments.joined(separator: " ") }
  }

  static let rows: [Row] = [
    Row(
      "chekc a.json", "没有命令“chekc”，是不是“check”？",
      "there is no command `chekc`; did you mean `check`?"),
    Row(
      "a.json", "没有命令“a.json”；检查文书用 wenze check a.json",
      "there is no command `a.json`; to check documents: wenze check a.json"),
    Row(
      "help chekc", "没有命令“chekc”，是不是“check”？", "there is no command `chekc`; did you mean `check`?"),
    Row("--bogus", "没有选项“--bogus”", "Unknown option '--bogus'"),
    Row("check", "缺少参数“<path> ...”", "Missing expected argument '<path> ...'"),
    Row(
      "check --frmat json a.json", "没有选项“--frmat”，是不是“--format”？",
      "Unknown option '--frmat'. Did you mean '--format'?"),
    Row("check -z a.json", "没有选项“-z”", "Unknown option '-z'"),
    Row(
      "check --format xml a.json",
      "选项“--format <format>”的值“xml”不对，可用：\n  - text\n  - jsonl\n  - json\n  - csv",
      "The value 'xml' is invalid for '--format <format>'. Please provide one of the following:"
        + "\n  - text\n  - jsonl\n  - json\n  - csv\n  - markdown\n  - sarif\n  - junit\n  - github"
        + "\n  - gitlab\n  - html"),
    Row(
      "check --severity high a.json", "选项“--severity <severity>”的值“high”不对，可用：error、warning、note",
      "The value 'high' is invalid for '--severity <severity>'."
        + " Please provide one of 'error', 'warning' or 'note'."),
    Row(
      "check --undetermined maybe a.json",
      "选项“--undetermined <show|hide|fail>”的值“maybe”不对，可用：show、hide、fail",
      "The value 'maybe' is invalid for '--undetermined <show|hide|fail>'."
        + " Please provide one of 'show', 'hide' or 'fail'."),
    Row(
      "check --color blue a.json", "选项“--color <when>”的值“blue”不对，可用：auto、always、never",
      "The value 'blue' is invalid for '--color <when>'."
        + " Please provide one of 'auto', 'always' or 'never'."),
    Row("check a.json --output", "选项“--output <file>”缺少值", "Missing value for '--output <file>'"),
    Row("check a.json --only", "选项“--only <codes>”缺少值", "Missing value for '--only <codes>'"),
    Row(
      "check a.json --quiet=3", "选项“--quiet”不带值，却写了“3”",
      "The option '--quiet' does not take any value, but '3' was specified."),
    Row("explain", "缺少参数“<code>”", "Missing expected argument '<code>'"),
    Row("explain WZ101 WZ102", "多余的参数“WZ102”", "Unexpected argument 'WZ102'"),
    Row(
      "explain WZ101 WZ102 WZ103", "多余的参数“WZ102”“WZ103”",
      "2 unexpected arguments: 'WZ102', 'WZ103'"),
    Row(
      "laws --format csv", "选项“--format <format>”的值“csv”不对，可用：text、markdown、json",
      "The value 'csv' is invalid for '--format <format>'."
        + " Please provide one of 'text', 'markdown' or 'json'."),
  ]

  @Test(arguments: rows) func wrongUseIsTold(row: Row) async throws {
    let sandbox = try Sandbox()
    let chinese = try await sandbox.wenze(row.arguments)
    #expect(chinese.status == 2)
    #expect(chinese.output == "")
    #expect(chinese.errors.hasPrefix("错误：\(row.chinese)\n"), "\(chinese.errors)")
    let english = try await sandbox.wenze(row.arguments, environment: ["LANG": "en_US.UTF-8"])
    #expect(english.status == 2)
    #expect(english.output == "")
    #expect(english.errors.hasPrefix("Error: \(row.english)\n"), "\(english.errors)")
  }

  @Test func theHintNamesTheHelpOfTheCommand() async throws {
    let sandbox = try Sandbox()
    let chinese = try await sandbox.wenze(["check", "--bogus", "a.json"])
    #expect(
      chinese.errors == """
        错误：没有选项“--bogus”
        用法：wenze check [<options>] <path> ...
          详见：wenze check --help

        """)
    let english = try await sandbox.wenze(["check", "--bogus", "a.json", "--lang", "en"])
    #expect(
      english.errors == """
        Error: Unknown option '--bogus'
        Usage: wenze check [<options>] <path> ...
          See 'wenze check --help' for more information.

        """)
  }
}
