import ArgumentParser
import WenzeInput
import WenzeSyntax

/// How much of an input is read before it is refused.
struct LimitOptions: ParsableArguments {
  @Option(
    name: .customLong("limit"),
    help: ArgumentHelp(
      say(
        "改读取上限：名称=数，可重复；名称有 \(names)，字节数可写 K、M、G",
        "Set a limit of reading: NAME=N; may be repeated. Names: \(names); bytes may end in K, M, G."
      ),
      valueName: "name=n"))
  var settings: [String] = []

  private static let names = ReadingLimits.Name.allCases.map(\.rawValue).joined(separator: ", ")

  func validate() throws {
    _ = try limits
  }

  /// The limits as they are set; those that are not keep their defaults.
  var limits: ReadingLimits {
    get throws {
      var limits = ReadingLimits()
      for setting in settings {
        let parts = setting.foldingFullWidth().split(separator: "=", maxSplits: 1)
        guard parts.count == 2, let name = ReadingLimits.Name(rawValue: String(parts[0])) else {
          throw ValidationError(
            say(
              "--limit 写作 名称=数，名称有 \(Self.names)，不是“\(setting)”",
              "--limit is NAME=N with a name of \(Self.names), not `\(setting)`"))
        }
        guard let value = number(parts[1]) else {
          throw ValidationError(
            say(
              "--limit \(parts[0]) 要一个大于零的整数，如 64 或者 2M，不是“\(parts[1])”",
              "--limit \(parts[0]) takes an integer above zero, such as 64 or 2M, not `\(parts[1])`"
            ))
        }
        limits[name] = value
      }
      return limits
    }
  }

  /// A positive number that may end in K, M or G.
  private func number(_ text: Substring) -> Int? {
    let shift: Int
    switch text.last {
    case "K", "k": shift = 10
    case "M", "m": shift = 20
    case "G", "g": shift = 30
    default: shift = 0
    }
    guard let value = Int(shift == 0 ? text : text.dropLast()), value > 0, value < 1 << 30 else {
      return nil
    }
    return value << shift
  }
}
