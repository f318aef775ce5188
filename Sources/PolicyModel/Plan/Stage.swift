/// What computing, or a purchase, is for: the first coordinate of the ledger.
public enum Stage: String, CaseIterable, Sendable, BitwiseCopyable {
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
  /// Experiments and failed runs that are counted for a model alone, in proportion to its final run: a narrower
  /// account of what `failed` and `experiments` hold, never added to them.
  case modelExperiments = "model_experiments"
  /// Buying the cluster that a run uses; in an economy, what a run adds to the largest one so far.
  case acquisition
  /// The chips that a lab holds: as reported, or in an economy its share of what its owners buy. Of a jurisdiction,
  /// what its government takes of chips, and what diverted ones cost on top.
  case fleet
  /// Serving users.
  case inference

  /// Position in ``allCases``. A switch, since the ledger asks at every booking: a dictionary of raw
  /// values took a fifth of a run.
  var index: Int {
    switch self {
    case .preparation: 0
    case .pretraining: 1
    case .contextExtension: 2
    case .postTraining: 3
    case .dataGeneration: 4
    case .reinforcementLearning: 5
    case .failed: 6
    case .experiments: 7
    case .modelExperiments: 8
    case .acquisition: 9
    case .fleet: 10
    case .inference: 11
    }
  }
}

extension Stage {
  /// Whether it is part of what is published as the final run.
  var isOfFinalRun: Bool {
    switch self {
    case .pretraining, .contextExtension, .postTraining, .dataGeneration,
      .reinforcementLearning:
      true
    case .preparation, .failed, .experiments, .modelExperiments, .acquisition, .fleet, .inference:
      false
    }
  }

  /// Whether it is a stage that a scripted run can have.
  public var isDocumented: Bool { isOfFinalRun || self == .preparation }
}
