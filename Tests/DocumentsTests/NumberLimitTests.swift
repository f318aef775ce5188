@testable import Documents
import Testing

/// Numbers beyond their range, and what they were probably meant to be.
@Suite struct NumberLimitTests {
  private static func messages(_ number: String, _ schema: Schema) throws -> String {
    let source = try SourceDocument(text: "value: \(number)\n", file: "test.yaml")
    let faults = source.check(against: .mapping([.optional("value", schema, "A value.")])).faults
    return faults.map(\.description).joined(separator: "\n")
  }

  @Test(arguments: [
    ("1.48e14", "TFLOP/s", 1, 1e7, "148 TFLOP/s? 1.48e14 looks like FLOP/s"),
    ("1.48e8", "TFLOP/s", 1, 1e7, "148 TFLOP/s? 1.48e8 looks like MFLOP/s"),
    ("0.148", "TFLOP/s", 1, 1e7, "148 TFLOP/s? 0.148 looks like PFLOP/s"),
    ("4.8", "GB/s", 10, 1e9, "4800 GB/s? 4.8 looks like TB/s"),
    ("4e12", "GB/s", 10, 1e9, "4000 GB/s? 4e12 looks like B/s"),
    ("141000", "GB", 1, 1e5, "141 GB? 141000 looks like MB"),
    ("0.7", "W", 1, 1e6, "700 W? 0.7 looks like kW"),
    ("8.14e8", "mm2", 10, 1e6, "814 mm2? 8.14e8 looks like um2"),
    ("8.14", "mm2", 10, 1e6, "814 mm2? 8.14 looks like cm2"),
    ("4.8e15", "TPP", 0, 1e9, "4800 TPP? 4.8e15 looks like FLOP/s times bits"),
  ]) func anotherPrefixIsSeen(
    number: String, unit: String, low: Double, high: Double, question: String
  ) throws {
    let said = try Self.messages(number, .number(.between(low, high), unit: unit))
    #expect(
      said.hasSuffix(
        "\(number) is out of range; allowed: at least \(plainNumber(low)) and at most "
          + "\(plainNumber(high)) [\(unit)]. \(question)"), "\(said)")
  }

  @Test(arguments: [("1e300", "TFLOP/s"), ("-4", "GB"), ("12", "USD"), ("0", "W"), ("3", "")])
  func nothingIsGuessedWhereNothingFits(number: String, unit: String) throws {
    let said = try Self.messages(number, .number(.between(20, 1e7), unit: unit))
    #expect(said.contains("is out of range") && !said.contains("looks like"), "\(said)")
  }

  @Test(arguments: [
    Schema.number(.any), .number(.atLeast(0)), .number(.above(0), unit: "USD"), .quantity(.any),
    .quantity(.above(0)), .list(of: .number(.any)),
  ]) func oneLimitHoldsForEveryNumber(_ schema: Schema) throws {
    let isList = if case .list = schema { true } else { false }
    for (number, isAllowed) in [("1e40", true), ("1.1e40", false), ("1e300", false)] {
      let said = try Self.messages(isList ? "[\(number)]" : number, schema)
      #expect(said.isEmpty == isAllowed, "\(said)")
      #expect(isAllowed || said.contains("at most 1.0e+40"), "\(said)")
    }
  }

  @Test(arguments: [
    "{ci90: [1, 1e300]}", "{normal: {mean: 1e41, sd: 1}}", "{lognormal: {median: 1, sigma: 1e41}}",
    "{discrete: {values: [1e50, 1], weights: [1, 1]}}",
    "{discrete: {values: [1], weights: [1e300]}}",
    "{mixture: [{weight: 1e300, of: 1}]}", "{uniform: [0, 1], max: 1e99}", "{value: -1e41}",
  ]) func laws(_ law: String) throws {
    #expect(try Self.messages(law, .quantity(.any)).contains("is out of range"), "\(law)")
  }

  @Test func theLimitStandsInTheJSONSchemaOfEveryNumber() {
    let text = jsonSchema(
      of: .mapping([.optional("value", .number(.atLeast(0)), "A value.")]), title: "A", id: "b")
    #expect(
      text.contains(#""maximum": 1e+40"#) || text.contains(#""maximum": 1.0e+40"#),
      "\(text.prefix(900))")
  }
}
