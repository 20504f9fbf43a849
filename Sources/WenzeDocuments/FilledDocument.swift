package import WenzeSyntax

/// A template that was checked, ready to be filled.
package struct DocumentFiller {
  private enum Template {
    case page(CheckedTemplate)
    case word(WordTemplate)
  }

  private let template: Template

  /// Checks a template against what it will be filled with, or what has the same names.
  ///
  /// A page may name other templates, which it asks for by their names.
  package init(
    _ template: DocumentTemplate, data: TemplateValue,
    partial: @escaping (String) -> Source? = { _ in nil }
  ) throws(TemplateProblems) {
    switch template.format {
    case .html:
      self.template = .page(
        try PageTemplate(template.pageSource, partial: partial).checked(with: data))
    case .docx:
      self.template = .word(
        try WordTemplate(template.bytes, path: template.path, data: data))
    }
  }

  /// The document.
  package func document(filledWith data: TemplateValue) throws(TemplateProblems) -> [UInt8] {
    switch template {
    case .page(let template): Array(template.text(filledWith: data).utf8)
    case .word(let template): try template.document(filledWith: data)
    }
  }
}

extension DocumentTemplate {
  /// The text of a template of a page.
  package var pageSource: Source {
    // What Windows editors put before a text is no part of it.
    let hasMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
    return Source(
      path: path, text: String(decoding: bytes.dropFirst(hasMark ? 3 : 0), as: UTF8.self))
  }
}
