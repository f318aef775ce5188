public import Documents
package import PolicyModel
package import Quantities
public import Scenarios
package import Simulation

/// One replicate of one regime, told as a story: what happened in which month.
///
/// Every line says that it is simulated, and none ties a lab to chips that rules kept from it
/// (docs/responsible-use.md).
public struct Retelling: Sendable {
  /// What is told, in one line, for whoever asked.
  public let heading: String
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

  /// Runs a replicate again.
  ///
  /// - Parameters:
  ///   - replicate: its number, from 0.
  ///   - regime: the regime's id; nil for the reference.
  public init(of scenario: Scenario, replicate: Int, regime: String?) throws(UnknownName) {
    try self.init(
      of: scenario, replicate: replicate, regime: regime, model: scenario.model.keepingStory())
  }

  /// Runs a replicate of a model that is keeping its story.
  init(
    of scenario: Scenario, replicate: Int, regime: String?, model: PolicyModel
  ) throws(UnknownName) {
    let place = try Self.place(of: regime, among: model.regimes)
    guard (0..<scenario.run.replicates).contains(replicate) else {
      throw UnknownName(
        description: "there is no replicate \(replicate): \(scenario.name) has "
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
    heading =
      "\(scenario.name): replicate \(replicate) of \(scenario.run.replicates) under "
      + "\(model.regimes[place]), seed \(scenario.run.seed); simulated, given the stated priors"
  }

  private static func place(
    of regime: String?, among regimes: [String]
  ) throws(UnknownName) -> Int {
    guard let regime else { return 0 }
    if let place = regimes.firstIndex(of: regime) { return place }
    throw UnknownName("regime", regime, known: regimes)
  }
}

extension ReplicateFailure {
  /// What could not be recorded, and when.
  package func words(start: Month) -> String {
    let when = step.map { "in \(start + $0)" } ?? "at the end of the run"
    return "\(column.metric.name) of \(column.entity) came to \(value) \(when)"
  }
}
