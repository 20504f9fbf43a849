import WenzeSemantics
import WenzeSyntax

extension Waiver {
  /// The names of persons in the approver and the reason, by their words: a schema marks neither.
  ///
  /// An approver is a person unless the words are those of an organ or a post; in doubt it is
  /// masked. A reason is a sentence, in which a name is told by its surname and its neighbours.
  var personalNames: [String] {
    approver.split { " \u{3000}、，,；;:：/／()（）\n".contains($0) }.reduce(into: []) {
      if $1.utf8.allSatisfy({ $0 < 0x80 }) { return }
      $0 += namesInTitle(String($1))
    } + latinNames(in: approver) + namesInSentence(reason)
  }
}

/// What ends the words for an organ, a post or a meeting.
private let postWords = [
  "书记", "主任", "委员", "局长", "部长", "厅长", "处长", "科长", "组长", "院长", "校长", "所长", "队长", "站长", "县长", "市长",
  "区长", "省长", "乡长", "镇长", "会长", "行长", "党委", "党组", "纪委", "监委", "常委", "市委", "县委", "区委", "省委", "支部",
  "机关", "政府", "会议", "领导", "负责人", "主席", "总理", "经理", "董事", "干部", "人员", "公司", "中心", "小组", "同志", "先生",
  "女士", "办公室", "审计", "集体", "委员会", "党总支", "常委会", "全会", "部门", "单位", "工作组", "指挥部", "专班", "纪检组", "批准",
  "同意", "研究", "审议", "本级", "上级", "同级", "组织", "局", "部", "厅", "处", "科", "室", "院", "委", "办", "组", "会",
]

/// The name in a title such as `县委书记赵六` or `赵六同志`; none where it names an organ.
private func namesInTitle(_ title: String) -> [String] {
  guard title.isIdeographs || title.contains("·") else { return [] }
  if title.contains("·") { return [title] }
  let isPerson = (2...3).contains(title.count) && title.first.map { surnames.contains($0) } ?? false
  let posts = postWords.filter { title.hasSuffix($0) }
  // 安监局 begins like a name, and ends like none.
  if title.count == 3, "局部厅处科室院办组".contains(title.suffix(1)) { return [] }
  if isPerson, !posts.contains(where: { $0.count > 1 && $0.count >= title.count - 1 }) {
    return [title]
  }
  if let post = posts.max(by: { $0.count < $1.count }) {
    // What stands before the post is a name only if it begins like one: 赵六书记, but 市委书记.
    let rest = String(title.dropLast(post.count))
    let begins = rest.first.map { surnames.contains($0) } ?? false
    let isTitled = (2...4).contains(rest.count) && !postWords.contains { rest.hasSuffix($0) }
    return begins && isTitled || ["同志", "先生", "女士"].contains(post) && isTitled ? [rest] : []
  }
  // Behind the last post stands the name, or nothing of it is a post and all of it is one.
  var rest = Substring(title)
  while let post = postWords.compactMap({ rest.range(ofPost: $0) }).max(by: {
    $0.upperBound < $1.upperBound
  }) {
    rest = rest[post.upperBound...]
  }
  return (2...4).contains(rest.count) ? [String(rest)] : []
}

extension Substring {
  fileprivate func range(ofPost post: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(post) { return start..<index(start, offsetBy: post.count) }
      start = index(after: start)
    }
    return nil
  }
}

/// A name in Latin letters: two words or more, each with a capital letter, and none for an organ.
private func latinNames(in text: String) -> [String] {
  let words = text.split { $0.isWhitespace || ",;()".contains($0) }
  guard words.count > 1, text.utf8.allSatisfy({ $0 < 0x80 }),
    words.allSatisfy({ $0.first?.isUppercase ?? false })
  else { return [] }
  let organs = [
    "Commission", "Committee", "Secretary", "Office", "Bureau", "Party", "Group", "Department",
    "Director", "Branch", "Meeting", "Leader", "Head", "Chair", "County", "City", "Discipline",
  ]
  return words.contains { organs.contains(String($0)) } ? [] : [words.joined(separator: " ")]
}

// MARK: - Sentences

/// Words before which, and behind which, a name stands in a sentence.
private let before = [
  "由", "经", "请", "对", "与", "和", "及", "向", "同志", "书记", "主任", "长", "委员", "人", "干部",
]
private let behind = [
  "同志", "书记", "主任", "局长", "组长", "委员", "已", "因", "系", "于", "被", "经", "由", "拟", "将", "曾", "未", "不在",
  "不再", "另案",
  "同意", "批准", "负责", "说明", "签", "等", "的", "，", "。", "、", "；", "和", "与", "及",
]

/// Words that begin like a name and are none.
private let commonWords: Set = [
  "任务", "任职", "任免", "时间", "时限", "方案", "方面", "成员", "成果", "安排", "安全", "常委", "全部", "全体", "单位", "高度",
  "和解",
  "平时", "文件", "文书", "明确", "党组", "党委", "应当", "应由", "管理", "程序", "项目", "经济", "经过", "经查", "相关", "有关",
  "关于",
  "段时", "白天", "万元", "金额", "石油", "水利", "田地", "江河", "包括", "许可", "查证", "查明", "计划", "谈话", "申诉", "申请",
  "余下",
  "简要", "鉴于", "须由", "路线", "游客", "车辆", "伍人", "严重", "毛病", "易地", "左右", "支部", "纪委", "纪律", "施工", "施行",
  "强制",
  "解决", "解释", "温度", "习惯", "古迹", "沙石", "柏油", "章程", "郑重", "梁柱", "马上", "黄金", "汤水", "何时", "何人", "向上",
  "向党",
]

private func namesInSentence(_ text: String) -> [String] {
  let characters = Array(text)
  var names: [String] = []
  var index = 0
  while index < characters.count {
    defer { index += 1 }
    guard surnames.contains(characters[index]) else { continue }
    let head = String(characters[..<index])
    let isBounded =
      index == 0 || !String(characters[index - 1]).isIdeographs
      || before.contains(where: head.hasSuffix)
    guard isBounded else { continue }
    for length in 2...3 where index + length <= characters.count {
      let name = String(characters[index..<index + length])
      let rest = String(characters[(index + length)...].prefix(2))
      guard name.isIdeographs, !commonWords.contains(String(name.prefix(2))),
        rest.isEmpty || behind.contains(where: rest.hasPrefix)
      else { continue }
      names.append(name)
      break
    }
  }
  return names
}

/// Usual surnames, and those of which names for examples are made.
private let surnames: Set<Character> = Set(
  """
  王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱\
  侯江尹薛闫雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤康易乔赖文施洪季欧安梅章葛邢路庞鲁倪颜阎毕柳聂齐申殷左柯温祝管詹焦翟霍项俞阮辛符岳柴包耿纪尚\
  苗牛涂谷欧时祁凌鲍迟甘解庄骆舒裴窦卜匡储景褚车岑臧柏关冉邸费粟桑成党卓游麻
  """)
