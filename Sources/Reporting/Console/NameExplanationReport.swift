import PolicyModel
import Scenarios
import Simulation
import Storage
public import Studies
import Wording

extension NameExplanation {
  /// What the name means, a line for each thing to know.
  public var text: String {
    let parts =
      metrics.map(Self.lines)
      + [
        parameter.map(Self.lines), mechanism.map(Self.lines), worked.map(lines),
        term.map(Self.lines),
      ].compactMap(\.self)
    return parts.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
  }

  private static func lines(_ entry: Catalogue.MetricEntry) -> [String] {
    [
      "\(entry.metric.name): a metric of \(entry.entityInWords)",
      "  \(entry.metric.definition)",
      "  unit: \(entry.metric.unit)",
      "  recorded: \(entry.isMonthly ? "at the end of every month" : "once, at the end of a run")"
        + (entry.isHeadline
          ? ", unless a scenario names other metrics" : ", where a scenario's `metrics:` names it"),
      "  computed by: \(place(entry.mechanism, entry.section))",
    ]
  }

  private static func lines(_ parameter: Parameter) -> [String] {
    let declaration = parameter.declaration
    var lines = [
      "\(declaration.name): a parameter",
      "  \(declaration.definition)",
      "  unit: \(declaration.unit); from \(declaration.rangeInWords)",
    ]
    if let value = parameter.value {
      lines.append("  prior: \(value.law)" + (value.published.map { ", published: \($0)" } ?? ""))
      if !value.source.isEmpty { lines.append("  source: \(value.source)") }
      if !value.confidence.isEmpty { lines.append("  confidence: \(value.confidence)") }
    } else {
      lines.append("  prior: none; what the facts or the scenario say of it holds")
    }
    if let mechanism = parameter.mechanism {
      lines.append("  read by: \(place(mechanism.name, mechanism.section))")
    }
    lines.append(
      "  built in: " + (parameter.home.map { "Sources/Scenarios/Facts/\($0)" } ?? "nowhere"))
    lines.append(
      "  set: by a scenario under `uncertainties:`, for one regime under its `set:`, for one call with"
    )
    lines.append("    --set \(declaration.name)=VALUE")
    return lines
  }

  private static func lines(_ mechanism: Catalogue.MechanismEntry) -> [String] {
    let names = mechanism.parameters.map(\.name)
    let metrics = Catalogue.metrics.filter { $0.mechanism == mechanism.name }.map(\.metric.name)
    return [
      "\(mechanism.name): a mechanism, described in docs/ODD.md, \(mechanism.section)",
      mechanism.canBeSwitchedOff
        ? "  `mechanisms: {\(mechanism.name): off}` switches it off"
        : "  it cannot be switched off",
      "  parameters: \(names.isEmpty ? "none" : names.joined(separator: ", "))",
      "  metrics: \(metrics.isEmpty ? "none" : metrics.joined(separator: ", "))",
    ]
  }

  private func lines(_ worked: WorkedName) -> [String] {
    let (kind, recorded) =
      switch worked.kind {
      case .estimate: ("an estimate of the file", "once, beside the world")
      case .derived(let isOnce):
        ("a derived metric of the file", isOnce ? "once" : "at the end of every month")
      }
    var lines = ["\(name): \(kind)"]
    if let title = worked.title { lines.append("  \(title)") }
    lines += ["  unit: \(worked.unit)", "  recorded: \(recorded)"]
    if let formula = worked.formula { lines.append("  formula: \(formula)") }
    if let spread = worked.spread { lines.append("  given as: \(spread)") }
    if let source = worked.source { lines.append("  source: \(source)") }
    if !worked.parts.isEmpty {
      lines.append("  made of: \(worked.parts.joined(separator: ", "))")
    }
    return lines
  }

  private static func lines(_ term: GlossaryTerm) -> [String] {
    ["\(term.word): a word of results", "  \(term.meaning)"]
  }

  private static func place(_ mechanism: String, _ section: String) -> String {
    "\(mechanism), described in docs/ODD.md, \(section)"
  }

  /// The same as JSON.
  public var json: String {
    String(decoding: JSONText.bytes(of: NameJSON(self)), as: UTF8.self)
  }
}

private struct NameJSON: Encodable {
  let name: String
  let metrics: [MetricJSON]
  let parameter: ParameterJSON?
  let mechanism: MechanismJSON?
  let worked: WorkedJSON?
  let meaning: String?

  init(_ explanation: NameExplanation) {
    name = explanation.name
    metrics = explanation.metrics.map {
      MetricJSON(
        entity: $0.entity, definition: $0.metric.definition, unit: $0.metric.unit,
        recorded: $0.isMonthly ? "monthly" : "once", headline: $0.isHeadline,
        mechanism: $0.mechanism, section: $0.section)
    }
    parameter = explanation.parameter.map {
      ParameterJSON(
        definition: $0.declaration.definition, unit: $0.declaration.unit,
        lowest: $0.declaration.range.lowerBound, highest: $0.declaration.range.upperBound,
        prior: $0.value?.law, published: $0.value?.published, source: $0.value?.source,
        confidence: $0.value?.confidence, mechanism: $0.mechanism?.name,
        section: $0.mechanism?.section, file: $0.home)
    }
    mechanism = explanation.mechanism.map {
      MechanismJSON(
        section: $0.section, switchable: $0.canBeSwitchedOff, parameters: $0.parameters.map(\.name))
    }
    worked = explanation.worked.map(WorkedJSON.init)
    meaning = explanation.term?.meaning
  }
}

private struct MetricJSON: Encodable {
  let entity: String
  let definition: String
  let unit: String
  let recorded: String
  let headline: Bool
  let mechanism: String
  let section: String
}

private struct ParameterJSON: Encodable {
  let definition: String
  let unit: String
  let lowest: Double
  let highest: Double
  let prior: String?
  let published: String?
  let source: String?
  let confidence: String?
  let mechanism: String?
  let section: String?
  let file: String?
}

private struct WorkedJSON: Encodable {
  let kind: String
  let title: String?
  let unit: String
  let formula: String?
  let spread: String?
  let source: String?
  let parts: [String]

  init(_ worked: WorkedName) {
    kind =
      switch worked.kind {
      case .estimate: "estimate"
      case .derived: "derived_metric"
      }
    (title, unit, formula) = (worked.title, worked.unit, worked.formula)
    (spread, source, parts) = (worked.spread, worked.source, worked.parts)
  }
}

private struct MechanismJSON: Encodable {
  let section: String
  let switchable: Bool
  let parameters: [String]
}
