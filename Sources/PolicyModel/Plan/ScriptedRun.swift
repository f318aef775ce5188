public import Quantities

/// How a training run is spread over its chips, which decides how much time its communication
/// exposes.
public enum Parallelism: String, CaseIterable, Sendable {
  /// Model and communication designed together, without tensor parallelism over slow links.
  case coDesigned = "co_designed"
  /// Dense layers split over the chips of a server.
  case tensorParallel = "tensor_parallel"
  /// Nobody said.
  case unknown
}

/// How the work of a stage is known.
public enum StageWork: Hashable, Sendable {
  /// As chip-hours on the documented chip; what failed on the way is in them already.
  case documentedChipHours(ParameterIndex)
  /// As FLOP, to be turned into hours by MFU and what interruptions cost.
  case flop(ParameterIndex)
}

/// Which chips a stage runs on, and which it was documented on.
public struct ChipChoice: Hashable, Sendable {
  /// The chip of the published account.
  public let documented: ChipIndex
  /// The chips it would take, best first: the first that is on sale and not barred is used.
  public let candidates: [ChipIndex]
  /// How many; the same under every regime, so that slower chips take longer.
  public let count: Chips
  /// Whether they were bought before any rule of the scenario, so that rules do not touch them.
  public let isAlreadyOwned: Bool
  /// The day on which they were bought; nil for chips bought when the run begins.
  public let bought: Day?

  /// States a choice; without candidates there would be none, which is a programming error.
  public init(
    documented: ChipIndex, candidates: [ChipIndex], count: Chips, isAlreadyOwned: Bool,
    bought: Day? = nil
  ) {
    precondition(!candidates.isEmpty, "a choice needs candidates")
    self.documented = documented
    self.candidates = candidates
    self.count = count
    self.isAlreadyOwned = isAlreadyOwned
    self.bought = bought
  }
}

/// One stage of a scripted run.
public struct StagePlan: Hashable, Sendable {
  /// Its id within the run.
  public let id: String
  /// What it is for.
  public let stage: Stage
  /// How much work it is.
  public let work: StageWork
  /// What it runs on.
  public let chips: ChipChoice
  /// Parameters that one token uses, where published.
  public let activeParameters: Double?
  /// Tokens it trained on, where published.
  public let tokens: Double?
  /// Where all this is written.
  public let source: String?

  /// Plans a stage.
  public init(
    id: String, stage: Stage, work: StageWork, chips: ChipChoice, activeParameters: Double?,
    tokens: Double?, source: String? = nil
  ) {
    self.source = source
    self.id = id
    self.stage = stage
    self.work = work
    self.chips = chips
    self.activeParameters = activeParameters
    self.tokens = tokens
  }

  /// FLOP that it takes by the model's size, where that is published: forward and backward pass
  /// are 6 FLOP for each active parameter and token (Kaplan et al. 2020).
  public var publishedFlop: Flop? {
    guard let activeParameters, let tokens else { return nil }
    return Flop(6 * activeParameters * tokens)
  }
}

/// A documented training run, replayed under each regime.
public struct ScriptedRun: Hashable, Sendable {
  /// The id that scenarios and results use.
  public let id: String
  /// What people call it; nil where the id says it.
  public let name: String?
  /// Whose run it is: the lab's place in ``WorldPlan/labs``.
  public let lab: Int
  /// The day before which it does not start.
  public let start: Day
  /// A run that must be finished first: its place in ``WorldPlan/runs``, lower than this one's.
  public let after: Int?
  /// The run on whose cluster it runs, which has paid for it: its place in ``WorldPlan/runs``.
  public let usesClusterOf: Int?
  /// How it is spread over its chips.
  public let parallelism: Parallelism
  /// The format whose peak counts.
  public let format: NumberFormat
  /// What its training data cost, US dollars.
  public let dataCost: ParameterIndex
  /// The stages, in order.
  public let stages: [StagePlan]

  /// Plans a run.
  public init(
    id: String, name: String? = nil, lab: Int, start: Day, after: Int?, usesClusterOf: Int?,
    parallelism: Parallelism, format: NumberFormat, dataCost: ParameterIndex, stages: [StagePlan]
  ) {
    self.id = id
    self.name = name
    self.lab = lab
    self.start = start
    self.after = after
    self.usesClusterOf = usesClusterOf
    self.parallelism = parallelism
    self.format = format
    self.dataCost = dataCost
    self.stages = stages
  }
}

extension ScriptedRun {
  /// FLOP of its stages by the model's size; nil where no stage has any published.
  public var publishedFlop: Flop? {
    let known = stages.compactMap(\.publishedFlop)
    return known.isEmpty ? nil : known.reduce(.zero) { $0 + $1 }
  }
}

/// The parameters that come with every scripted run, declared where names can be made of ids.
extension ScriptedRun {
  /// What data can cost [USD].
  public static let dataRange = 0...1e12

  /// What the training data of a run cost.
  public static func dataParameter(ofRun id: String) -> ParameterDeclaration {
    ParameterDeclaration(
      name: "runs.\(id).data_usd", unit: "usd", range: dataRange,
      definition: "What the training data of \(id) cost.")
  }
}

extension StagePlan {
  /// The most work that a stage can be: the largest model of 2025 took some 5e26 FLOP, and 1e9 chip-hours.
  public static let mostFlop = 1e35
  /// The same in chip-hours.
  public static let mostChipHours = 1e16

  /// The work of a stage.
  ///
  /// - Parameter key: `chip_hours` or `flop`, which is its unit too.
  public static func workParameter(
    _ key: String, ofStage stage: String, ofRun run: String
  ) -> ParameterDeclaration {
    ParameterDeclaration(
      name: "runs.\(run).\(stage).\(key)", unit: key,
      range: 0...(key == "flop" ? mostFlop : mostChipHours),
      definition: "The work of stage \(stage) of \(run).")
  }
}
