import Mustache
package import WenzeSemantics
package import WenzeSyntax

/// Why a template cannot be used: what is wrong with it, and the texts in which that stands.
package struct TemplateProblems: Error, Sendable {
  package var problems: [LocatedDiagnostic]
  package var sources: [Source]

  package init(_ problems: [LocatedDiagnostic], sources: [Source]) {
    self.problems = problems
    self.sources = sources
  }
}

/// A template that was checked against what it is filled with.
struct CheckedTemplate {
  private let mustache: MustacheTemplate
  private let texts: [String]

  /// How values are written, so that nothing in them is markup or a tag.
  enum Escaping: String {
    case page = "WENZE-PAGE"
    case word = "WENZE-WORD"
  }

  init(
    _ tokens: [TemplateToken], sources: [Source], data: TemplateValue, _ escaping: Escaping
  ) throws(TemplateProblems) {
    var checker = TemplateChecker(sources: sources, data: data)
    checker.check(tokens)
    guard checker.problems.isEmpty else {
      throw TemplateProblems(checker.problems, sources: sources)
    }
    texts = checker.texts
    _ = Self.registered
    do {
      mustache = try MustacheTemplate(
        string: "{{% CONTENT_TYPE:\(escaping.rawValue)}}" + checker.mustache)
    } catch {
      // Whatever is left is the fault of no single tag.
      throw TemplateProblems(
        [LocatedDiagnostic(path: sources[0].path, .unreadable("\(error)"))], sources: sources)
    }
  }

  func text(filledWith data: TemplateValue) -> String {
    mustache.render(MustacheNode(data, texts: texts))
  }

  private static let registered: Void = {
    MustacheContentTypes.register(PageText(), named: Escaping.page.rawValue)
    MustacheContentTypes.register(WordText(), named: Escaping.word.rawValue)
  }()
}

/// Text as pages hold it.
private struct PageText: MustacheContentType {
  func escapeText(_ text: String) -> String { escapedMarkup(text) }
}

/// Text as documents of Word hold it in a run, whose lines are broken by an element.
private struct WordText: MustacheContentType {
  func escapeText(_ text: String) -> String {
    let escaped = escapedMarkup(text)
    guard escaped.utf8.contains(UInt8(ascii: "\n")) else { return escaped }
    return escaped.split(separator: "\n", omittingEmptySubsequences: false)
      .joined(separator: #"</w:t><w:br/><w:t xml:space="preserve">"#)
  }
}

extension Diagnostic {
  fileprivate static func unreadable(_ reason: String) -> Self {
    Diagnostic(
      "T0218", .error,
      Bilingual("模板无法使用：\(reason)", "the template cannot be used: \(reason)"), at: nil,
      notes: [
        Bilingual(
          "用 wenze draft 名称 --write-template 重新写出模板，再作修改",
          "write the template anew with wenze draft NAME --write-template, and change that")
      ])
  }
}
