import PolicyModel
public import Scenarios
import Stochastics

/// A policy arm to be compared with others: a regime of a scenario, or of a point of its sweep.
public struct Arm: Hashable, Sendable {
  /// Which of the scenarios.
  let scenario: Int
  /// The regime's place in it.
  let regime: Int
  /// What it is called: the regime's id, after that of the point in a sweep, after the scenario's name where
  /// there are several; after its label, where several have the same name.
  public let name: String
}

/// Scenarios whose regimes are held to each other, replicate by replicate.
public struct ArmSet: Sendable {
  /// The scenarios.
  public let scenarios: [Scenario]
  /// The arms, the reference first.
  public let arms: [Arm]
  /// Arms that somebody could choose among, because they are regimes of one world: those of the same point
  /// of a sweep, or of none. Nobody chooses between points.
  package let choices: [[Int]]

  /// Why scenarios cannot be compared replicate by replicate.
  public struct Mismatch: Error, CustomStringConvertible {
    /// What differs, and what to do.
    public let description: String
  }

  /// Collects the regimes of scenarios.
  ///
  /// Fails unless all have the same seed, replicates and design: only then is the same replicate the same
  /// luck.
  ///
  /// - Parameter labels: by scenario, what tells it from others of the same name: its file, say.
  public init(of scenarios: [Scenario], labels: [String] = []) throws(Mismatch) {
    for scenario in scenarios.dropFirst() {
      try Self.require(scenario, pairsWith: scenarios[0])
    }
    self.scenarios = scenarios
    let isAlone = scenarios.count == 1
    let isOneSweep =
      Set(scenarios.map(\.name)).count == 1 && scenarios.allSatisfy { $0.point != nil }
    let places = scenarios.map { "\($0.name) \($0.point?.id ?? "")" }
    let isAmbiguous = labels.count == scenarios.count && Set(places).count < places.count
    let arms = scenarios.enumerated().flatMap { place, scenario in
      let name = isAmbiguous ? labels[place] : scenario.name
      let names =
        (isAlone || isOneSweep && !isAmbiguous ? [] : [name])
        + (isAlone ? [] : [scenario.point?.id].compactMap(\.self))
      return scenario.blueprint.regimes.enumerated().map { regime, blueprint in
        Arm(
          scenario: place, regime: regime,
          name: (names + [blueprint.id]).joined(separator: "/"))
      }
    }
    self.arms = arms
    let ofPoints = Dictionary(grouping: arms.indices) { scenarios[arms[$0].scenario].point?.id }
    choices = ofPoints.values.sorted { $0[0] < $1[0] }
  }

  private static func require(
    _ scenario: Scenario, pairsWith first: Scenario
  ) throws(Mismatch) {
    let (ours, theirs) = (first.run, scenario.run)
    let settings: [(String, String, String)] = [
      ("seed", "\(ours.seed)", "\(theirs.seed)"),
      ("replicates", "\(ours.replicates)", "\(theirs.replicates)"),
      ("design", ours.design.rawValue, theirs.design.rawValue),
    ]
    for (key, mine, other) in settings where mine != other {
      if first.name == scenario.name, let point = first.point, scenario.point != nil {
        throw Mismatch(
          description:
            "points of \(first.name) cannot be paired: run.\(key) is \(mine) at one and \(other) at another; "
            + "--point \(point.id) takes one of them")
      }
      throw Mismatch(
        description:
          "\(first.name) and \(scenario.name) cannot be paired: run.\(key) is \(mine) and "
          + "\(other); --set run.\(key)=\(mine) makes them alike")
    }
  }
}
