import WenzeSemantics

/// The place of a term in the sources.
///
/// Several terms may stand at one place, since what is short to write is long to say; the way to
/// them from the outermost of that place tells them apart. A definition has the same sites wherever
/// it is used.
struct TermSite: Hashable, Sendable {
  var origin: Origin
  var way: [Int]

  fileprivate func below(_ index: Int, _ term: Term) -> TermSite {
    term.origin == origin
      ? TermSite(origin: origin, way: way + [index]) : TermSite(origin: term.origin, way: [])
  }
}

extension Term {
  private var ownSite: TermSite { TermSite(origin: origin, way: []) }

  /// Calls the body with the term and every term below it, and their sites; the outermost first.
  func eachSite(_ body: (Term, TermSite) -> Void) {
    eachSite(ownSite, body)
  }

  private func eachSite(_ site: TermSite, _ body: (Term, TermSite) -> Void) {
    body(self, site)
    for (index, term) in subterms.enumerated() {
      term.eachSite(site.below(index, term), body)
    }
  }

  /// The term with every term of a site replaced.
  func replacing(at site: TermSite, _ replace: (Term) -> Term) -> Term {
    replacing(at: site, ownSite, replace)
  }

  private func replacing(
    at site: TermSite, _ own: TermSite, _ replace: (Term) -> Term
  ) -> Term {
    var index = -1
    let below = mapSubterms { term in
      index += 1
      return term.replacing(at: site, own.below(index, term), replace)
    }
    return own == site ? replace(below) : below
  }
}
