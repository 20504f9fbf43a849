import Testing

/// One page and one document in the programs that readers have; `.ci/run` installs these, and tries
/// all pages and documents.
@Suite struct OtherProgramTests {
  private static let pack = """
    // Synthetic.
    规则包 看 / seen { 版本 "1.0" 档案 文书 }
    法规 办法 / measures { 标题 "办法" / "The Measures" 施行 2019-09-01 条数 9 }
    档案 文书 / paper { 键 编号 编号 / id : 文本 批准 / approved : 是否 }
    规则 S101 未经批准 / not_approved {
        依据 办法 第二条
        应当 批准
        错误 "“{编号}”没有报批" / "{编号} was not approved"
    }

    """
  private static let files = [
    "pack/pack.wz": pack, "x.json": #"{"编号":"<script>甲</script>","批准":false}"#,
  ]

  @Test(
    .enabled(if: isInstalled("chromium"), "chromium is not installed; .ci/run opens pages in it"))
  func aPageOpensInChromium() async throws {
    let sandbox = try Sandbox(Self.files)
    let made = try await sandbox.wenze([
      "check", "x.json", "--no-default-rules", "--rules", "pack", "--format", "html", "--output",
      "x.html",
    ])
    #expect(made.status == 1)
    let opened = try await sandbox.shell(
      "chromium --headless --no-sandbox --disable-gpu --user-data-dir=profile --dump-dom \"file://$PWD/x.html\""
    )
    #expect(opened.status == 0)
    #expect(opened.output.contains("“&lt;script&gt;甲&lt;/script&gt;”没有报批"))
  }

  @Test(
    .enabled(
      if: isInstalled("soffice"), "LibreOffice is not installed; .ci/run opens documents in it"))
  func aDocumentOpensInLibreOffice() async throws {
    let sandbox = try Sandbox(["x.wz": "案件 { 编号: \"1\" 标题: \"<script>甲</script>\" }"])
    let made = try await sandbox.wenze(["draft", "审核意见书", "x.wz", "--output", "x.docx"])
    #expect(made == RunResult(0, ""))
    let opened = try await sandbox.shell(
      "soffice -env:UserInstallation=file://$PWD/profile --headless --convert-to 'txt:Text (encoded):UTF8' x.docx"
    )
    #expect(opened.status == 0)
    #expect(try sandbox.text(of: "x.txt").contains("<script>甲</script>"))
  }
}
