// The words of a case file that the generator writes, with what it has to know of them.

enum Measure: Int, CaseIterable, Sendable {
  case inspection
  case notice
  case admonition
  case suspension
  case transfer
  case removal
  case warning
  case seriousWarning
  case dismissal
  case probation

  var name: StaticString {
    switch self {
    case .inspection: "检查"
    case .notice: "通报"
    case .admonition: "诫勉"
    case .suspension: "停职检查"
    case .transfer: "调整职务"
    case .removal: "免职"
    case .warning: "警告"
    case .seriousWarning: "严重警告"
    case .dismissal: "撤销党内职务"
    case .probation: "留党察看"
    }
  }

  /// How heavy it is, as the table 方式轻重 of the packs has it.
  var weight: Int {
    switch self {
    case .inspection: 1
    case .notice: 2
    case .admonition: 3
    case .suspension, .transfer, .warning: 4
    case .removal, .seriousWarning: 5
    case .dismissal: 6
    case .probation: 7
    }
  }

  var effectMonths: Int? {
    switch self {
    case .admonition: 6
    case .warning: 12
    case .seriousWarning: 18
    case .dismissal: 24
    default: nil
    }
  }

  /// 组织处理: the committee decides it, and its formalities take time.
  var isOrganisational: Bool {
    switch self {
    case .suspension, .transfer, .removal: true
    default: false
    }
  }

  var isDisciplinary: Bool {
    switch self {
    case .warning, .seriousWarning, .dismissal, .probation: true
    default: false
    }
  }
}

enum Harm: Int, CaseIterable, Sendable {
  case minor
  case considerable
  case major
  case extreme

  var name: StaticString {
    switch self {
    case .minor: "轻微"
    case .considerable: "较大"
    case .major: "重大"
    case .extreme: "特别重大"
    }
  }
}

enum Responsibility: Int, Sendable {
  case overall
  case primary
  case secondary

  var name: StaticString {
    switch self {
    case .overall: "全面领导责任"
    case .primary: "主要领导责任"
    case .secondary: "重要领导责任"
    }
  }
}

enum Rank: Int, Sendable {
  case ordinary
  case section
  case division
  case bureau

  var name: StaticString {
    switch self {
    case .ordinary: "一般干部"
    case .section: "乡科级"
    case .division: "县处级"
    case .bureau: "厅局级"
    }
  }
}

enum Level: Int, Sendable {
  case grassroots
  case township
  case county
  case city
  case province

  var name: StaticString {
    switch self {
    case .grassroots: "基层"
    case .township: "乡级"
    case .county: "县级"
    case .city: "市级"
    case .province: "省级"
    }
  }

  var below: Level { Level(rawValue: rawValue - 1) ?? .grassroots }
}

enum Authority: Sendable {
  case ledByCommittee
  case managedByCommittee
  case managedByBody
  case managedBelow

  var name: StaticString {
    switch self {
    case .ledByCommittee: "本级党委直接领导"
    case .managedByCommittee: "本级党委管理"
    case .managedByBody: "本机关管理"
    case .managedBelow: "下级管理"
    }
  }

  var isCommittees: Bool {
    switch self {
    case .ledByCommittee, .managedByCommittee: true
    case .managedByBody, .managedBelow: false
    }
  }
}

enum BodyKind: Sendable {
  case disciplineCommission
  case committee
  case workingOrgan
  case organsCommittee
  case partyGroup
  case dispatchedOffice

  var name: StaticString {
    switch self {
    case .disciplineCommission: "纪委"
    case .committee: "党委"
    case .workingOrgan: "党的工作机关"
    case .organsCommittee: "机关工委"
    case .partyGroup: "党组"
    case .dispatchedOffice: "派驻机构"
    }
  }

  /// Whether the committee of the same level has a say over those whom it leads or manages.
  var asksCommittee: Bool {
    switch self {
    case .disciplineCommission, .workingOrgan, .organsCommittee: true
    case .committee, .partyGroup, .dispatchedOffice: false
    }
  }
}

/// Bodies that may propose, and have no power to launch or to decide.
enum Outsider: Int, CaseIterable, Sendable {
  case steeringTeam
  case taskForce
  case headquarters
  case governmentOffice

