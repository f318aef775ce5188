import Analysis
import Quantities
import Scenarios
import Studies
import Wording

/// What an answer says of how right its world was where it could be checked.
extension RunResult {
  /// Of each figure that the scenario asks about the last value that was observed, beside the model's; then how many
  /// of all observed values the world covers. Empty for another world, and where nothing is asked.
  func trackRecord(of metrics: [KeyMetric]) -> [String] {
    let asked = metrics.filter(\.isAsked)
    guard !asked.isEmpty, scenario.usesComparedWorld else { return [] }
    let records = BuiltInFacts.backcast
    var said: Set<BackcastRecord> = []
    let ofFigures = asked.compactMap { metric -> String? in
      let found = records.filter { $0.isOf(metric) }.max { $0.month < $1.month }
      guard let found, said.insert(found).inserted else { return nil }
      return Self.words(of: found, metric)
    }
    return ofFigures + [Self.summary(of: records)]
  }

  private static func words(of record: BackcastRecord, _ metric: KeyMetric) -> String? {
    guard let band = record.band, let median = record.median else { return nil }
    let scale = FigureScale(unit: metric.unit, largest: max(abs(record.observed), abs(median)))
    func words(_ value: Double, _ range: ClosedRange<Double>?) -> String {
      scale.amount(value)
        + (range.map { " (\(scale.figure($0.lowerBound)) to \(scale.figure($0.upperBound)))" } ?? "")
    }
    let verdict = record.isCovered ? "" : ", which misses it"
    let subject = metric.subject.prefix(1).uppercased() + metric.subject.dropFirst()
    return "\(subject) at the \(FigureMonths.end(of: record.month.description)) was observed at "
      + "\(words(record.observed, record.range)); the model gives \(words(median, band))\(verdict)."
  }

  private static func summary(of records: [BackcastRecord]) -> String {
    let covered = records.count(where: \.isCovered)
    return
      "Of \(records.count) observed values the model's bands cover \(covered) (docs/validation.md)."
  }
}

extension BackcastRecord {
  /// Whether it is a value of a metric.
  fileprivate func isOf(_ metric: KeyMetric) -> Bool {
    !isDerived && figure.metrics == [metric.metric] && figure.entities == [metric.entity]
  }
}
