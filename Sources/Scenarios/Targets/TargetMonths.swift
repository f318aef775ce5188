import Documents
import Quantities

/// What months and ranges of observations have to be.
extension TargetReader {
  func checkMonths(
    of node: DocumentNode, _ reduction: Observation.Reduction, isOnce: Bool,
    faults: inout [Fault]
  ) {
    guard !isOnce else { return checkIsWithoutMonths(node, reduction, faults: &faults) }
    if node.lacks("month") {
      faults.append(
        node.fault("the key \(quoted("month")) is missing", advice: "wanted: a month, YYYY-MM"))
    }
    if let run, run.start <= run.end {
      for month in [node["from"], node["month"]].compactMap(\.self) {
        guard let value = month.month, !(run.start...run.end).contains(value) else { continue }
        faults.append(
          month.fault(
            "\(value) is outside the scenario's months \(run.start) to \(run.end)",
            advice: "move it, or run.start and run.end"))
      }
    }
    switch reduction {
    case .value where !node.lacks("from"):
      faults.append(
        (node["from"] ?? node).fault(
          "from means nothing for a value at a month", advice: "give reduce too, or leave it out"))
    case .sum where node.lacks("from"), .growthPerYear where node.lacks("from"):
      faults.append(
        node.fault("\(reduction.rawValue) needs from", advice: "give the first of its months"))
    default: break
    }
    guard let from = node["from"], let first = from.month, let last = node["month"]?.month,
      first > last || first == last && reduction == .growthPerYear
    else { return }
    faults.append(
      from.fault("\(first) is not before \(last)", advice: "put the months in order"))
  }

  /// What is recorded once is of no month; one may be given, for the time of the source.
  private func checkIsWithoutMonths(
    _ node: DocumentNode, _ reduction: Observation.Reduction, faults: inout [Fault]
  ) {
    guard reduction != .value || !node.lacks("from") else { return }
    let key = node.lacks("from") ? "reduce" : "from"
    faults.append(
      (node[key] ?? node).fault(
        "\(key) means nothing for what is recorded once", advice: "leave it out"))
  }

  func checkRange(of node: DocumentNode, faults: inout [Fault]) {
    if let observed = node["observed"]?.number,
      node["low"]?.number ?? observed > observed || node["high"]?.number ?? observed < observed
    {
      faults.append(
        node.fault("what was observed is outside low to high", advice: "put the three in order"))
    }
  }

  func checkReason(of node: DocumentNode, faults: inout [Fault]) {
    guard node.lacks("expected") != node.lacks("reason") else { return }
    faults.append(
      node.fault(
        node.lacks("reason")
          ? "a miss is expected without a reason" : "there is a reason, and no expected miss",
        advice: "give both expected: miss and reason, or neither"))
  }
}
