import Testing
import WenzeModel

@Test func kleeneConjunction() {
  #expect((Truth.unknown && .no) == .no)
}
