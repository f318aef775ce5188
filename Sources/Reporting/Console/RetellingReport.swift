import PolicyModel
import Quantities
import Scenarios
import Simulation
import Storage
public import Studies
import Wording

extension Retelling {
  /// What is told in one line, then one for each thing that happened and each state of the world, by month.
  public var text: String { heading + "\n" + lines.map { $0 + "\n" }.joined() }

  /// The same lines, each of which says that it is simulated: for lines that are copied out one by one.
  public var markedText: String { lines.map { $0 + " (simulated)\n" }.joined() }

  /// By month; in a month what happened comes before what it came to.
  private var lines: [String] {
    let told = events.map { ($0.month, $0.line) } + states.map { ($0.month, $0.line) }
    let order = told.indices.sorted { (told[$0].0, $0) < (told[$1].0, $1) }
    return order.map { told[$0].1 }
  }

  /// The same with the draws, as JSON.
  public var json: String {
    let report = StoryJSON(
      scenario: scenario.name, regime: regime, replicate: replicate, seed: scenario.run.seed,
      simulated: true, failure: failure,
      draws: Dictionary(draws.map { ($0.name, $0.value) }) { $1 },
      events: events.map(EventJSON.init), states: states.map(StateJSON.init))
    return String(decoding: JSONText.bytes(of: report), as: UTF8.self)
  }
}

extension Story.Event {
  /// What happened, in one line.
  var line: String { "\(month) \(kind.rawValue): \(subject), \(detail)" }
}

extension WorldState {
  /// What it came to, in one line.
  var line: String {
    var told: [String] = []
    var entity = ""
    for figure in figures {
      guard let value = figure.value else { continue }
      // Whose they are is said once of figures that follow each other.
      let whose = figure.column.entity == entity ? "" : "\(figure.column.entity) "
      entity = figure.column.entity
      told.append(
        whose + NumberWords.figure(value, unit: figure.column.metric.unit) + " \(figure.words)")
    }
    return "\(month) state: \(told.joined(separator: ", "))"
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
  let states: [StateJSON]
}

/// One thing that happened.
struct EventJSON: Encodable {
  let month: String
  let event: String
  let subject: String
  let detail: String

  init(_ event: Story.Event) {
    month = event.month.firstDay.description
    self.event = event.kind.rawValue
    (subject, detail) = (event.subject, event.detail)
  }
}

/// What a world had come to at the end of a month.
struct StateJSON: Encodable {
  let month: String
  let figures: [FigureJSON]

  struct FigureJSON: Encodable {
    let metric: String
    let entity: String
    let unit: String
    let value: Double?
  }

  init(_ state: WorldState) {
    month = state.month.firstDay.description
    figures = state.figures.map {
      FigureJSON(
        metric: $0.column.metric.name, entity: $0.column.entity, unit: $0.column.metric.unit,
        value: $0.value)
    }
  }
}
