import ArgumentParser
import Wenze
import WenzeReport
import WenzeSemantics
import WenzeSyntax

/// The command `wenze new`.
struct NewCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "new",
      abstract: say(
        "开始新的：案件骨架，或者规则包。", "Starts something new: a case to fill in, or a rule pack."),
      discussion: say(
        "例：wenze new case 案件.wz    wenze new pack 本地规则 local_rules",
        "Example: wenze new case case.wz    wenze new pack 本地规则 local_rules"),
      subcommands: [NewCaseCommand.self, NewPackCommand.self])
  }
}

/// The command `wenze new case`.
struct NewCaseCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "case",
      abstract: say(
        "写一份待填的案件骨架：全部字段都列出，什么都不预先填。",
        "Writes a case to fill in: every field is listed, and nothing is filled in beforehand."))
  }

  @ArgumentParser.Argument(
    help: ArgumentHelp(
      say("写入的新文件；不写则输出到屏幕", "The new file; without it the screen."), valueName: "file"))
  var file: String?

  @Option(
    help: ArgumentHelp(
      say("哪种档案（名称），默认规则最多的一种", "Which dossier, by name. Default: that of most rules."),
      valueName: "dossier"))
  var dossier: String?

  @Option(
    help: ArgumentHelp(
      say("格式：wz、yaml、json，默认看文件名", "Format: wz, yaml, json; default by the file's name."),
      valueName: "format"))
  var format: DocumentSkeleton.Format?

  @OptionGroup var rules: RuleOptions

  func run() throws {
    let loaded = rules.load(withTests: false)
    rules.complain(of: loaded)
    let ruleSet = loaded.ruleSet
    let number: Int
    if let dossier {
      number = try ruleSet.dossierNumber(named: dossier)
    } else {
      guard let preferred = ruleSet.preferredDossier(among: ruleSet.dossiers) else {
        throw Refusal(say("规则包没有声明档案", "the packs declare no dossier"))
      }
      number = preferred
    }
    let text = DocumentSkeleton(ruleSet: ruleSet, dossier: number, language: rules.language)
      .text(in: format ?? formatOfFile)
    try told { () throws(OutputError) in
      if let file { try writeNewFile(text, to: file) } else { Console.write(text) }
    }
    if !loaded.isSound { throw ExitCode(2) }
  }

  private var formatOfFile: DocumentSkeleton.Format {
    let name = (file ?? "").lowercased()
    if name.hasSuffix(".json") { return .json }
    return name.hasSuffix(".yaml") || name.hasSuffix(".yml") ? .yaml : .wz
  }
}

extension DocumentSkeleton.Format: ExpressibleByArgument {}

/// The command `wenze new pack`.
struct NewPackCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "pack",
      abstract: say(
        "写一个最小的规则包：一条规则、三个测试，照着改。",
        "Writes a minimal rule pack to change: a rule and three tests."),
      discussion: say(
        "在当前文件夹里建立与规则包同名的文件夹。",
        "It makes a folder with the name of the pack in the current one."))
  }

  @ArgumentParser.Argument(
    help: ArgumentHelp(
      say("规则包的名称，如 本地规则", "The name of the pack, such as 本地规则 or local_rules."),
      valueName: "name"))
  var name: String

  @ArgumentParser.Argument(
    help: ArgumentHelp(
      say("英文名称，如 local_rules", "Its English name, such as local_rules."),
      valueName: "english"))
  var english: String?

  @OptionGroup var rules: RuleOptions

  func run() throws {
    let loaded = rules.load(withTests: false)
    rules.complain(of: loaded)
    guard loaded.isSound else { throw ExitCode(2) }
    let english = try englishName()
    let pack: PackSkeleton
    do throws(PackSkeletonError) {
      pack = try PackSkeleton(
        name: Bilingual(name, english), ruleSet: loaded.ruleSet, language: rules.language)
    } catch {
      throw Refusal(text(of: error))
    }
    let path = "\(name)/\(name).wz"
    try told { () throws(OutputError) in
      try makeNewFolder(name)
      try writeNewFile(pack.text, to: path)
    }
    Console.write(
      say(
        "写好了 \(path)。试：wenze test \(name) --rules \(name)    wenze lint \(name) --rules \(name)\n",
        "wrote \(path). Try: wenze test \(name) --rules \(name)    wenze lint \(name) --rules \(name)\n"
      ))
  }

  /// A name of ASCII letters is the same in both languages.
  private func englishName() throws -> String {
    if let english { return english }
    guard name.utf8.allSatisfy({ $0 < 0x80 }) else {
      throw Refusal(
        say(
          "请再给英文名称，如：wenze new pack \(name) local_rules",
          "give an English name too, such as: wenze new pack \(name) local_rules"))
    }
    return name
  }

  private func text(of error: PackSkeletonError) -> String {
    switch error {
    case .isTaken(let name):
      say("已经有规则包“\(name)”", "there is a pack `\(name)` already")
    case .isNoName(let name):
      say(
        "“\(name.chinese)”和“\(name.english)”不能都作名称：只用文字、数字和 _，不用关键字",
        "`\(name.chinese)` and `\(name.english)` cannot both be names: letters, digits and _, and no keyword"
      )
    case .noDossier:
      say("规则包没有声明带键和文本的档案", "the packs declare no dossier with a key and a text")
    }
  }
}

/// Ends with what kept a file from being written.
private func told(_ write: () throws(OutputError) -> Void) throws {
  do throws(OutputError) {
    try write()
  } catch {
    Console.complain(say("错误：", "Error: ") + error.message[Console.language])
    throw ExitCode(2)
  }
}
