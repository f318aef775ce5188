import PolicyModel
import Scenarios
import Storage
import Studies
import Wording

/// What the page of a sweep keeps of each of its points: no more than one point's result is in memory.
struct SweepPagePoint {
  /// The point's id.
  let id: String
  /// What charts call its regimes.
  let names: [String]
  /// Its first key metrics.
  let metrics: [KeyMetric]

  /// How many metrics there are.
  private static let mostMetrics = 3

  init(_ result: RunResult) {
    id = result.point ?? result.scenario.name
    names = result.regimeNames
    metrics = Array(result.keyMetrics.filter(\.isCompared).prefix(Self.mostMetrics))
  }
}

/// What a page says of a sweep: the first key metrics at each of its points.
struct SweepPage {
  private let points: [SweepPagePoint]
  /// The result of the last point, for what all have in common.
  private let last: RunResult

  /// How many points a chart has room for, and a table.
  private static let mostDrawn = 40
  private static let mostListed = 300

  init(_ points: [SweepPagePoint], last: RunResult) { (self.points, self.last) = (points, last) }

  /// One of each key metric, where there are not too many points.
  var charts: [Chart] {
    guard let first = points.first, points.count <= Self.mostDrawn else { return [] }
    return first.metrics.indices.compactMap(chart)
  }

  private func chart(ofMetric place: Int) -> Chart? {
    let metric = points[0].metrics[place]
    let dots = points.flatMap { point -> [DotChart.Dot] in
      guard point.metrics.indices.contains(place) else { return [] }
      return zip(point.names, point.metrics[place].values).compactMap { name, value in
        value.value.map { summary in
          let typical = summary.typical(metric.words.typical)
          return DotChart.Dot(
            row: point.id, regime: name,
            quantiles: [summary.p05, typical, typical, typical, summary.p95])
        }
      }
    }
    let panel = DotChart(
      heading: [], rows: points.map(\.id), dots: dots, unit: ChartUnit(metric.unit),
      looks: RegimeLooks(names: points[0].names)
    ).inVegaLite()
    guard let panel else { return nil }
    return Chart(
      "sweep-\(metric.metric.replacing("_", with: "-"))", of: "\(metric.subject) by point",
      finding: finding(ofMetric: place),
      notes: [
        "Dots: \(metric.typical) of \(last.worlds) at each point of the sweep. Lines: 90% of them."
      ], columns: 1, panels: [panel])
  }

  /// Between which points a metric lies furthest apart.
  private func finding(ofMetric place: Int) -> String {
    let metric = points[0].metrics[place]
    let all = points.flatMap { point -> [(value: Double, point: String, name: String)] in
      guard point.metrics.indices.contains(place) else { return [] }
      return zip(point.names, point.metrics[place].values).compactMap { name, value in
        value.value.map { ($0.typical(metric.words.typical), point.id, name) }
      }
    }
    let subject = metric.subject.prefix(1).uppercased() + metric.subject.dropFirst()
    guard let least = all.min(by: { $0.value < $1.value }),
      let most = all.max(by: { $0.value < $1.value }), least.value < most.value
    else { return "\(subject): the same at every point" }
    let scale = FigureScale(unit: metric.unit, largest: abs(most.value))
    return "\(subject): from \(scale.amount(least.value)) at \(least.point) under \(least.name) to "
      + "\(scale.amount(most.value)) at \(most.point) under \(most.name)"
  }

  /// What the page says.
  func contents(
    _ input: RunInput, charts: [Chart], files: [(path: String, description: String)]
  ) -> PageContents {
    let first = points[0]
    return last.pageContents(
      input, charts: charts, files: files,
      sweep: PageContents.OfSweep(
        size: "\(NumberWords.counted(points.count, "point")) of a sweep",
        answer: first.metrics.indices.map { finding(ofMetric: $0) + "." },
        keyFigures: first.metrics.indices.map(table)))
  }

  private func table(ofMetric place: Int) -> PageTable {
    let metric = points[0].metrics[place]
    let values = points.flatMap { point in
      point.metrics.indices.contains(place)
        ? point.metrics[place].values.compactMap { $0.value?.typical(metric.words.typical) } : []
    }
    let scale = FigureScale(unit: metric.unit, largest: values.map(abs).max() ?? 0)
    let unit = scale.unit.isEmpty ? "" : ", \(scale.unit)"
    let left = points.count > Self.mostListed ? "; the first \(Self.mostListed) points" : ""
    return PageTable(
      "\(metric.subject)\(unit): \(metric.typical), with 90% of the simulated worlds in brackets\(left)",
      header: ["Point"] + points[0].names, numbers: Array(1...points[0].names.count),
      rows: points.prefix(Self.mostListed).map { point in
        let cells =
          point.metrics.indices.contains(place)
          ? point.metrics[place].values.map { value in
            value.value.map { PageAnswer.cell($0, metric, scale) } ?? "none"
          } : []
        return [point.id] + cells
      })
  }
}
