/// What the declarations of a file say of its tokens, which the tokens alone do not: where they are
/// names and where keywords, which brackets belong to which form.
///
/// Tokens are told by the offset at which they start.
struct SyntaxAnatomy {
  /// Words that name something, whatever keyword they spell.
  private(set) var names: Set<Int> = []
  /// The functions of the language that are called.
  private(set) var functions: [Int: Function] = [:]
  /// Words that are followed by the bracket of a call or a look-up.
  private(set) var callees: Set<Int> = []
  /// Minus signs of one operand.
  private(set) var signs: Set<Int> = []
  /// Brackets that open a collection in an expression.
  private(set) var collections: Set<Int> = []
  /// The paths of expectations, whose brackets hold an index.
  private(set) var paths: [SourceRange] = []
  /// Every expression outside of texts.
  private(set) var expressions: [Expression] = []
  private(set) var binders: [Expression.Binder] = []
  private(set) var requirements: [RuleDeclaration.Requirement] = []
  private(set) var keys: [AggregateDeclaration.Key] = []
  private(set) var deadlines: [ProcedureDeclaration.Deadline] = []

  init(_ declarations: [Declaration]) {
    visit(declarations)
  }

  /// Reflection finds its way through declarations; what there is much of is taken apart by hand.
  private mutating func visit(_ value: Any) {
    switch value {
    // What a text interpolates is part of the text.
    case is SourceRange, is MessageTemplate, is TextLiteral, is Words, is String, is Int, is Bool:
      return
    case let identifier as Identifier: return add(identifier)
    case let name as Name:
      for identifier in name.identifiers { add(identifier) }
      return
    case let expression as Expression: return add(expression)
    case let binder as Expression.Binder: return add(binder)
    case let value as ValueSyntax: return add(value)
    case let document as DocumentSyntax:
      add(document.dossier)
      add(document.fields)
      for waiver in document.waivers { add(waiver.rule) }
      return
    case let path as PathSyntax: paths.append(path.range)
    case let requirement as RuleDeclaration.Requirement: requirements.append(requirement)
    case let key as AggregateDeclaration.Key: keys.append(key)
    case let deadline as ProcedureDeclaration.Deadline: deadlines.append(deadline)
    default: break
    }
    for child in Mirror(reflecting: value).children { visit(child.value) }
  }

  private mutating func add(_ identifier: Identifier) {
    names.insert(identifier.range.start)
  }

  private mutating func add(_ fields: [FieldSyntax]) {
    for field in fields {
      add(field.name)
      add(field.value)
    }
  }

  private mutating func add(_ value: ValueSyntax) {
    switch value.kind {
    case .word:
      names.insert(value.range.start)
      signs.insert(value.range.start)
    case .list(let elements, _): for element in elements { add(element) }
    case .record(let fields): add(fields)
    case .text, .missing: break
    }
  }

  private mutating func add(_ binder: Expression.Binder) {
    binders.append(binder)
    add(binder.variable)
    add(binder.list)
  }

  private mutating func add(_ expressions: Expression?...) {
    for case let expression? in expressions { add(expression) }
  }

  private mutating func add(_ expression: Expression) {
    expressions.append(expression)
    switch expression.kind {
    case .literal, .missing: break
    case .name(let name): add(name)
    case .member(let base, let name):
      add(base)
      add(name)
    case .lookup(let table, let arguments):
      add(table)
      callees.insert(table.range.start)
      for argument in arguments { add(argument) }
    case .call(let name, let arguments):
      add(name)
      callees.insert(name.range.start)
      functions[name.range.start] = Function(word: name.text)
      switch arguments {
      case .list(let elements): for element in elements { add(element) }
      case .comprehension(let binder, let condition, let result):
        add(binder)
        add(condition, result)
      }
    case .collection(let elements):
      collections.insert(expression.range.start)
      for element in elements { add(element) }
    case .unary(let operation, let operand):
      if operation == .negate { signs.insert(expression.range.start) }
      add(operand)
    case .binary(_, let left, let right): add(left, right)
    case .known(let operand, _): add(operand)
    case .within(let operand, let anchor, let duration, _): add(operand, anchor, duration)
    case .quantified(_, let binder, let condition):
      add(binder)
      add(condition)
    }
  }
}

/// What declarations mean, as a text that is the same for every layout and both spellings of a
/// keyword.
///
/// Places are left out, and so is which of its two spellings a function of the language has.
package func meaning(of declarations: [Declaration]) -> String {
  var meaning = Meaning()
  meaning.write(declarations)
  return meaning.text
}

private struct Meaning {
  private(set) var text = ""

  mutating func write(_ value: Any) {
    switch value {
    case is SourceRange: return
    case let word as String: text += "\(word.utf8.count):\(word)\n"
    case let expression as Expression:
      if case .call(let name, let arguments) = expression.kind,
        let function = Function(word: name.text)
      {
        text += "call \(function.rawValue)\n"
        write(arguments)
      } else {
        write(expression.kind)
      }
      return
    default: writeParts(of: value)
    }
  }

  private mutating func writeParts(of value: Any) {
    let mirror = Mirror(reflecting: value)
    let isEnum = mirror.displayStyle == .enum
    if mirror.children.isEmpty, mirror.displayStyle != .collection {
      text += "\(value)\n"
      return
    }
    text += "("
    for child in mirror.children {
      if isEnum, let label = child.label { text += label + " " }
      write(child.value)
    }
    text += ")\n"
  }
}
