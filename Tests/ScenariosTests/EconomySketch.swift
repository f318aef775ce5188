import PolicyModel
import Quantities
import Scenarios
import Simulation

/// A scenario on the reference world, in a few lines: from October 2022, with one seed for all.
struct EconomySketch {
  /// The last month.
  var end = "2024-06"
  var replicates = 24
  /// What is different in the world: lines under `world`.
  var world = ""
  /// Lines under `mechanisms`.
  var mechanisms = ""
  var regimes: [RegimeSketch]
  /// Names of metrics, or `all`.
  var metrics = "all"

  /// A regime: its id, rules as YAML in one line each, and what it sets.
  struct RegimeSketch {
    var id: String
    var rules: [String] = []
    var set: [String: String] = [:]
    var variants = "historical"
  }

  var text: String {
    """
    about: {title: A test, question: Does the law hold?}
    run: {start: 2022-10, end: \(end), replicates: \(replicates), seed: 20221007}
    world:
      use: world-2022
    \(world)
    \(mechanisms.isEmpty ? "" : "mechanisms:\n\(mechanisms)")
    regimes:
    \(regimes.map(Self.text).joined(separator: "\n"))
    metrics: \(metrics)

    """
  }

  private static func text(_ regime: RegimeSketch) -> String {
    let set = regime.set.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
    return """
        - id: \(regime.id)
          variants: \(regime.variants)
          rules: [\(regime.rules.joined(separator: ", "))]
          set: {\(set.joined(separator: ", "))}
      """
  }

  func scenario() throws -> Scenario { try ScenarioFixture.scenario(text) }

  func run(threads: Int = 2) async throws -> EconomyResults {
    let scenario = try scenario()
    let engine = Engine(model: UnderTest.model(scenario.model), design: scenario.design)
    return EconomyResults(try await engine.runKeepingAll(threads: threads))
  }

  /// Every number of a run, to the bit.
  func bits() async throws -> ScenarioResults { try await ScenarioResults(of: scenario()) }
}

extension EconomySketch {
  /// A rule that closes every chip from a TPP on to China.
  static func closing(
    fromTPP tpp: Double, on day: String = "2022-12-01", announced: String = "2022-11-15",
    id: String = "closing"
  ) -> String {
    "{id: \(id), government: US, title: A threshold, announced: \(announced), effective: \(day), "
      + "destinations: [CN], requirement: [{when: {tpp: {at_least: \(tpp)}}}], "
      + "review: [{policy: deny}]}"
  }

  /// A rule on anything but chips.
  static func measure(
    on subject: String, by government: String = "US", from day: String, rest: String = ""
  ) -> String {
    "{id: measure_\(subject)_\(government.lowercased()), government: \(government), title: A measure, "
      + "effective: \(day), acts_on: \(subject), destinations: [CN, HUB]\(rest)}"
  }

  /// A rule under which some chips need a license, on terms.
  static func license(
    for chips: String, from day: String, policy: String = "license", terms: String = "",
    government: String = "US", id: String = "review"
  ) -> String {
    "{id: \(id), government: \(government), title: A review, effective: \(day), destinations: [CN], "
      + "requirement: [{when: {chips: [\(chips)]}}], review: [{policy: \(policy)\(terms)}]}"
  }

  /// The ids of all built-in rules that a world with owners of chips can take, as they were.
  static var rulesAsTheyWere: [String] {
    BuiltInFacts.current.rules.filter { rule in
      rule.effective != nil && rule.isEnforced && rule.subject != .nothing
        && !(rule.subject == .entities && rule.entities.isEmpty)
        && !(rule.subject == .chips && rule.requirement.isEmpty && rule.review.isEmpty)
    }.map(\.id)
  }
}

/// What a sketch's run recorded, by metric, entity and regime.
struct EconomyResults {
  let result: EnsembleResult
  private let cells: [String: [Int]]

  init(_ result: EnsembleResult) {
    self.result = result
    var cells: [String: [Int]] = [:]
    for cell in 0..<result.layout.cellCount {
      let place = result.layout.place(of: cell)
      guard place.step != nil else { continue }
      cells["\(place.column.metric.name) \(place.column.entity)", default: []].append(cell)
    }
    self.cells = cells
  }

  /// The values month by month, in each one for each replicate; stops the test for unknown words.
  func series(
    _ metric: String, _ entity: String, _ regime: String
  ) throws -> [[Double]] {
    guard let place = result.regimes.firstIndex(of: regime),
      let cells = cells["\(metric) \(entity)"]
    else { throw UnknownSeries(words: "\(metric) of \(entity) under \(regime)") }
    return cells.map { result.values(regime: place, cell: $0) }
  }

  /// The values of the last month.
  func last(_ metric: String, _ entity: String, _ regime: String) throws -> [Double] {
    try series(metric, entity, regime).last ?? []
  }

  /// For each replicate, the sum over all months.
  func total(_ metric: String, _ entity: String, _ regime: String) throws -> [Double] {
    let months = try series(metric, entity, regime)
    return result.replicates.indices.map { replicate in months.reduce(0) { $0 + $1[replicate] } }
  }

  /// Where `lower` is above `upper` by more than rounding, in any replicate and month.
  func violations(
    _ metric: String, _ entity: String, lower: String, upper: String
  ) throws -> [String] {
    let (low, high) = (try series(metric, entity, lower), try series(metric, entity, upper))
    return low.indices.flatMap { month in
      low[month].indices.filter { low[month][$0] > high[month][$0] * (1 + 1e-9) + 1e-9 }.map {
        "month \(month), replicate \($0): \(low[month][$0]) under \(lower), "
          + "\(high[month][$0]) under \(upper)"
      }
    }
  }
}

struct UnknownSeries: Error {
  let words: String
}

extension [Double] {
  var mean: Double { reduce(0, +) / Double(count) }
  var median: Double { sorted()[count / 2] }
}
