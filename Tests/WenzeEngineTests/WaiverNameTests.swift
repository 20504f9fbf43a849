import Testing
import WenzeEngine

/// Names in waivers, which no schema marks; all of them are made up.
@Suite struct WaiverNameTests {
  /// What organs there are, a pack says.
  private static let organs = "枚举 机关 / organ { 党委 / p, 党组 / g, 纪委 / d, 监委 / s, 专班 / t, 指挥部 / h }\n"

  private func mask(approver: String, reason: String = "另案处理") throws -> NameMask {
    try CheckSchema.check(
      "甲: 是 豁免 T1 理由 \"\(reason)\" 批准人 \"\(approver)\" 至 2099-12-31",
      with: Self.organs + CheckSchema.rule("应当 甲")
    ).result.mask
  }

  @Test(arguments: [
    ("赵六", "赵六"), ("县委书记 赵六", "赵六"), ("县委书记赵六", "赵六"), ("赵六同志", "赵六"), ("丑一", "丑一"),
    ("市纪委欧阳修", "欧阳修"), ("赵六、钱七", "钱七"), ("王会", "王会"), ("John Smith", "John Smith"),
    ("阿依古丽·买买提", "阿依古丽·买买提"),
  ])
  func anApproverIsMasked(approver: String, name: String) throws {
    let mask = try mask(approver: approver)
    #expect(!mask("由\(name)批准").contains(name), "\(mask.names)")
  }

  @Test(arguments: [
    "县委", "市委常委会", "县委书记专题会议", "党组", "市纪委监委", "县委主要负责人", "机关纪委书记", "纪委", "安监局", "常委会",
    "Party Committee", "防汛指挥部", "整治专班", "党委",
  ])
  func anOrganIsShown(approver: String) throws {
    let mask = try mask(approver: approver)
    #expect(mask(approver) == approver, "\(mask.names)")
  }

  @Test(arguments: [
    ("王五已另案处理", "王某某已另案处理"), ("经张三同意，材料另存", "经张某某同意，材料另存"), ("责任人李四因病", "责任人李某某因病"),
    ("任务已完成，文件另存", "任务已完成，文件另存"), ("班子成员另案处理，见另案卷宗", "班子成员另案处理，见另案卷宗"),
    ("时间紧，方案已报", "时间紧，方案已报"), ("经党委同意，由纪委负责", "经党委同意，由纪委负责"),
  ])
  func aReasonIsMasked(reason: String, masked: String) throws {
    let mask = try mask(approver: "县委", reason: reason)
    #expect(mask(reason) == masked, "\(mask.names)")
  }
}
