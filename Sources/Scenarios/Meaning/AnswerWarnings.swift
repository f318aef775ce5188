import Documents
import PolicyModel
import Simulation

/// Figures of the answer that are not recorded, so that it goes without them.
struct AnswerWarnings {
  let faults: [Fault]

  init(of scenario: Scenario) {
    guard let metrics = scenario.metrics else {
      faults = []
      return
    }
    let figures = scenario.document[ScenarioSchema.answer]?["figures"]?.items ?? []
    faults = figures.compactMap { figure in
      guard let node = figure["metric"], let name = node.text, !metrics.contains(name),
        Catalogue.metrics.contains(where: { $0.isMonthly && $0.metric.name == name })
      else { return nil }
      return node.fault(
        "\(name) is not recorded, so that the answer goes without it",
        advice: "add it to metrics, or take it out of answer")
    }
  }
}
