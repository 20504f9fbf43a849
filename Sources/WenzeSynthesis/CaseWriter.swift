/// Writes cases as JSON, in the order and the spelling of the fixtures.
struct CaseWriter: ~Copyable {
  var json: JSONBytes
  /// The days on which each organisation was decided on.
  private(set) var organisations: [String: [Day]] = [:]
  let calendar: Calendar
  let bodies: Bodies
  /// The last day of which anything is recorded.
  let lastDay: Day

  init(bodies: Bodies, calendar: Calendar, options: ArchiveOptions) {
    json = JSONBytes(capacity: 1 << 21)
    self.bodies = bodies
    self.calendar = calendar
    lastDay = Day(year: options.years.upperBound + 1, month: 9, day: 30)
  }

  mutating func write(
    _ draft: CaseDraft, number: Int, analysis: AnalysisText, _ random: inout SplitMix64
  ) {
    json.openObject()
    json.key("编号")
    writeNumber(of: draft, number)
    json.key("标题")
    json.openText()
    json.raw(bodies.areas[draft.body.area].name)
    write(draft.subjects[0].unit)
    json.raw(Circumstance.all[draft.circumstance].topic)
    json.raw("问责案")
    json.closeText()
    if draft.isComplete { json.member("卷宗完整", true) }
    json.member("适用规范", "条例2019")
    if draft.traits.hasLead { writeLead(draft, &random) }
    writeFact(draft, analysis, &random)
    writeInitiation(draft)
    writeLaunch(draft, number, &random)
    writeInvestigation(draft, number, &random)
    writeDecision(draft, number, &random)
    json.key("对象")
    json.openList()
    for place in draft.subjects.indices { writeSubject(draft, place, &random) }
    json.closeList()
    if draft.traits.isCorrected { writeCorrection(draft, &random) }
    json.closeObject()
    json.endLine()
  }

  // MARK: - Parts

  /// The number of a case: of the archive, its body, year and place among these.
  private mutating func writeNumber(of draft: CaseDraft, _ number: Int) {
    json.openText()
    json.raw(CaseWriter.number(body: draft.body, year: year(of: draft), place: number))
    json.closeText()
  }

  static func number(body: Body, year: Int, place: Int) -> [UInt8] {
    var text = JSONBytes(capacity: 32)
    text.raw("合成-B")
    text.digits(body.number, width: 3)
    text.raw("-")
    text.digits(year)
    text.raw("-")
    text.digits(place, width: 5)
    return text.bytes
  }

  private func year(of draft: CaseDraft) -> Int {
    calendar.parts(of: draft.traits.decidedOn).year
  }

  private mutating func write(_ unit: Unit) {
    switch unit {
    case .bureau(let index): json.raw(Phrases.units[index])
    case .town(let head, let tail):
      json.raw(Phrases.townHeads[head])
      json.raw(Phrases.townTails[tail])
      json.raw("镇")
    }
  }

  private mutating func writeBody(_ name: StaticString, _ body: Body, withLevel: Bool = true) {
    json.key(name)
    json.openObject()
    json.member("名称", body.name)
    json.member("类型", body.kind.name)
    if withLevel { json.member("层级", body.level.name) }
    json.closeObject()
  }

  private mutating func writeOutsider(_ name: StaticString, _ draft: CaseDraft) {
    // One of them for each body and year, so that it has a name of its own.
    let all = Outsider.allCases
    let outsider = all[(draft.body.number + year(of: draft)) % all.count]
    json.key(name)
    json.openObject()
    json.key("名称")
    json.openText()
    json.raw(bodies.areas[draft.body.area].name)
    json.raw(outsider.suffix)
    json.closeText()
    json.member("类型", outsider.type)
    json.member("层级", draft.body.level.name)
    json.closeObject()
  }

  private mutating func writeLead(_ draft: CaseDraft, _ random: inout SplitMix64) {
    json.key("线索")
    json.openObject()
    json.member("来源", draft.lead.name)
    json.member("收到日期", draft.leadReceived, in: calendar)
    if let attention = draft.attention { json.member("舆情日期", attention, in: calendar) }
    if draft.isComplete { json.member("领导批示", random.chance(80)) }
    json.closeObject()
  }

