@testable import Storage
@testable import Wording
import Testing

@testable import Reporting

@Suite struct NumberWordTests {
  @Test(arguments: [
    (0.0, "0"), (-0.0, "0"), (0.4, "0"), (-0.4, "0"), (0.5, "1"), (999, "999"), (1000, "1,000"),
    (-1000, "-1,000"), (999_999.5, "1,000,000"), (999_999.4, "999,999"), (1_234_567, "1,234,567"),
    (999_999_999_999, "999,999,999,999"), (1e15, "1e15"), (-2.5e20, "-2.5e20"), (1e300, "1e300"),
    (.leastNonzeroMagnitude, "0"), (.infinity, "inf"), (.nan, "nan"),
  ])
  func wholeNumbersAreGrouped(value: Double, text: String) {
    #expect(NumberWords.grouped(value) == text)
  }

  @Test(arguments: [
    (0.0, 2, "0.00"), (1234.5, 2, "1,234.50"), (-1234.567, 2, "-1,234.57"), (0.999, 2, "1.00"),
    (999.996, 2, "1,000.00"), (-0.004, 2, "0.00"), (0.05, 1, "0.1"), (54.19921875, 1, "54.2"),
    (1.02, 3, "1.020"), (1.0005, 3, "1.001"), (999_999_999_999.875, 3, "999,999,999,999.875"),
  ])
  func decimalsAreFixed(value: Double, decimals: Int, text: String) {
    #expect(NumberWords.grouped(value, decimals: decimals) == text)
  }

  @Test(arguments: [
    (2.3148, 0.17, 3), (2.3148, 0.0023, 5), (21_483, 170, 4), (0.023, 0.0005, 4), (5, 50, 2),
    (9.99, 0.0998, 3), (0, 0.1, 2), (3, 0, 2),
  ])
  func digitsAreThoseThatAnUncertaintyBears(size: Double, uncertainty: Double, digits: Int) {
    #expect(NumberWords.digits(of: size, within: uncertainty) == digits)
  }

  @Test(arguments: [
    (0.0, "$0"), (0.4, "$0"), (-0.4, "$0"), (1, "$1"), (-1, "-$1"), (999.4, "$999"),
    (999.5, "$1K"), (1000, "$1K"), (294_672, "$295K"), (-294_672, "-$295K"),
    (999_499, "$999K"), (999_500, "$1.00M"), (999_999.5, "$1.00M"), (5_870_672, "$5.87M"),
    (61_440_000, "$61.44M"), (999_994_999, "$999.99M"), (999_995_000, "$1.00B"),
    (999_999_999, "$1.00B"), (1_476_288_000, "$1.48B"), (-1_476_288_000, "-$1.48B"),
    (2.5e12, "$2,500.00B"), (1e30, "$1e21B"),
  ])
  func dollarsInTheirUnit(value: Double, text: String) {
    #expect(NumberWords.dollars(value) == text)
  }

  @Test(arguments: [
    (0.0, "0"), (1, "1"), (-1.5, "-1.5"), (0.34640123, "0.3464012"), (0.18, "0.18"),
    (54.19921875, "54.19922"), (2_788_000, "2788000"), (123_456_789, "123456789"),
    (999_999.96, "1000000"), (9.99999996, "10"), (0.0001, "0.0001"), (0.000099999999999, "0.0001"),
    (0.00001, "1e-5"), (-0.00001234567891, "-1.234568e-5"), (3.286e24, "3.286e24"),
    (1e15, "1e15"), (1e23, "1e23"), (9.99999999e20, "1e21"), (-9.99999999e20, "-1e21"),
    (123_456_789_012_345, "123456789012345"), (1.7976931348623157e308, "1.797693e308"),
    (1e-300, "1e-300"), (.infinity, "inf"), (.nan, "nan"),
  ])
  func sevenSignificantDigits(value: Double, text: String) {
    #expect(NumberWords.significant(value, digits: 7) == text)
  }

  /// Powers of ten are where rounding goes wrong.
  @Test func everyPowerOfTenIsItself() {
    for power in -300...300 where power < -4 || power >= 15 {
      guard let value = Double("1e\(power)") else { continue }
      #expect(NumberWords.significant(value, digits: 7) == "1e\(power)")
      #expect(NumberWords.significant(value, digits: 1) == "1e\(power)")
    }
  }

  @Test func whatIsPrintedReadsBackAsNearlyTheSame() throws {
    var value = 1.23456789e-12
    while value < 1e30 {
      let read = try #require(Double(NumberWords.significant(value, digits: 7)))
      #expect(abs(read / value - 1) < 1e-6)
      value *= -1.37
      value = abs(value)
    }
  }

  @Test(arguments: [
    (0, "regime", "0 regimes"), (1, "regime", "1 regime"), (1000, "replicate", "1,000 replicates"),
  ])
  func countsHaveTheirPlural(count: Int, thing: String, text: String) {
    #expect(NumberWords.counted(count, thing) == text)
  }

  @Test(arguments: [(0.0, "0%"), (0.126, "13%"), (1, "100%"), (0.004, "0%")])
  func sharesAsPercentages(share: Double, text: String) {
    #expect(NumberWords.percent(share) == text)
  }
}

@Suite struct TextTableTests {
  @Test func columnsAreAsWideAsTheyNeedToBe() {
    var table = TextTable(header: ["run", "hours", "chip"], rightAligned: [1])
    table.append(["v3", "2,788,000", "h800"])
    table.append(["a longer one", "5", ""])
    #expect(
      table.text == """
          run               hours  chip
          v3            2,788,000  h800
          a longer one          5
        """)
  }

  @Test func shortRowsAndAccents() {
    var table = TextTable(header: ["é", "b"], rightAligned: [])
    table.append(["cc"])
    #expect(table.text == "  é   b\n  cc")
    #expect(TextTable(header: [], rightAligned: []).text.isEmpty)
  }
}

@Suite struct ChecksumTests {
  /// FIPS 180-4 examples, as NIST publishes them.
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
  ])
  func knownAnswers(text: String, digest: String) {
    #expect(SHA256.hex(Array(text.utf8)) == digest)
  }

  @Test func aMillionLetters() {
    let digest = SHA256.hex([UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000))
    #expect(digest == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }
}
