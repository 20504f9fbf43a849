import WenzeSyntax

// What a declaration names, and what it tells people.

extension Declaration {
  /// The names that others may use: not those of variables.
  var names: [Name] {
    switch self {
    case .pack(let pack): [pack.name]
    case .law(let law): [law.name]
    case .enumeration(let enumeration): [enumeration.name] + enumeration.entries.map(\.name)
    case .set(let set): [set.name]
    case .record(let record): [record.name] + record.fields.map(\.name)
    case .parameter(let parameter): [parameter.name]
    case .define(let define): [define.name] + define.arguments.map(\.name)
    case .table(let table): [table.name] + table.columns.map(\.name)
    case .rule(let rule): [rule.name]
    case .procedure(let procedure): [procedure.name] + procedure.steps.map(\.name)
    case .exception(let exception): [exception.name]
    case .aggregate(let rule):
      [rule.frame.name] + rule.keys.map(\.name) + rule.figures.map(\.name)
    case .mapping(let mapping): [mapping.name]
    case .scoreSheet(let sheet):
      [sheet.name] + sheet.groups.map(\.name) + sheet.grades.map(\.name)
    case .chart(let chart):
      [chart.name] + [chart.content?.name].compactMap { $0 } + chart.keys.map(\.name)
    case .adjustment, .test, .document: []
    }
  }

  /// The code of a rule that it declares.
  var code: Identifier? {
    switch self {
    case .rule(let rule): rule.code
    case .procedure(let procedure): procedure.code
    case .aggregate(let rule): rule.frame.code
    default: nil
    }
  }

  /// The texts for people that interpolate nothing.
  var words: [Words] {
    let words: [Words?] =
      switch self {
      case .pack(let pack): [pack.title, pack.documentation]
      case .law(let law):
        [law.title, law.issuer, law.documentation] + law.unchecked.map(\.reason)
      case .enumeration(let enumeration):
        enumeration.entries.flatMap { $0.attributes.map(\.value) + [$0.documentation] }
      case .record(let record): [record.documentation] + record.fields.map(\.documentation)
      case .parameter(let parameter): [parameter.documentation]
      case .define(let define): [define.documentation]
      case .table(let table): [table.documentation]
      case .rule(let rule): [rule.documentation]
      case .procedure(let procedure): [procedure.documentation]
      case .exception(let exception): [exception.documentation]
      case .adjustment(let adjustment): [adjustment.reason]
      case .aggregate(let rule): [rule.frame.documentation]
      case .scoreSheet(let sheet):
        [sheet.documentation] + sheet.groups.map(\.documentation)
      case .chart(let chart): [chart.title, chart.documentation]
      case .set, .mapping, .test, .document: []
      }
    return words.compactMap { $0 }
  }

  /// The messages of a rule.
  var templates: [MessageTemplate] {
    let (message, fix): (RuleDeclaration.Message?, MessageTemplate?) =
      switch self {
      case .rule(let rule): (rule.message, rule.fix)
      case .procedure(let procedure): (procedure.message, procedure.fix)
      case .aggregate(let rule): (rule.frame.message, rule.frame.fix)
      default: (nil, nil)
      }
    return [message?.template, fix].compactMap { $0 }
  }
}
