@testable import Documents
import Scenarios

/// Scenarios in which something is written that does nothing.
enum MeaningFixture {
  /// Two regimes in the built-in world, the second with something of its own.
  ///
  /// - Parameters:
  ///   - rule: added to the second regime.
  ///   - rules: of both regimes.
  ///   - world: what is changed in the world, at four blanks.
  ///   - rest: sections at the end.
  static func economy(
    _ rule: String? = nil, rules: String = "us_2022_10, us_2023_10", world: String = "",
    end: String = "2024-12", set: String = "", rest: String = ""
  ) -> String {
    """
    about: {title: T, question: Q}
    run: {start: 2022-10, end: \(end), replicates: 8}
    world:
      use: world-2022
    \(world)
    regimes:
      - id: law
        rules: [\(rules)]
      - id: mine
        rules: [\(rules)\(rule.map { ", \($0)" } ?? "")]
        set: {\(set)}
    \(rest)
    """
  }

  /// A rule of the second regime, its dates and its place as they mostly are.
  static func rule(
    _ rest: String, destinations: String = "[CN]", effective: String = "2023-06-01",
    government: String = "US"
  ) -> String {
    "{id: my_rule, government: \(government), title: T, effective: \(effective), "
      + "destinations: \(destinations), \(rest)}"
  }

  /// One run of one lab in a world without owners.
  static func scripted(
    lab: String = "CN", rules: String = "us_2022_10", chips: String = ""
  ) -> String {
    """
    about: {title: T, question: Q}
    run: {start: 2024-01, end: 2024-06, replicates: 8}
    world:
      \(chips)
      labs: [{id: lab, jurisdiction: \(lab)}]
      runs:
        - {id: r, lab: lab, start: 2024-02-01, documented_on: h100_sxm,
           choose_from: [h100_sxm, h800, h20], chips: 1000,
           stages: [{id: p, stage: pretraining, chip_hours: 100000}]}
    regimes:
      - id: a
      - id: b
        rules: [\(rules)]
    """
  }

  /// What is warned of, in the words that users read; the faults where there are any.
  static func warnings(_ text: String) -> String {
    do {
      return try ScenarioFixture.scenario(text).warnings.map(\.description).joined(separator: "\n")
    } catch { return error.description }
  }
}
