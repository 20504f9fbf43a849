package import WenzeSyntax

extension WrittenDocument {
  /// A document that was written in the language itself.
  package init(_ syntax: DocumentSyntax) {
    self.init(
      dossier: syntax.dossier.text, dossierRange: syntax.dossier.range,
      body: DataNode(.record(syntax.fields.map(DataField.init)), at: syntax.range),
      waivers: syntax.waivers.map(WrittenWaiver.init))
  }
}

extension DataField {
  fileprivate init(_ syntax: FieldSyntax) {
    self.init(
      name: syntax.name.text, nameRange: syntax.name.range, value: DataNode(syntax.value))
  }
}

extension DataNode {
  fileprivate init(_ syntax: ValueSyntax) {
    let content: Content =
      switch syntax.kind {
      case .text(let text): .text(text)
      case .word(let word): .word(word)
      case .missing: .null
      case .list(let elements, let isOpen): .list(elements.map(DataNode.init), isOpen: isOpen)
      case .record(let fields): .record(fields.map(DataField.init))
      }
    self.init(content, at: syntax.range)
  }
}

extension WrittenWaiver {
  fileprivate init(_ syntax: WaiverSyntax) {
    self.init(
      rule: DataNode(.word(syntax.rule.text), at: syntax.rule.range),
      reason: syntax.reason.map { DataNode(.text($0.value), at: $0.range) },
      approver: syntax.approver.map { DataNode(.text($0.value), at: $0.range) },
      until: syntax.until.map { DataNode(.word($0.text), at: $0.range) }, range: syntax.range)
  }
}
