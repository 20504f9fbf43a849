/// Names of persons: as many as there are places in a long list, none of them somebody's.
struct Names: Sendable {
  static let surnames = Array(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫雷龙史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤"
  ).map { Array(String($0).utf8) }

  static let givenNames = Array(
    "安邦宝保北本斌彬滨炳博才昌长超朝诚承川春纯丛达大丹德登定东冬栋恩发帆凡方飞峰锋福富刚钢高歌根庚光广贵国海涵翰航豪浩和恒红宏虹洪厚华怀焕辉惠慧吉季佳嘉坚建健江杰金锦进京晶景静敬久军君钧俊凯康科可克坤兰乐磊礼力立利良亮林麟玲凌龙隆路伦满茂梅美孟民敏名明木乃南宁农培鹏平萍奇启千谦强勤青清庆琼秋全泉群仁荣容如瑞润森山善尚少胜盛诗石士世仕守书淑树顺思松涛腾天田铁廷通同万威为维伟卫文武西喜先贤祥翔向晓孝欣新信兴星雄秀旭学雪雅言岩彦扬阳业一义艺毅银英颖永勇友宇雨玉育元远月云"
  ).map { Array(String($0).utf8) }

  /// How many names there are.
  static let count = surnames.count * givenNames.count * (givenNames.count + 1)

  /// Writes the name of a place in the list; neighbours are far apart in it.
  static func write(_ place: Int, to json: inout JSONBytes) {
    // The prime 2³¹ − 1 divides no factor of the count: no name comes twice before all did.
    let spread = Int(UInt64(place % count) &* 2_147_483_647 % UInt64(count))
    json.raw(surnames[spread % surnames.count])
    let rest = spread / surnames.count
    json.raw(givenNames[rest % givenNames.count])
    let second = rest / givenNames.count
    if second < givenNames.count { json.raw(givenNames[second]) }
  }

  /// The name as text.
  static func text(_ place: Int) -> String {
    var json = JSONBytes(capacity: 16)
    write(place, to: &json)
    return String(decoding: json.bytes, as: UTF8.self)
  }
}
