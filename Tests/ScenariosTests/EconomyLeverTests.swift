import PolicyModel
import Quantities
import Scenarios
import Testing

/// No lever is inert: every number that a scenario can set moves some result of a shipped scenario.
///
/// One parameter at a time is changed, and nothing else: the luck is the same, so that a result that
/// moves at all has moved because of it.
@Suite struct EconomyLeverTests {
  /// Where levers are tried, in this order, each until it has moved something: a regime of a shipped
  /// scenario, and for how many months. Most move at once; for the others it says where they bind.
  private static let attempts: [Attempt] = [
    Attempt("smuggling-enforcement", "reactive", months: 28),
    Attempt("efficiency-vs-hardware", "current-law-power-short", months: 30),
    Attempt("efficiency-vs-hardware", "current-law-saturating", months: 24),
    Attempt("remote-access", "know-your-customer", months: 40),
    Attempt("remote-access", "closed", months: 40),
    Attempt("location-verification", "verification", months: 50),
    Attempt("h800-penalty", "oct-2022-rule"),
    Attempt("deepseek-r1", "oct-2022-rule"),
    Attempt("domestic-ramp", "current-law"),
    Attempt("smuggling-enforcement", "reactive"),
    Attempt("h20-and-h200", "current-law"),
  ]

  /// Parameters that move nothing in any shipped scenario, and why they cannot.
  private static let exceptions: [String: String] = [:]

  private struct Attempt {
    let scenario: String
    let regime: String
    let months: Int?

    init(_ scenario: String, _ regime: String, months: Int? = nil) {
      self.scenario = scenario
      self.regime = regime
      self.months = months
    }
  }

  @Test func `every parameter moves some number of a shipped scenario`() throws {
    var moved: Set<String> = []
    var known: Set<String> = []
    for attempt in Self.attempts {
      let scenario = try Scenario(
        contentsOf: ScenarioFixture.path(ofShipped: attempt.scenario))
      let regime = try #require(
        scenario.blueprint.regimes.firstIndex { $0.id == attempt.regime })
      let bench = try EconomyBench(
        scenario, regime: regime, months: attempt.months,
        priced: Self.chipsOnSale(in: scenario, months: attempt.months))
      known.formUnion(bench.parameters.map(\.declaration.name))
      let open = Set(bench.parameters.map(\.declaration.name)).subtracting(moved)
      moved.formUnion(Self.levers(among: open, thatMove: bench))
    }
    let inert = known.subtracting(moved)
    #expect(inert.subtracting(Self.exceptions.keys).sorted() == [], "these move nothing")
    #expect(Set(Self.exceptions.keys).subtracting(inert).sorted() == [], "these do move something")
    #expect(known.count > 150)
  }

  /// Those parameters that move some number, in one of two replicates.
  private static func levers(
    among names: Set<String>, thatMove bench: EconomyBench
  ) -> [String] {
    let before = (0..<2).map { bench.run(replicate: $0).values }
    return bench.parameters.indices.filter { place in
      let declaration = bench.parameters[place].declaration
      guard names.contains(declaration.name) else { return false }
      let others = others(than: bench.values[place], within: declaration.range)
      return before.indices.contains { replicate in
        others.contains { value in
          bench.run([declaration.name: value], replicate: replicate).values != before[replicate]
        }
      }
    }.map { bench.parameters[$0].declaration.name }
  }

  /// Other values of a parameter, within what is allowed: a bit more or less, then much more.
  private static func others(
    than value: Double, within range: ClosedRange<Double>
  ) -> [Double] {
    let steps = value == 0 ? [0.25, 2, -0.25] : [value * 1.25, value * 0.5, value * 5]
    return steps.map { min(max($0, range.lowerBound), range.upperBound) }.filter { $0 != value }
  }

  /// The chips that somebody could buy, whose prices therefore matter.
  private static func chipsOnSale(in scenario: Scenario, months: Int?) -> [String] {
    let blueprint = scenario.blueprint
    guard !blueprint.world.economy.isEmpty else { return [] }
    let end = blueprint.start + min(months ?? .max, blueprint.monthCount)
    return blueprint.world.chips.filter { chip in
      chip.available.map { $0 < end } ?? false
    }.map(\.id)
  }
}
