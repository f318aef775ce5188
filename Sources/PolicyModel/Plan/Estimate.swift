public import Formulas
import Simulation

/// A number that a scenario works out from distributions and arithmetic alone, beside the world.
public struct Estimate: Hashable, Sendable {
  /// Its name in formulas and results.
  public let name: String
  /// Its unit, as it is written.
  public let unit: String
  /// What it is called, in a few words; nil where nobody says.
  public let title: String?
  /// The formula as it is written; nil for a number that is given.
  public let formula: String?
  /// Where it comes from; nil where nobody says.
  public let source: String?
  /// Whether it is 0 or 1, so that its mean is a probability, and its median says little.
  public let isYesOrNo: Bool
  /// Where it stands among the values of a run (``EstimateTable``).
  public let place: Int

  /// Describes a number.
  ///
  /// - Parameter place: that of its parameter, or that of its formula behind all parameters.
  public init(
    name: String, unit: String, title: String?, formula: String?, source: String?, isYesOrNo: Bool,
    place: Int
  ) {
    (self.name, self.unit, self.title) = (name, unit, title)
    (self.formula, self.source) = (formula, source)
    (self.isYesOrNo, self.place) = (isYesOrNo, place)
  }

  /// Whose number it is, by the name in results.
  public static let entity = "world"

  /// The name of the parameter that an estimate is given by.
  public static func parameterName(of estimate: String) -> String { "estimates.\(estimate)" }

  /// The parameter that an estimate is given by.
  ///
  /// - Parameter title: what it is; nil where nobody says.
  public static func parameter(
    of name: String, unit: String, title: String?
  ) -> ParameterDeclaration {
    ParameterDeclaration(
      name: parameterName(of: name), unit: unit, range: -.infinity ... .infinity,
      definition: title.map { "Estimate: \($0)." } ?? "The estimate \(name).")
  }

  /// The outcome that it is recorded as.
  var column: Column {
    Column(
      entity: Self.entity,
      metric: Metric(
        name: name, unit: unit,
        definition: formula.map { "Worked out as \($0)." }
          ?? "Given as a number or a distribution.",
        title: title, isShownByMean: isYesOrNo))
  }
}

/// The estimates of a scenario, and how they are worked out.
///
/// The values of a run are those of all parameters, and behind them those of the formulas.
public struct EstimateTable: Hashable, Sendable {
  /// The estimates, in the order of the file.
  public let estimates: [Estimate]
  /// Fills in the formulas behind the parameters.
  let sheet: FormulaSheet

  /// Collects estimates.
  ///
  /// - Parameter sheet: for all parameters of the scenario, in the order of their table.
  public init(_ estimates: [Estimate], sheet: FormulaSheet) {
    (self.estimates, self.sheet) = (estimates, sheet)
  }

  /// Of a scenario that has none, with so many parameters.
  static func none(parameters: Int) -> EstimateTable {
    EstimateTable([], sheet: FormulaSheet(given: parameters, []))
  }

  /// The values of a run, from those of its parameters.
  func values(from parameters: [Double]) -> [Double] {
    guard sheet.slots > sheet.given else { return parameters }
    var values = parameters + Array(repeating: 0, count: sheet.slots - sheet.given)
    sheet.evaluate(&values, count: 1)
    return values
  }
}
