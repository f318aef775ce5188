import Analysis
import Quantities
import Scenarios
import Simulation

/// Where in results stands what a figure of monthly metrics is made of.
struct ObservedCells {
  /// The unit of what comes out.
  let unit: String
  private let reduction: Observation.Reduction
  /// By month that counts, the cells that are summed; none where something is not recorded, or a month is not
  /// simulated.
  private let figure: [[Int]]
  /// The same of what it is divided by; nil where nothing is.
  private let divisor: [[Int]]?

  init(_ monthly: MonthlyFigure, in layout: CellLayout, of run: RunSettings) {
    reduction = monthly.reduction
    let steps = monthly.steps(of: run)
    let once = monthly.figure.outcomes(in: layout)
    let isOnce = !once.isEmpty
    func columns(of figure: Observation.Figure) -> [Int] {
      isOnce ? figure.outcomes(in: layout) : figure.columns(in: layout)
    }
    let (columns, others) = (
      columns(of: monthly.figure), monthly.divisor.map { columns(of: $0) }
    )
    func cells(_ columns: [Int]) -> [[Int]] {
      guard !columns.isEmpty else { return [] }
      if isOnce { return [columns.map { layout.cell(outcome: $0) }] }
      return steps.map { step in columns.map { layout.cell(step: step, column: $0) } }
    }
    // A quotient of which one part is missing is no figure at all.
    figure = others?.isEmpty == true ? [] : cells(columns)
    divisor = columns.isEmpty ? others.map { _ in [] } : others.map(cells)
    func unit(of columns: [Int]) -> String {
      columns.first.map { (isOnce ? layout.outcomeColumns : layout.stepColumns)[$0].metric.unit }
        ?? ""
    }
    let (above, below) = (unit(of: columns), others.map(unit))
    self.unit =
      reduction == .growthPerYear
      ? "1/year" : below.map { $0 == above ? "1" : "\(above)/\($0)" } ?? above
  }

  /// All of them.
  var all: [Int] { Array((figure + (divisor ?? [])).joined()) }

  /// One value for each replicate, NaN where there is none.
  ///
  /// - Parameter values: those of a cell, by replicate.
  func draws(stepYears: Double, values: (_ cell: Int) -> [Double]) -> [Double] {
    func months(_ cells: [[Int]]) -> [[Double]] { cells.map { Self.sum($0.map(values)) } }
    let above = months(figure)
    guard let divisor else { return reduction.analysed.apply(to: above, stepYears: stepYears) }
    let below = months(divisor)
    guard reduction == .sum else {
      let quotients = zip(above, below).map { Self.quotient($0, $1) }
      return reduction.analysed.apply(to: quotients, stepYears: stepYears)
    }
    return Self.quotient(
      Reduction.sum.apply(to: above, stepYears: stepYears),
      Reduction.sum.apply(to: below, stepYears: stepYears))
  }

  /// The sum of columns, replicate by replicate.
  private static func sum(_ columns: [[Double]]) -> [Double] {
    columns.dropFirst().reduce(columns.first ?? []) { sum, column in
      zip(sum, column).map { $0 + $1 }
    }
  }

  /// Of two columns; missing where there is nothing to divide by.
  private static func quotient(_ above: [Double], _ below: [Double]) -> [Double] {
    zip(above, below).map { $1 == 0 ? .nan : $0 / $1 }
  }
}

extension Observation.Figure {
  /// The monthly columns of its metrics and entities; none unless all of them are recorded.
  fileprivate func columns(in layout: CellLayout) -> [Int] { places(in: layout.stepColumns) }

  /// The same of what is recorded once.
  fileprivate func outcomes(in layout: CellLayout) -> [Int] { places(in: layout.outcomeColumns) }

  private func places(in columns: [Column]) -> [Int] {
    let found = metrics.flatMap { metric in
      entities.compactMap { entity in
        columns.firstIndex { $0.entity == entity && $0.metric.name == metric }
      }
    }
    return found.count == metrics.count * entities.count ? found : []
  }
}

extension MonthlyFigure {
  /// The steps whose values count; none where the run does not reach so far.
  fileprivate func steps(of run: RunSettings) -> [Int] {
    guard run.start <= month, month <= run.end else { return [] }
    let first = reduction == .value ? month : max(from ?? run.start, run.start)
    // A sum, a mean or a growth over months that were not simulated is another figure.
    let needsAll = reduction == .sum || reduction == .mean || reduction == .growthPerYear
    if let from, from < run.start, needsAll { return [] }
    guard first <= month else { return [] }
    return Array((first.index - run.start.index)...(month.index - run.start.index))
  }
}

extension Observation.Reduction {
  fileprivate var analysed: Reduction {
    switch self {
    case .value: .value
    case .sum: .sum
    case .mean: .mean
    case .growthPerYear: .growthPerYear
    case .maximum: .maximum
    case .first: .first
    }
  }
}
