import ArgumentParser
import Quantities
import Studies

/// Which figure of a scenario is asked about, and under which regime: what studies of one figure have in common.
struct AskedFigureOptions: ParsableArguments {
  @Option(help: "The metric asked about.")
  var metric: String

  @Option(
    help: "The entity: a lab, a run, CN, fleet.OWNER, world; required if several have the metric.")
  var entity: String?

  @Option(help: "The regime; the reference by default.")
  var regime: String?

  @Option(help: "The regime to compare with, replicate by replicate.")
  var against: String?

  @Option(help: ArgumentHelp("The month; the last by default.", valueName: "yyyy-mm"))
  var month: String?

  func validate() throws { _ = try figure() }

  /// The figure.
  func figure() throws -> AskedFigure {
    let month = try month.map { text in
      guard let month = Month(iso: text) else {
        throw ValidationError("--month \(text) is not a month; write YYYY-MM")
      }
      return month
    }
    return AskedFigure(metric: metric, entity: entity, month: month)
  }

  /// The figure under its regimes.
  func question() throws -> FigureQuestion {
    FigureQuestion(try figure(), regime: regime, against: against)
  }
}
