package import WenzeSemantics
package import WenzeSyntax

extension RuleSet {
  /// Citations as a report writes them, the title of a law once for all its articles in a row.
  package func text(of citations: [Citation], in language: Language) -> String {
    var text = ""
    var law: Int?
    for citation in citations {
      let whole = self.text(of: citation, in: language)
      if citation.law == law {
        let title = self.text(of: Citation(law: citation.law), in: language)
        let provision = whole.dropFirst(title.count)
        if provision.isEmpty { continue }
        text += language == .chinese ? "、\(provision)" : ";\(provision.dropFirst())"
      } else {
        if law != nil { text += language == .chinese ? "；" : "; " }
        text += whole
      }
      law = citation.law
    }
    return text
  }
}
