import WenzeModel
import WenzeSemantics
import WenzeSyntax

/// What rules may name, by name and without places, so that two rule sets can be compared.
struct DeclarationForms {
  private(set) var laws: [Bilingual: [CalendarDate?]] = [:]
  private(set) var parameters: [Bilingual: ParameterForm] = [:]
  private(set) var tables: [Bilingual: TableForm] = [:]
  private(set) var lists: [Bilingual: EnumForm] = [:]
  /// The texts of definitions, without the spaces between their words.
  private(set) var definitions: [Bilingual: [String]] = [:]

  struct ParameterForm: Equatable {
    var type: ValueType
    var value: Value
    var dated: [Dated]

    struct Dated: Equatable {
      var from: CalendarDate
      var value: Value
    }
  }

  struct TableForm: Equatable {
    var columns: [ValueType]
    var result: ValueType
    var isUnique: Bool
    var rows: [Row]

    struct Row: Equatable {
      var cells: [Table.Cell]
      var result: Value
    }
  }

  struct EnumForm: Equatable {
    var isList: Bool
    var isOrdered: Bool
    var isOpen: Bool
    var entries: [Entry]
    var versions: [Version]

    struct Entry: Equatable {
      var name: Bilingual
      var isCatchAll: Bool
      var attributes: [String: Bilingual]
    }

    struct Version: Equatable {
      var law: Bilingual?
      var interval: [CalendarDate?]
      var entries: Set<Bilingual>
    }
  }

  init(_ ruleSet: RuleSet, _ names: SharedNames) {
    let forms = TermForms(ruleSet: ruleSet, names: names)
    for law in ruleSet.laws { laws[law.name] = [law.effective, law.ends] }
    for parameter in ruleSet.parameters {
      parameters[parameter.name] = ParameterForm(
        type: forms.type(parameter.type), value: forms.value(parameter.value),
        dated: parameter.dated.map {
          ParameterForm.Dated(from: $0.from, value: forms.value($0.value))
        })
    }
    for table in ruleSet.tables { tables[table.name] = TableForm(table, forms) }
    for type in ruleSet.enums { lists[type.name] = EnumForm(type, ruleSet) }
    for definition in ruleSet.definitions {
      definitions[definition.name] =
        definition.arguments.flatMap { [$0.chinese, $0.english] }
        + [ruleSet.text(of: definition.body).filter { !$0.isWhitespace }]
    }
  }

  /// The names under which two rule sets have something else.
  static func differences<Form: Equatable>(
    _ old: [Bilingual: Form], _ new: [Bilingual: Form]
  ) -> Set<Bilingual> {
    Set(old.keys).union(new.keys).filter { old[$0] != new[$0] }
  }
}

extension DeclarationForms.TableForm {
  fileprivate init(_ table: Table, _ forms: TermForms) {
    self.init(
      columns: table.columns.map { forms.type($0.type) }, result: forms.type(table.result),
      isUnique: table.isUnique,
      rows: table.rows.map { row in
        Row(
          cells: row.cells.map { cell in
            switch cell {
            case .any: .any
            case .values(let values): .values(values.map { forms.value($0) })
            case .compared(let comparison, let value): .compared(comparison, forms.value(value))
            }
          }, result: forms.value(row.result))
      })
  }
}

extension DeclarationForms.EnumForm {
  init(_ type: EnumType, _ ruleSet: RuleSet) {
    self.init(
      isList: type.isList, isOrdered: type.isOrdered, isOpen: type.isOpen,
      entries: type.entries.map {
        Entry(name: $0.name, isCatchAll: $0.isCatchAll, attributes: $0.attributes)
      },
      versions: type.versions.map { version in
        let law = version.law.map { ruleSet.laws[$0] }
        return Version(
          law: law?.name, interval: law.map { [$0.effective, $0.ends] } ?? [],
          entries: Set(version.entries.map { type.entries[$0].name }))
      })
  }
}

/// What documents of a dossier may hold, and how it is read.
struct DossierForm: Equatable {
  private var records: [Bilingual: Record] = [:]
  private var lists: [Bilingual: DeclarationForms.EnumForm] = [:]
  private let mapping: LedgerMapping?

  private struct Record: Equatable {
    var fields: [Field]
    var key: Bilingual?
    var complete: Bilingual?
    var asOf: Term?
  }

  private struct Field: Equatable {
    var name: Bilingual
    var type: ValueType
    var absence: RecordDeclaration.Absence?
    var isExhaustive: Bool
  }

  init(_ dossier: Int, _ forms: TermForms) {
    let name = forms.ruleSet.records[dossier].name
    mapping = forms.ruleSet.mappings.first { $0.dossier == name }
    add(.record(dossier), forms)
  }

  private mutating func add(_ type: ValueType, _ forms: TermForms) {
    switch type {
    case .list(let element): add(element, forms)
    case .enumeration(let number):
      let type = forms.ruleSet.enums[number]
      lists[type.name] = DeclarationForms.EnumForm(type, forms.ruleSet)
    case .record(let number):
      let record = forms.ruleSet.records[number]
      guard records[record.name] == nil else { return }
      func name(_ field: Int?) -> Bilingual? { field.map { record.fields[$0].name } }
      records[record.name] = Record(
        fields: record.fields.map { field in
          Field(
            name: field.name, type: forms.type(field.type), absence: field.absence,
            isExhaustive: field.isExhaustive)
        },
        key: name(record.dossier?.key), complete: name(record.dossier?.complete),
        asOf: record.dossier?.asOf.map { forms.term($0).normalised() })
      for field in record.fields { add(field.type, forms) }
    default: break
    }
  }
}