  private mutating func writeFact(
    _ draft: CaseDraft, _ analysis: AnalysisText, _ random: inout SplitMix64
  ) {
    let circumstance = Circumstance.all[draft.circumstance]
    json.key("事实")
    json.openList()
    json.openObject()
    json.member("代号", "F1")
    json.member("情形", circumstance.name)
    json.key("概述")
    json.openText()
    write(draft.subjects[0].unit)
    json.raw(circumstance.summaries[random.below(circumstance.summaries.count)])
    json.raw("，涉及")
    json.digits(random.within(2...96))
    json.raw(Phrases.stakes[random.below(Phrases.stakes.count)])
    json.closeText()
    json.member("发生日期", draft.fact, in: calendar)
    json.member("后果", draft.harm.name)
    json.key("后果说明")
    json.openText()
    json.raw(circumstance.harms[random.below(circumstance.harms.count)])
    json.raw("，涉及金额约")
    json.digits(random.within(3...900))
    json.raw("万元")
    json.closeText()
    json.member(
      "执行偏差", (["执行不力", "执行不当", "不执行"] as [StaticString])[random.index(by: [70, 24, 6])])
    json.member("主客观分析", draft.traits.analysis != .missing)
    if draft.traits.analysis != .missing {
      json.key("分析")
      json.openText()
      analysis.write(to: &json)
      json.closeText()
    }
    json.member("决策层级", "无")
    if draft.harm == .minor { json.member("事前提醒", true) }
    json.closeObject()
    json.closeList()
  }

  private mutating func writeInitiation(_ draft: CaseDraft) {
    guard draft.traits.outsider == .proposes else { return }
    json.key("发起")
    json.openObject()
    writeOutsider("主体", draft)
    json.member("日期", draft.leadReceived, in: calendar)
    json.member("形式", "问责建议")
    json.closeObject()
  }

  private mutating func writeLaunch(
    _ draft: CaseDraft, _ number: Int, _ random: inout SplitMix64
  ) {
    json.key("启动")
    json.openObject()
    if draft.traits.outsider == .launches {
      writeOutsider("主体", draft)
    } else {
      writeBody("主体", draft.body)
    }
    json.member("日期", draft.launched, in: calendar)
    json.member("方式", "自行启动")
    json.member("依据", draft.body.kind == .workingOrgan ? "条例第九条；对象属于本系统、本领域" : "条例第九条")
    if draft.body.kind == .dispatchedOffice { json.member("授权", "派出机关授权事项清单第四项") }
    json.key("批准")
    json.openList()
    let approved = draft.defect == .launchedBeforeApproval ? draft.launched + 4 : draft.approved
    writeApproval("本机关主要负责人", approved, nil, draft)
    let asksPrincipal =
      draft.body.kind.asksCommittee
      && draft.subjects.contains {
        $0.authority == .ledByCommittee && ($0.isOrganisation || $0.isPrincipal)
      }
    if asksPrincipal { writeApproval("同级党委主要负责人", approved, number * 2 - 1, draft) }
    json.closeList()
    json.closeObject()
  }

  private mutating func writeApproval(
    _ by: StaticString, _ day: Day, _ reference: Int?, _ draft: CaseDraft
  ) {
    json.openObject()
    json.member("批准人", by)
    json.member("日期", day, in: calendar)
    if let reference {
      json.key("文号")
      json.openText()
      json.raw(bodies.areas[draft.body.area].name)
      json.raw("批〔")
      json.digits(calendar.parts(of: day).year)
      json.raw("〕")
      json.digits(reference)
      json.raw("号")
      json.closeText()
    }
    json.closeObject()
  }

