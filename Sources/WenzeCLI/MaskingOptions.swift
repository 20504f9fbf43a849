import ArgumentParser
import WenzeEngine
import WenzeReport
import WenzeSyntax

/// For whom the output of a command is made.
struct MaskingOptions: ParsableArguments {
  @Option(
    name: .customLong("profile"),
    help: ArgumentHelp(
      say(
        "给谁看：internal 显示人名，号码留末四位；submit 遮盖人名和号码（默认）；public 另略去文书、文字和不足五件的组",
        "For whom: internal shows names, and the last four digits of numbers; submit masks both (default); public leaves out documents, texts and groups under five too."
      ),
      valueName: "internal|submit|public"))
  var chosenProfile: MaskingProfile?

  @Flag(
    name: .customLong("show-names"),
    help: ArgumentHelp(
      say("显示人名，不作遮盖，同 --profile internal", "Show the names of persons: --profile internal.")))
  var showsNames = false

  func validate() throws {
    if showsNames, let chosenProfile, chosenProfile != .internal {
      throw ValidationError(
        say(
          "--show-names 和 --profile \(chosenProfile.rawValue) 不能一起用",
          "--show-names contradicts --profile \(chosenProfile.rawValue)"))
    }
  }

  var profile: MaskingProfile { chosenProfile ?? (showsNames ? .internal : .submit) }

  /// The first option that is given, if any is.
  var firstGiven: String? {
    if chosenProfile != nil { return "--profile" }
    return showsNames ? "--show-names" : nil
  }
}

extension MaskingProfile: ExpressibleByArgument {}

extension MaskingProfile {
  /// Refuses a page where nothing may be told of single documents and small groups: it draws them.
  func refusePages(among formats: [String]) throws {
    guard isPublic, formats.contains(HTMLFormat.name) else { return }
    throw Refusal(
      say(
        "网页画出各份文书和小组的件数，不能用 --profile public；请用 markdown、csv 或者 json",
        "a page draws documents and small groups: it cannot be --profile public; use markdown, csv or json"
      ))
  }
}
