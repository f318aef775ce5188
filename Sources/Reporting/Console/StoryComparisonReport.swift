import PolicyModel
import Quantities
import Scenarios
import Simulation
import Storage
public import Studies
import Wording

extension StoryComparison {
  private var regimes: [String] { stories.map(\.regime) }

  /// What differs first, the states side by side, and what happened under one regime alone.
  public var text: String {
    let scenario = stories[0].scenario
    let heading =
      "\(scenario.name): replicate \(stories[0].replicate) of \(scenario.run.replicates) under "
      + "\(regimes.joined(separator: " and ")), seed \(scenario.run.seed); simulated, given the "
      + "stated priors"
    let parts = [heading, first, statesBesideEachOther, alone].filter { !$0.isEmpty }
    return parts.joined(separator: "\n\n") + "\n"
  }

  private var first: String {
    guard firstEvent != nil || firstFigure != nil else {
      return "Nothing differs: every figure and event is the same under both regimes."
    }
    var lines = ["What differs first"]
    if let (event, regime) = firstEvent {
      lines.append("  event, under \(regime) alone: \(event.line)")
    }
    if let figure = firstFigure {
      let told = zip(figure.values, regimes).map { value, regime in
        "\(Self.words(value, unit: figure.column.metric.unit)) under \(regime)"
      }
      lines.append(
        "  figure: \(figure.month) \(figure.column.metric.name) of \(figure.column.entity), "
          + told.joined(separator: " and "))
      lines.append(
        "  in that month \(figure.differing) of \(figure.recorded) figures differ")
    }
    return lines.joined(separator: "\n")
  }

  private var statesBesideEachOther: String {
    guard !stories[0].states.isEmpty else { return "" }
    var table = TextTable(header: ["month", "of", "figure"] + regimes, rightAligned: [3, 4])
    for (one, other) in zip(stories[0].states, stories[1].states) {
      for (place, (left, right)) in zip(one.figures, other.figures).enumerated() {
        let unit = left.column.metric.unit
        table.append([
          place == 0 ? "\(one.month)" : "", left.column.entity, left.words,
          Self.words(left.value, unit: unit), Self.words(right.value, unit: unit),
        ])
      }
    }
    return "At the end of every half year\n" + table.text
  }

  private var alone: String {
    regimes.map { regime in
      let events = eventsAlone.filter { $0.regime == regime }.map { "  " + $0.event.line }
      return events.isEmpty
        ? "Under \(regime) alone nothing happened"
        : "Under \(regime) alone\n" + events.joined(separator: "\n")
    }.joined(separator: "\n\n")
  }

  private static func words(_ value: Double?, unit: String) -> String {
    value.map { NumberWords.figure($0, unit: unit) } ?? "none"
  }

  /// The same as JSON.
  public var json: String {
    let scenario = stories[0].scenario
    let report = ComparedJSON(
      scenario: scenario.name, replicate: stories[0].replicate, seed: scenario.run.seed,
      simulated: true, regimes: regimes,
      firstEvent: firstEvent.map { AloneJSON(regime: $0.regime, event: EventJSON($0.event)) },
      firstFigure: firstFigure.map { FirstFigureJSON($0) },
      eventsAlone: eventsAlone.map { AloneJSON(regime: $0.regime, event: EventJSON($0.event)) },
      states: stories.map { $0.states.map(StateJSON.init) })
    return String(decoding: JSONText.bytes(of: report), as: UTF8.self)
  }
}

extension ReplicateChoice {
  /// Which replicate was chosen, and why, in a line.
  public var words: String {
    let unit = column.metric.unit
    let (own, middle) = (
      NumberWords.figure(value, unit: unit), NumberWords.figure(median, unit: unit)
    )
    let why =
      kind == .typical
      ? "nearest the median of \(middle) in \(NumberWords.counted(count, "replicate"))"
      : "the largest in \(NumberWords.counted(count, "replicate")), whose median is \(middle)"
    return
      "replicate \(replicate): \(column.metric.name) of \(column.entity) comes to \(own), \(why)"
  }
}

private struct ComparedJSON: Encodable {
  let scenario: String
  let replicate: Int
  let seed: UInt64
  let simulated: Bool
  let regimes: [String]
  let firstEvent: AloneJSON?
  let firstFigure: FirstFigureJSON?
  let eventsAlone: [AloneJSON]
  /// By regime.
  let states: [[StateJSON]]

  enum CodingKeys: String, CodingKey {
    case scenario, replicate, seed, simulated, regimes, states
    case firstEvent = "first_event"
    case firstFigure = "first_figure"
    case eventsAlone = "events_under_one_regime_alone"
  }
}

private struct AloneJSON: Encodable {
  let regime: String
  let event: EventJSON
}

private struct FirstFigureJSON: Encodable {
  let month: String
  let metric: String
  let entity: String
  let unit: String
  /// By regime.
  let values: [Double?]
  let differing: Int
  let recorded: Int

  init(_ figure: StoryComparison.FirstFigure) {
    month = figure.month.firstDay.description
    (metric, entity) = (figure.column.metric.name, figure.column.entity)
    unit = figure.column.metric.unit
    (values, differing, recorded) = (figure.values, figure.differing, figure.recorded)
  }
}