  private mutating func writeInvestigation(
    _ draft: CaseDraft, _ number: Int, _ random: inout SplitMix64
  ) {
    let members = draft.defect == .oneInvestigator ? 1 : random.within(2...5)
    let team = (0..<members).map { _ in random.below(Names.count) }
    json.key("调查")
    json.openObject()
    writeBody("机关", draft.body, withLevel: false)
    json.member("组成日期", draft.teamFormed, in: calendar)
    json.key("组长")
    writeName(team[0])
    json.member("人数", members)
    json.key("成员")
    json.openList()
    for name in team { writeName(name) }
    json.closeList()
    json.member("首次谈话", draft.interviewed, in: calendar)
    json.closeObject()

    json.key("报告")
    json.openObject()
    json.member("集体讨论日期", draft.discussed, in: calendar)
    json.member("集体讨论", true)
    json.member("日期", draft.reported, in: calendar)
    json.key("要素")
    json.openList()
    for (place, element) in CaseWriter.elements.enumerated()
    where draft.defect != .reportIncomplete || place != number % CaseWriter.elements.count {
      json.text(element)
    }
    json.closeList()
    json.member("组长签名", draft.defect != .reportUnsigned)
    json.member("审批", true)
    json.member("审批日期", draft.reportApproved, in: calendar)
    json.closeObject()

    json.key("审理")
    json.openObject()
    json.member("日期", draft.reviewed, in: calendar)
    json.key("人员")
    json.openList()
    writeName(random.below(Names.count))
    if draft.defect == .investigatorReviewed { writeName(team[team.count - 1]) }
    json.closeList()
    json.member("意见", CaseWriter.opinions[random.below(CaseWriter.opinions.count)])
    json.closeObject()
  }

  private static let elements: [StaticString] = [
    "基本情况", "调查依据", "调查过程", "问责事实", "态度认识", "申辩", "处理意见", "处理依据",
  ]

  private static let opinions: [StaticString] = [
    "事实清楚，程序合规，同意处理意见", "证据确凿，定性准确，处理恰当", "同意调查组意见，提请集体研究", "材料齐全，责任划分清楚，建议按程序报批",
  ]

  private static let items: [StaticString] = [
    "第七条第一项", "第七条第二项", "第七条第三项", "第七条第四项", "第七条第五项", "第七条第六项", "第七条第七项", "第七条第八项",
    "第七条第九项", "第七条第十项", "第七条第十一项",
  ]

  private mutating func writeDecision(
    _ draft: CaseDraft, _ number: Int, _ random: inout SplitMix64
  ) {
    let decided = draft.traits.decidedOn
    json.key("决定")
    json.openObject()
    if draft.traits.outsider == .decides {
      writeOutsider("主体", draft)
    } else {
      writeBody("主体", draft.body)
    }
    json.member("日期", decided, in: calendar)
    json.key("文号")
    json.openText()
    json.raw(draft.body.name)
    json.raw("问〔")
    json.digits(year(of: draft))
    json.raw("〕")
    json.digits(number)
    json.raw("号")
    json.closeText()
    json.member("集体研究", true)
    if draft.body.kind.asksCommittee, draft.subjects.contains(where: \.authority.isCommittees) {
      // What the committee itself has to decide or approve, and what its principal may.
      let isGrave = draft.subjects.contains {
        $0.measure.isOrganisational || $0.measure == .dismissal || $0.measure == .probation
      }
      let approved = max(draft.reviewed, decided - 2)
      json.key("批准")
      json.openList()
      writeApproval(isGrave ? "同级党委" : "同级党委主要负责人", approved, number * 2, draft)
      json.closeList()
    }
    json.key("依据条款")
    json.openList()
    if draft.defect != .noProvision {
      json.openText()
      json.raw("条例2019 ")
      json.raw(CaseWriter.items[draft.circumstance])
      json.closeText()
      json.text("条例2019 第八条")
    }
    json.closeList()
    json.member("告知申诉权利", draft.defect != .appealRightNotTold)
    json.closeObject()
  }

  private mutating func writeCorrection(_ draft: CaseDraft, _ random: inout SplitMix64) {
    json.key("纠正")
    json.openObject()
    json.key("原因")
    json.openList()
    json.text((["事实", "责任", "程序", "处理"] as [StaticString])[random.below(4)])
    json.closeList()
    json.member(
      "日期", calendar.workingDay(onOrAfter: draft.announced + random.within(50...80)), in: calendar)
    writeBody("机关", draft.body, withLevel: false)
    json.member("不良影响", false)
    json.closeObject()
  }

