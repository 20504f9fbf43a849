import WenzeModel
import WenzeSyntax

/// What an expression can see where it stands.
struct TermScope {
  var site: DeclarationSite
  /// The record whose fields are names; nil where there is none.
  var record: Int?
  /// Variables, and the arguments of a definition, by name.
  var bindings: [String: Term] = [:]
  /// The slot of the next variable.
  var nextSlot = 0
  /// Whether `否则` may stand here: only in as-of dates, since it asks what is known.
  var allowsElse = false
  /// Whether problems were told already, where the definition stands.
  var isSilent = false
  /// What the functions that summarise are over.
  var level = Level.document
  /// The definitions that are being put in place of their names.
  var expanding: [Int] = []

  enum Level {
    /// The lists of a document.
    case document
    /// The elements of a group.
    case group
    /// The lists of a document, beside the figures of its group.
    case each
  }

  init(site: DeclarationSite, record: Int?) {
    self.site = site
    self.record = record
  }

  func origin(_ range: SourceRange) -> Origin {
    Origin(source: site.source, range: range)
  }

  /// Makes a variable, and gives back its slot.
  mutating func bind(_ variable: Identifier, to type: ValueType) -> Int {
    let slot = nextSlot
    nextSlot += 1
    bindings[variable.text] = Term(.variable(slot), type, at: origin(variable.range))
    return slot
  }
}

extension RuleSetBuilder {
  mutating func report(_ diagnostic: Diagnostic, in scope: TermScope) {
    if !scope.isSilent { report(diagnostic, in: scope.site.source) }
  }

  /// Reports a term of another type.
  mutating func require(_ wanted: ValueType, of term: Term, in scope: TermScope) {
    guard !term.type.agrees(with: wanted) else { return }
    report(
      .typeMismatch(
        found: text(of: term.type), wanted: text(of: wanted), at: term.origin.range), in: scope)
  }

  /// A term for something that was reported.
  func unknownTerm(at range: SourceRange, in scope: TermScope) -> Term {
    Term(.constant(.unknown), .unknown, at: scope.origin(range))
  }
}

extension Diagnostic {
  static func typeMismatch(found: Bilingual, wanted: Bilingual, at range: SourceRange) -> Self {
    Diagnostic(
      "E0320", .error,
      Bilingual(
        "这里要“\(wanted.chinese)”，却是“\(found.chinese)”",
        "expected `\(wanted.english)`, found `\(found.english)`"), at: range)
  }
}
