package import WenzeSyntax

/// How the rules of one code differ between two rule sets.
package struct RuleChange: Hashable, Sendable {
  package var kind: Kind
  /// What of the rule itself is another, in the order in which a rule is read.
  package var parts: [Part] = []
  /// What it names and what is another by itself.
  package var causes: [Cause] = []
  /// Whether the documents that it is about have other fields or values.
  package var hasOtherFields = false

  package init(
    _ kind: Kind, parts: [Part] = [], causes: [Cause] = [], hasOtherFields: Bool = false
  ) {
    self.kind = kind
    self.parts = parts
    self.causes = causes
    self.hasOtherFields = hasOtherFields
  }

  package enum Kind: String, Hashable, Sendable {
    case added
    case removed
    case changed
    /// The rule is the same, and the documents that it is about have other fields or values.
    case schema
  }

  package enum Part: String, Hashable, Sendable, CaseIterable {
    case declarations
    case name
    case dossier
    case law
    case citations
    case date
    case scope
    case applies
    case exceptions
    case requirement
    case groups
    case severity
    case disabled
    case message
    case fix
    case documentation

    /// Whether a verdict may be another because of it.
    package var decides: Bool {
      switch self {
      case .name, .citations, .severity, .message, .fix, .documentation: false
      case .declarations, .dossier, .law, .date, .scope, .applies, .exceptions, .requirement,
        .groups, .disabled:
        true
      }
    }

    package var title: Bilingual {
      switch self {
      case .declarations: Bilingual("规则的条数", "number of declarations")
      case .name: Bilingual("名称", "name")
      case .dossier: Bilingual("档案", "dossier")
      case .law: Bilingual("法规", "law")
      case .citations: Bilingual("依据的条款", "cited provisions")
      case .date: Bilingual("时点", "as-of date")
      case .scope: Bilingual("对象范围", "what it is about")
      case .applies: Bilingual("适用条件", "conditions")
      case .exceptions: Bilingual("例外", "exceptions")
      case .requirement: Bilingual("要求", "requirement")
      case .groups: Bilingual("分组", "groups")
      case .severity: Bilingual("程度", "severity")
      case .disabled: Bilingual("停用", "disabled")
      case .message: Bilingual("问题的措辞", "message")
      case .fix: Bilingual("整改", "cure")
      case .documentation: Bilingual("说明", "documentation")
      }
    }
  }

  /// Something with a name.
  package struct Cause: Hashable, Sendable {
    package var kind: Kind
    package var name: Bilingual

    package init(_ kind: Kind, _ name: Bilingual) {
      self.kind = kind
      self.name = name
    }

    package enum Kind: String, Hashable, Sendable, CaseIterable {
      case law
      case parameter
      case table
      case list
      case definition

      var title: Bilingual {
        switch self {
        case .law: Bilingual("法规", "law")
        case .parameter: Bilingual("参数", "parameter")
        case .table: Bilingual("表", "table")
        case .list: Bilingual("清单", "list")
        case .definition: Bilingual("定义", "definition")
        }
      }
    }
  }

  /// Whether a verdict may be another.
  package var decides: Bool {
    kind != .changed || !causes.isEmpty || hasOtherFields || parts.contains(where: \.decides)
  }

  /// The change on one line: `要求；参数“上限”`.
  package func text(in language: Language) -> String {
    let isChinese = language == .chinese
    switch kind {
    case .added: return isChinese ? "新增的规则" : "rule added"
    case .removed: return isChinese ? "删去的规则" : "rule removed"
    case .schema: return isChinese ? "规则没有改，文书的字段改了" : "same rule, other fields of documents"
    case .changed: break
    }
    let named = causes.map { cause in
      cause.kind.title[language]
        + (isChinese ? "“\(cause.name.chinese)”" : " `\(cause.name.english)`")
    }
    var parts = self.parts.map { $0.title[language] } + named
    if hasOtherFields { parts.append(isChinese ? "文书的字段" : "fields of documents") }
    return isChinese
      ? "改了：" + parts.joined(separator: "、") : "changed: " + parts.joined(separator: ", ")
  }
}
