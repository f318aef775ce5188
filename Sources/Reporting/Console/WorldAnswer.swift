import Analysis
import PolicyModel
import Scenarios
import Simulation
import Studies
import Wording

/// What the end of a run says of a world with an economy.
extension RunResult {
  /// How many metrics are shown at the end of a run.
  private static let mostShown = 15

  /// The monthly metrics at the last month, regime by regime, and each held to the reference on the
  /// same worlds; nil for a world that only replays documented runs.
  var worldText: String? {
    guard !model.blueprint.world.economy.isEmpty else { return nil }
    let shown = headlineColumns
    guard !shown.isEmpty else { return nil }
    var table = TextTable(
      header: ["metric", "of", "regime", "median", "90% of draws", "minus reference", "90%"],
      rightAligned: [3])
    for place in shown {
      for regime in statistics.regimes.indices { table.append(row(of: place, regime: regime)) }
    }
    let more = statistics.layout.stepColumns.count - shown.count
    let rest = more > 0 ? "\n  \(more) more are in trajectories.csv" : ""
    return "At the end of \(scenario.run.end), by regime (differences are paired with "
      + "\(statistics.regimes[0]) on the same simulated worlds)\n" + table.text + rest
  }

  /// The first of ``endingColumns``, as many as fit a screen.
  private var headlineColumns: [Int] { endingColumns.prefix(Self.mostShown).sorted() }

  /// The step columns with something to show at the end: those of the world and of its jurisdictions before
  /// those of single labs, fleets and chips, of which there are many.
  var endingColumns: [Int] {
    let world = model.blueprint.world
    let sides = Set(world.economy.jurisdictions.map(\.id))
    let single = Set(
      world.labs.map(\.id) + world.runs.map(\.id) + world.chips.map(\.id)
        + world.economy.suppliers.map(\.id) + world.economy.owners.map { "fleet.\($0.id)" })
    func rank(_ column: Column) -> Int {
      single.contains(column.entity) ? 2 : sides.contains(column.entity) ? 1 : 0
    }
    let columns = statistics.layout.stepColumns
    return columns.indices.filter(hasSomethingToShow).sorted {
      (rank(columns[$0]), $0) < (rank(columns[$1]), $1)
    }
  }

  /// Whether any regime gives anything but zero in the last month.
  private func hasSomethingToShow(_ place: Int) -> Bool {
    let cell = statistics.layout.cell(step: statistics.layout.stepCount - 1, column: place)
    return statistics.summaries.contains { regime in
      regime[cell].map { !$0.isZero } ?? false
    }
  }

  private func row(of place: Int, regime: Int) -> [String] {
    let column = statistics.layout.stepColumns[place]
    let cell = statistics.layout.cell(step: statistics.layout.stepCount - 1, column: place)
    let name = regime == 0 ? [column.metric.name, column.entity] : ["", ""]
    let unit = column.metric.unit
    let summary = statistics.summaries[regime][cell]
    let median = summary.map { NumberWords.figure($0.p50, unit: unit) } ?? "none"
    let difference = regime == 0 ? nil : statistics.comparisons[regime][cell]?.difference
    return name + [statistics.regimes[regime], median, Self.band(summary, unit)]
      + [
        regime == 0
          ? "reference" : difference.map { NumberWords.figure($0.p50, unit: unit) } ?? "-",
        Self.band(difference, unit),
      ]
  }

  private static func band(_ summary: Summary?, _ unit: String) -> String {
    guard let summary else { return "" }
    let ends = [summary.p05, summary.p95].map { NumberWords.figure($0, unit: unit) }
    return ends.joined(separator: " to ")
  }
}
