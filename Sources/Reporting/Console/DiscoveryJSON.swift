import Analysis
import PolicyModel
import Scenarios
import Simulation
import Stochastics
public import Studies

extension DiscoveryAnswer {
  /// The answer in JSON, in plain numbers.
  public var json: String {
    let report = DiscoveryJSON(
      scenario: scenario.name,
      figure: AskedFigureJSON(question.figure, column, in: month, scenario),
      aim: aimInWords, sentences: sentences, draws: draws.count,
      draws_without_outcome: missingReplicates,
      outcomes: question.aim.outcomes.map {
        .init(outcome: Self.word($0), draws: count(of: $0))
      },
      chance: chance.map {
        .init(
          draws: $0.draws, differing: $0.differing, share_low: $0.interval.lowerBound,
          share_high: $0.interval.upperBound)
      },
      conditions: conditions.map { found in
        .init(
          outcome: Self.word(found.outcome), too_rare: found.isTooRare,
          boxes: found.boxes.map { box(of: $0) })
      }, tree: tree.map { leaves(of: $0) }, numbers_never_conditions: withheldNumbers)
    return SimulatedJSON(report, scenario.run, failedReplicates: failedReplicates).text
  }

  private func box(of finding: BoxSearch.Finding) -> DiscoveryJSON.Box {
    DiscoveryJSON.Box(
      limits: finding.limits.map { limit(of: $0.limit, $0) },
      found: .init(finding.found), held_out: .init(finding.heldOut), holds: holds(finding),
      chosen_step: finding.step,
      trajectory: finding.trajectory.map { step in
        .init(
          density: step.tally.density,
          coverage: Double(step.tally.cases) / Double(finding.found.all.cases),
          mass: Double(step.tally.count) / Double(finding.found.all.count),
          numbers_limited: step.box.numbers.count)
      })
  }

  private func limit(
    of limit: DrawBox.Limit, _ sound: BoxSearch.SoundLimit? = nil
  ) -> DiscoveryJSON.Limit {
    let number = numbers[limit.number]
    return DiscoveryJSON.Limit(
      number: number.name, unit: number.unit, end: limit.end == .lower ? "above" : "below",
      value: value(of: limit), probability: limit.value, quasi_p: sound?.quasiP,
      held_out_quasi_p: sound?.heldOutQuasiP)
  }

  private func leaves(of tree: DecisionTree) -> [DiscoveryJSON.Leaf] {
    zip(tree.root.leaves, heldOutLeaves).map { leaf, heldOut in
      func counts(_ counts: [Int]) -> [DiscoveryJSON.Count] {
        question.aim.outcomes.map { outcome in
          .init(
            outcome: Self.word(outcome),
            draws: outcome.rawValue < counts.count ? counts[outcome.rawValue] : 0)
        }
      }
      return DiscoveryJSON.Leaf(
        limits: leaf.limits.map { limit(of: $0) }, found: counts(leaf.counts),
        held_out: counts(heldOut))
    }
  }
}

private struct DiscoveryJSON: Encodable {
  struct Count: Encodable {
    let outcome: String
    let draws: Int
  }

  struct Chance: Encodable {
    let draws: Int
    let differing: Int
    let share_low: Double
    let share_high: Double
  }

  struct Limit: Encodable {
    let number: String
    let unit: String
    let end: String
    let value: Double
    let probability: Double
    let quasi_p: Double?
    let held_out_quasi_p: Double?
  }

  struct Score: Encodable {
    let draws: Int
    let cases: Int
    let density: Double?
    let coverage: Double?
    let mass: Double
    let density_of_left: Double?
    let chance: Double

    init(_ score: BoxSearch.Score) {
      func known(_ value: Double) -> Double? { value.isNaN ? nil : value }
      (draws, cases) = (score.inside.count, score.inside.cases)
      (density, coverage) = (known(score.density), known(score.coverage))
      (mass, density_of_left) = (score.mass, known(score.left.density))
      chance = score.chance
    }
  }

  struct Step: Encodable {
    let density: Double
    let coverage: Double
    let mass: Double
    let numbers_limited: Int
  }

  struct Box: Encodable {
    let limits: [Limit]
    let found: Score
    let held_out: Score
    let holds: Bool
    let chosen_step: Int
    let trajectory: [Step]
  }

  struct Conditions: Encodable {
    let outcome: String
    let too_rare: Bool
    let boxes: [Box]
  }

  struct Leaf: Encodable {
    let limits: [Limit]
    let found: [Count]
    let held_out: [Count]
  }

  let scenario: String
  let figure: AskedFigureJSON
  let aim: String
  let sentences: [String]
  let draws: Int
  let draws_without_outcome: Int
  let outcomes: [Count]
  let chance: Chance?
  let conditions: [Conditions]
  let tree: [Leaf]?
  let numbers_never_conditions: Int
}
