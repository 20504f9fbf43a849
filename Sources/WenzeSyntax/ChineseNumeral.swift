/// A number up to 999 in Chinese numerals, as laws count their articles.
package func chineseNumeral(_ number: Int) -> String {
  let digits = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"]
  switch number {
  case 0..<10: return digits[number]
  case 10..<20: return "十" + (number % 10 == 0 ? "" : digits[number % 10])
  case 20..<100:
    return digits[number / 10] + "十" + (number % 10 == 0 ? "" : digits[number % 10])
  case 100..<1000:
    let rest = number % 100
    let tail =
      switch rest {
      case 0: ""
      case ..<10: "零" + digits[rest]
      case ..<20: "一" + chineseNumeral(rest)
      default: chineseNumeral(rest)
      }
    return digits[number / 100] + "百" + tail
  default: return String(number)
  }
}
