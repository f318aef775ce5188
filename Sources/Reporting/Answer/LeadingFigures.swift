import PolicyModel
import Scenarios
import Simulation
import Studies

/// Which metrics a result shows first.
extension RunResult {
  /// Those that an answer is about: see ``Answer/figures``.
  func leadingFigures(among metrics: [KeyMetric]) -> [KeyMetric] {
    let asked = metrics.filter(\.isAsked)
    guard asked.isEmpty else { return asked }
    let compared = metrics.filter(\.isCompared)
    guard recordsTheUsual else { return compared }
    func rank(_ metric: KeyMetric) -> Int {
      if metric.month == nil { return .max }
      // Whoever writes a formula asks for what it comes to.
      return derivedNames.contains(metric.metric) ? -1 : MetricWords.place(of: metric.metric)
    }
    return compared.enumerated().sorted {
      (rank($0.element), $0.offset) < (rank($1.element), $1.offset)
    }.map(\.element)
  }

  /// The metrics in the order in which the file lists them; in that of ``MetricWords`` where it lists none.
  var orderOfMetrics: [String] {
    recordsTheUsual ? MetricWords.all.map(\.name) : scenario.metrics ?? []
  }

  private var derivedNames: Set<String> { Set(scenario.blueprint.derived.metrics.map(\.name)) }

  /// Whether it records what a file gets that lists no metrics: all headline ones, in the order in which mechanisms
  /// declare them, which says nothing of what a reader wants first.
  private var recordsTheUsual: Bool {
    let derived = derivedNames
    let recorded = (scenario.metrics ?? []).filter { !derived.contains($0) }
    func headline(_ entries: [Catalogue.MetricEntry]) -> [String] {
      entries.filter { $0.isMonthly && $0.isHeadline }.map(\.metric.name)
        .reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }
    let blueprint = scenario.blueprint
    let least = headline(
      Catalogue.metrics(in: blueprint.world, switchedOff: blueprint.switchedOff))
    return !recorded.isEmpty && Set(recorded).isSuperset(of: least)
      && headline(Catalogue.metrics).filter(recorded.contains) == recorded
  }
}
