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
  /// Refuses the page of a check, which is about single documents.
  func refusePages(among formats: [String]) throws {
    guard isPublic, formats.contains(HTMLFormat.name) else { return }
    throw Refusal(
      say(
        "check 的网页画的是各份文书的时间线和事实，去掉这些就没有内容，留下就看得出是谁，不能用 --profile public；公开请用 wenze audit 路径 --profile public --report html=文件",
        "the page of a check draws the timeline and the facts of each document: without them it is empty, and with them it tells whom it is about; it cannot be --profile public. To publish, use wenze audit PATH --profile public --report html=FILE"
      ))
  }
}
