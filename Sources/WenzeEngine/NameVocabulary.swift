/// The general Chinese words that names of persons are told from others by: surnames, titles that
/// any office has, and what stands around names in sentences.
enum Vocabulary {
  /// What ends the words for a post, an organ or a meeting.
  static let titles = [
    "书记", "主任", "委员", "局长", "部长", "厅长", "处长", "科长", "组长", "院长", "校长", "所长", "队长", "站长", "县长", "市长",
    "区长", "省长", "乡长", "镇长", "会长", "行长", "机关", "政府", "会议", "领导", "负责人", "主席", "总理", "经理", "董事", "干部",
    "人员", "公司", "中心", "小组", "同志", "先生", "女士", "办公室", "集体", "委员会", "常委", "常委会", "全会", "部门", "单位",
    "批准", "同意", "研究", "审议", "本级", "上级", "同级", "组织", "局", "部", "厅", "处", "科", "室", "院", "委",
    "办", "组", "会",
  ]

  /// The same in English.
  static let latinOrgans: Set = [
    "Commission", "Committee", "Secretary", "Office", "Bureau", "Party", "Group", "Department",
    "Director", "Branch", "Meeting", "Leader", "Head", "Chair", "County", "City", "Discipline",
  ]

  /// Words before which a name stands in a sentence.
  static let before = [
    "由", "经", "请", "对", "与", "和", "及", "向", "同志", "书记", "主任", "长", "委员", "人", "干部",
  ]

  /// Words behind which one stands.
  static let behind = [
    "同志", "书记", "主任", "局长", "组长", "委员", "已", "因", "系", "于", "被", "经",
    "由", "拟", "将", "曾", "未", "不在", "不再", "另案", "同意", "批准", "负责", "说明",
    "签", "等", "的", "，", "。", "、", "；", "和", "与", "及",
  ]

  /// Words that begin like a name and are none.
  static let commonWords: Set = [
    "任务", "任职", "任免", "时间", "时限", "方案", "方面", "成员", "成果", "安排", "安全",
    "常委", "全部", "全体", "单位", "高度", "和解", "平时", "文件", "文书", "明确", "应当",
    "应由", "管理", "程序", "项目", "经济", "经过", "经查", "相关", "有关", "关于", "段时",
    "白天", "万元", "金额", "石油", "水利", "田地", "江河", "包括", "许可", "查证", "查明",
    "计划", "谈话", "申诉", "申请", "余下", "简要", "鉴于", "须由", "路线", "游客", "车辆",
    "伍人", "严重", "毛病", "易地", "左右", "纪律", "施工", "施行", "强制", "解决", "解释",
    "温度", "习惯", "古迹", "沙石", "柏油", "章程", "郑重", "梁柱", "马上", "黄金", "汤水",
    "何时", "何人", "向上", "向党",
  ]

  /// Usual surnames, and those of which names for examples are made.
  static let surnames: Set<Character> = Set(
    """
    王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱\
    侯江尹薛闫雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤康易乔赖文施洪季欧安梅章葛邢路庞鲁倪颜阎毕柳聂齐申殷左柯温祝管詹焦翟霍项俞阮辛符岳柴包耿纪尚\
    苗牛涂谷欧时祁凌鲍迟甘解庄骆舒裴窦卜匡储景褚车岑臧柏关冉邸费粟桑成党卓游麻
    """)
}
