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
        "输出文书的 JSON Schema；--csv、--xlsx 输出只有表头的台账。",
        "Prints the JSON Schema of documents; --csv or --xlsx an empty ledger with headers."),
      discussion: say(
        "例：wenze schema > wenze.schema.json    wenze schema --csv 案件 > 台账.csv    wenze schema --xlsx --output 台账.xlsx",
        "Example: wenze schema > wenze.schema.json    wenze schema --csv case > ledger.csv    wenze schema --xlsx --output ledger.xlsx"
      ))
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

  @Flag(
    help: ArgumentHelp(
      say(
        "台账的表头（Excel 工作簿），可选值做成下拉列表，写入 --output",
        "The header of a ledger as a workbook, with lists to choose from; goes to --output.")))
  var xlsx = false

  @OptionGroup var rules: RuleOptions

  @Option(help: ArgumentHelp(say("写入文件，不写到屏幕", "Write to a file instead."), valueName: "file"))
  var output: String?

  func validate() throws {
    if csv, xlsx {
      throw ValidationError(
        say("--csv 和 --xlsx 选一个", "--csv and --xlsx exclude one another"))
    }
    if xlsx, output == nil || output == "-" {
      throw ValidationError(OutputFormat.file(WorkbookFormat.self).needsFile)
    }
  }

  func run() throws {
    let loaded = rules.load(withTests: false)
    rules.complain(of: loaded)
    let ruleSet = loaded.ruleSet
    let dossiers = try dossiers(in: ruleSet)
    if xlsx {
      try writeWorkbook(of: dossiers, in: ruleSet)
      if !loaded.isSound { throw ExitCode(2) }
      return
    }
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

  private func writeWorkbook(of dossiers: [Int], in ruleSet: RuleSet) throws {
    let (mapping, dossier) = try mapping(of: dossiers, in: ruleSet)
    do {
      let bytes = try ruleSet.ledgerWorkbook(of: mapping, dossier: dossier, in: rules.language)
      let file = try OutputFile(path: output ?? "")
      try file.write(bytes)
      try OutputFile.commit([file])
    } catch let error as OutputError {
      Console.complain(say("错误：", "Error: ") + error.message[rules.language])
      throw ExitCode(2)
    } catch let error as FileFormatProblem {
      Console.complain(say("错误：", "Error: ") + error.message[rules.language])
      throw ExitCode(2)
    }
  }

  private func ledger(of dossiers: [Int], in ruleSet: RuleSet) throws -> String {
    let (mapping, dossier) = try mapping(of: dossiers, in: ruleSet)
    return ruleSet.ledgerHeader(of: mapping, dossier: dossier, in: rules.language)
  }

  /// The one dossier that is named, or the one that a ledger is read as, and how.
  private func mapping(
    of dossiers: [Int], in ruleSet: RuleSet
  ) throws -> (mapping: LedgerMapping, dossier: Int) {
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
    return (mapping, dossier)
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
