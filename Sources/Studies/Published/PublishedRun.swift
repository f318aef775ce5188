import Analysis
import PolicyModel
import Scenarios
import Simulation
import Stochastics

/// The values behind published figures: of one replicate at published point values, and of the draws where a
/// figure asks for them. Nothing but their cells is kept.
struct PublishedRun {
  /// The draws; nil where no figure asks for them.
  let ensemble: EnsembleResult?
  /// The replicate at point values; nil where no figure asks for it.
  private let pointValues: EnsembleResult?
  private let cells: [FigureCells]
  private let figures: [PublishedFigure]
  private let stepYears: Double

  /// Computes what the figures ask for.
  init(
    of scenario: Scenario, _ figures: [PublishedFigure], threads: Int,
    progress: (_ done: Int) -> Void
  ) async throws {
    self.figures = figures
    let metrics = Set(figures.flatMap(\.place.metrics))
    var recorded: Set<String>? = metrics
    var model = scenario.model(recording: metrics)
    var layout = Engine(model: model, design: scenario.design).layout
    if figures.contains(where: { FigureCells($0, in: layout, of: scenario).isMissing }) {
      // The books of labs are kept where everything is recorded, and only there.
      recorded = nil
      model = scenario.modelRecordingAll
      layout = Engine(model: model, design: scenario.design).layout
    }
    stepYears = model.timeline.stepYears
    let cells = figures.map { FigureCells($0, in: layout, of: scenario) }
    self.cells = cells
    func kept(_ isWanted: (PublishedFigure) -> Bool) -> [Int] {
      Set(zip(figures, cells).filter { isWanted($0.0) }.flatMap(\.1.all)).sorted()
    }
    let drawn = kept { $0.statistic.needsDraws }
    ensemble =
      drawn.isEmpty
      ? nil
      : try await Engine(model: model, design: scenario.design).runKeeping(
        drawn, threads: threads, progress: progress)
    let single = kept { !$0.statistic.needsDraws }
    pointValues =
      single.isEmpty
      ? nil
      : try await Engine(
        model: scenario.modelAtPointValues(recording: recorded),
        design: try Design(.mc, replicates: 1, seed: scenario.run.seed, parameters: [])
      ).runKeeping(single, threads: 1)
  }

  /// Every figure with what comes out, in their order.
  var findings: [PublishedFinding] {
    // Figures that are different statistics of one thing share its draws.
    var columns: [Column.Key: Column] = [:]
    return zip(figures, cells).map { figure, cells in
      let key = Column.Key(figure)
      let column = columns[key] ?? Column(values(of: figure, cells), areDraws: key.areDraws)
      columns[key] = column
      return PublishedFinding(
        id: figure.id, treatment: figure.treatment,
        answer: .figure(
          figure, value: column.value(figure.statistic), draws: column.draws,
          unit: figure.unit(of: cells.unit), title: cells.title))
    }
  }

  /// One value for each replicate, NaN where there is none.
  private func values(of figure: PublishedFigure, _ cells: FigureCells) -> [Double] {
    guard !cells.isMissing, let ensemble = figure.statistic.needsDraws ? ensemble : pointValues
    else { return [] }
    func values(under regime: Int) -> [Double] {
      cells.values(stepYears: stepYears) { ensemble.values(regime: regime, cell: $0) }
    }
    let above = values(under: figure.regime)
    guard let other = figure.overRegime else { return above }
    return zip(above, values(under: other)).map { $1 == 0 ? .nan : $0 / $1 }
  }
}

/// The values of one thing, by replicate.
private struct Column {
  private let values: [Double]
  /// What the draws amount to; nil at point values, and without values.
  let draws: Summary?

  init(_ values: [Double], areDraws: Bool) {
    self.values = values.contains(where: \.isNaN) ? values.filter { !$0.isNaN } : values
    draws = areDraws ? Summary(of: values) : nil
  }

  /// What is made of them; nil where there are none.
  func value(_ statistic: PublishedFigure.Statistic) -> Double? {
    switch statistic {
    case .value: values.first
    case .mean: draws?.mean
    case .quantile(let probability):
      draws.flatMap { draws in
        Summary.probabilities.firstIndex(of: probability).map { draws.quantiles[$0] }
      }
    case .shareAbove(let level): share { $0 > level }
    case .shareBelow(let level): share { $0 < level }
    }
  }

  private func share(_ isMeant: (Double) -> Bool) -> Double? {
    values.isEmpty ? nil : Double(values.count(where: isMeant)) / Double(values.count)
  }

  /// What makes two figures statistics of one thing.
  struct Key: Hashable {
    private let place: PublishedFigure.Place
    private let regime: Int
    private let overRegime: Int?
    let areDraws: Bool

    init(_ figure: PublishedFigure) {
      (place, regime, overRegime) = (figure.place, figure.regime, figure.overRegime)
      areDraws = figure.statistic.needsDraws
    }
  }
}

/// Where in results stands what a published figure is made of.
private enum FigureCells {
  case once(Int, Metric)
  case monthly(ObservedCells)
  case missing

  init(_ figure: PublishedFigure, in layout: CellLayout, of scenario: Scenario) {
    switch figure.place {
    case .once(let entity, let metric):
      guard let cell = layout.cell(entity: entity, outcome: metric) else {
        self = .missing
        return
      }
      self = .once(cell, layout.place(of: cell).column.metric)
    case .monthly(let monthly):
      let cells = ObservedCells(monthly, in: layout, of: scenario.run)
      self = cells.all.isEmpty ? .missing : .monthly(cells)
    }
  }

  var isMissing: Bool { if case .missing = self { true } else { false } }

  var all: [Int] {
    switch self {
    case .once(let cell, _): [cell]
    case .monthly(let cells): cells.all
    case .missing: []
    }
  }

  var unit: String {
    switch self {
    case .once(_, let metric): metric.unit
    case .monthly(let cells): cells.unit
    case .missing: ""
    }
  }

  /// What a scenario calls it; nil where the metric is the model's own.
  var title: String? { if case .once(_, let metric) = self { metric.title } else { nil } }

  func values(stepYears: Double, _ values: (_ cell: Int) -> [Double]) -> [Double] {
    switch self {
    case .once(let cell, _): values(cell)
    case .monthly(let cells): cells.draws(stepYears: stepYears, values: values)
    case .missing: []
    }
  }
}

extension PublishedFigure {
  /// Its unit: a ratio and a share have none.
  fileprivate func unit(of cells: String) -> String {
    switch statistic {
    case .shareAbove, .shareBelow: "1"
    default: overRegime == nil ? cells : "1"
    }
  }
}