  var type: StaticString {
    switch self {
    case .steeringTeam: "督导组"
    case .taskForce: "专班"
    case .headquarters: "指挥部"
    case .governmentOffice: "政府部门"
    }
  }

  /// What follows the name of the area in the body's name.
  var suffix: StaticString {
    switch self {
    case .steeringTeam: "专项工作第三督导组"
    case .taskForce: "重点工作专班"
    case .headquarters: "防汛抗旱指挥部"
    case .governmentOffice: "人民政府办公室"
    }
  }
}

/// A circumstance of article 7 of 2019: its weight in a hundred cases and the words of its cases.
struct Circumstance: Sendable {
  var name: StaticString
  var weight: Int
  /// The area of Party building in which the list has it; none for the catch-all.
  var area: String
  /// What follows the unit's name in a title.
  var topic: StaticString
  var summaries: [StaticString]
  var harms: [StaticString]

  /// 其他失职, the catch-all, stands last and is not drawn by weight.
  static let all: [Circumstance] = [
    Circumstance(
      name: "领导弱化", weight: 7, area: "党的领导", topic: "党的领导弱化",
      summaries: [
        "贯彻上级决策部署只开会传达、不研究落实，年度重点任务未列入议事日程",
        "班子议事决策制度形同虚设，三项重大事项由个别人商定后补会议纪要",
        "对党委交办的整改任务层层转发，半年没有实质进展",
        "巡察反馈的领导作用发挥不够问题逾期未整改到位",
      ],
      harms: [
        "重点任务延误，年度目标落空，群众反映强烈", "整改逾期，影响区域工作进度，在干部群众中造成不良影响",
        "决策失误未能及时纠正，造成专项资金闲置",
      ]),
    Circumstance(
      name: "政治建设不实", weight: 4, area: "政治建设", topic: "政治建设抓得不实",
      summaries: [
        "党内政治生活不严肃，民主生活会对照检查材料多处照抄",
        "落实重大事项请示报告制度不到位，两起突发事件迟报漏报",
        "对所属单位政治监督流于形式，年度检查没有发现任何问题",
      ],
      harms: [
        "突发事件处置被动，引发群众质疑", "党内生活质量下降，问题长期得不到纠正，造成不良影响",
      ]),
    Circumstance(
      name: "思想建设缺失", weight: 4, area: "理论武装、意识形态", topic: "思想建设缺失",
      summaries: [
        "意识形态工作责任制落实不力，所办网站长期登载错误信息",
        "理论学习走过场，中心组全年学习记录多次补造",
        "对干部职工思想动态不掌握，苗头性问题处置迟缓",
      ],
      harms: [
        "错误信息被大量转载，造成不良社会影响", "队伍思想涣散，多名干部先后被查处，影响恶劣",
      ]),
    Circumstance(
      name: "组织建设薄弱", weight: 8, area: "干部队伍、基层组织", topic: "组织建设薄弱",
      summaries: [
        "选人用人程序不规范，两名干部任职前未核查个人有关事项",
        "软弱涣散基层党组织整顿流于形式，换届后问题依旧",
        "发展党员把关不严，三名不符合条件的人员被接收",
        "所属支部组织生活长期不正常，党费收缴台账缺失",
      ],
      harms: [
        "用人失察，任用的干部不久即被查处，影响恶劣", "基层组织战斗力下降，群众信访增多",
        "违规发展党员造成不良影响，相关材料被迫重新审核",
      ]),
    Circumstance(
      name: "作风建设松懈", weight: 19, area: "作风建设", topic: "作风建设松懈",
      summaries: [
        "对所属单位违规发放津补贴问题失察，连续多次未核查票据",
        "项目验收走过场，未到现场即签字通过",
        "窗口服务推诿扯皮，群众办理一件事项往返多次",
        "公务接待审批把关不严，超标准接待多次发生",
        "对形式主义问题纠治不力，基层重复填报表格",
        "督查检查过多过频，留痕材料压倒实际工作",
      ],
      harms: [
        "违规资金需逐笔清退，群众反映强烈", "工程质量存在缺陷，返工费用由财政承担",
        "企业和群众办事受阻，被媒体公开报道", "基层负担加重，惠民政策落实延误",
      ]),
    Circumstance(
      name: "纪律建设不严", weight: 9, area: "纪律建设", topic: "纪律建设抓得不严",
      summaries: [
        "对班子成员和下属监督不力，单位内连续发生违纪案件",
        "执纪失之于宽，对应当处理的问题以谈话代替",
        "工作纪律松弛，值班人员擅离岗位无人过问",
      ],
      harms: [
        "违纪问题多发，严重影响单位形象", "险情未能及时报告，扩大了损失", "应处理的问题久拖不决，造成不良影响",
      ]),
    Circumstance(
      name: "廉政建设不实", weight: 11, area: "党风廉政", topic: "党风廉政建设抓得不实",
      summaries: [
        "工程招标监管缺位，下属多次与投标人违规接触",
        "对关键岗位廉政风险排查流于形式，出纳挪用公款长期未被发现",
        "物资采购未按规定询价，价格明显高于市场",
        "扶持资金审核只看材料，虚假申报得以通过",
      ],
      harms: [
        "国有资金损失，相关人员被立案审查", "公款被挪用，追缴困难，影响恶劣", "扶持资金被套取，符合条件的农户未能受益",
      ]),
    Circumstance(
      name: "两个责任不到位", weight: 12, area: "全面从严治党责任", topic: "主体责任和监督责任落实不到位",
      summaries: [
        "党风廉政建设责任书一签了之，全年没有专题研究",
        "对巡察移交问题线索处置迟缓，超期未结",
        "对分管领域腐败和作风问题长期失察",
      ],
      harms: [
        "分管领域多名干部被查处，造成恶劣影响", "问题线索失去查处时机，群众反映强烈",
        "整改责任悬空，同类问题反复发生",
      ]),
    Circumstance(
      name: "监管不力致事故", weight: 12, area: "管理监督", topic: "监管不力致事故",
      summaries: [
        "对辖区危险作业点安全检查走过场，隐患整改未闭环",
        "在建工地停工指令下达后未跟踪复查，施工单位擅自复工",
        "污水处理设施长期不正常运行，日常巡查没有发现",
        "燃气安全排查弄虚登记，入户率与实际不符",
      ],
      harms: [
        "发生生产安全事故，造成人员伤亡和财产损失", "污水直排河道，下游水质超标，沿岸群众取水受影响",
        "隐患失管引发险情，紧急疏散群众", "工地坍塌，直接经济损失较重",
      ]),
    Circumstance(
      name: "民生领域不作为", weight: 14, area: "群众利益", topic: "落实惠民政策不力",
      summaries: [
        "困难群众取暖补助逾期未发放", "农村危房改造审核把关不严，不符合条件户列入名单",
        "义务教育营养餐采购监管不到位，多次配送不合格食材", "征地补偿款滞留账户，未按期兑付",
        "医保报销审核拖延，群众垫付费用长期未结",
      ],
      harms: [
        "群众应得补助迟迟未领到，多次集体上访", "符合条件的农户未能享受政策，引发信访",
        "学生家长反映强烈，造成不良社会影响", "群众利益受损，被媒体曝光",
      ]),
    Circumstance(
      name: "其他失职", weight: 0, area: "", topic: "履职不力",
      summaries: [
        "对分管工作疏于管理，档案资料大面积遗失", "值守制度不落实，紧急来电无人接听",
        "固定资产管理混乱，多项设备去向不明",
      ],
      harms: [
        "档案无法补齐，群众办理权证受阻，造成不良影响", "应急响应延误，扩大了损失", "国有资产流失，群众反映强烈",
      ]),
  ]

  static let catchAll = all.count - 1
}

enum LeadSource: Int, CaseIterable, Sendable {
  case inspection
  case supervision
  case review
  case petition
  case audit
  case superior
  case accident
  case steering
  case publicOpinion
  case media

  var name: StaticString {
    switch self {
    case .inspection: "巡视巡察"
    case .supervision: "监督检查"
    case .review: "审查调查"
    case .petition: "信访举报"
    case .audit: "审计"
    case .superior: "上级交办"
    case .accident: "事故"
    case .steering: "督导检查"
    case .publicOpinion: "舆情"
    case .media: "媒体"
    }
  }

  static let weights = [20, 24, 12, 17, 6, 6, 3, 4, 5, 3]
}
