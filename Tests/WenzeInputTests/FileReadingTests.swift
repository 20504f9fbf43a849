import FoundationEssentials
import Testing
import WenzeInput
import WenzeSyntax

@Suite struct FileReadingTests {
  @Test(
    arguments: [
      ("a.wz", .wenze), ("甲/乙 丙.json", .json), ("a.YAML", .yaml), ("a.b.yml", .yaml),
      ("a.txt", nil), ("a.jsonl", .jsonLines), ("a.NDJSON", .jsonLines), ("台账.csv", .csv),
      ("json", nil), (".json", nil), ("a.json/b", nil), ("-", nil), ("", nil),
    ] as [(String, InputFormat?)])
  func extensionsNameFormats(path: String, format: InputFormat?) {
    #expect(InputFormat(path: path) == format)
  }

  @Test(
    arguments: [
      ("\n  {\"a\": 1}", .json), ("[", .json), ("{\"a\": 1}\n\n{}", .jsonLines),
      ("{\"a\": 1}", .json), ("{\"a\": {}\n}", .json), ("---\na: 1", .yaml), ("# 注\n编号: 1", .yaml),
      ("案件:\n  a: 1", .yaml), ("- a: 1", .yaml), ("案件 {\n  编号: \"1\"\n}", .wenze),
      ("// 见 a: b\n案件 {}", .wenze), ("  a: 1", .wenze), ("a:1", .wenze), (": 1", .wenze),
      ("", .wenze),
    ] as [(String, InputFormat)])
  func textsShowTheirFormat(text: String, format: InputFormat) {
    #expect(InputFormat(sniffing: text) == format)
  }

  @Test func aFileIsLoaded() throws {
    try withFolder { folder in
      let path = folder + "/案件 一.json"
      try write([0xEF, 0xBB, 0xBF] + Array("{\"立\": 1}".utf8), to: path)
      let file = try loadFile(path: path)
      #expect(file.source.path == path)
      #expect(file.source.text == "{\"立\": 1}")
      #expect(file.bytes.count == 13)
      #expect(file.encoding == .utf8WithMark)
      #expect(file.format == .json)

      try write(Array("编号: 1\n".utf8), to: folder + "/无名")
      #expect(try loadFile(path: folder + "/无名").format == .yaml)
    }
  }

  @Test func filesThatCannotBeReadAreNamed() throws {
    try withFolder { folder in
      try write([], to: folder + "/empty.json")
      try write([0x41, 0xFF], to: folder + "/bytes.json")
      try write([0x41, 0x42], to: folder + "/long.json")
      func error(_ path: String, limits: ReadingLimits = ReadingLimits()) -> InputError? {
        #expect(throws: InputError.self) { try loadFile(path: path, limits: limits) }
      }
      #expect(error(folder + "/none")?.reason == .missing)
      #expect(error(folder + "/long.json/none")?.reason == .missing)
      #expect(error("")?.reason == .missing)
      #expect(error(folder)?.reason == .isFolder)
      #expect(error(folder + "/empty.json")?.reason == .empty)
      #expect(error("/dev/null")?.reason == .notAFile)
      let limits = ReadingLimits(fileBytes: 1)
      #expect(error(folder + "/long.json", limits: limits)?.reason == .tooLarge(limit: 1))

      let undecodable = try #require(error(folder + "/bytes.json"))
      #expect(undecodable.path == folder + "/bytes.json")
      #expect(undecodable.diagnostic.code == "D0107")
      #expect(
        undecodable.diagnostic.message
          == Bilingual(
            "第1行（偏移 1）的字节“FF”不是GB18030文字",
            "the bytes `FF` on line 1 (offset 1) are not GB18030"))
    }
  }

  @Test func filesWithoutPermissionAreNamed() throws {
    try withFolder { folder in
      let path = folder + "/secret.json"
      try write([0x7B, 0x7D], to: path)
      try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: path)
      // The superuser reads everything, so that there is nothing to see.
      guard !FileManager.default.isReadableFile(atPath: path) else {
        print("filesWithoutPermissionAreNamed: skipped, since this user reads every file")
        return
      }
      let error = #expect(throws: InputError.self) { try loadFile(path: path) }
      #expect(error?.reason == .notPermitted)
    }
  }

  @Test func everyProblemHasItsOwnCodeAndSaysWhatToDo() {
    let reasons: [InputError.Reason] = [
      .missing, .isFolder, .notPermitted, .unreadable("x"), .empty, .tooLarge(limit: 1), .noInputs,
      .notAFile, .nameNotUTF8,
    ]
    let diagnostics = reasons.map { InputError(path: "甲", reason: $0).diagnostic }
    #expect(Set(diagnostics.map(\.code)).count == reasons.count)
    for diagnostic in diagnostics {
      #expect(diagnostic.message.chinese.contains("“甲”"))
      #expect(diagnostic.message.english.contains("`甲`"))
      #expect(!diagnostic.notes.isEmpty)
    }
  }

  @Test func foldersStandForTheirDocuments() throws {
    try withFolder { folder in
      let files = [
        "b.json", "a.wz", "说明.txt", "案 卷/三.yaml", "案 卷/深/四.YML", ".git/x.json", ".x.json", "Z.json",
      ]
      for file in files { try write([0x7B, 0x7D], to: folder + "/" + file) }
      try link(folder + "/案 卷/回", to: folder)
      try link(folder + "/c.json", to: folder + "/nowhere")

      let found = findInputs(in: [folder, "-", folder + "/说明.txt", folder + "/a.wz"])
      let names = found.files.map { $0.replacing(folder + "/", with: "") }
      #expect(names == ["-", "Z.json", "a.wz", "b.json", "案 卷/三.yaml", "案 卷/深/四.YML", "说明.txt"])
      #expect(
        found.problems == [InputError(path: folder + "/c.json", reason: .missing)])
      #expect(findInputs(in: [folder + "/案 卷/"]).files.first == folder + "/案 卷/三.yaml")
    }
  }

  @Test func foldersWithoutDocumentsAreNamed() throws {
    try withFolder { folder in
      try write([0x41], to: folder + "/a.txt")
      let found = findInputs(in: [folder, folder + "/none"])
      #expect(found.files.isEmpty)
      #expect(
        found.problems == [
          InputError(path: folder, reason: .noInputs),
          InputError(path: folder + "/none", reason: .missing),
        ])
    }
  }
}

/// Calls `body` with a folder that is new, and removed afterwards.
private func withFolder(_ body: (String) throws -> Void) throws {
  let folder = FileManager.default.temporaryDirectory.path() + "/wenze " + UUID().uuidString
  try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: folder) }
  try body(folder)
}

private func write(_ bytes: [UInt8], to path: String) throws {
  let parent = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
  try FileManager.default.createDirectory(
    atPath: parent.joined(separator: "/"), withIntermediateDirectories: true)
  _ = FileManager.default.createFile(atPath: path, contents: Data(bytes))
}

private func link(_ path: String, to target: String) throws {
  try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: target)
}
