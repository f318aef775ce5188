import PolicyModel
import Quantities
public import Scenarios
import Simulation

/// One replicate of one regime, told as a story: what happened in which month.
///
/// Every line says that it is simulated, and none ties a lab to chips that rules kept from it
/// (docs/responsible-use.md).
public struct Retelling: Sendable {
  /// What is told, in one line, for whoever asked.
  public let heading: String
  /// Why the replicate is in no summary, if it is not.
  public let failure: String?

  private let scenario: Scenario
  private let regime: String
  private let replicate: Int
  private let draws: [(name: String, value: Double)]
  private let events: [Story.Event]

  /// Runs a replicate again.
  ///
  /// - Parameters:
  ///   - replicate: its number, from 0.
  ///   - regime: the regime's id; nil for the reference.
  public init(of scenario: Scenario, replicate: Int, regime: String?) throws(UnknownWord) {
    try self.init(
      of: scenario, replicate: replicate, regime: regime, model: scenario.model.keepingStory())
  }

  /// Runs a replicate of a model that is keeping its story.
  init(
    of scenario: Scenario, replicate: Int, regime: String?, model: PolicyModel
  ) throws(UnknownWord) {
    let place = try Self.place(of: regime, among: model.regimes)
    guard (0..<scenario.run.replicates).contains(replicate) else {
      throw UnknownWord(
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
  ) throws(UnknownWord) -> Int {
    guard let regime else { return 0 }
    if let place = regimes.firstIndex(of: regime) { return place }
    throw UnknownWord("regime", regime, known: regimes)
  }

  /// One line for each thing that happened.
  public var text: String {
    events.map { event in
      "\(event.month) \(event.kind.rawValue): \(event.subject), \(event.detail) (simulated)\n"
    }.joined()
  }

  /// The same with the draws, as JSON.
  public var json: String {
    let report = StoryJSON(
      scenario: scenario.name, regime: regime, replicate: replicate, seed: scenario.run.seed,
      simulated: true, failure: failure,
      draws: Dictionary(draws.map { ($0.name, $0.value) }) { $1 },
      events: events.map {
        EventJSON(
          month: $0.month.firstDay.description, event: $0.kind.rawValue, subject: $0.subject,
          detail: $0.detail, simulated: true)
      })
    return String(decoding: JSONText.bytes(of: report), as: UTF8.self)
  }
}

extension ReplicateFailure {
  /// What could not be recorded, and when.
  func words(start: Month) -> String {
    let when = step.map { "in \(start + $0)" } ?? "at the end of the run"
    return "\(column.metric.name) of \(column.entity) came to \(value) \(when)"
  }
}

private struct StoryJSON: Encodable {
  let scenario: String
  let regime: String
  let replicate: Int
  let seed: UInt64
  let simulated: Bool
  let failure: String?
  let draws: [String: Double]
  let events: [EventJSON]
}

private struct EventJSON: Encodable {
  let month: String
  let event: String
  let subject: String
  let detail: String
  let simulated: Bool
}
