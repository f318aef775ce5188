public import Formulas
public import Quantities
import Simulation

/// A metric that a scenario works out from others, each month or for months that it names.
public struct DerivedMetric: Hashable, Sendable {
  /// Its name in formulas and results.
  public let name: String
  /// Its unit, as it is written.
  public let unit: String
  /// What it is called, in a few words; nil where nobody says.
  public let title: String?
  /// The formula as it is written.
  public let formula: String
  /// Whether it is 0 or 1, so that its mean is a share, and its median says little.
  public let isYesOrNo: Bool
  /// Whether all that it reads is of months that it names, so that it is one number for a run.
  public let isFixed: Bool
  /// What it is worked out by, from the slots of its ``DerivedTable``.
  let program: FormulaProgram

  /// Describes a metric.
  public init(
    name: String, unit: String, title: String?, formula: String, isYesOrNo: Bool, isFixed: Bool,
    program: FormulaProgram
  ) {
    (self.name, self.unit, self.title, self.formula) = (name, unit, title, formula)
    (self.isYesOrNo, self.isFixed, self.program) = (isYesOrNo, isFixed, program)
  }

  /// Whose metric it is, by the name in results.
  public static let entity = "world"

  /// The column that it is recorded as.
  var column: Column {
    Column(
      entity: Self.entity,
      metric: Metric(
        name: name, unit: unit, definition: "Worked out as \(formula).", title: title,
        isShownByMean: isYesOrNo))
  }
}

/// The metrics that a scenario works out from others, and what they are worked out from.
public struct DerivedTable: Hashable, Sendable {
  /// A monthly metric of something.
  public struct Series: Hashable, Sendable {
    /// The metric, by name.
    public let metric: String
    /// Whose it is, by the name in results.
    public let entity: String

    /// Names a metric of something.
    public init(metric: String, entity: String) { (self.metric, self.entity) = (metric, entity) }
  }

  /// A value that formulas read.
  public enum Part: Hashable, Sendable {
    /// A series, by its place, so many months before the month under way.
    case before(Int, series: Int)
    /// A series in a month of the calendar.
    case at(Month, series: Int)
    /// An estimate, by its place among the values of a run.
    case estimate(Int)
  }

  /// The metrics, in the order of the file.
  public let metrics: [DerivedMetric]
  /// What has to be looked up each month.
  public let series: [Series]
  /// The slots of the formulas.
  public let parts: [Part]
  /// Works out the metrics, in slots behind the parts.
  let sheet: FormulaSheet

  /// Collects metrics.
  public init(_ metrics: [DerivedMetric], series: [Series], parts: [Part]) {
    (self.metrics, self.series, self.parts) = (metrics, series, parts)
    sheet = FormulaSheet(
      given: parts.count,
      metrics.enumerated().map { (slot: parts.count + $0, program: $1.program) })
  }

  /// Of a scenario without any.
  public static let empty = DerivedTable([], series: [], parts: [])
}