  mutating func writeName(_ place: Int) {
    json.openText()
    Names.write(place, to: &json)
    json.closeText()
  }
}

extension CaseWriter {
  // MARK: - Subjects

  private mutating func writeSubject(
    _ draft: CaseDraft, _ place: Int, _ random: inout SplitMix64
  ) {
    let subject = draft.subjects[place]
    json.openObject()
    json.key("代号")
    json.openText()
    json.raw("S")
    json.digits(place + 1)
    json.closeText()
    json.key("名称")
    if subject.isOrganisation {
      json.openText()
      let begin = json.count
      json.raw(bodies.areas[draft.body.area].name)
      write(subject.unit)
      json.raw(subject.level == .township ? "党委" : "党组")
      organisations[json.text(from: begin, to: json.count), default: []].append(
        draft.traits.decidedOn)
      json.closeText()
      json.member("种类", "党组织")
      json.member("组织类型", subject.level == .township ? "党委" : "党组")
    } else {
      writeName(subject.serial)
      json.member("种类", "领导干部")
      json.key("职务")
      writePost(of: subject, draft)
      json.member("职级", subject.rank.name)
    }
    json.member("层级", subject.level.name)
    if !subject.isOrganisation {
      json.member("主要负责人", subject.isPrincipal)
      json.member("领导职务", true)
    }
    json.member("单位类型", subject.role == .villageSecretary ? "农村" : "机关")
    json.member("管理关系", subject.authority.name)
    if !subject.isOrganisation {
      json.member("任职日期", draft.fact - random.within(120...1500), in: calendar)
      json.member("离任日期", "无")
      if draft.isComplete || random.chance(300) { json.member("在岗", true) }
    }
    json.member("责任", subject.responsibility.name)
    if draft.defect != .noDuty || place > 0 {
      json.key("职责")
      json.openList()
      json.openObject()
      json.member("清单", Phrases.dutyLists[random.below(Phrases.dutyLists.count)])
      json.member("条目", Phrases.duties[random.below(Phrases.duties.count)])
      json.member("起", draft.fact - random.within(20...110), in: calendar)
      json.closeObject()
      json.closeList()
    }
    if let factor = subject.factor {
      json.key("情节")
      json.openList()
      if factor != 1 { json.text("配合") }
      if factor != 0 { json.text("补救") }
      json.closeList()
      json.member("情节已体现", draft.defect != .factorsNotWeighed)
    }
    if draft.isComplete || random.chance(500) {
      json.member("免责情形", "无")
      json.member("免责成立", false)
    }
    json.member("本人违纪", false)
    writeMeeting(draft, place, &random)
    writeMeasure(subject, draft, &random)
    writeExecution(subject, draft, &random)
    writeAppeal(draft, place, &random)
    json.closeObject()
  }

  private mutating func writePost(of subject: CaseDraft.Subject, _ draft: CaseDraft) {
    json.openText()
    switch subject.role {
    case .townHead, .townDeputy, .villageSecretary: write(subject.unit)
    case .bureauHead, .bureauDeputy, .sectionHead, .institutionHead, .stationHead:
      if draft.body.kind != .partyGroup { write(subject.unit) }
    }
    switch subject.role {
    case .bureauHead: json.raw("党组书记、局长")
    case .bureauDeputy: json.raw("党组成员、副局长")
    case .townHead: json.raw("党委书记")
    case .townDeputy: json.raw("党委委员、副镇长")
    case .sectionHead:
      json.raw(Phrases.sections[subject.serial % Phrases.sections.count])
      json.raw(draft.body.level == .province ? "处处长" : "科科长")
    case .institutionHead: json.raw("所属事业单位党支部书记、主任")
    case .stationHead:
      json.raw(Phrases.sections[subject.serial % Phrases.sections.count])
      json.raw("所负责人")
    case .villageSecretary:
      json.raw(Phrases.townHeads[subject.serial % Phrases.townHeads.count])
      json.raw(Phrases.townTails[subject.serial / 7 % Phrases.townTails.count])
      json.raw("村党支部书记")
    }
    json.closeText()
  }

