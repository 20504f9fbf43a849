/// How a cell shows its number, as far as that changes what the number means.
package enum NumberFormat: Hashable, Sendable {
  /// As it is.
  case plain
  /// A date, or a time of day.
  case date(DateParts)
  /// A whole number with at least so many digits, and words around it: `"第"000"号"`.
  case digits(prefix: String, minimum: Int, suffix: String)

  /// What of a date is shown.
  package struct DateParts: OptionSet, Hashable, Sendable {
    package let rawValue: Int

    package init(rawValue: Int) {
      self.rawValue = rawValue
    }

    package static let year = DateParts(rawValue: 1)
    package static let month = DateParts(rawValue: 2)
    package static let day = DateParts(rawValue: 4)
    package static let time = DateParts(rawValue: 8)
    /// Hours, minutes or seconds that go on past a day.
    package static let elapsed = DateParts(rawValue: 16)
  }

  /// The format that a number stands for without a code in the file; those from 27 on are of
  /// Chinese spreadsheets.
  package init(builtIn number: Int) {
    switch number {
    case 14, 15, 30, 31: self = .date([.year, .month, .day])
    case 16, 28, 29, 51, 53, 54, 58: self = .date([.month, .day])
    case 17, 27, 36, 50, 52, 57: self = .date([.year, .month])
    case 18...21, 32...35, 45, 47, 55, 56: self = .date(.time)
    case 22: self = .date([.year, .month, .day, .time])
    case 46: self = .date([.time, .elapsed])
    default: self = .plain
    }
  }

  /// Reads a code such as `yyyy"年"m"月"d"日";@`, of which the first part is for most numbers.
  package init(code: String) {
    var tokens = Tokens(code)
    tokens.read()
    if tokens.isGeneral {
      self = .plain
    } else if !tokens.parts.isEmpty {
      self = .date(tokens.parts)
    } else if tokens.digits > 0, !tokens.isScaled,
      tokens.zeros > 1 || !(tokens.prefix + tokens.suffix).allSatisfy(\.isWhitespace)
    {
      self = .digits(prefix: tokens.prefix, minimum: tokens.zeros, suffix: tokens.suffix)
    } else {
      self = .plain
    }
  }
}

/// What stands in the first part of a code.
private struct Tokens {
  private(set) var parts: NumberFormat.DateParts = []
  private(set) var prefix = ""
  private(set) var suffix = ""
  private(set) var digits = 0
  private(set) var zeros = 0
  /// Whether more is done to the number than writing its digits.
  private(set) var isScaled = false
  private(set) var isGeneral = false
  private var rest: Substring
  private var hasTime = false
  /// The number of letters `m` whose meaning the next letter tells: of months, or of minutes.
  private var openMonths = false

  init(_ code: String) {
    rest = code[...]
  }

  mutating func read() {
    if rest.lowercased().hasPrefix("general") || rest.contains("G/通用格式") {
      isGeneral = true
      return
    }
    while let character = rest.popFirst() {
      switch character {
      case ";":
        close()
        return
      case "\"":
        let word = rest.prefix { $0 != "\"" }
        rest = rest[word.endIndex...].dropFirst()
        add(word)
      case "\\":
        if let next = rest.popFirst() { add("\(next)") }
      case "_", "*": _ = rest.popFirst()
      case "[": bracket()
      case "y", "Y", "e", "E", "b", "B", "g", "G": year(character)
      case "m", "M": month()
      case "d", "D": part(.day)
      case "h", "H": time()
      case "s", "S":
        openMonths = false
        time()
      case "a", "A": marker()
      case "0", "#", "?": digit(character)
      case "@": isGeneral = true
      case "%", ",", ".", "/": isScaled = isScaled || digits > 0
      default: add("\(character)")
      }
    }
    close()
  }

  private mutating func add(_ word: some StringProtocol) {
    if digits > 0 { suffix += word } else { prefix += word }
  }

  private mutating func digit(_ character: Character) {
    // Digits behind words behind digits are not one number any more.
    if digits > 0, !suffix.isEmpty { isScaled = true }
    digits += 1
    if character == "0" { zeros += 1 }
  }

  /// `[Red]`, `[>100]`, `[$-804]`, `[$￥-804]`, `[h]`.
  private mutating func bracket() {
    let word = rest.prefix { $0 != "]" }
    rest = rest[word.endIndex...].dropFirst()
    let letters = Set(word.lowercased())
    if letters == ["h"] || letters == ["m"] || letters == ["s"] {
      parts.formUnion([.time, .elapsed])
      hasTime = true
    } else if word.hasPrefix("$") {
      add(word.dropFirst().prefix { $0 != "-" })
    }
  }

  private mutating func year(_ character: Character) {
    // `E+` writes a number with a power of ten.
    if "eE".contains(character), let next = rest.first, "+-".contains(next) {
      isScaled = true
      rest.removeFirst()
      return
    }
    part(.year)
  }

  private mutating func part(_ new: NumberFormat.DateParts) {
    close()
    parts.insert(new)
    hasTime = false
  }

  /// Behind hours and before seconds, `m` is minutes.
  private mutating func month() {
    if hasTime { return }
    openMonths = true
  }

  private mutating func time() {
    close()
    parts.insert(.time)
    hasTime = true
  }

  private mutating func close() {
    if openMonths { parts.insert(.month) }
    openMonths = false
  }

  /// `AM/PM`, `A/P`, `上午/下午`, or `aaaa`, the day of the week.
  private mutating func marker() {
    let text = rest.lowercased()
    for word in ["m/pm", "/p"] where text.hasPrefix(word) {
      rest = rest.dropFirst(word.count)
      parts.insert(.time)
      return
    }
    rest = rest.drop { "aA".contains($0) }
  }
}
