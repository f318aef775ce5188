import PolicyModel
import Quantities
import Scenarios
import Testing

/// No lever is inert: every number that a scenario can set moves some result of a shipped scenario.
///
/// One parameter at a time is changed, and nothing else: the luck is the same, so that a result that
/// moves at all has moved because of it.
@Suite struct EconomyLeverTests {
  /// Where levers are tried, in this order, each until it has moved something: at the start of a run,
  /// where most do, or in the months in which they bind.
  private static let attempts = [
    Attempt("smuggling-enforcement", "reactive", 0..<3, draw: 12),
    Attempt("h800-penalty", "no-controls", 0..<8),
    Attempt("deepseek-r1", "no-controls", 0..<8),
    // Rules on memory and foundries come, and most chips are on sale.
    Attempt("smuggling-enforcement", "reactive", 23..<28),
    // The follower's stock is past the trigger in these draws.
    Attempt("smuggling-enforcement", "reactive", 5..<18, draw: 12),
    Attempt("smuggling-enforcement", "reactive", 5..<18, draw: 5),
    // Parts that suppliers design are on sale from some months after the first rule.
    Attempt("domestic-ramp", "responsive-variants", 0..<9),
    Attempt("efficiency-vs-hardware", "current-law-power-short", 0..<9),
    Attempt("efficiency-vs-hardware", "current-law-saturating", 0..<4),
    Attempt("remote-access", "know-your-customer", 20..<23),
    Attempt("remote-access", "closed", 20..<23),
    // Licenses of the H20 come and go, buyers are discouraged, chips tell where they are.
    Attempt("location-verification", "verification", 30..<42),
    Attempt("h20-and-h200", "b30a-allowed", 39..<50),
    // In this draw the follower's government retaliates.
    Attempt("smuggling-enforcement", "reactive", 5..<18, draw: 147),
    // In this one the leader's government tightens while A800s are on sale.
    Attempt("smuggling-enforcement", "reactive", 0..<8, draw: 20),
    // Nobody services tools.
    Attempt("tools-and-servicing", "no-servicing", 51..<64),
    // American models are closed to the follower.
    Attempt("model-access", "both-closed", 44..<60, draw: 0),
    // Places of transit ask for permits.
    Attempt("transit-permit", "all-hubs", 36..<44),
    // Which licenses were granted is known no more, and both governments decide.
    Attempt("h20-and-h200", "current-law", 50..<74, draw: 0),
    Attempt("h200-quota", "no-license", 50..<74, draw: 0),
    // The last chips of the catalogue.
    Attempt("smuggling-enforcement", "reactive", 60..<75),
  ]

  /// Parameters that move nothing in any shipped scenario, and why they cannot.
  private static let exceptions = [
    "licensing.presumption_withdrawals_per_year":
      "no license is granted against a presumption of denial unless a scenario says so",
    "jurisdictions.CN.enforcement": "chips are diverted to the follower's place, never from it",
  ]

  private struct Attempt {
    let scenario: String
    let regime: String
    /// From which month on levers are changed, and for how many it is seen what they do.
    let months: Range<Int>
    /// The replicate of the scenario, with its draw and its luck; nil for the medians.
    let draw: Int?

    init(_ scenario: String, _ regime: String, _ months: Range<Int>, draw: Int? = nil) {
      self.scenario = scenario
      self.regime = regime
      self.months = months
      self.draw = draw
    }

    /// Only its regime and months are read, since reading takes time too.
    func bench() throws -> EconomyBench {
      let path = ScenarioFixture.path(ofShipped: scenario)
      var overrides = Overrides()
      overrides.regimes = [regime]
      if regime == "responsive-variants" {
        // Suppliers' answers to each rule are worked out at once: seconds for those of later years.
        overrides.settings = [("run.end", "2023-06")]
      }
      let scenario = try Scenario(contentsOf: path, overrides: overrides)
      return try EconomyBench(scenario, draw: draw, priced: chipsOnSale(in: scenario.blueprint))
    }

    /// The chips that somebody could buy, whose prices therefore matter.
    private func chipsOnSale(in blueprint: Blueprint) -> [String] {
      guard !blueprint.world.economy.isEmpty else { return [] }
      let end = blueprint.start + months.upperBound
      return blueprint.world.chips.filter { $0.available.map { $0 < end } ?? false }.map(\.id)
    }
  }

  @Test func `every parameter moves some number of a shipped scenario`() async throws {
    var moved: Set<String> = []
    var known: Set<String> = []
    for attempt in Self.attempts {
      let bench = try attempt.bench()
      let names = Set(bench.parameters.map(\.declaration.name))
      known.formUnion(names)
      await moved.formUnion(
        Self.levers(among: names.subtracting(moved), thatMove: bench, in: attempt))
    }
    let inert = known.subtracting(moved)
    #expect(inert.subtracting(Self.exceptions.keys).sorted() == [], "these move nothing")
    #expect(Set(Self.exceptions.keys).subtracting(inert).sorted() == [], "these do move something")
    #expect(known.count > 150)
  }

  /// Those parameters that move some number.
  private static func levers(
    among names: Set<String>, thatMove bench: EconomyBench, in attempt: Attempt
  ) async -> [String] {
    let parts = 4
    return await withTaskGroup(of: [String].self) { group in
      for part in 0..<parts {
        group.addTask {
          let stretch = bench.stretch(attempt.months, replicate: attempt.draw ?? 0)
          return stride(from: part, to: bench.parameters.count, by: parts).compactMap { place in
            let declaration = bench.parameters[place].declaration
            guard names.contains(declaration.name) else { return nil }
            let moves = others(than: bench.values[place], within: declaration.range).contains {
              bench.differs([declaration.name: $0], in: stretch)
            }
            return moves ? declaration.name : nil
          }
        }
      }
      return await group.reduce(into: []) { $0 += $1 }
    }
  }

  /// Other values of a parameter, within what is allowed: a bit more, much less, much more, and as
  /// little as can be, where a limit binds that otherwise never does.
  private static func others(
    than value: Double, within range: ClosedRange<Double>
  ) -> [Double] {
    let steps = value == 0 ? [0.25, 2, -0.25] : [value * 1.25, value * 0.5, value * 5]
    return (steps + [range.lowerBound]).map { min(max($0, range.lowerBound), range.upperBound) }
      .filter { $0 != value }
  }
}
