import WenzeSyntax

extension RuleSet {
  /// What a value of a type looks like, for people who write one.
  func describe(_ type: ValueType) -> Bilingual {
    switch type {
    case .boolean: Bilingual("是或否", "yes or no")
    case .text: Bilingual("文本", "a text")
    case .integer: Bilingual("整数", "an integer")
    case .decimal: Bilingual("数", "a number")
    case .date: Bilingual("日期，如 2023-05-12", "a date such as 2023-05-12")
    case .duration: Bilingual("期限，如 1个月", "a duration such as `1 month`")
    case .enumeration(let index):
      Bilingual(
        "“\(enums[index].name.chinese)”的值",
        "a value of `\(enums[index].name.english)`")
    case .record(let index):
      Bilingual(
        "“\(records[index].name.chinese)”的各项字段（对象）",
        "an object with the fields of `\(records[index].name.english)`")
    case .list(let element):
      Bilingual(
        "列表，每项是\(describe(element).chinese)", "a list, each of \(describe(element).english)")
    case .nothing, .unknown: Bilingual("值", "a value")
    }
  }
}
