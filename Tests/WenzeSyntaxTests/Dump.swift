import WenzeSyntax

/// Declarations as text, without their ranges, so that a test can compare and a reader read them.
struct Dump {
  /// Whether to show how things are called; without, two translations of a text look alike.
  var showsNames = true

  func text(of declarations: [Declaration]) -> String {
    declarations.map { lines(of: $0).joined(separator: "\n") }.joined(separator: "\n")
  }

  /// A value on one line if it is short, else with its parts on lines of their own.
  private func lines(of value: Any) -> [String] {
    if let atom = atom(value) { return [atom] }
    let mirror = Mirror(reflecting: value)
    switch mirror.displayStyle {
    case .optional:
      return mirror.children.first.map { lines(of: $0.value) } ?? ["-"]
    case .collection, .set:
      return wrapped("[", mirror.children.flatMap { lines(of: $0.value) }, "]")
    case .enum:
      guard let child = mirror.children.first else { return ["\(value)"] }
      let payload = Mirror(reflecting: child.value)
      // A payload with labels is a tuple of its own.
      let parts =
        payload.displayStyle == .tuple
        ? payload.children.flatMap { part(label: $0.label, $0.value) } : lines(of: child.value)
      return wrapped((child.label ?? "") + "(", parts, ")")
    default:
      let parts = mirror.children.flatMap { part(label: $0.label, $0.value) }
      return wrapped("(", parts, ")")
    }
  }

  private func part(label: String?, _ value: Any) -> [String] {
    let mirror = Mirror(reflecting: value)
    if value is SourceRange { return [] }
    if mirror.displayStyle == .optional, mirror.children.isEmpty { return [] }
    if mirror.displayStyle == .collection, mirror.children.isEmpty { return [] }
    if let flag = value as? Bool, !flag { return [] }
    var lines = lines(of: value)
    if let label, !label.hasPrefix(".") { lines[0] = "\(label): \(lines[0])" }
    return lines
  }

  private func wrapped(_ opening: String, _ parts: [String], _ closing: String) -> [String] {
    let line = opening + parts.joined(separator: ", ") + closing
    if line.count <= 80, parts.allSatisfy({ !$0.hasPrefix(" ") }) { return [line] }
    return [opening] + parts.map { "  " + $0 } + [closing]
  }

  private func atom(_ value: Any) -> String? {
    switch value {
    case let identifier as Identifier: name(identifier)
    case let name as Name:
      name.identifiers.map { self.name($0) }.joined(separator: "/")
    case let words as Words:
      words.second.map { "\(quoted(words.first.value))/\(quoted($0.value))" }
        ?? quoted(words.first.value)
    case let literal as TextLiteral: quoted(literal.value)
    case let expression as Expression: self.text(of: expression)
    case let value as ValueSyntax: self.text(of: value)
    case let field as FieldSyntax: self.text(of: field)
    case let path as PathSyntax: self.text(of: path)
    case let date as LawDeclaration.DatedLiteral: date.text
    case let text as String: quoted(text)
    case let number as Int: "\(number)"
    case let flag as Bool: "\(flag)"
    default: nil
    }
  }

  private func name(_ identifier: Identifier) -> String {
    showsNames ? (identifier.text.isEmpty ? "∅" : identifier.text) : "_"
  }

  private func quoted(_ text: String) -> String {
    "“" + displayed(text.replacing("\n", with: "⏎")) + "”"
  }
}

extension Dump {
  /// An expression with every grouping in parentheses.
  func text(of expression: Expression) -> String {
    switch expression.kind {
    case .literal(let literal):
      literal.kind == .text ? quoted(literal.text) : "\(kind(literal)):\(literal.text)"
    case .name(let identifier): name(identifier)
    case .member(let base, let field): "\(text(of: base)).\(name(field))"
    case .lookup(let table, let arguments): "\(name(table))[\(list(arguments))]"
    case .call(let function, .list(let arguments)):
      "\(self.function(function))(\(list(arguments)))"
    case .call(let function, .comprehension(let binder, let condition, let result)):
      "\(self.function(function))(\(text(of: binder))"
        + (condition.map { " where \(text(of: $0))" } ?? "")
        + (result.map { " take \(text(of: $0))" } ?? "") + ")"
    case .collection(let elements): "{\(list(elements))}"
    case .unary(let operation, let operand): "(\(operation) \(text(of: operand)))"
    case .binary(let operation, let left, let right):
      "(\(text(of: left)) \(operation) \(text(of: right)))"
    case .known(let operand, let negated):
      "(\(text(of: operand)) is\(negated ? "Unknown" : "Known"))"
    case .within(let operand, let anchor, let duration, let direction):
      "(\(text(of: operand)) within \(text(of: duration)) \(direction) \(text(of: anchor)))"
    case .quantified(let quantifier, let binder, let condition):
      "(\(quantifier) \(text(of: binder))" + (condition.map { ": \(text(of: $0))" } ?? "") + ")"
    case .missing: "?"
    }
  }

  private func text(of binder: Expression.Binder) -> String {
    "\(name(binder.variable)) in \(text(of: binder.list))"
  }

  private func list(_ expressions: [Expression]) -> String {
    expressions.map { text(of: $0) }.joined(separator: ", ")
  }

  private func kind(_ literal: Literal) -> String {
    if case .boolean = literal.kind { return "boolean" }
    return "\(literal.kind)"
  }

  /// A function of the language is no name of the author's.
  private func function(_ identifier: Identifier) -> String {
    Function(word: identifier.text)?.rawValue ?? name(identifier)
  }
}

extension Dump {
  private func text(of field: FieldSyntax) -> String {
    "\(name(field.name)): \(text(of: field.value))"
  }

  private func text(of value: ValueSyntax) -> String {
    switch value.kind {
    case .text(let text): quoted(text)
    case .word(let word): showsNames ? word : "_"
    case .list(let elements, let isOpen):
      "[" + (elements.map { text(of: $0) } + (isOpen ? ["…"] : [])).joined(separator: ", ") + "]"
    case .record(let fields): "{" + fields.map { text(of: $0) }.joined(separator: ", ") + "}"
    case .missing: "?"
    }
  }

  private func text(of path: PathSyntax) -> String {
    path.steps.map { step in
      switch step {
      case .field(let field): "." + name(field)
      case .index(let index): "[\(index)]"
      }
    }.joined()
  }
}
