import Testing

@testable import WenzeSemantics

/// Spellings are found as in a dictionary of texts.
@Suite struct SpellingsTests {
  @Test func whatIsCanonicallyEquivalentIsFound() {
    var spellings: Spellings = ["不详": 1, "José": 2, "none": 3]
    for (spelling, number) in [
      ("不详", 1), ("\u{F967}详", 1), ("José", 2), ("Jose\u{301}", 2), ("none", 3), ("无", nil),
      ("", nil),
    ] as [(String, Int?)] {
      #expect(spellings[spelling] == number, "\(spelling)")
    }
    spellings["\u{F967}详"] = 4
    #expect(spellings["不详"] == 4)
    spellings["不详"] = nil
    #expect(spellings["\u{F967}详"] == nil)
    #expect(spellings.count == 2)
  }

  @Test func manyAreKept() {
    var spellings: Spellings = [:]
    for number in 0..<300 { spellings["第\(number)项"] = number }
    for number in 0..<300 { #expect(spellings["第\(number)项"] == number) }
    #expect(spellings["第300项"] == nil)
    #expect(Set(spellings.map(\.value)).count == 300)
  }
}
