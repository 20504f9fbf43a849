import WenzeEngine
import WenzeSemantics
import WenzeSyntax

/// Commands to the runner of GitHub Actions, which shows each as an annotation beside its line.
package struct GitHubFormat: ReportFormat {
  package static let name = "github"
  private let context: ReportContext

  package init(_ context: ReportContext) {
    self.context = context
  }

  package func text(of finding: ReportedFinding) -> String? {
    let command: String
    switch finding.verdict {
    case .violation where finding.waiver == nil:
      command = self.command(context.rule(of: finding).severity.name.english)
    case .violation, .undetermined: command = "notice"
    case .compliant, .notApplicable: return nil
    }
    var text = context.message(of: finding)
    for detail in context.details(of: finding) {
      text += "\n" + detail.title + context.say("：", ": ") + detail.text
    }
    return line(
      command, path: finding.place?.path, line: finding.place?.line, column: finding.place?.column,
      title: context.title(of: finding), text)
  }

  package func text(of problem: ReportedProblem) -> String? {
    var text = problem.message[context.language]
    if let help = problem.help { text += "\n" + help[context.language] }
    return line(
      command(problem.severity), path: problem.path, line: problem.line, column: problem.column,
      title: problem.code, text)
  }

  private func command(_ severity: String) -> String {
    severity == "note" ? "notice" : severity
  }

  private func line(
    _ command: String, path: String?, line: Int?, column: Int?, title: String, _ text: String
  ) -> String {
    var properties: [String] = []
    if let path { properties.append("file=" + property(relative(path))) }
    if let line { properties.append("line=\(line)") }
    if let column { properties.append("col=\(column)") }
    properties.append("title=" + property(title))
    return "::\(command) \(properties.joined(separator: ","))::\(escaped(text))\n"
  }

  private func property(_ text: String) -> String {
    escaped(text).replacing(":", with: "%3A").replacing(",", with: "%2C")
  }

  /// A line break would end the command, and what follows could be another one.
  private func escaped(_ text: String) -> String {
    shown(text).replacing("%", with: "%25").replacing("\n", with: "%0A")
  }
}

/// A path without the steps that lead nowhere, as CI services compare paths.
func relative(_ path: String) -> String {
  var path = Substring(path)
  while path.hasPrefix("./") { path = path.dropFirst(2).drop { $0 == "/" } }
  return String(path)
}
