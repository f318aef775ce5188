import PolicyModel
import Quantities
import Scenarios
import Storage
public import Studies

extension Retelling {
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
