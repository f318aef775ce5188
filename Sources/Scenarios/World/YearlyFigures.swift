import Documents
import PolicyModel

/// Figures by year, rising without a gap.
func yearlyFigures(_ node: DocumentNode?, faults: inout [Fault]) -> [YearlyFigure] {
  var figures: [YearlyFigure] = []
  for item in node?.items ?? [] {
    guard let year = item["year"]?.integer, let value = item["value"]?.number else { continue }
    let figure = YearlyFigure(
      year: year, value: value, low: item["low"]?.number, high: item["high"]?.number,
      provenance: SourceTable.none.provenance(beside: item))
    if figure.low ?? value > value || figure.high ?? value < value {
      faults.append(
        item.fault("the value is outside low to high", advice: "put the three in order"))
    }
    figures.append(figure)
  }
  figures.sort { $0.year < $1.year }
  guard let node, node.refused.isEmpty else { return figures }
  for (earlier, later) in zip(figures, figures.dropFirst()) where later.year != earlier.year + 1 {
    let problem =
      later.year == earlier.year ? "\(later.year) is given twice" : "\(earlier.year + 1) is missing"
    faults.append(node.fault(problem, advice: "give each year once, without a gap"))
  }
  return figures
}
