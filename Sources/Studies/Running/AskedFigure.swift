package import Documents
package import PolicyModel
public import Quantities
package import Scenarios
package import Simulation
package import Stochastics

/// A figure of a scenario that somebody asks about: one metric of one thing in one month.
public struct AskedFigure: Hashable, Sendable {
  /// The metric, by name.
  public let metric: String
  /// Whose; nil where only one thing has it.
  public let entity: String?
  /// The month; nil for the last one, and for what is recorded once.
  public let month: Month?

  /// Names a figure.
  public init(metric: String, entity: String? = nil, month: Month? = nil) {
    (self.metric, self.entity, self.month) = (metric, entity, month)
  }

  /// Where the figure stands in what a run records; nil while nothing of the name is recorded.
  ///
  /// Throws where several have the metric and none is named, where an entity has it not, and for a month that is
  /// not simulated.
  package func cell(in layout: CellLayout, of run: RunSettings) throws(CommandLineFault) -> Int? {
    let monthly = layout.stepColumns.filter { $0.metric.name == metric }
    let once = layout.outcomeColumns.filter { $0.metric.name == metric }
    guard !(monthly + once).isEmpty else { return nil }
    let entities = (monthly + once).map(\.entity)
    if entity == nil, entities.count > 1 {
      throw CommandLineFault(
        "\(metric) is of several: give --entity, one of "
          + entities.prefix(40).joined(separator: ", "))
    }
    let entity = entity ?? entities[0]
    if let place = layout.stepColumns.firstIndex(where: {
      $0.metric.name == metric && $0.entity == entity
    }) {
      let month = month ?? run.end
      guard run.start <= month, month <= run.end else {
        throw CommandLineFault(
          "\(month) is not simulated: the months are \(run.start) to \(run.end)")
      }
      return layout.cell(step: month.index - run.start.index, column: place)
    }
    guard let cell = layout.cell(entity: entity, outcome: metric) else {
      throw CommandLineFault(unknown: "entity with \(metric)", entity, known: entities)
    }
    if month != nil {
      throw CommandLineFault("\(metric) of \(entity) is recorded once, not each month")
    }
    return cell
  }

  /// An engine that records the figure and as little else as can be, and the figure's cell.
  ///
  /// Throws where no run of the scenario has the metric.
  package func engine(
    of scenario: Scenario, under design: Design
  ) throws(CommandLineFault) -> (engine: Engine<PolicyModel>, cell: Int) {
    let alone = Engine(model: scenario.model(recording: [metric]), design: design)
    if let cell = try cell(in: alone.layout, of: scenario.run) { return (alone, cell) }
    // The books of labs are kept where everything is recorded, and only there.
    let whole = Engine(model: scenario.modelRecordingAll, design: design)
    if let cell = try cell(in: whole.layout, of: scenario.run) { return (whole, cell) }
    let names = (whole.layout.stepColumns + whole.layout.outcomeColumns).map(\.metric.name)
    throw CommandLineFault(
      unknown: "metric of this scenario", metric, known: names,
      see: "`chokepoint metrics` lists all of them")
  }
}
