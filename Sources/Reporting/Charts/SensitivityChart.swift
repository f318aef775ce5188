import Analysis
import PolicyModel
import Simulation
import Studies

/// What a figure is sensitive to, as dots with intervals.
extension SensitivityAnswer {
  private static let series = ["Alone", "With interactions"]

  /// All charts, as far as there is something to show.
  var charts: [Chart] {
    [
      subjects.flatMap { indicesChart($0, "subjects", "by subject") },
      numbers.flatMap { indicesChart($0, "numbers", "by number") }, screeningChart,
    ].compactMap(\.self)
  }

  private func indicesChart(
    _ indices: SensitivityIndices, _ name: String, _ words: String
  ) -> Chart? {
    let parts = indices.shown
    let rows = ChartNames.distinct(
      parts.map { label(of: $0.factor) }, by: parts.map(\.factor.title))
    let dots = zip(rows, parts).flatMap { row, part in
      zip(Self.series, [part.indices.first, part.indices.total]).map { name, estimate in
        DotChart.Dot(row: row, regime: name, quantiles: Self.quantiles(estimate))
      }
    }
    guard
      let panel = DotChart(
        heading: [], rows: rows, dots: dots,
        unit: ChartUnit("1", isShare: true), looks: RegimeLooks(names: Self.series),
        words: .estimate
      ).inVegaLite()
    else { return nil }
    return Chart(
      "indices-by-\(name)", of: "What the figure is sensitive to, \(words)",
      finding: "What explains the variance of \(figureInWords) \(words)",
      notes: [
        Self.intervals + " Alone: first-order index; with interactions: total index."
          + (indices.leftOut.map { " \($0.prefix(1).uppercased())\($0.dropFirst())." } ?? "")
      ],
      columns: 1, panels: [panel])
  }

  /// A number by what it means; of several that are correlated the first, and how many more there are.
  private func label(of factor: SensitivityFactor) -> String {
    guard case .numbers(let names, _) = factor, let first = names.first else { return factor.title }
    let more = names.count - 1
    return scenario.label(ofNumber: first) + (more > 0 ? "\nwith \(more) correlated" : "")
  }

  /// So many numbers are drawn.
  private static let drawn = 20

  private var screeningChart: Chart? {
    guard let screening else { return nil }
    let shown = screening.prefix(Self.drawn).compactMap { number in
      number.effect.map { (name: number.uncertainty.name, size: $0.size) }
    }
    let names = ChartNames.distinct(
      shown.map { scenario.label(ofNumber: $0.name) }, by: shown.map(\.name))
    let rows = zip(names, shown).map { (name: $0, size: $1.size) }
    let series = "Mean size of effects"
    guard
      let panel = DotChart(
        heading: [], rows: rows.map(\.name),
        dots: rows.map {
          DotChart.Dot(row: $0.name, regime: series, quantiles: Self.quantiles($0.size))
        },
        unit: ChartUnit(column.metric.unit), looks: RegimeLooks(names: [series]), words: .estimate
      ).inVegaLite()
    else { return nil }
    return Chart(
      "screening", of: "What moves the figure",
      finding: "What moves \(figureInWords) most",
      notes: [
        "Change of the figure per unit of the number's probability, in size. " + Self.intervals
      ], columns: 1, panels: [panel])
  }

  private static let intervals =
    "Dots: estimates. Thick lines: the middle half of bootstrap samples; thin lines: 90%."

  private static func quantiles(_ estimate: BootstrapEstimate) -> [Double] {
    [
      estimate.interval.lowerBound, estimate.middle.lowerBound, estimate.value,
      estimate.middle.upperBound, estimate.interval.upperBound,
    ]
  }
}
