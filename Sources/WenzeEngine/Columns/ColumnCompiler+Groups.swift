import WenzeModel
import WenzeSemantics

// What rules over groups collect.

extension ColumnCompiler {
  /// Takes apart what is collected of documents of the program's dossier: all of it, or nothing.
  mutating func compile(_ plan: GroupPlan) {
    let before = self
    do throws(Unsupported) {
      var collecting = ColumnProgram.CompiledCollecting()
      for (number, gathering) in plan.gatherings.enumerated()
      where gathering.rule.dossier == program.dossier {
        collecting.gatherings.append(try compiled(gathering, number: number))
      }
      if !collecting.gatherings.isEmpty {
        collecting.id = try compiledKey()
        collecting.names = try names(in: .record(program.dossier), at: 0, [])
      }
      program.collecting = collecting
    } catch {
      self = before
    }
  }

  private mutating func compiled(
    _ gathering: Gathering, number: Int
  ) throws(Unsupported) -> ColumnProgram.CompiledGathering {
    let (scope, frame) = try elements(of: gathering.rule, .whereLacking)
    var columns: [ColumnProgram.CompiledGathering.Column] = []
    for column in gathering.columns {
      if column.term.type.element != nil {
        let (list, _) = try list(column.term, in: scope, below: frame)
        guard let list, program.lists[list].outer == frame, program.lists[list].element != nil
        else { throw Unsupported() }
        columns.append(.list(list))
      } else {
        let step = try compile(column.term, in: scope)
        columns.append(column.isText ? .signature(step) : .step(step))
      }
    }
    return ColumnProgram.CompiledGathering(
      number: number, elements: try elements(gathering, in: scope, frame), lawDate: scope.lawDate,
      path: try gathering.keepsPaths ? path(to: gathering.rule.scopes, in: scope) : [],
      columns: columns, more: try more(gathering))
  }

  private mutating func more(
    _ gathering: Gathering
  ) throws(Unsupported) -> ColumnProgram.CompiledGathering.Elements? {
    guard gathering.asksForValues, !gathering.rule.scopes.isEmpty else { return nil }
    let (scope, frame) = try elements(of: gathering.rule, .whereOpen)
    return try elements(gathering, in: scope, frame)
  }

  private mutating func elements(
    _ gathering: Gathering, in scope: Scope, _ frame: Int
  ) throws(Unsupported) -> ColumnProgram.CompiledGathering.Elements {
    var conditions: [Int] = []
    if let law = gathering.rule.law { conditions.append(inForce(law, in: scope)) }
    for filter in gathering.filters { conditions.append(try compile(filter, in: scope)) }
    var keys: [Int] = []
    for key in gathering.keys { keys.append(try compile(key, in: scope)) }
    return ColumnProgram.CompiledGathering.Elements(
      frame: frame, belongs: connect(conditions) { .and($0) }, keys: keys)
  }

  /// The lists that lead to the innermost element, that list first.
  private func path(
    to scopes: [Rule.Scope], in scope: Scope
  ) throws(Unsupported) -> [ColumnProgram.CompiledGathering.PathPart] {
    var parts: [ColumnProgram.CompiledGathering.PathPart] = []
    var next = scopes.last?.slot
    while let slot = next {
      guard let binding = scopes.first(where: { $0.slot == slot }),
        case .element(let frame, _)? = scope.bindings[slot],
        let (owner, fields) = locate(binding.list, in: scope), let owner
      else { throw Unsupported() }
      parts.append(ColumnProgram.CompiledGathering.PathPart(frame: frame, fields: fields))
      next =
        scopes.first { other in
          if case .element(owner, _)? = scope.bindings[other.slot] { true } else { false }
        }?.slot
    }
    return parts
  }

  private mutating func compiledKey() throws(Unsupported) -> Int? {
    let record = program.ruleSet.records[program.dossier]
    guard let key = record.dossier?.key, record.fields[key].type == .text else { return nil }
    guard case .column(let column) = columnPlace([key], of: 0, as: .text) else {
      throw Unsupported()
    }
    return add(.column(column), to: 0)
  }

  /// The fields below a path that have names of persons.
  private mutating func names(
    in type: ValueType, at frame: Int, _ path: [Int]
  ) throws(Unsupported) -> [ColumnProgram.NameSource] {
    // A record that has itself among its fields has no end of names.
    guard case .record(let record) = type, path.count < 16, depth(of: frame) < 16 else {
      throw Unsupported()
    }
    var sources: [ColumnProgram.NameSource] = []
    for (number, field) in program.ruleSet.records[record].fields.enumerated() {
      let inner = path + [number]
      var condition: Int?
      if field.isPersonal, let term = field.personalCondition {
        var scope = Scope(lawDate: add(.lawDate(own: nil, document: documentDate), to: 0))
        scope.record = (frame, path)
        condition = try compile(term, in: scope)
      }
      switch field.type {
      case .text where field.isPersonal:
        guard case .column(let column) = columnPlace(inner, of: frame, as: .text) else {
          throw Unsupported()
        }
        sources.append(
          ColumnProgram.NameSource(text: add(.column(column), to: frame), condition: condition))
      case .record: sources += try names(in: field.type, at: frame, inner)
      case .list(let element):
        if element == .text ? !field.isPersonal : !element.isRecord { break }
        guard case .table(let table) = columnPlace(inner, of: frame, as: field.type) else {
          throw Unsupported()
        }
        let below = add(
          ColumnProgram.Frame(parent: frame, table: table, owner: frame, hypothetical: .never))
        guard element == .text else {
          sources += try names(in: element, at: below, [])
          break
        }
        guard case .column(let column) = columnPlace([], of: below, as: .text) else {
          throw Unsupported()
        }
        sources.append(
          ColumnProgram.NameSource(text: add(.column(column), to: below), condition: condition))
      default: break
      }
    }
    return sources
  }
}

extension ValueType {
  fileprivate var isRecord: Bool {
    if case .record = self { true } else { false }
  }
}
