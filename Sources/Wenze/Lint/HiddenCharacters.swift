import WenzeSemantics
import WenzeSyntax

/// Finds characters that show nothing and change what is read: controls of direction, and marks
/// without width, anywhere in a source, comments included.
///
/// There is one finding a line, since such characters come in pairs.
func findHiddenCharacters(in subject: LintSubject) -> [LintFinding] {
  subject.ruleSet.sources.enumerated().flatMap { number, source in
    source.firstOnEachLine { scalar, offset -> (Unicode.Scalar, HiddenCharacter)? in
      // A byte order mark is no fault.
      guard scalar.value >= 0xAD, !(offset == 0 && scalar == "\u{FEFF}") else { return nil }
      return HiddenCharacter(scalar).map { (scalar, $0) }
    }
    .map { LintFinding(.hiddenCharacter($0.found.0, $0.found.1, at: $0.range), in: number) }
  }
}

private enum HiddenCharacter {
  /// It changes the direction in which what follows is shown.
  case direction
  case invisible

  init?(_ scalar: Unicode.Scalar) {
    switch scalar.value {
    case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: self = .direction
    case 0xAD, 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B...0x180F, 0x200B...0x200D,
      0x2060...0x2064, 0x206A...0x206F, 0x3164, 0xFE00...0xFE0F, 0xFEFF, 0xFFA0,
      0xE0000...0xE0FFF:
      self = .invisible
    default: return nil
    }
  }
}

extension Diagnostic {
  fileprivate static func hiddenCharacter(
    _ scalar: Unicode.Scalar, _ kind: HiddenCharacter, at range: SourceRange
  ) -> Self {
    let name = scalar.codePoint
    return switch kind {
    case .direction:
      Diagnostic(
        "L0701", .error,
        Bilingual("这里有改变文字方向的控制符", "a character that changes the direction of text"), at: range,
        label: Bilingual(same: name),
        notes: [
          Bilingual(
            "后面的文字看上去与实际不同：删去它", "what follows looks other than it is: remove it")
        ], fix: Fix(Bilingual("删去", "remove it"), replacing: range, with: ""))
    case .invisible:
      Diagnostic(
        "L0702", .warning, Bilingual("这里有看不见的字符", "a character that cannot be seen"), at: range,
        label: Bilingual(same: name),
        fix: Fix(Bilingual("删去", "remove it"), replacing: range, with: ""))
    }
  }
}

extension Unicode.Scalar {
  /// The number as Unicode writes it, such as `U+202E`.
  var codePoint: String {
    let digits = String(value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
