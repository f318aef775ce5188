import PolicyModel
import Scenarios
import Stochastics
import Testing

/// Where something stands in the file changes no number.
@Suite struct ScenarioOrderTests {
  @Test(arguments: ["  labs", "  runs", "    rules"], [Design.Kind.mc, .sobol])
  func reversing(_ list: String, _ design: Design.Kind) async throws {
    let text = try ScenarioFixture.deepSeek()
    let other = Self.reversing(list, in: text)
    try #require(other != text)
    // With fewer Sobol points than this every dimension is like every other.
    let replicates = design == .sobol ? "64" : "16"
    let results = try await Self.results(of: text, design, replicates: replicates)
    #expect(try await Self.results(of: other, design, replicates: replicates) == results)
  }

  @Test(arguments: ["  jurisdictions", "  suppliers", "  owners", "  labs"])
  func reversingAnEconomy(_ list: String) async throws {
    let text = EconomyFixture.small
    let other = Self.reversing(list, in: text)
    try #require(other != text)
    let results = try await Self.results(of: text, .mc, replicates: "8")
    #expect(try await Self.results(of: other, .mc, replicates: "8") == results)
  }

  /// Another order of regimes is another reference, but the numbers of each stay what they are.
  @Test func reversingRegimes() async throws {
    let text = try ScenarioFixture.deepSeek()
    let other = Self.reversing("regimes", in: text)
    try #require(other != text)
    #expect(try await Self.results(of: other, .mc) == (try await Self.results(of: text, .mc)))
  }

  /// A regime is the same alone as among others.
  @Test func leavingRegimesOut() async throws {
    let text = try ScenarioFixture.deepSeek()
    let all = try await Self.results(of: text, .mc)
    for regime in ["oct-2022-rule", "no-controls", "h20-only"] {
      let alone = try await Self.results(of: text, .mc, regimes: [regime])
      #expect(alone.bits == all.bits(of: regime))
    }
  }

  /// The first replicates stay what they are when there are more.
  @Test func moreReplicates() async throws {
    let text = try ScenarioFixture.deepSeek()
    let few = try await Self.results(of: text, .mc)
    let many = try await Self.results(of: text, .mc, replicates: "24")
    for (place, bits) in few.bits { #expect(many.bits[place]?.prefix(bits.count) == bits[...]) }
  }

  private static func results(
    of text: String, _ design: Design.Kind, regimes: [String] = [], replicates: String = "16"
  ) async throws -> ScenarioResults {
    let scenario = try ScenarioFixture.scenario(text) { overrides in
      overrides.settings = [("run.replicates", replicates), ("run.design", design.rawValue)]
      overrides.regimes = regimes
    }
    return try await ScenarioResults(of: scenario)
  }

  /// Turns every list under this key (with its indentation) round, as a person moving lines would.
  private static func reversing(_ list: String, in text: String) -> String {
    let indentation = list.prefix { $0 == " " }
    var result: [Substring] = []
    var items: [[Substring]] = []
    var isInside = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if isInside, line.isEmpty || line.hasPrefix(indentation + "  ") {
        if items.isEmpty || line.hasPrefix(indentation + "  - ") { items.append([]) }
        items[items.count - 1].append(line)
      } else {
        result += items.reversed().flatMap(\.self) + [line]
        items = []
        isInside = line == list + ":"
      }
    }
    return (result + items.reversed().flatMap(\.self)).joined(separator: "\n")
  }
}
