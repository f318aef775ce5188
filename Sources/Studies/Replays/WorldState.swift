import PolicyModel
package import Quantities
import Scenarios
package import Simulation

/// What one run recorded, month by month.
package struct RecordedRun: Sendable {
  /// Where the values stand.
  let layout: CellLayout
  /// What was recorded; NaN where nothing was.
  let values: [Double]
  /// The first month.
  let start: Month

  /// Runs a replicate of a model under one regime.
  init(of model: PolicyModel, _ scenario: Scenario, replicate: Int, regime: Int) {
    let engine = Engine(model: model, design: scenario.design)
    layout = engine.layout
    values = engine.replay(replicate: replicate, regime: regime) { _, _ in }.values
    start = scenario.run.start
  }

  /// The value of a column at the end of a month; nil where nothing was recorded.
  func value(column: Int, step: Int) -> Double? {
    let value = values[layout.cell(step: step, column: column)]
    return value.isNaN ? nil : value
  }
}

/// What a world had come to at the end of a month: on the side of the follower, and beside it of the leader.
package struct WorldState: Sendable {
  /// The month.
  package let month: Month
  /// The figures, in the order in which they are told.
  package let figures: [Figure]

  /// One figure.
  package struct Figure: Sendable {
    /// What it is, in a few words.
    package let words: String
    /// What it is and whose, as it is recorded.
    package let column: Column
    /// Its value at the end of the month; nil where there is none.
    package let value: Double?
  }

  /// Whose figure it is.
  private enum Side { case follower, leader, world }

  /// What is told of a state: a figure of a mechanism that is off is left out.
  private static let told: [(metric: String, side: Side, words: String)] = [
    ("stock_h100e", .follower, "H100e at work"),
    ("lag_months", .follower, "months behind"),
    ("algorithmic_efficiency", .follower, "times as efficient as the first month's best"),
    ("refused_chips", .follower, "chips wanted and barred in the month"),
    ("smuggled_chips_cumulative", .world, "chips diverted so far"),
    ("stock_h100e", .leader, "H100e at work"),
    ("algorithmic_efficiency", .leader, "times as efficient as the first month's best"),
  ]

  /// The metrics that states are made of.
  static let metrics = Set(told.map(\.metric))

  /// The states of a run at the end of every June and December, and of its last month.
  static func all(in run: RecordedRun, of scenario: Scenario) -> [WorldState] {
    let economy = scenario.blueprint.world.economy
    guard !economy.isEmpty else { return [] }
    let columns = told.compactMap { metric, side, words -> (words: String, place: Int)? in
      let entity =
        switch side {
        case .follower: economy.jurisdictions[economy.follower].id
        case .leader: economy.jurisdictions[economy.leader].id
        case .world: scenario.blueprint.world.entityNames(ofKind: "world").first ?? ""
        }
      let place = run.layout.stepColumns.firstIndex {
        $0.metric.name == metric && $0.entity == entity
      }
      return place.map { (words, $0) }
    }
    let last = run.layout.stepCount - 1
    return (0...last).filter { $0 == last || (run.start + $0).number % 6 == 0 }.map { step in
      WorldState(
        month: run.start + step,
        figures: columns.map { words, place in
          Figure(
            words: words, column: run.layout.stepColumns[place],
            value: run.value(column: place, step: step))
        })
    }
  }
}
