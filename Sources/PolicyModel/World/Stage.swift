/// What computing, or a purchase, is for: the first coordinate of the ledger.
public enum Stage: String, CaseIterable, Sendable {
  /// Trials with smaller models before a run.
  case preparation
  /// Pretraining on text.
  case pretraining
  /// Lengthening the context after pretraining.
  case contextExtension = "context_extension"
  /// Supervised fine-tuning and what goes with it.
  case postTraining = "post_training"
  /// Making training data by sampling from a model.
  case dataGeneration = "data_generation"
  /// Reinforcement learning.
  case reinforcementLearning = "reinforcement_learning"
  /// Whole runs that came to nothing.
  case failed
  /// Research that a run rests on.
  case experiments
  /// Buying the cluster that a run uses.
  case acquisition
  /// The chips that a lab is reported to hold.
  case fleet

  /// Position in ``allCases``.
  var index: Int { Self.positions[self.rawValue] ?? 0 }

  private static let positions = Dictionary(
    uniqueKeysWithValues: allCases.enumerated().map { ($1.rawValue, $0) })
}

extension Stage {
  /// Whether it is part of what is published as the final run.
  var isOfFinalRun: Bool {
    switch self {
    case .pretraining, .contextExtension, .postTraining, .dataGeneration,
      .reinforcementLearning:
      true
    case .preparation, .failed, .experiments, .acquisition, .fleet: false
    }
  }

  /// Whether it is a stage that a scripted run can have.
  public var isDocumented: Bool { isOfFinalRun || self == .preparation }
}
