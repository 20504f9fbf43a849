import ArgumentParser
import Wenze
import WenzeModel
import WenzeReport
import WenzeSemantics
import WenzeSyntax

/// The command `wenze schema`.
struct SchemaCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "schema",
      abstract: say(
        "输出文书的 JSON Schema；--csv 输出只有表头的台账。",
        "Prints the JSON Schema of documents; --csv an empty ledger with headers."),
      discussion: say(
        "例：wenze schema > wenze.schema.json    wenze schema --csv 案件 > 台账.csv",
        "Example: wenze schema > wenze.schema.json    wenze schema --csv case > ledger.csv"))
  }

  @ArgumentParser.Argument(
    help: ArgumentHelp(
      say("只要这些档案（名称），如 案件", "Only these dossiers, by name, such as case."),
      valueName: "dossier"))
  var names: [String] = []

  @Flag(
    help: ArgumentHelp(
      say("台账的表头（CSV），一列一个字段", "The header of a ledger (CSV), a column a field.")))
  var csv = false

  @OptionGroup var rules: RuleOptions

  @Option(help: ArgumentHelp(say("写入文件，不写到屏幕", "Write to a file instead."), valueName: "file"))
  var output: String?

  func run() throws {
    let loaded = rules.load(withTests: false)
    rules.complain(of: loaded)
    let ruleSet = loaded.ruleSet
    let dossiers = try dossiers(in: ruleSet)
    let text =
      csv
      ? try ledger(of: dossiers, in: ruleSet)
      : DocumentSchema(ruleSet: ruleSet, language: rules.language, dossiers: dossiers).json.text
    if let output {
      do throws(OutputError) {
        try writeFile(text, to: output)
      } catch {
        Console.complain(say("错误：", "Error: ") + error.message[rules.language])
        throw ExitCode(2)
      }
    } else {
      Console.write(text)
    }
    if !loaded.isSound { throw ExitCode(2) }
  }

  /// The header of the one dossier that is named, or of the one that a ledger is read as.
  private func ledger(of dossiers: [Int], in ruleSet: RuleSet) throws -> String {
    let mapped = dossiers.filter { dossier in
      ruleSet.mappings.contains { $0.dossier == ruleSet.records[dossier].name }
    }
    guard let dossier = names.isEmpty ? ruleSet.preferredDossier(among: mapped) : mapped.first,
      let mapping = ruleSet.mappings.first(where: { $0.dossier == ruleSet.records[dossier].name }),
      names.count < 2
    else {
      let known = ruleSet.mappings.map { $0.dossier[rules.language] }
      throw Refusal(
        say(
          "台账一次一种档案，有映射的是：" + known.joined(separator: "、"),
          "a ledger is of one dossier; these have a mapping: " + known.joined(separator: ", ")))
    }
    return ruleSet.ledgerHeader(of: mapping, dossier: dossier, in: rules.language)
  }

  /// The numbers of the dossiers that are named; all of them if none is.
  private func dossiers(in ruleSet: RuleSet) throws -> [Int] {
    guard !names.isEmpty else { return ruleSet.dossiers }
    return try names.map { try ruleSet.dossierNumber(named: $0) }
  }
}

extension RuleSet {
  /// The number of a dossier; refused where there is none of the name.
  func dossierNumber(named name: String) throws -> Int {
    if let number = dossier(named: name) { return number }
    let known = dossiers.flatMap { [records[$0].name.chinese, records[$0].name.english] }
    let hint = nearest(to: name, among: known)
    throw Refusal(
      say(
        "没有名为“\(name)”的档案"
          + (hint.map { "，是不是“\($0)”？" } ?? "；有：" + known.joined(separator: "、")),
        "there is no dossier `\(name)`"
          + (hint.map { "; did you mean `\($0)`?" } ?? "; there are "
            + known.joined(separator: ", "))
      ))
  }
}
