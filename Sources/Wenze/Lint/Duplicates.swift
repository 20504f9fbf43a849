import WenzeSemantics
import WenzeSyntax

/// Finds what is there twice though the language allows it: names of rules, titles of tests,
/// citations, members of sets, days of parameters.
func findDuplicates(in subject: LintSubject) -> [LintFinding] {
  subject.declarations.flatMap { source, declaration -> [LintFinding] in
    switch declaration {
    case .rule(let rule): repeated(rule.citations, source, subject)
    case .procedure(let rule): repeated(rule.citations, source, subject)
    case .aggregate(let rule): repeated(rule.frame.citations, source, subject)
    case .set(let set): repeated(set.members, source)
    case .parameter(let parameter): repeated(parameter.dated.map(\.from), source)
    default: []
    }
  } + sharedRuleNames(subject) + sharedTestTitles(subject)
}

/// Rules of different codes with one name, which readers of reports cannot tell apart.
private func sharedRuleNames(_ subject: LintSubject) -> [LintFinding] {
  var seen: [String: (code: String, source: Int, name: Identifier)] = [:]
  return subject.declarations.flatMap { source, declaration -> [LintFinding] in
    let code: Identifier
    let name: Name
    switch declaration {
    case .rule(let rule): (code, name) = (rule.code, rule.name)
    case .procedure(let rule): (code, name) = (rule.code, rule.name)
    case .aggregate(let rule): (code, name) = (rule.frame.code, rule.frame.name)
    default: return []
    }
    for identifier in name.identifiers {
      if let first = seen[identifier.text], first.code != code.text {
        return [
          LintFinding(
            .sharedRuleName(
              identifier, first.code, first: first.name.range,
              in: subject.path(of: first.source, seenFrom: source)), in: source)
        ]
      }
    }
    for identifier in name.identifiers where seen[identifier.text] == nil {
      seen[identifier.text] = (code.text, source, identifier)
    }
    return []
  }
}

private func sharedTestTitles(_ subject: LintSubject) -> [LintFinding] {
  var seen: [String: RuleTest] = [:]
  return subject.ruleSet.tests.compactMap { test in
    let key = "\(test.pack) \(test.title)"
    guard let first = seen[key] else {
      seen[key] = test
      return nil
    }
    return LintFinding(
      .repeated(
        "L0302",
        Bilingual(
          "同一包里有两个测试叫“\(test.title)”", "two tests of the pack have the title `\(test.title)`"),
        at: test.origin.range, first: first.origin.range,
        in: subject.path(of: first.origin.source, seenFrom: test.origin.source)),
      in: test.origin.source)
  }
}

private func repeated(
  _ citations: [CitationSyntax], _ source: Int, _ subject: LintSubject
) -> [LintFinding] {
  var law = ""
  var seen: [String: SourceRange] = [:]
  return citations.compactMap { citation in
    switch citation.law {
    case .name(let name): law = name.text
    case .title(let title, _): law = title
    case nil: break
    }
    let parts = [citation.article, citation.paragraph, citation.item].map { $0 ?? 0 }
    let key = "\(law) \(parts)"
    guard let first = seen.updateValue(citation.range, forKey: key) else { return nil }
    return LintFinding(
      .repeated(
        "L0303",
        Bilingual("同一条款引用了两次", "the same provision is cited twice"), at: citation.range,
        first: first), in: source)
  }
}

private func repeated(_ members: [Identifier], _ source: Int) -> [LintFinding] {
  var seen: [String: SourceRange] = [:]
  return members.compactMap { member in
    guard let first = seen.updateValue(member.range, forKey: member.text) else { return nil }
    return LintFinding(
      .repeated(
        "L0304",
        Bilingual("“\(member.text)”在集合里写了两次", "`\(member.text)` is in the set twice"),
        at: member.range, first: first), in: source)
  }
}

private func repeated(_ days: [LawDeclaration.DatedLiteral], _ source: Int) -> [LintFinding] {
  var seen: [String: SourceRange] = [:]
  return days.compactMap { day in
    guard let first = seen.updateValue(day.range, forKey: day.text) else { return nil }
    return LintFinding(
      .repeated(
        "L0305",
        Bilingual("参数自同一天起有两个值", "the parameter has two values from the same day"),
        at: day.range, first: first), in: source)
  }
}

extension Diagnostic {
  fileprivate static func repeated(
    _ code: String, _ message: Bilingual, at range: SourceRange, first: SourceRange,
    in path: String? = nil
  ) -> Self {
    Diagnostic(
      code, .warning, message, at: range,
      related: [Label(Bilingual("先前在这里", "first here"), at: first, in: path)],
      notes: [Bilingual("删去一个", "remove one of them")])
  }

  fileprivate static func sharedRuleName(
    _ name: Identifier, _ code: String, first: SourceRange, in path: String?
  ) -> Self {
    Diagnostic(
      "L0301", .warning,
      Bilingual(
        "规则“\(code)”也叫“\(name.text)”", "the rule `\(code)` has the name `\(name.text)` too"),
      at: name.range,
      related: [Label(Bilingual("先前在这里", "first here"), at: first, in: path)],
      notes: [Bilingual("报告里分不清两条规则：改一个名称", "reports cannot tell them apart: rename one")])
  }
}
