import WenzeEngine
import WenzeModel
import WenzeSemantics
import WenzeSyntax

// Coverage in the format of LCOV's tracefiles, which editors and CI services read: see geninfo(1).

extension CoverageReport {
  /// A record for each file: rules are functions, outcomes are branches, and the lines are those on
  /// which rules, conditions and rows of tables begin.
  package var lcov: String {
    var files: [Int: FileRecord] = [:]
    for rule in coverage.rules {
      let line = place(of: rule.origin).line
      files[rule.origin.source, default: FileRecord()].add(
        rule, law: rule.law.map { ruleSet.laws[$0].name.english }, at: line)
    }
    for condition in coverage.conditions {
      files[condition.origin.source, default: FileRecord()].add(
        condition.possible.map { condition.reached[$0] ?? 0 }, asked: condition.tests,
        at: place(of: condition.origin).line)
    }
    for table in coverage.tables {
      for (row, tests) in zip(ruleSet.tables[table.number].rows, table.rows) {
        files[row.origin.source, default: FileRecord()].add(
          [], asked: tests, at: place(of: row.origin).line)
      }
    }
    return files.sorted { ruleSet.sources[$0.key].path < ruleSet.sources[$1.key].path }
      .map { $1.text(path: ruleSet.sources[$0].path) }.joined()
  }
}

/// What there is to tell of one file.
private struct FileRecord {
  /// The names of functions have to differ in a file.
  private var functions: [(line: Int, name: String, tests: Int)] = []
  /// How many tests asked what begins on a line.
  private var lines: [Int: Int] = [:]
  private var branches: [(line: Int, block: Int, branch: Int, tests: Int?)] = []
  private var blocks: [Int: Int] = [:]

  mutating func add(_ rule: RuleCoverage, law: String?, at line: Int) {
    var name = rule.code
    if functions.contains(where: { $0.name == name }) { name += "@" + (law ?? "\(line)") }
    if functions.contains(where: { $0.name == name }) { name += ":\(line)" }
    functions.append((line, name, rule.tests))
    add(rule.possible.map { rule.reached[$0] ?? 0 }, asked: rule.tests, at: line)
  }

  /// Adds something with outcomes: each of them is a branch, of one block.
  mutating func add(_ outcomes: [Int], asked tests: Int, at line: Int) {
    lines[line] = max(lines[line] ?? 0, tests)
    guard !outcomes.isEmpty else { return }
    let block = blocks[line, default: 0]
    blocks[line] = block + 1
    for (branch, times) in outcomes.enumerated() {
      // What was never asked has no branch that was not taken.
      branches.append((line, block, branch, tests == 0 ? nil : times))
    }
  }

  func text(path: String) -> String {
    var text = ["TN:", "SF:\(path)"]
    text += functions.map { "FN:\($0.line),\($0.name)" }
    text += functions.map { "FNDA:\($0.tests),\($0.name)" }
    text += ["FNF:\(functions.count)", "FNH:\(functions.count { $0.tests > 0 })"]
    let sorted = branches.sorted { ($0.line, $0.block, $0.branch) < ($1.line, $1.block, $1.branch) }
    text += sorted.map { branch in
      "BRDA:\(branch.line),\(branch.block),\(branch.branch),\(branch.tests.map { "\($0)" } ?? "-")"
    }
    text += ["BRF:\(branches.count)", "BRH:\(branches.count { ($0.tests ?? 0) > 0 })"]
    text += lines.sorted { $0.key < $1.key }.map { "DA:\($0),\($1)" }
    text += ["LF:\(lines.count)", "LH:\(lines.count { $0.value > 0 })", "end_of_record"]
    return text.map { $0 + "\n" }.joined()
  }
}
