import Scenarios
import Testing

/// What does nothing changes nothing, to the bit.
@Suite struct EconomyBitTests {
  private typealias Regime = EconomySketch.RegimeSketch

  /// Rules that bite in the middle of months, known beforehand.
  private static let rules = [
    EconomySketch.closing(fromTPP: 4000, on: "2023-03-17", announced: "2022-12-20"),
    EconomySketch.license(
      for: "h20, l20", from: "2024-02-09", terms: ", revenue_share: 0.1, duty: 0.05"),
  ]

  private static let reference = EconomySketch(
    end: "2024-03", replicates: 2,
    regimes: [Regime(id: "free"), Regime(id: "ruled", rules: rules)])

  /// What most are held against, run once.
  private static let referenceBits = Task { try await reference.bits() }

  /// The first places of `ours` at which something else stands in `theirs`; those that only one of
  /// them has do not count, but there must be many in both.
  private static func differences(_ ours: ScenarioResults, _ theirs: ScenarioResults) -> [String] {
    let shared = ours.bits.filter { theirs.bits[$0.key] != nil }
    guard shared.count > ours.bits.count / 2 else { return ["hardly anything to compare"] }
    return shared.filter { theirs.bits[$0.key] != $0.value }
      .map { "\($0.key.regime) \($0.key.metric) of \($0.key.entity), step \($0.key.step ?? -1)" }
      .sorted().prefix(5).map(\.self)
  }

  private static func expectSame(
    _ change: (inout EconomySketch) -> Void, as first: EconomySketch? = nil,
    _ location: Testing.SourceLocation = #_sourceLocation
  ) async throws {
    var sketch = first ?? reference
    change(&sketch)
    let ours: ScenarioResults
    if let first { ours = try await first.bits() } else { ours = try await referenceBits.value }
    let found = differences(ours, try await sketch.bits())
    #expect(found.isEmpty, "\(found)", sourceLocation: location)
  }

  /// Wherever it stands in the alphabet: the first lab of a market is nobody's yardstick.
  @Test(arguments: ["aa", "inert", "zz"])
  func `a lab without a share of any fleet`(name: String) async throws {
    try await Self.expectSame {
      $0.world = """
          labs:
            - {id: \(name)-us, jurisdiction: US, fleet_of: [microsoft], fleet_share: 0, openness: 1, open_weights: true}
            - {id: \(name)-cn, jurisdiction: CN, fleet_of: [alibaba], fleet_share: 0, distils: true, parallelism: co_designed}
        """
    }
  }

  @Test(arguments: ["aa", "zz"], ["US", "CN"])
  func `an owner without money or chips, and its lab`(name: String, place: String) async throws {
    try await Self.expectSame {
      $0.world = """
          owners:
            - {id: \(name)-nobody, jurisdiction: \(place), spending_usd_per_year: [{year: 2022, value: 0}]}
          labs:
            - {id: \(name)-lab, jurisdiction: \(place), fleet_of: [\(name)-nobody], fleet_share: 0.5, openness: 1}
        """
    }
  }

  /// It has dates of its own in the middle of months, before and after those of rules that bite.
  @Test func `a rule that matches no chip`() async throws {
    let none = [("2023-01-11", "a"), ("2023-03-20", "b"), ("2024-01-13", "c")].map {
      EconomySketch.closing(fromTPP: 1e9, on: $0, announced: "2022-10-05", id: "nothing_\($1)")
    }
    try await Self.expectSame { sketch in
      for place in sketch.regimes.indices { sketch.regimes[place].rules += none }
    }
  }

  /// It is known long before anything that it closes can be bought.
  @Test func `a rule on chips that are not on sale yet`() async throws {
    let rule = EconomySketch.closing(
      fromTPP: 30_000, on: "2023-06-01", announced: "2022-11-05", id: "too_early")
    try await Self.expectSame { sketch in
      for place in sketch.regimes.indices { sketch.regimes[place].rules.append(rule) }
    }
  }

  /// Each in a world in which it had nothing to do.
  @Test(arguments: [
    "energy_limit", "licensing", "regulator_reactions", "compliant_variants",
  ])
  func `a mechanism that had nothing to do`(name: String) async throws {
    var free = Self.reference
    free.regimes = [Regime(id: "free")]
    try await Self.expectSame({ $0.mechanisms = "  \(name): off" }, as: free)
  }

  @Test(arguments: [
    ("grey_market", "grey_market: {capacity_per_month: 0}"),
    ("remote_access", "remote_access: {openness: 0}"),
    ("catch_up", "catch_up: {rate_per_year: 0}"),
    ("rules_in_force", ""), ("lab_ledger", "lab_ledger: {data_share: 0.1}"),
  ])
  func `a mechanism that was made to do nothing`(name: String, idle: String) async throws {
    var first = Self.reference
    if name == "rules_in_force" { first.regimes = [Regime(id: "free")] }
    first.mechanisms = idle.isEmpty ? "" : "  \(idle)"
    if name == "lab_ledger" {
      // Books are read by nobody but themselves.
      first.metrics = "[stock_h100e, capability, algorithmic_efficiency, lag_months, sold_chips]"
    }
    try await Self.expectSame({ $0.mechanisms = "  \(name): off" }, as: first)
  }

  @Test func `another order of regimes`() async throws {
    try await Self.expectSame { $0.regimes.reverse() }
  }

  /// Parts that answer the rules of one regime are sold in it alone, and nobody hurries to them elsewhere, where the
  /// second of two rules would close them, and hardly any other chip.
  @Test func `a regime whose suppliers answer its rules`() async throws {
    let rules = [
      EconomySketch.closing(fromTPP: 4000, on: "2023-03-17", announced: "2022-12-20"),
      EconomySketch.closing(fromTPP: 3900, on: "2023-11-17", announced: "2023-10-05")
        .replacing("id: closing", with: "id: later"),
    ]
    var sketch = Self.reference
    sketch.regimes = [Regime(id: "ruled", rules: rules)]
    try await Self.expectSame(
      { $0.regimes.append(Regime(id: "answered", rules: rules, variants: "responsive")) },
      as: sketch)
  }

  /// More replicates than one block holds, so that there is something to share out.
  @Test func `another number of threads`() async throws {
    var sketch = Self.reference
    sketch.end = "2022-10"
    sketch.replicates = 1030
    sketch.regimes.removeLast()
    sketch.metrics = "[stock_h100e, sold_chips, algorithmic_efficiency]"
    let scenario = try sketch.scenario()
    let (one, two) = (
      try await ScenarioResults(of: scenario, threads: 1),
      try await ScenarioResults(of: scenario, threads: 2)
    )
    #expect(one == two)
  }

  /// The same labs and owners of a world of our own, in two orders of the file.
  @Test func `another order of labs and owners`() async throws {
    let labs = [
      "{id: beta, jurisdiction: US, fleet_of: [microsoft], fleet_share: 0.1}",
      "{id: alpha, jurisdiction: CN, fleet_of: [alibaba], fleet_share: 0.2, distils: true}",
    ]
    let owners = ["second", "first"].map {
      "{id: \($0), jurisdiction: CN, spending_usd_per_year: [{year: 2022, value: 1.0e8}]}"
    }
    func world(_ labs: [String], _ owners: [String]) -> String {
      "  labs: [\(labs.joined(separator: ", "))]\n  owners: [\(owners.joined(separator: ", "))]"
    }
    var first = Self.reference
    first.world = world(labs, owners)
    try await Self.expectSame(
      { $0.world = world(labs.reversed(), owners.reversed()) }, as: first)
  }
}
