import Documents
import PolicyModel
import Quantities
import Simulation

/// Figures of the answer that a run does not have, so that it goes without them.
struct AnswerWarnings {
  private(set) var faults: [Fault] = []

  init(of scenario: Scenario) {
    let figures = scenario.document[ScenarioSchema.answer]?["figures"]?.items ?? []
    faults = figures.compactMap { figure in
      Self.unrecorded(figure, scenario) ?? Self.outside(figure, scenario)
    }
  }

  private static func unrecorded(_ figure: DocumentNode, _ scenario: Scenario) -> Fault? {
    guard let metrics = scenario.metrics, let node = figure["metric"], let name = node.text,
      !metrics.contains(name),
      Catalogue.metrics.contains(where: { $0.isMonthly && $0.metric.name == name })
    else { return nil }
    return node.fault(
      "\(name) is not recorded, so that the answer goes without it",
      advice: "add it to metrics, or take it out of answer")
  }

  private static func outside(_ figure: DocumentNode, _ scenario: Scenario) -> Fault? {
    let run = scenario.run
    guard let node = figure["month"], let month = node.month, !(run.start...run.end).contains(month)
    else { return nil }
    return node.fault(
      "\(month) is outside the scenario's months \(run.start) to \(run.end), so that the answer "
        + "goes without it", advice: "move it, or run.start and run.end")
  }
}
