import Quantities
import Simulation
import Stochastics

/// Phase: which chips each lab may buy, day by day of the month, and what rules make of the economy.
///
/// Reads nothing of the world; writes `access` and `terms`. What it says depends on no draw, so it
/// is worked out once for every regime and month. Switched off, every chip is free for everybody: the same
/// as a regime without rules. Requirement and review: see ``RuleBook``.
struct RulesInForce: Mechanism {
  static let id = MechanismID(rawValue: 1)
  static let name = "rules_in_force"
  static let scope = MechanismScope.always
  static let canBeSwitchedOff = true

  /// By regime, then by step.
  private let access: [[MonthlyAccess]]
  /// By regime, then by step; empty without an economy.
  private let terms: [[MonthlyTerms]]
  /// By regime, then by step: whether the terms differ from those of the month before.
  private let isNew: [[Bool]]

  init(_ blueprint: Blueprint) {
    terms =
      blueprint.world.economy.isEmpty
      ? []
      : blueprint.regimes.map {
        MonthlyTerms.all(
          under: $0.rules, onSale: $0.onSale, layout: blueprint.layout, caps: blueprint.caps,
          start: blueprint.start, months: blueprint.monthCount)
      }
    isNew = terms.map { months in
      months.indices.map { $0 == 0 || !months[$0].isSame(as: months[$0 - 1]) }
    }
    // Only scripted runs ask for single days.
    let hasRuns = !blueprint.world.runs.isEmpty
    access = blueprint.regimes.map { regime in
      let cells = hasRuns ? AccessHistory.all(of: blueprint.world, under: regime.rules) : []
      return (0..<blueprint.monthCount).map { step in
        MonthlyAccess(
          histories: cells, month: blueprint.start + step,
          chipCount: blueprint.world.chips.count)
      }
    }
  }

  func firstDifference(between first: Int, and second: Int) -> Int {
    access[first].indices.first { step in
      !access[first][step].isSame(as: access[second][step])
        || !terms.isEmpty && !terms[first][step].isSame(as: terms[second][step])
    } ?? .max
  }

  func advance(_ world: inout World, _ step: StepContext) {
    world.access = access[world.regime][step.step]
    // Months that are like the one before share its tables, and nothing has to be counted anew.
    guard !terms.isEmpty, step.step == 0 || isNew[world.regime][step.step] else { return }
    world.economy.terms = terms[world.regime][step.step]
  }
}
