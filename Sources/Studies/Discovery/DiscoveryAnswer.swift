public import Analysis
import Documents
public import PolicyModel
package import Quantities
public import Scenarios
package import Simulation
public import Stochastics

/// Under which conditions a rule meets, misses or reverses an aim.
///
/// Every draw of the unknown numbers, with its realisation of chance, meets, misses or reverses the aim: they are the
/// replicates of `run`. Half of them, every other one, serve to find conditions, the rest to judge them (under `lhs` and
/// `sobol`, each half is eight of the sixteen randomisations).
public struct DiscoveryAnswer: Sendable {
  /// How far the work is, for whoever waits.
  public enum Progress: Sendable {
    /// Replicates that are done.
    case draws(done: Int, of: Int)
    /// Runs that tell chance from what is not known.
    case chance(done: Int, of: Int)
    /// Conditions are looked for.
    case searching(Aim.Outcome)
  }

  /// A number that conditions can be about.
  public struct Number: Sendable {
    /// The parameter, with what is known of it.
    public let parameter: Parameter
    /// Its law under the regime that is asked about.
    public let law: Distribution

    /// Its path in scenario files.
    public var name: String { parameter.declaration.name }
    /// Its unit, as in file keys.
    public var unit: String { parameter.declaration.unit }
  }

  /// A draw that has an outcome.
  public struct Draw: Sendable {
    /// Its replicate, as `run` counts them.
    public let replicate: Int
    /// The figure under the regime that is asked about.
    public let value: Double
    /// The figure under the other regime; NaN where none is asked about.
    public let reference: Double
    /// What becomes of the aim.
    public let outcome: Aim.Outcome
    /// Whether it serves to find conditions; otherwise to judge them.
    public let isForFinding: Bool
  }

  /// The conditions of one outcome.
  public struct Conditions: Sendable {
    /// The outcome.
    public let outcome: Aim.Outcome
    /// The numbers that boxes could limit, by place among ``DiscoveryAnswer/numbers``.
    public let candidates: [Int]
    /// How differently each number's values are spread over such draws and others, 0 to 1; empty where none were looked at.
    public let distances: [Double]
    /// The boxes, the first before those that cover what it leaves; none where nothing stands out from chance.
    public let boxes: [BoxSearch.Finding]
    /// Whether there are too few such draws, or too few others, to look for any.
    public let isTooRare: Bool
  }

  /// How often two realisations of one draw differ in what becomes of the aim.
  public struct Chance: Sendable {
    /// Draws that were run twice.
    public let draws: Int
    /// Those whose outcomes differ.
    public let differing: Int
    /// The interval that holds the share of such draws with a probability of 90%.
    public var interval: ClosedRange<Double> {
      SampleBounds.probability(successes: differing, of: draws, level: 0.9)
    }
  }

  /// What was asked.
  public let question: DiscoveryQuestion
  /// The scenario, with the regimes that were run.
  public let scenario: Scenario
  /// The numbers that conditions can be about.
  public let numbers: [Number]
  /// Unknown numbers that are varied and never conditions: they say how diverted chips are moved.
  public let withheldNumbers: Int
  /// The draws that have an outcome, by replicate.
  public let draws: [Draw]
  /// For each number its probability, draw by draw: the share of what is thought possible that is lower.
  public let probabilities: [[Double]]
  /// What chance inside runs does; nil without draws that have an outcome twice.
  public let chance: Chance?
  /// By outcome.
  public let conditions: [Conditions]
  /// How outcomes sort by a few questions; nil where they are not to be sorted (docs/responsible-use.md).
  public let tree: DecisionTree?
  /// Replicates that could not be computed.
  public let failedReplicates: Int
  /// Replicates without an outcome: the figure is not there, or is 0 where a share of it is asked for.
  public let missingReplicates: Int
  /// The metric and whose it is.
  package let column: Column
  /// In which month; nil for what is recorded once.
  package let month: Month?

  /// The most replicates: every value and every number is kept, a gigabyte for a million.
  public static let mostReplicates = 1 << 20
  /// The fewest: half of them find conditions, and a box holds a twentieth of those.
  public static let leastReplicates = 200
  /// So many cases, and as many others, there must be in the half that finds conditions.
  package static let leastCases = 20
  /// So many numbers boxes may limit, those that differ most between draws of an outcome and others.
  package static let mostCandidates = 10
  /// So many boxes are looked for at most.
  package static let mostBoxes = 3
  /// On so many draws at most it is measured what chance does.
  package static let drawsForChance = 256
  /// The share of draws that a leaf of the tree holds at least.
  package static let leastLeaf = 0.05

  /// Finds out.
  ///
  /// Throws `ScenarioFaults` of the file, and `CommandLineFault` of what is asked.
  ///
  /// - Parameters:
  ///   - file: the scenario file.
  ///   - overrides: what else is changed in it; its regimes are taken from the question.
  public init(
    to question: DiscoveryQuestion, file: String, overrides: Overrides, threads: Int,
    progress: @escaping (Progress) -> Void = { _ in }
  ) async throws {
    if let fault = question.fault { throw CommandLineFault(fault) }
    let bench = try DiscoveryBench(question, file: file, overrides: overrides, threads: threads)
    let sample = try await bench.sample { progress(.draws(done: $0, of: $1)) }
    self.question = question
    scenario = bench.scenario
    numbers = bench.numbers
    withheldNumbers = bench.withheldNumbers
    (draws, probabilities) = (sample.draws, sample.probabilities)
    (failedReplicates, missingReplicates) = (sample.failed, sample.missing)
    chance = try await bench.chance { progress(.chance(done: $0, of: $1)) }
    conditions = bench.outcomes.map { outcome in
      progress(.searching(outcome))
      return bench.conditions(of: outcome, sample)
    }
    tree = bench.tree(of: sample)
    let place = bench.engine.layout.place(of: bench.cell)
    column = place.column
    month = place.step.map { bench.scenario.run.start + $0 }
  }
}

extension DiscoveryAnswer {
  /// How many draws have an outcome.
  public func count(of outcome: Aim.Outcome) -> Int { draws.count { $0.outcome == outcome } }

  /// The draws that conditions are found on, or judged on, by place.
  package func rows(forFinding: Bool) -> [Int] {
    draws.indices.filter { draws[$0].isForFinding == forFinding }
  }

  /// Whether a box does better than chance on the draws that did not find it: chance passes once in twenty times for all
  /// boxes of an outcome together.
  public func holds(_ box: BoxSearch.Finding) -> Bool {
    box.heldOut.chance <= 0.05 / Double(Self.mostBoxes)
  }

  /// Where a limit of a probability lies in a number's own unit: halfway between the draws around it.
  public func value(of limit: DrawBox.Limit) -> Double {
    let column = probabilities[limit.number]
    let below = column.filter { $0 <= limit.value }.max() ?? limit.value
    let above = column.filter { $0 >= limit.value }.min() ?? limit.value
    let law = numbers[limit.number].law
    return (law.quantile(below) + law.quantile(above)) / 2
  }

  /// For each leaf of the tree, from the left, by outcome the draws that it was not grown on.
  public var heldOutLeaves: [[Int]] {
    guard let tree else { return [] }
    var counts = Array(
      repeating: Array(repeating: 0, count: Aim.Outcome.allCases.count), count: tree.root.leafCount)
    for (row, draw) in draws.enumerated() where !draw.isForFinding {
      counts[tree.leaf { probabilities[$0][row] }][draw.outcome.rawValue] += 1
    }
    return counts
  }
}
