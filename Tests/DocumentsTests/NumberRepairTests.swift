import Testing

@testable import Documents

/// What is said of a number that is not plainly one: a repair only where it is right.
@Suite struct NumberRepairTests {
  private static let schema = Schema.mapping([
    .optional("chips", .integer(1...5_000), "A count."),
    .optional("seed", .integer(.atLeast(0)), "A count without end."),
    .optional("share", .quantity(.between(0, 1)), "A share."),
    .optional("price", .quantity(.above(0), unit: "USD"), "A price."),
    .optional("month", .month, "A month."), .optional("on", .flag, "A flag."),
    .optional("kind", .choice(["mc", "sobol"]), "A word."), .optional("id", .identifier, "An id."),
    .optional("note", .text, "A text."),
  ])

  private static func said(_ text: String) throws -> String {
    try SourceDocument(text: text, file: "t").check(against: schema).faults
      .map { "\($0.problem); \($0.advice ?? "")" }.joined(separator: "\n")
  }

  @Test(arguments: [
    ("chips: 50%", "50% is a percentage; wanted: a whole number, at least 1 and at most 5000"),
    ("price: 50%", "50% is a percentage; wanted: a number, above 0 [USD]"),
    ("share: 50%", "50% is a percentage; write 0.5"),
    (
      "share: 150%",
      "150% is a percentage; wanted: a number, at least 0 and at most 1"
    ),
    ("share: {uniform: [0, 50%]}", "50% is a percentage; write 0.5"),
    (
      "chips: --2",
      "--2 has more than one sign; wanted: a whole number, at least 1 and at most 5000"
    ),
    (
      "share: --2",
      "--2 has more than one sign; wanted: a number, at least 0 and at most 1"
    ),
    ("price: -+5", "-+5 has more than one sign; wanted: a number, above 0 [USD]"),
    ("chips: +5", "+5 has a plus sign; write 5"),
    ("price: +0.5", "+0.5 has a plus sign; write 0.5"),
    (
      "chips: 0x0",
      "0x0 is a hexadecimal number; wanted: a whole number, at least 1 and at most 5000"
    ),
    ("chips: 0x10", "0x10 is a hexadecimal number; write 16"),
    ("chips: 00.5", "00.5 has leading zeros; wanted: a whole number, at least 1 and at most 5000"),
    ("price: 00.5", "00.5 has leading zeros; write 0.5"),
    ("chips: 1,000", "1,000 has a comma; wanted: a whole number, at least 1 and at most 5000"),
    ("price: 1,5", "1,5 has a comma; write a decimal point, and nothing between thousands"),
    ("chips: 9e3", "9e3 is out of range; allowed: at least 1 and at most 5000"),
    ("chips: 4e3", "4e3 is not written as a whole number; write 4000"),
  ])
  func aRepairIsRight(text: String, words: String) throws {
    #expect(try Self.said(text) == words)
  }

  /// What is larger than a whole number can be is out of range, and the range is told with its ends.
  @Test(arguments: ["9223372036854775808", "99999999999999999999", "1e19", "9.3e18"])
  func theLimitOfTheTypeIsTold(seed: String) throws {
    #expect(
      try Self.said("seed: \(seed)")
        == "\(seed) is out of range; allowed: at least 0 and at most 9223372036854775807")
    #expect(try Self.said("seed: 9223372036854775807") == "")
    #expect(try Self.said("seed: -9223372036854775809").hasSuffix("allowed: at least 0"))
  }

  @Test(arguments: [
    ("\u{A0}", "no-break space (U+00A0)"), ("\u{202F}", "narrow no-break space (U+202F)"),
    ("\u{2009}", "thin space (U+2009)"), ("\u{3000}", "ideographic space (U+3000)"),
    ("\u{200B}", "zero width space (U+200B)"), ("\u{AD}", "soft hyphen (U+00AD)"),
  ])
  func aBlankThatIsNotSeenIsShown(blank: String, name: String) throws {
    let code = name.split(separator: "+").last?.dropLast().drop { $0 == "0" } ?? ""
    for text in [
      "seed: 7\(blank)", "seed: \(blank)7", "price: 1\(blank)000", "share: {value: 0.5\(blank)}",
      "month: 2024-01\(blank)", "'on': true\(blank)", "kind: sobol\(blank)", "id: a\(blank)",
    ] {
      let said = try Self.said(text)
      #expect(said.hasSuffix("; remove the \(name)"), "\(said)")
      #expect(said.contains("\\u{\(code)}") || said.contains("\\u{00\(code)}"), "\(said)")
    }
    #expect(try Self.said("note: a\(blank)b") == "")
  }
}
