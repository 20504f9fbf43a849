extension Archive {
  /// The schemes by which the bodies are assessed each year: a line each.
  ///
  /// Those of groups with a planted target count cases, and name how many.
  package static func schemes(_ options: ArchiveOptions) -> [UInt8] {
    let plan = Plan(options)
    var json = JSONBytes(capacity: plan.groups.count * 1024)
    for (index, group) in plan.groups.enumerated() {
      let body = plan.bodies.all[group.body]
      let target = group.planting?.pattern == .target ? group.planting?.target : nil
      var random = SplitMix64(seed: options.seed, index, -2)
      json.openObject()
      json.key("编号")
      json.openText()
      json.raw("合成-考核-B")
      json.digits(body.number, width: 3)
      json.raw("-")
      json.digits(group.year)
      json.closeText()
      json.member("卷宗完整", true)
      json.member("单位", body.name)
      json.member("单位类型", "机关")
      json.member("年度", group.year)
      json.key("指标")
      json.openList()
      var left = 100
      let indicators: [(StaticString, StaticString, StaticString)] = [
        ("党风廉政建设责任落实", "共性", "等级"), ("群众满意度", "共性", "二次量化"),
        ("问题线索按期办结率", "个性", "直接量化"), ("案件质量评查得分", "个性", "直接量化"),
        ("整改和回访完成率", "个性", "直接量化"),
      ]
      for (place, (name, kind, measurability)) in indicators.enumerated() {
        let isLast = place == indicators.count - 1
        let weight = isLast ? left - (target == nil ? 0 : 10) : random.within(10...20)
        left -= weight
        json.openObject()
        writeHead(place, name, kind, measurability, weight, &json)
        json.member("涉及问责数量", false)
        json.member("申报人", place < 2 ? "考核主体" : "考核对象")
        json.closeObject()
      }
      if let target {
        json.openObject()
        json.member("编号", "Z6")
        json.key("名称")
        json.openText()
        json.raw("全年问责")
        json.digits(target)
        json.raw("件")
        json.closeText()
        json.member("种类", "共性")
        json.member("量化", "直接量化")
        json.member("权重", 10)
        json.member("涉及问责数量", true)
        if let field = options.targetField {
          json.key(string: field)
          json.integer(target)
        }
        json.member("申报人", "考核主体")
        json.closeObject()
      }
      json.closeList()
      json.key("结果运用")
      json.openList()
      for use in ["评优评先", "干部任用", "责任追究"] as [StaticString] { json.text(use) }
      json.closeList()
      json.key("日期")
      json.openText()
      json.digits(group.year)
      json.raw("-01-")
      json.digits(random.within(5...28), width: 2)
      json.closeText()
      json.closeObject()
      json.endLine()
    }
    return json.bytes
  }

  private static func writeHead(
    _ place: Int, _ name: StaticString, _ kind: StaticString, _ measurability: StaticString,
    _ weight: Int, _ json: inout JSONBytes
  ) {
    json.key("编号")
    json.openText()
    json.raw("Z")
    json.digits(place + 1)
    json.closeText()
    json.member("名称", name)
    json.member("种类", kind)
    json.member("量化", measurability)
    json.member("权重", weight)
  }
}
