// How long the parts of a run take, on this machine and in this build.
//
// Usage: swift run -c release WenzeBenchmark [PART…], or archive FILE PACK JOBS, or
// columns FILE PACK JOBS, or read FILE…
//
// Prints the best of several runs of each part; benchmarks are read, never asserted.

import Wenze
import WenzeEngine
import WenzeInput
import WenzeModel
import WenzeReport
import WenzeSemantics
import WenzeSyntax

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

if CommandLine.arguments.dropFirst().first == "read" {
  for path in CommandLine.arguments.dropFirst(2) {
    var count = 0
    let time = try ContinuousClock().measure {
      try forEachBatch(path: path) { count += $0.documents.count }
    }
    print("read \(count) documents of \(path): \(time)")
  }
  exit(0)
}

if CommandLine.arguments.dropFirst().first == "archive" {
  await measureArchive(Array(CommandLine.arguments.dropFirst(2)))
  exit(0)
}

if CommandLine.arguments.dropFirst().first == "columns" {
  await measureColumns(Array(CommandLine.arguments.dropFirst(2)))
  exit(0)
}

/// The parts to measure, by the beginnings of their names; all of them if none is given.
let wanted = CommandLine.arguments.dropFirst()

/// Runs a body several times and prints the best time.
func measure(_ name: String, times: Int = 10, _ body: () -> Void) {
  guard wanted.isEmpty || wanted.contains(where: name.hasPrefix) else { return }
  let clock = ContinuousClock()
  let best = (0..<times).map { _ in clock.measure(body) }.min() ?? .zero
  print("\(name): \(best)")
}

let packs = RulePacks.builtInWithoutTests.packs
let files = packs.flatMap(\.files)
let bytes = files.reduce(0) { $0 + $1.utf8Count }
measure("parse the packs, \(bytes) bytes") {
  for file in files { _ = parse(file) }
}
measure("parse, check and lower the packs") { _ = loadRules(packs) }

let rules = LoadedRules()
let text = #"{"编号":"X","卷宗完整":true,"启动":{"主体":{"名称":"市委第三督导组","类型":"督导组"}}}"#
if let today = CalendarDate(year: 2026, month: 11, day: 21) {
  let run = CheckRun(rules: rules, options: CheckOptions(today: today))
  let options = ReportOptions(language: .chinese)
  measure("check one case") {
    _ = run.report(on: Source(path: "x.json", text: text), format: .json, options: options)
  }
  let many = "[" + Array(repeating: text, count: 1_000).joined(separator: ",") + "]"
  measure("check 1 000 cases, derivations included", times: 3) {
    _ = run.report(on: Source(path: "x.json", text: many), format: .json, options: options)
  }
}

if let today = CalendarDate(year: 2026, month: 11, day: 21) {
  let options = CheckOptions(today: today)
  let run = CheckRun(rules: rules, options: options)
  let report = run.report(
    on: ["fixtures/cases", "fixtures/dossiers"], options: ReportOptions(language: .chinese))
  let cases = report.files.flatMap(\.results).map(\.document)
  let documents = (0..<100).flatMap { _ in cases }
  print("\(documents.count) cases")
  let program = ColumnProgram.compiling(
    rules.ruleSet, dossier: documents[0].dossier, options: options)
  measure("compile for columns") {
    _ = ColumnProgram.compiling(rules.ruleSet, dossier: documents[0].dossier, options: options)
  }
  var batch = ColumnBatch(shape: program.shape)
  measure("append to columns", times: 3) {
    var other = ColumnBatch(shape: program.shape)
    for document in documents { other.append(document) }
    batch = other
  }
  measure("judge by columns", times: 40) { _ = program.judge(batch) }
  measure("judge by the interpreter", times: 1) {
    for document in documents { _ = rules.ruleSet.verdictCounts(of: document, today: today) }
  }
}
