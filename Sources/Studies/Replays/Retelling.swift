public import Documents
package import PolicyModel
package import Quantities
public import Scenarios
package import Simulation

/// One replicate of one regime, told as a story: what happened in which month, and what the world had come to
/// every half year.
///
/// It says once that it is simulated, and nothing in it ties a lab to chips that rules kept from it
/// (docs/responsible-use.md).
public struct Retelling: Sendable {
  /// Why the replicate is in no summary, if it is not.
  public let failure: String?

  /// The scenario.
  package let scenario: Scenario
  /// The regime, by its id.
  package let regime: String
  /// The replicate.
  package let replicate: Int
  /// The values that its uncertainties were drawn at.
  package let draws: [(name: String, value: Double)]
  /// What happened, in order.
  package let events: [Story.Event]
  /// What the world had come to at the end of every June and December, and of the last month.
  package let states: [WorldState]
  /// What it recorded.
  let figures: RecordedRun

  /// Runs a replicate again.
  ///
  /// - Parameters:
  ///   - replicate: its number, from 0.
  ///   - regime: the regime's id; nil for the reference.
  public init(of scenario: Scenario, replicate: Int, regime: String?) throws(CommandLineFault) {
    try self.init(
      of: scenario, replicate: replicate, regime: regime, model: scenario.model.keepingStory(),
      figures: scenario.model(recording: WorldState.metrics))
  }

  /// Runs a replicate of a model that is keeping its story, and again of one that records the figures of states.
  init(
    of scenario: Scenario, replicate: Int, regime: String?, model: PolicyModel,
    figures recording: PolicyModel
  ) throws(CommandLineFault) {
    let place = try scenario.place(ofRegime: regime)
    guard (0..<scenario.run.replicates).contains(replicate) else {
      throw CommandLineFault(
        "there is no replicate \(replicate): \(scenario.name) has "
          + "\(scenario.run.replicates), from 0 to \(scenario.run.replicates - 1)")
    }
    let replay = Engine(model: model, design: scenario.design)
      .replay(replicate: replicate, regime: place) { _, _ in }
    self.scenario = scenario
    self.regime = model.regimes[place]
    self.replicate = replicate
    draws = zip(model.parameterSpace.uncertainties, replay.draw.values).map { ($0.name, $1) }
    events = model.events(in: replay.state)
    failure = replay.failure.map { $0.words(start: scenario.run.start) }
    figures = RecordedRun(of: recording, scenario, replicate: replicate, regime: place)
    states = WorldState.all(in: figures, of: scenario)
  }

  /// What is told, in one line.
  package var heading: String {
    "\(scenario.name): replicate \(replicate) of \(scenario.run.replicates) under "
      + "\(regime), seed \(scenario.run.seed); simulated, given the stated priors"
  }
}

extension Scenario {
  /// The place of a regime among its own; of the reference where none is named.
  func place(ofRegime id: String?) throws(CommandLineFault) -> Int {
    guard let id else { return 0 }
    let known = blueprint.regimes.map(\.id)
    if let place = known.firstIndex(of: id) { return place }
    throw CommandLineFault(unknown: "regime", id, known: known)
  }
}

extension ReplicateFailure {
  /// What could not be recorded, and when.
  package func words(start: Month) -> String {
    let when = step.map { "in \(start + $0)" } ?? "at the end of the run"
    return "\(column.metric.name) of \(column.entity) came to \(value) \(when)"
  }
}
