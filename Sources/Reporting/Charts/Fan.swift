import Quantities

/// How an amount goes over time under one regime: its distribution in each month.
struct Fan {
  /// One month that has a value.
  struct Point {
    /// The last day of the month.
    let day: Day
    /// 5%, 25%, 50%, 75% and 95% of draws are no larger; empty for what has no band.
    let quantiles: [Double]
    /// What stands for all draws: their median, or their mean.
    let typical: Double
  }

  /// The regime, as charts call it.
  let name: String
  let points: [Point]

  /// The largest size of what is shown of it.
  var largest: Double {
    points.map { point in (point.quantiles + [point.typical]).map(abs).max() ?? 0 }.max() ?? 0
  }
}

/// Something that was observed at the end of a month, beside what is simulated.
struct ObservedPoint {
  let day: Day
  let value: Double
  /// The ends of the source's own range; the value itself where it gives none.
  let low: Double
  let high: Double
}

/// Fans over time in one panel.
struct FanPanel {
  /// What is over the panel.
  let heading: [String]
  /// What the heading stands for, in small.
  var caption: [String] = []
  let fans: [Fan]
  /// What was observed of the same figure.
  var observed: [ObservedPoint] = []
  /// A line to hold them to, behind them.
  var backdrop: Fan?
  /// Whether lines are named at their ends.
  var namesLines = true

  fileprivate var points: [Fan.Point] { (fans + [backdrop].compactMap(\.self)).flatMap(\.points) }
}

/// Panels of fans over time.
struct FanChart {
  let panels: [FanPanel]
  let unit: ChartUnit
  let looks: RegimeLooks
  /// What stands for all draws.
  var typical = "Median"
  /// Whether they are differences, which are held to zero.
  var areDifferences = false
  /// Whether to draw the band of half of the draws as well as that of nine tenths.
  var hasInnerBands = true
  /// Whether only the first fan of a panel has bands: more would hide each other.
  var onlyFirstHasBands = false
  /// Whether all panels have one axis, or each its own.
  var sharesAxis = true
  /// How many panels stand side by side.
  var columns = 2
  var width = 300
  var height = 240

  /// Whether any fan has a band.
  var hasBands: Bool {
    panels.contains { $0.fans.contains { $0.points.contains { !$0.quantiles.isEmpty } } }
  }

  /// The panels in Vega-Lite; none where there is nothing but zero to show.
  var panelsInVegaLite: [ChartPanel] {
    let axes = axes
    return panels.enumerated().compactMap { place, panel in
      axes[place].map {
        FanPanelPicture(chart: self, panel: panel, axis: $0, place: place).inVegaLite
      }
    }
  }

  /// By panel. Panels that stand beside each other are compared, so either all are in powers of ten or none is.
  private var axes: [ValueAxis?] {
    if sharesAxis { return Array(repeating: axis(of: panels), count: panels.count) }
    let own = panels.map { axis(of: [$0]) }
    guard own.contains(where: { $0?.isLog == true }) else { return own }
    let powers = panels.map { axis(of: [$0], powersFrom: 1) }
    let areLegible = powers.allSatisfy { $0.map { $0.isLog && $0.ticks.count > 2 } ?? true }
    return areLegible ? powers : panels.map { axis(of: [$0], powersFrom: .infinity) }
  }

  private func axis(
    of panels: [FanPanel], powersFrom factor: Double = ValueAxis.decades
  ) -> ValueAxis? {
    let points = panels.flatMap(\.points)
    let banded = onlyFirstHasBands ? panels.flatMap { $0.fans.first?.points ?? [] } : points
    let observed = panels.flatMap(\.observed)
    return ValueAxis(
      covering: points.map(\.typical) + observed.map(\.value),
      ends: banded.flatMap { [$0.quantiles.first, $0.quantiles.last].compactMap(\.self) }
        + observed.flatMap { [$0.low, $0.high] },
      powersFrom: unit.isShare ? .infinity : factor, hasZero: areDifferences)
  }

  /// Years where there are several, else months.
  var time: ChartChannel {
    let days = panels.flatMap { $0.points.map(\.day) }
    return .time(months: (days.max()?.month.index ?? 0) - (days.min()?.month.index ?? 0))
  }
}

extension ChartChannel {
  /// The axis of time, over so many months: a tick a year, or a quarter where they are few.
  static func time(months: Int, field: ChartField = .month) -> ChartChannel {
    var channel = ChartChannel.field(field, .temporal)
    channel.scale = .some(ChartScale(type: "utc"))
    let years = months / 12
    channel.axis = .some(
      ChartAxis(
        title: .null, format: years >= 3 ? "%Y" : "%b %Y",
        tickCount: years >= 3
          ? ChartTicks(interval: "year", step: years > 6 ? 2 : 1)
          : ChartTicks(interval: "month", step: months > 12 ? 6 : 3),
        labelFlush: false, labelOverlap: true, grid: false))
    return channel
  }
}