  private mutating func writeMeeting(
    _ draft: CaseDraft, _ place: Int, _ random: inout SplitMix64
  ) {
    json.key("见面")
    json.openObject()
    json.member("日期", draft.met, in: calendar)
    json.member("事实材料", true)
    json.member("听取申辩", true)
    json.member("记录在案", true)
    json.member("采纳说明", draft.defect != .defenceNotRecorded || place > 0)
    if draft.defect == .notSigned, place == 0 {
      json.member("签署", "不同意")
      json.member("签署注明", false)
    } else if random.chance(60) {
      json.member("签署", random.chance(800) ? "不同意" : "拒签")
      json.member("签署注明", true)
    } else {
      json.member("签署", "同意")
    }
    json.closeObject()
  }

  private mutating func writeMeasure(
    _ subject: CaseDraft.Subject, _ draft: CaseDraft, _ random: inout SplitMix64
  ) {
    json.key("方式")
    json.openList()
    json.openObject()
    json.member("方式", subject.measure.name)
    if let months = subject.measure.effectMonths {
      json.member("影响期", draft.defect == .effectPeriodWrong ? months + 6 : months)
    }
    if subject.measure.isOrganisational {
      let days = draft.defect == .formalitiesLate ? random.within(40...90) : random.within(3...25)
      json.member(
        "办结日期", calendar.workingDay(onOrBefore: draft.traits.decidedOn + days), in: calendar)
    }
    json.closeObject()
    json.closeList()
  }

  private mutating func writeExecution(
    _ subject: CaseDraft.Subject, _ draft: CaseDraft, _ random: inout SplitMix64
  ) {
    let announced = draft.announced
    let defect = draft.defect
    // Both are drawn, so that what follows does not depend on them.
    let rectified = calendar.workingDay(onOrAfter: announced + random.within(20...60))
    let followed = calendar.workingDay(onOrAfter: announced + random.within(90...165))
    json.key("执行")
    json.openObject()
    json.member("宣布日期", announced, in: calendar)
    json.member("通报组织部门", true)
    if !subject.isOrganisation {
      json.member("廉政档案", true)
      json.member("人事档案", defect != .notFiled)
      json.member("上级备案", defect != .notReportedUp)
      json.member("书面检讨", true)
      json.member("会议检查", defect != .noSelfCriticism)
    }
    if subject.measure.isOrganisational || subject.measure.isDisciplinary {
      json.member("公开", defect != .notPublished)
    }
    json.member("整改措施", !draft.traits.lacksRectification)
    if !draft.traits.lacksRectification { json.member("整改日期", rectified, in: calendar) }
    if !draft.traits.lacksFollowThrough {
      json.member("回访日期", min(followed, lastDay), in: calendar)
    }
    if let months = subject.measure.effectMonths {
      json.member(
        "影响期满", calendar.day(draft.traits.decidedOn, plusMonths: months), in: calendar)
    }
    json.closeObject()
  }

  private mutating func writeAppeal(
    _ draft: CaseDraft, _ place: Int, _ random: inout SplitMix64
  ) {
    let isRevoked = draft.traits.isCorrected && place == 0
    guard isRevoked ? random.chance(500) : random.chance(25) else { return }
    let filed = calendar.workingDay(onOrBefore: draft.announced + random.within(10...28))
    let decided = calendar.workingDay(onOrBefore: filed + random.within(12...27))
    json.key("申诉")
    json.openObject()
    json.member("收到决定日期", draft.announced, in: calendar)
    json.member("提出日期", filed, in: calendar)
    json.member("处理日期", decided, in: calendar)
    json.member("书面告知", true)
    json.member("停止执行", false)
    json.member("结果", isRevoked ? (random.chance(400) ? "撤销" : "变更") : "维持")
    json.closeObject()
  }
}
