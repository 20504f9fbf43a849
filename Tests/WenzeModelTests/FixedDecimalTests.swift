import TestSupport
import Testing
import WenzeModel

@Suite struct FixedDecimalTests {
  static let forms: [(text: String, millionths: Int, written: String)] = [
    ("0", 0, "0"), ("-0", 0, "0"), ("12", 12_000_000, "12"), ("-3.5", -3_500_000, "-3.5"),
    ("0.000001", 1, "0.000001"), ("-0.000001", -1, "-0.000001"), ("1.50", 1_500_000, "1.5"),
    ("0.1234560000", 123_456, "0.123456"), ("90%", 900_000, "0.9"), ("100%", 1_000_000, "1"),
    ("12.5%", 125_000, "0.125"), ("-5%", -50_000, "-0.05"), ("0.0001%", 1, "0.000001"),
    ("１２．５％", 125_000, "0.125"), ("－３", -3_000_000, "-3"), ("−3", -3_000_000, "-3"),
    ("007", 7_000_000, "7"),
    ("999999999999.999999", 999_999_999_999_999_999, "999999999999.999999"),
  ]

  @Test func everyFormIsReadAndWritten() {
    for form in Self.forms {
      let number = FixedDecimal(text: form.text)
      #expect(number?.millionths == form.millionths, "\(form.text)")
      #expect(number?.text == form.written, "\(form.text)")
    }
  }

  @Test(arguments: [
    "", "-", "%", ".", ".5", "5.", "+5", "--5", "1,000", "1 000", "1e3", "0x10", "1.2.3", "1%%",
    "%1",
    "0.0000001", "0.00001%", "1000000000000", "99999999999999999999", "１２．５．６", "٣", "NaN", "inf",
    "1.٣", "12 ",
  ])
  func nonsenseIsRefused(text: String) {
    #expect(FixedDecimal(text: text) == nil)
  }

  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func textsRoundTrip(seed: UInt64) {
    var random = SplitMix64(state: seed)
    for _ in 0..<2_000 {
      let bound = Int.random(in: 1...999_999_999_999_999_999, using: &random)
      let number = FixedDecimal(millionths: Int.random(in: -bound...bound, using: &random))
      #expect(FixedDecimal(text: number.text) == number, "seed \(seed): \(number.text)")
    }
  }

  @Test func arithmeticIsExactAndRoundsTowardsZero() throws {
    func number(_ text: String) throws -> FixedDecimal { try #require(FixedDecimal(text: text)) }
    #expect(try number("0.1").adding(number("0.2"))?.text == "0.3")
    #expect(try number("1").subtracting(number("1.000001"))?.text == "-0.000001")
    #expect(try number("1.5").multiplied(by: number("-2.5"))?.text == "-3.75")
    #expect(try number("0.000001").multiplied(by: number("0.5"))?.text == "0")
    #expect(try number("-0.000001").multiplied(by: number("0.5"))?.text == "0")
    #expect(try number("2").divided(by: number("3"))?.text == "0.666666")
    #expect(try number("-2").divided(by: number("3"))?.text == "-0.666666")
    #expect(try number("1").divided(by: number("0")) == nil)
    #expect(try number("999999999999").multiplied(by: number("9"))?.text == "8999999999991")
  }

  @Test func whatDoesNotFitIsNil() {
    let greatest = FixedDecimal(millionths: .max)
    let least = FixedDecimal(millionths: .min)
    let one = FixedDecimal(millionths: 1)
    #expect(greatest.adding(one) == nil)
    #expect(least.subtracting(one) == nil)
    #expect(greatest.multiplied(by: greatest) == nil)
    #expect(least.multiplied(by: least) == nil)
    #expect(greatest.divided(by: one) == nil)
    #expect(least.divided(by: FixedDecimal(millionths: -1_000_000)) == nil)
    #expect(FixedDecimal(Int.max) == nil)
    #expect(FixedDecimal(Int.min) == nil)
    #expect(FixedDecimal(9_223_372_036_854)?.text == "9223372036854")
    #expect(least.text == "-9223372036854.775808")
  }

  @Test func orderIsThatOfNumbers() {
    let numbers = [-2_000_000, -1, 0, 1, 999_999, 1_000_000].map { FixedDecimal(millionths: $0) }
    #expect(numbers.shuffled().sorted() == numbers)
  }
}
