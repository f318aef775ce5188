import PolicyModel
import Scenarios
import Simulation
import Testing

/// Numbers stay finite and sane where nobody would look.
@Suite struct EconomyExtremeTests {
  private typealias Regime = EconomySketch.RegimeSketch

  private static func ruled(_ end: String) -> EconomySketch {
    EconomySketch(
      end: end, replicates: 2,
      regimes: [Regime(id: "current-law", rules: EconomySketch.rulesAsTheyWere)])
  }

  /// Runs a sketch and says which runs could not be computed.
  private static func failures(_ sketch: EconomySketch) async throws -> [String] {
    try await sketch.run().result.failures.map(words)
  }

  private static func words(_ failure: ReplicateFailure) -> String {
    "\(failure.column.metric.name) of \(failure.column.entity), step \(failure.step ?? -1): "
      + "\(failure.value)"
  }

  private static let mechanisms = ["all"] + Catalogue.mechanisms.map(\.name) + ["owners", "labs"]

  /// The prior points at which a world is most likely to run away: everything, or one mechanism's.
  @Test(arguments: [0.001, 0.999])
  func `priors at their ends`(probability: Double) throws {
    let (long, short) = (try Self.ruled("2030-12").scenario(), try Self.ruled("2026-03").scenario())
    let (longBench, shortBench) = (try EconomyBench(long), try EconomyBench(short))
    for mechanism in Self.mechanisms {
      // What one mechanism makes run away does so in its first years.
      let isLong = ["all", "owners", "labs"].contains(mechanism)
      let (scenario, bench) = isLong ? (long, longBench) : (short, shortBench)
      let changes = bench.quantiles(
        probability, of: scenario, mechanism: mechanism == "all" ? nil : mechanism)
      guard !changes.isEmpty else { continue }
      let (values, failure) = bench.numbers(changes)
      #expect(failure == nil, "\(mechanism) at \(probability): \(failure.map(Self.words) ?? "")")
      #expect(!values.contains { $0.isInfinite })
      try expectSane(values, bench.engine.layout, "\(mechanism) at \(probability)")
    }
  }

  /// Stocks and money are not negative, shares within 0 and 1, whatever the priors.
  private func expectSane(_ values: [Double], _ layout: CellLayout, _ what: String) throws {
    for (cell, value) in values.enumerated() where value.isFinite {
      let metric = layout.place(of: cell).column.metric
      if metric.name.hasPrefix("stock_") || metric.name.hasSuffix("_chips") {
        #expect(value >= -1e-6, "\(what): \(metric.name) \(value)")
      }
      if metric.name.hasSuffix("_share") || metric.name == "scarcity" {
        #expect((-1e-9...1 + 1e-9).contains(value), "\(what): \(metric.name) \(value)")
      }
    }
  }

  @Test func `efficiency stays sane at the ends of its priors`() throws {
    let scenario = try Self.ruled("2030-12").scenario()
    let bench = try EconomyBench(scenario)
    for probability in [0.5, 0.999] {
      let changes = bench.quantiles(
        probability, of: scenario, mechanism: "algorithmic_efficiency")
      let (values, _) = bench.numbers(changes)
      let layout = bench.engine.layout
      let highest = values.indices.filter {
        layout.place(of: $0).column.metric.name == "algorithmic_efficiency"
      }.map { values[$0] }.filter(\.isFinite).max()
      #expect(try #require(highest) < 1e8)
      #expect(try #require(highest) > 10)
    }
  }

  @Test func `fifty years`() async throws {
    var sketch = Self.ruled("2072-09")
    sketch.replicates = 1
    sketch.metrics = "[stock_h100e, capability, algorithmic_efficiency, largest_run_cost_usd]"
    #expect(try await Self.failures(sketch) == [])
  }

  @Test func `two hundred labs`() async throws {
    var sketch = Self.ruled("2023-12")
    let labs = (0..<200).map {
      "    - {id: lab-\($0), jurisdiction: \($0 % 2 == 0 ? "US" : "CN"), fleet_of: "
        + "[\($0 % 2 == 0 ? "microsoft" : "alibaba")], fleet_share: 0.004, distils: true}"
    }
    sketch.world = "  labs:\n\(labs.joined(separator: "\n"))"
    #expect(try await Self.failures(sketch) == [])
  }

  @Test(arguments: ["owners.", "labs."])
  func `zeros`(prefix: String) throws {
    let bench = try EconomyBench(try Self.ruled("2025-06").scenario())
    let names = bench.parameters.map(\.declaration.name).filter { $0.hasPrefix(prefix) }
    #expect(!names.isEmpty)
    let (_, failure) = bench.numbers(Dictionary(uniqueKeysWithValues: names.map { ($0, 0) }))
    #expect(failure == nil, "no \(prefix): \(failure.map(Self.words) ?? "")")
  }

  @Test func `no supply`() async throws {
    var sketch = Self.ruled("2025-06")
    sketch.mechanisms = "  supplier_capacity: off\n  domestic_production: off"
    #expect(try await Self.failures(sketch) == [])
    let results = try await sketch.run()
    #expect(try results.total("flow_chips", "US", "current-law").allSatisfy { $0 == 0 })
  }

  /// Each alone, and all that can be.
  @Test(arguments: Catalogue.mechanisms.filter(\.canBeSwitchedOff).map(\.name) + ["everything"])
  func `off`(name: String) async throws {
    var sketch = Self.ruled("2024-03")
    sketch.replicates = 1
    let names =
      name == "everything" ? Catalogue.mechanisms.filter(\.canBeSwitchedOff).map(\.name) : [name]
    sketch.mechanisms = names.filter { $0 != "research_overhead" && $0 != "scripted_runs" }
      .map { "  \($0): off" }.joined(separator: "\n")
    #expect(try await Self.failures(sketch) == [])
  }

  /// Only what makes cut-down parts goes when they are switched off.
  @Test func `without cut-down parts the others are still sold`() async throws {
    var sketch = Self.ruled("2024-06")
    sketch.mechanisms = "  compliant_variants: off"
    let results = try await sketch.run()
    #expect(try results.total("sold_chips", "h100_sxm", "current-law").mean > 1000)
    #expect(try results.total("sold_chips", "a800", "current-law") == [0, 0])
  }
}
