import WenzeSemantics
import WenzeSyntax

/// Finds names of mixed scripts, and names and codes with full-width letters or digits.
func findStrangeNames(in subject: LintSubject) -> [LintFinding] {
  subject.declarations.flatMap { source, declaration -> [LintFinding] in
    var found: [Diagnostic] = []
    if let code = declaration.code {
      found += fullWidth(in: code, of: subject.ruleSet.sources[source], isCode: true)
      found += mixedScripts(in: code)
    }
    for identifier in declaration.names.flatMap(\.identifiers) {
      found += fullWidth(in: identifier, of: subject.ruleSet.sources[source], isCode: false)
      found += mixedScripts(in: identifier)
    }
    return found.map { LintFinding($0, in: source) }
  }
}

/// The parser folds digits, so that the source is looked at.
private func fullWidth(in name: Identifier, of source: Source, isCode: Bool) -> [Diagnostic] {
  let written = String(source.text(in: name.range))
  return written.hasFullWidth ? [.fullWidth(written, at: name.range, isCode: isCode)] : []
}

private func mixedScripts(in name: Identifier) -> [Diagnostic] {
  guard name.mixesScripts else { return [] }
  return [.mixedScripts(name, name.scripts.sorted { $0.rawValue < $1.rawValue }.map(\.name))]
}

extension Identifier {
  fileprivate var scripts: Set<Script> { Set(text.unicodeScalars.compactMap(Script.init)) }

  /// Latin stands beside Chinese characters in many names; others only hide in them.
  var mixesScripts: Bool { scripts.count > 1 && !scripts.isSubset(of: [.latin, .han]) }
}

extension String {
  fileprivate var hasFullWidth: Bool {
    unicodeScalars.contains { scalar in
      switch scalar.value {
      case 0xFF10...0xFF19, 0xFF21...0xFF3A, 0xFF41...0xFF5A, 0xFF3F: true
      default: false
      }
    }
  }
}

/// The scripts whose letters are taken for each other.
private enum Script: Int, Hashable {
  case latin, greek, cyrillic, armenian, kana, hangul, han

  /// The script of a letter; nil for what belongs to all of them, and for rarer scripts.
  init?(_ scalar: Unicode.Scalar) {
    switch scalar.value {
    case 0x41...0x5A, 0x61...0x7A, 0xC0...0x24F, 0x1E00...0x1EFF, 0xFF21...0xFF3A, 0xFF41...0xFF5A:
      self = .latin
    case 0x370...0x3FF, 0x1F00...0x1FFF: self = .greek
    case 0x400...0x52F, 0x1C80...0x1C8F, 0x2DE0...0x2DFF, 0xA640...0xA69F: self = .cyrillic
    case 0x530...0x58F: self = .armenian
    case 0x3041...0x30FA, 0x30FD...0x30FF, 0xFF66...0xFF9D: self = .kana
    case 0x1100...0x11FF, 0x3131...0x318E, 0xAC00...0xD7A3: self = .hangul
    default:
      guard scalar.properties.isIdeographic else { return nil }
      self = .han
    }
  }

  var name: Bilingual {
    switch self {
    case .latin: Bilingual("拉丁字母", "Latin")
    case .greek: Bilingual("希腊字母", "Greek")
    case .cyrillic: Bilingual("西里尔字母", "Cyrillic")
    case .armenian: Bilingual("亚美尼亚字母", "Armenian")
    case .kana: Bilingual("假名", "Kana")
    case .hangul: Bilingual("谚文", "Hangul")
    case .han: Bilingual("汉字", "Chinese")
    }
  }
}

extension Diagnostic {
  fileprivate static func mixedScripts(_ name: Identifier, _ scripts: [Bilingual]) -> Self {
    let chinese = scripts.map(\.chinese).joined(separator: "、")
    let english = scripts.map(\.english).joined(separator: " and ")
    return Diagnostic(
      "L0704", .warning,
      Bilingual("“\(name.text)”混用了\(chinese)", "`\(name.text)` mixes \(english) letters"),
      at: name.range,
      notes: [
        Bilingual("看上去一样的字母并不是同一个", "letters that look alike are not the same")
      ])
  }

  fileprivate static func fullWidth(_ name: String, at range: SourceRange, isCode: Bool) -> Self {
    let plain = String(
      String.UnicodeScalarView(
        name.unicodeScalars.map { scalar in
          guard (0xFF01...0xFF5E).contains(scalar.value) else { return scalar }
          return Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar
        }))
    return Diagnostic(
      isCode ? "L0705" : "L0706", .warning,
      Bilingual(
        "\(isCode ? "代码" : "名称")“\(name)”里有全角字母或者数字",
        "the \(isCode ? "code" : "name") `\(name)` has full-width letters or digits"),
      at: range,
      fix: Fix(
        Bilingual("换成“\(plain)”", "replace it with `\(plain)`"), replacing: range, with: plain)
    )
  }
}
