import Wenze
import WenzeEngine
import WenzeSemantics
import WenzeSyntax
import WenzeModel

let (ruleSet, diagnostics) = loadRules(RulePacks.builtIn.packs)
func place(_ path: String, _ offset: Int) -> String {
  guard let source = ruleSet.sources.first(where: { $0.path == path }) else { return path }
  let p = source.place(at: offset)
  return "\(path):\(p.line):\(p.column)"
}
for d in diagnostics {
  print("\(place(d.path, d.diagnostic.range?.start ?? 0)): \(d.diagnostic.severity) \(d.diagnostic.code) \(d.diagnostic.message.chinese)",
    d.diagnostic.fix.map { "→ \($0.replacement)" } ?? "", d.diagnostic.notes.map(\.chinese).joined(separator: " / "))
}
var passed = 0
var failed = 0
for test in ruleSet.tests {
  let outcome = ruleSet.run(test)
  if outcome.failures.isEmpty { passed += 1 } else {
    failed += 1
    for f in outcome.failures {
      let s = ruleSet.sources[f.origin.source]
      print("FAIL \(s.path):\(s.place(at: f.origin.range.start).line) \(test.title): \(f.message.chinese)")
    }
  }
}
print("\(passed) passed, \(failed) failed; \(ruleSet.rules.count) rules")
