/// What a lab has and does: each part is written by one mechanism, and `finished` changed by another.
struct LabState: Sendable {
  // Written by ``FleetSplit``.

  /// What it can use this month, wherever it stands.
  var fleet = FleetVector.zero
  /// What of it is rented abroad for the month.
  var rented = FleetVector.zero
  /// Whether it is there yet.
  var isActive = false
  /// Share of the fleet that serves.
  var servingShare = 0.0
  /// Share of the fleet that a run uses.
  var runShare = 0.0
  /// Tokens served a day.
  var tokensPerDay = 0.0

  /// Whether it has anything to work with.
  var isAtWork: Bool { isActive && fleet.pretraining > 0 }

  /// Share of the fleet left for experiments.
  var experimentShare: Double { max(0, 1 - servingShare - runShare) }

  // Written by ``AlgorithmicEfficiency``.

  /// Log of algorithmic efficiency, 0 for the frontier of the first month.
  var logEfficiency = 0.0
  /// Its own research productivity over that of the leader's most productive lab.
  var productivity = 1.0

  // Written by ``TrainingRuns``.

  /// The run in progress; nil between runs.
  var run: TrainingRun?
  /// The step before which it does not begin another.
  var nextStart = 0
  /// How many it has begun.
  var runsBegun = 0
  /// How many came to nothing.
  var runsFailed = 0
  /// What its chips worked on for a run this month, as the ledger calls it; nil without a run.
  var worked: Stage?
  /// Whether that run ended this month.
  var runEnded = false
  /// Log of the effective compute of its best own work: that of its runs, before anything learnt.
  var bestOwn = -Double.infinity
  /// What the run that ended this month made; nil in other months. ``CatchUp`` adds to it.
  var finished: FinishedModel?

  // Written by ``CatchUp``.

  /// Log of the effective compute of what the lab can match by now; less than any before it has a model.
  var matched = -Double.infinity
  /// How many of the models that were shown first it matches by now, one after another: none of these
  /// teaches it anything any more, since it forgets nothing.
  var matchedFirst = 0

  // Written by ``ModelReleases``.

  /// The best model released so far.
  var best: FinishedModel?
  /// FLOP of the largest run whose model was released, reinforcement learning among them.
  var largestFlop = 0.0
  /// FLOP of the largest pretraining of a model that was released.
  var largestPretraining = 0.0
  /// How many models it has released.
  var releases = 0
  /// The step of the first release.
  var firstRelease: Int?
  /// The step of the last release.
  var lastRelease: Int?

  // Written by ``LabLedger``.

  /// The largest cluster that a run of it has used, US dollars of chips.
  var largestCluster = 0.0
  /// Amortised cost of the run in progress so far, US dollars.
  var runCost = 0.0
  /// Amortised cost of the run behind the last release, US dollars.
  var releaseCost = 0.0
}

/// A training run in progress.
struct TrainingRun: Sendable {
  /// What it is at.
  enum Stage: Sendable { case pretraining, reinforcement }

  var stage = Stage.pretraining
  /// Months of pretraining left.
  var monthsLeft: Int
  /// Training rate of the chips that were set aside for it when it began, FLOP/s: the lab's fleet grows, the
  /// cluster of a run does not.
  let cluster: Double
  /// Log of the efficiency of the methods it is built with.
  let logEfficiency: Double
  /// Whether it will come to nothing; known to nobody before its end.
  let willFail: Bool
  /// FLOP of pretraining so far.
  var flop = 0.0
  /// FLOP of reinforcement learning so far.
  var reinforcementFlop = 0.0
  /// FLOP of reinforcement learning that are planned.
  var reinforcementPlanned = 0.0
}

/// A model that a run has made.
struct FinishedModel: Sendable {
  /// FLOP of pretraining, which the size of the model goes with.
  let pretraining: Double
  /// FLOP of all its training: pretraining and reinforcement learning.
  let flop: Double
  /// Log of the run's own effective compute C A G: FLOP x efficiency x gain of post-training.
  let logOwn: Double
  /// Log of the effective compute that it is worth: its own, or more where ``CatchUp`` let the lab match
  /// what others had shown.
  var logEffective: Double

  /// A model that is what its run made of it.
  init(pretraining: Double, flop: Double, logOwn: Double) {
    (self.pretraining, self.flop) = (pretraining, flop)
    (self.logOwn, logEffective) = (logOwn, logOwn)
  }
}
