import CFacts
import Documents
public import Quantities

/// How the shipped world came out beside one thing that was observed: a line of the table that
/// `make backcast` writes, built into the program so that answers can say how far their figures were right before.
public struct BackcastRecord: Hashable, Sendable {
  /// What was observed.
  public let figure: Observation.Figure
  /// Whether it is a quotient, or made of several months: then it is no value of the metric.
  public let isDerived: Bool
  /// The month of the observation.
  public let month: Month
  /// What was observed.
  public let observed: Double
  /// The source's own range, where it gives one.
  public let range: ClosedRange<Double>?
  /// What the world gave: the band that holds 90% of draws, and their median; nil where it gave nothing.
  public let band: ClosedRange<Double>?
  /// The median of the draws.
  public let median: Double?
  /// Whether the band covers it and says something.
  public let isCovered: Bool

  /// The world that was compared, as scenarios use it.
  public static let world = "world-2022"

  /// Cells of a table are words.
  private static let yesOrNo = Schema.choice(["true", "false"])

  private static let columns: [Field] = [
    .required("target", .identifier, "The observation, by id."),
    .required("entity", .either([.text, .list(of: .text)]), "Whose."),
    .required("metric", .either([.text, .list(of: .text)]), "Of what."),
    .required("is_derived", yesOrNo, "Whether it is a quotient, or made of several months."),
    .required("month", .month, "The month."), .required("observed", .number(.any), "The value."),
    .optional("low", .number(.any), "The low end of the source's range."),
    .optional("high", .number(.any), "The high end of it."),
    .optional("p05", .number(.any), "5% of draws are below."),
    .optional("p50", .number(.any), "The median."),
    .optional("p95", .number(.any), "95% of draws are below."),
    .required("covered", yesOrNo, "Whether the band covers it and says something."),
    .required("unit", .text, "The unit."), .required("class", .text, "Kind of figure."),
    .required("status", .text, "What priors know of it."),
  ]

  /// All of them, in the order of the table.
  static func all(in file: chokepoint_data_file) throws(ScenarioFaults) -> [BackcastRecord] {
    let document = try SourceDocument(
      table: String(
        decoding: UnsafeBufferPointer(start: file.bytes, count: file.count), as: UTF8.self),
      file: SourceLocation.builtIn + "backcast.csv",
      under: "targets", lists: ["entity", "metric"])
    let schema = Schema.mapping([.required("targets", .list(of: .mapping(columns)), "Targets.")])
    return (try document.checked(against: schema)["targets"]?.items ?? []).compactMap(Self.init)
  }

  private init?(_ node: DocumentNode) {
    func names(_ key: String) -> [String] {
      let value = node[key]
      return value?.text.map { [$0] } ?? value?.items.compactMap(\.text) ?? []
    }
    guard let month = node["month"]?.month, let observed = node["observed"]?.number else {
      return nil
    }
    figure = Observation.Figure(entities: names("entity"), metrics: names("metric"))
    isDerived = node["is_derived"]?.text == "true"
    (self.month, self.observed) = (month, observed)
    let ends = (node["low"]?.number, node["high"]?.number)
    if let low = ends.0, let high = ends.1, low <= high { range = low...high } else { range = nil }
    let draws = (node["p05"]?.number, node["p95"]?.number)
    if let low = draws.0, let high = draws.1, low <= high { band = low...high } else { band = nil }
    median = node["p50"]?.number
    isCovered = node["covered"]?.text == "true"
  }
}

extension BuiltInFacts {
  /// How the shipped world came out beside what was observed.
  public static let backcast: [BackcastRecord] = {
    do { return try BackcastRecord.all(in: chokepoint_backcast()) } catch {
      // The file is part of the program; a test reads it, so that this cannot ship.
      preconditionFailure("built-in table of the backcast:\n\(error)")
    }
  }()
}
