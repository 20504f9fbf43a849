import Foundation
import Testing

/// An input that cannot be read is named with the reason, and the others are checked all the same.
@Suite struct BadInputTests {
  /// Checks a path beside one that is fine.
  private func check(_ path: String, in sandbox: borrowing Sandbox) async throws -> RunResult {
    let run = try await sandbox.small("check", path, "unapproved.json")
    #expect(run.status == 2, "\(run.errors)")
    #expect(run.output == Small.unapprovedFinding + Small.summary(1, errors: 1))
    return run
  }

  @Test func aMissingFile() async throws {
    let sandbox = try Sandbox.small()
    let run = try await check("没有/nothing.json", in: sandbox)
    #expect(
      run.errors == """
        错误[D0101]: 没有文件“没有/nothing.json”
         --> 没有/nothing.json
          = 注：检查路径和文件名

        """)
  }

  /// A limit that a user raises is raised, and one that is lowered refuses.
  @Test func limits() async throws {
    let text = String(repeating: "长", count: 400_000)
    let sandbox = try Sandbox.small(["long.json": #"{"编号":"甲","备注":"\#(text)"}"#])
    let refused = try await check("long.json", in: sandbox)
    #expect(refused.status == 2)
    #expect(refused.errors.contains("--limit text=N"), "\(refused.errors)")
    let read = try await sandbox.small("check", "--limit", "text=2M", "long.json")
    #expect(read.errors == "")
    let shallow = try await sandbox.small("check", "--limit", "document=10", "clean.json")
    #expect(shallow.status == 2)
    #expect(shallow.errors.hasPrefix("错误[D0403]"), "\(shallow.errors)")
  }

  @Test(arguments: ["文字=1", "text", "text=", "text=0", "text=1.5", "text=-1", "text=9999999999G"])
  func wrongLimits(setting: String) async throws {
    let sandbox = try Sandbox.small()
    let run = try await sandbox.small("check", "--limit", setting, "clean.json")
    #expect(run.status == 2)
    #expect(run.output == "")
    #expect(run.errors.hasPrefix("错误：--limit "), "\(run.errors)")
  }

  @Test func anEmptyFile() async throws {
    let sandbox = try Sandbox.small(["empty.yaml": ""])
    let run = try await check("empty.yaml", in: sandbox)
    #expect(
      run.errors == """
        错误[D0105]: “empty.yaml”是空的
         --> empty.yaml
          = 注：写入文书，或者删去这个文件

        """)
  }

  @Test func anEmptyFolder() async throws {
    let sandbox = try Sandbox.small()
    try sandbox.makeFolder("empty")
    let run = try await check("empty", in: sandbox)
    #expect(
      run.errors == """
        错误[D0108]: 文件夹“empty”里没有可检查的文件
         --> empty
          = 注：文书的扩展名是“.wz”“.json”“.jsonl”“.ndjson”“.yaml”“.yml”，台账是“.csv”“.xlsx”，事件日志是“.xes”

        """)
  }

  @Test func aFolderOfOtherThings() async throws {
    let sandbox = try Sandbox.small(["papers/notes.txt": "备忘"])
    let run = try await check("papers", in: sandbox)
    #expect(run.errors.hasPrefix("错误[D0108]: 文件夹“papers”里没有可检查的文件\n"))
  }

  /// A folder stands for what is in it, whatever it is called.
  @Test func aFolderThatIsNamedLikeAFile() async throws {
    let sandbox = try Sandbox.small(["folder.json/long.json": Small.long])
    let run = try await sandbox.small("check", "-q", "folder.json", "unapproved.json")
    #expect(run == RunResult(1, Small.summary(2, errors: 1, warnings: 1)))
  }

  @Test func aLinkToNowhere() async throws {
    let sandbox = try Sandbox.small()
    try sandbox.link("papers.json", to: "gone.json")
    let run = try await check("papers.json", in: sandbox)
    #expect(run.errors.hasPrefix("错误[D0101]: 没有文件“papers.json”\n"))
  }

  @Test func aDevice() async throws {
    let sandbox = try Sandbox.small()
    let run = try await check("/dev/zero", in: sandbox)
    #expect(run.errors.hasPrefix("错误[D0109]: “/dev/zero”既不是文件，也不是文件夹\n --> /dev/zero\n"))
  }

  @Test(.enabled(if: !isRoot, "root may read every file"))
  func aFileWithoutPermission() async throws {
    let sandbox = try Sandbox.small(["secret.json": Small.clean])
    try sandbox.setPermissions(0, of: "secret.json")
    let run = try await check("secret.json", in: sandbox)
    #expect(
      run.errors == """
        错误[D0103]: 没有读取“secret.json”的权限
         --> secret.json
          = 注：修改文件的权限，或者换一个用户

        """)
  }

  @Test(.enabled(if: !isRoot, "root may read every folder"))
  func aFolderWithoutPermission() async throws {
    let sandbox = try Sandbox.small(["secret/clean.json": Small.clean])
    try sandbox.setPermissions(0, of: "secret")
    let run = try await check("secret", in: sandbox)
    try sandbox.setPermissions(0o755, of: "secret")
    #expect(run.errors.hasPrefix("错误[D0103]: 没有读取“secret”的权限\n --> secret\n"))
  }

  @Test func bytesThatAreNoText() async throws {
    let sandbox = try Sandbox.small()
    try sandbox.write(
      Data(#"{"编号":""#.utf8) + [0xFF, 0xFE, 0xFF] + Data("\"}".utf8), to: "bad.json")
    let run = try await check("bad.json", in: sandbox)
    #expect(
      run.errors == """
        错误[D0107]: 第1行（偏移 11）的字节“FF”不是GB18030文字
         --> bad.json
          = 注：把文件另存为 UTF-8；也可以用 UTF-16（带 BOM）或 GB18030

        """)
  }

  @Test(arguments: [
    ("big.json", "{\"编号\":\"己\",\"备注\":\"", "\"}", ":1:16"),
    ("big.yaml", "编号: 己\n备注: \"", "\"\n", ":2:5"),
    ("big.wz", "文书 { 编号: \"己\" 备注: \"", "\" }\n", ":1:18"),
  ]) func aTextOfTenMegabytes(
    name: String, start: String, end: String, place: String
  ) async throws {
    let sandbox = try Sandbox.small()
    try sandbox.write(start + String(repeating: "长", count: 3_500_000) + end, to: name)
    let run = try await check(name, in: sandbox)
    #expect(
      run.errors.hasPrefix(
        """
        错误[D0402]: 文字有 10500000 字节，超过上限 1048576，文书未读取
         --> \(name)\(place)

        """), "\(run.errors)")
    #expect(run.errors.count < 1000)
  }

  @Test(arguments: [
    ("deep.json", "{\"编号\":\"己\",\"备注\":", "[", "D0401"),
    ("deep.json", "", "[", "D0212"), ("deep.json", "", "{\"备注\":", "D0401"),
    ("deep.yaml", "编号: 己\n备注: ", "[", "D0401"),
    ("deep.wz", "文书 { 备注: ", "[", "E0202"), ("deep.wz", "文书 ", "{ 备注 ", "E0202"),
    ("deep.wz", "文书 ", "{", "E0201"),
  ]) func aHundredThousandBrackets(
    name: String, start: String, bracket: String, code: String
  ) async throws {
    let sandbox = try Sandbox.small()
    try sandbox.write(start + String(repeating: bracket, count: 100_000), to: name)
    let run = try await check(name, in: sandbox)
    #expect(run.errors.hasPrefix("错误[\(code)]: "), "\(run.errors)")
    #expect(run.errors.contains("\n --> \(name):"), "\(run.errors)")
    #expect(run.errors.count < 2000)
  }

  @Test func aDocumentThatIsWrongInAFileOfSeveral() async throws {
    let sandbox = try Sandbox.small([
      "three.json": "[\(Small.clean),{\"编号\":\"己\",\"天数\":\"许多\"},\(Small.long)]"
    ])
    let run = try await sandbox.small("check", "-q", "three.json", "unapproved.json")
    #expect(run.status == 2)
    #expect(run.errors.hasPrefix("错误[D0"), "\(run.errors)")
    #expect(run.errors.contains("\n --> three.json:2:"), "\(run.errors)")
    #expect(run.output == Small.summary(3, errors: 1, warnings: 1), "\(run.output)")
  }

  @Test func aFieldThatNobodyKnowsIsAWarning() async throws {
    let sandbox = try Sandbox.small(["typo.json": #"{"编号":"己","批淮":true}"# + "\n"])
    let run = try await sandbox.small("check", "-q", "typo.json")
    #expect(run.status == 0)
    #expect(run.errors.hasPrefix("警告[D0504]: “文书”没有字段“批淮”，未予采用\n --> typo.json:1:11\n"))
    #expect(run.errors.contains("批准"))
  }

  @Test func severalBadInputsAreAllTold() async throws {
    let sandbox = try Sandbox.small(["empty.json": ""])
    let run = try await sandbox.small("check", "-q", "b.json", "empty.json", "a.json", "long.json")
    #expect(run.status == 2)
    #expect(run.output == Small.summary(1, warnings: 1))
    #expect(run.errors.split(separator: "\n").filter { $0.hasPrefix("错误") }.count == 3)
  }
}
