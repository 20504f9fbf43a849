package import WenzeAnalysis
import WenzeEngine
package import WenzeSemantics
package import WenzeSyntax

/// How many small mistakes in rule packs their tests notice, and which they do not.
package struct MutationReport: Sendable {
  let toolVersion: String
  let ruleSet: RuleSet
  let ruleDigest: String
  let results: [MutationRun.Result]

  package init(
    toolVersion: String, ruleSet: RuleSet, ruleDigest: String, results: [MutationRun.Result]
  ) {
    self.toolVersion = toolVersion
    self.ruleSet = ruleSet
    self.ruleDigest = ruleDigest
    self.results = results
  }

  /// How many mutants were noticed, how many were not, and how many say the same as the packs.
  package struct Score: Hashable, Sendable {
    package var killed = 0
    package var survived = 0
    package var equivalent = 0

    /// Those that were noticed among those that can be.
    package var share: Share { Share(reached: killed, possible: killed + survived) }

    fileprivate mutating func add(_ fate: MutationRun.Fate) {
      switch fate {
      case .killed: killed += 1
      case .survived: survived += 1
      case .equivalent: equivalent += 1
      }
    }
  }

  package var score: Score { score { _ in true } }

  private func score(where isCounted: (Mutant) -> Bool) -> Score {
    var score = Score()
    for result in results where isCounted(result.mutant) { score.add(result.fate) }
    return score
  }

  /// The packs of which something was changed, with their scores.
  private var packs: [(pack: Pack, score: Score)] {
    ruleSet.packs.compactMap { pack in
      let score = score { pack.sources.contains($0.origin.source) }
      return score == Score() ? nil : (pack, score)
    }
  }
}

// MARK: - Text

extension MutationReport {
  /// Each mutant that was not noticed with its place and a test that would notice it, a table of the
  /// packs, and a summary.
  package func text(
    in language: Language, isColored: Bool, width: Int?, isQuiet: Bool = false
  ) -> String {
    let renderer = DiagnosticRenderer(language: language, color: isColored, width: width ?? 100)
    let survivors = isQuiet ? [] : results.compactMap(diagnostic)
    let texts = problemTexts(of: survivors, sources: ruleSet.sources, renderer)
    let next = Bilingual(
      "每份所示的测试：对照法规看结论对不对，对的改个名称，写进规则包",
      "of each test that is shown, see whether the law says so too; if it does, name it and put it into the pack"
    )
    let tail = [table(in: language), summary[language], survivors.isEmpty ? "" : next[language]]
    return (texts + tail.filter { !$0.isEmpty }).map { $0 + "\n" }.joined()
  }

  private func diagnostic(of result: MutationRun.Result) -> LocatedDiagnostic? {
    guard case .survived(let killer) = result.fate else { return nil }
    let (mutant, origin) = (result.mutant, result.mutant.origin)
    let codes = mutant.codes.sorted()
    let shown = codes.prefix(6).joined(separator: ", ") + (codes.count > 6 ? " …" : "")
    var diagnostic = Diagnostic(
      "T0101", .warning,
      Bilingual(
        "没有测试发现\(shown)的改动：\(mutant.change.chinese)",
        "no test notices a change of \(shown): \(mutant.change.english)"),
      at: origin.range,
      label: Bilingual(mutant.kind.name.chinese, mutant.kind.name.english))
    if let killer {
      let test = killer.test.split(separator: "\n").joined(separator: "\n")
      diagnostic.notes = [
        Bilingual(
          "\(killer.code)应为\(killer.verdict.name.chinese)，改动后变为\(killer.mutantVerdict.name.chinese)，例如：\n\(test)",
          "\(killer.code) is \(killer.verdict.name.english), and \(killer.mutantVerdict.name.english) after the change, for example:\n\(test)"
        )
      ]
    } else {
      diagnostic.notes = [
        Bilingual(
          "没有找到能够区分的案卷，可能改与不改结论都一样：看看这一处是不是多余",
          "no case was found that tells the two apart, and they may say the same of every case: see whether the rule needs this place"
        )
      ]
    }
    return LocatedDiagnostic(path: ruleSet.sources[origin.source].path, diagnostic)
  }

  private func table(in language: Language) -> String {
    let head = [
      Bilingual("规则包", "pack"), Bilingual("改动", "mutants"), Bilingual("发现", "noticed"),
      Bilingual("未发现", "not noticed"), Bilingual("等价", "equivalent"),
      Bilingual("发现率", "score"),
    ].map { $0[language] }
    let rows = packs.map { pack, score in
      [
        pack.name[language], "\(score.killed + score.survived + score.equivalent)",
        "\(score.killed)", "\(score.survived)", "\(score.equivalent)", score.share.percent + "%",
      ]
    }
    return rows.count > 1 ? alignedTable([head] + rows) : ""
  }

  private var summary: Bilingual {
    let score = score
    let total = score.killed + score.survived + score.equivalent
    let counted = score.equivalent > 0
    return Bilingual(
      "改动\(total)处：测试发现\(score.killed)处，没有发现\(score.survived)处，发现率\(score.share.percent)%"
        + (counted ? "；\(score.equivalent)处已证明不改变任何结论，不计" : ""),
      "\(total) mutant\(total == 1 ? "" : "s"): \(score.killed) noticed, \(score.survived) not, \(score.share.percent)%"
        + (counted
          ? "; \(score.equivalent) proved to change no verdict, which \(score.equivalent == 1 ? "does" : "do") not count"
          : ""))
  }
}

// MARK: - JSON

extension MutationReport {
  /// The same as JSON, schema version 1.
  package var json: String {
    let value: JSONValue = [
      "schema": 1,
      "tool": ["name": "wenze", "version": .text(toolVersion)],
      "rules": ["digest": .text(ruleDigest)],
      "score": json(of: score),
      "packs": .array(
        packs.map { ["name": .text($0.pack.name.chinese), "score": json(of: $0.score)] }),
      "survivors": .array(
        results.compactMap { result in
          guard case .survived(let killer) = result.fate else { return nil }
          return json(of: result.mutant, killer)
        }),
    ]
    return value.text
  }

  private func json(of score: Score) -> JSONValue {
    [
      "killed": .integer(score.killed), "survived": .integer(score.survived),
      "equivalent": .integer(score.equivalent), "percent": .written(score.share.percent),
    ]
  }

  private func json(of mutant: Mutant, _ killer: KillingCase?) -> JSONValue {
    let source = ruleSet.sources[mutant.origin.source]
    let place = source.place(at: mutant.origin.range.start)
    var fields: [(String, JSONValue)] = [
      ("path", .text(source.path)), ("line", .integer(place.line)),
      ("column", .integer(place.column)), ("kind", .text(mutant.kind.rawValue)),
      ("change", ["zh": .text(mutant.change.chinese), "en": .text(mutant.change.english)]),
      ("rules", .array(mutant.codes.sorted().map { .text($0) })),
    ]
    if let killer {
      fields.append(
        (
          "case",
          [
            "rule": .text(killer.code), "verdict": .text(killer.verdict.rawValue),
            "mutant_verdict": .text(killer.mutantVerdict.rawValue), "test": .text(killer.test),
          ]
        ))
    }
    return .object(fields)
  }
}
