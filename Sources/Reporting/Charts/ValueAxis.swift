import Glibc

/// The axis of an amount: what it covers, whether in powers of ten, and where it has ticks.
///
/// Worked out here and not by Vega-Lite, since panels of one chart share it, and labels are put where they do
/// not cover each other, for which their places in pixels must be known.
struct ValueAxis: Equatable {
  /// Whether equal steps are equal factors.
  let isLog: Bool
  let low: Double
  let high: Double
  let ticks: [Double]

  /// From this factor between the largest and the smallest value on, an axis is in powers of ten.
  static let decades = 100.0

  /// Covers values; nil without two that differ or one that is not zero, since there is nothing to show.
  ///
  /// - Parameters:
  ///   - middles: the values that matter, which have to be positive where the axis is in powers of ten.
  ///   - ends: the ends of their bands.
  ///   - powersFrom: from which factor between them on it is in powers of ten.
  ///   - hasZero: whether zero belongs to it, where it is in equal steps: of differences, always.
  init?(
    covering middles: [Double], ends: [Double], powersFrom: Double = decades, hasZero: Bool = false
  ) {
    let all = middles + ends
    guard var low = all.min(), var high = all.max(), low != high || low != 0 else { return nil }
    if let smallest = middles.min(), smallest > 0, high / smallest >= powersFrom, !hasZero {
      // A band may reach down to zero, which no such axis shows: it ends at the panel's edge.
      low = max(low, smallest / 10)
      (isLog, ticks) = (true, Self.powers(from: low, to: high))
      (self.low, self.high) = (low / 1.1, high * 1.1)
      return
    }
    if hasZero || low > 0 && low < 0.6 * high { low = min(low, 0) }
    if hasZero || high < 0 && high > 0.6 * low { high = max(high, 0) }
    if low == high { (low, high) = (min(0, low), max(0, high)) }
    let step = Self.step(for: (high - low) / 5)
    let first = (low / step).rounded(.down)
    let last = (high / step).rounded(.up)
    isLog = false
    ticks = stride(from: first, through: last, by: 1).map { ChartData.rounded($0 * step) }
    // A tick beside the end by an error of rounding would not be drawn.
    self.low = min(first * step, ticks.first ?? first * step)
    self.high = max(last * step, ticks.last ?? last * step)
  }

  /// A step of 1, 2 or 5 times a power of ten, no smaller than one.
  private static func step(for least: Double) -> Double {
    var power = 1.0
    while power > least { power /= 10 }
    while power * 10 <= least { power *= 10 }
    let step = [1, 2, 5, 10].first { $0 * power >= least * 0.999 } ?? 10
    return step * power
  }

  /// Powers of ten between two values; with twice and five times of each where there are few, every other one
  /// where there are many.
  private static func powers(from low: Double, to high: Double) -> [Double] {
    var power = 1.0
    while power > low { power /= 10 }
    while power * 10 <= low { power *= 10 }
    var powers: [Double] = []
    while power <= high {
      powers.append(power)
      power *= 10
    }
    let steps: [Double] = powers.count <= 4 ? [1, 2, 5] : [1]
    let every = powers.count > 8 ? 2 : 1
    return powers.enumerated().filter { $0.offset % every == 0 }
      .flatMap { power in steps.map { ChartData.rounded($0 * power.element) } }
      .filter { (low...high).contains($0) }
  }

  /// How many pixels a value is below the upper end of an axis so many pixels long.
  func depth(of value: Double, height: Double) -> Double {
    let (value, low, high) = (position(value), position(low), position(high))
    return height * (high - min(max(value, low), high)) / (high - low)
  }

  /// The value so many pixels below the upper end.
  func value(atDepth depth: Double, height: Double) -> Double {
    let (low, high) = (position(low), position(high))
    let position = high - depth / height * (high - low)
    return isLog ? exp(position) : position
  }

  private func position(_ value: Double) -> Double {
    isLog ? log(max(value, .leastNormalMagnitude)) : value
  }

  /// What is beside the axis.
  func title(_ unit: ChartUnit) -> String { unit.words + (isLog ? " (log scale)" : "") }

  /// The axis in Vega-Lite.
  func channel(_ field: ChartField, unit: ChartUnit) -> ChartChannel {
    var channel = ChartChannel.field(field, .quantitative)
    channel.scale = .some(
      ChartScale(
        type: isLog ? "log" : "linear", domain: .numbers([low, high]), nice: false,
        zero: isLog ? nil : false))
    channel.axis = .some(
      ChartAxis(
        title: .some([title(unit)]), values: ticks, labelExpr: unit.tick,
        titleAngle: 0, titleAlign: "left", titleAnchor: "end", titleX: -42, titleY: -12))
    return channel
  }
}

/// Labels beside each other that cover none.
enum EndLabels {
  /// Depths near those asked for, in the same order, at least so far apart, from 0 to a height where they fit.
  static func depths(near wanted: [Double], apart gap: Double, height: Double) -> [Double] {
    let order = wanted.indices.sorted { (wanted[$0], $0) < (wanted[$1], $1) }
    // Neighbours that would touch become a group, which stands around the mean of what its members want.
    var groups: [(sum: Double, count: Int)] = []
    func top(_ group: (sum: Double, count: Int)) -> Double {
      let length = gap * Double(group.count - 1)
      let middle = group.sum / Double(group.count)
      return min(max(middle - length / 2, 0), max(height - length, 0))
    }
    for place in order {
      groups.append((wanted[place], 1))
      while let last = groups.last, groups.count > 1 {
        let before = groups[groups.count - 2]
        guard top(last) < top(before) + gap * Double(before.count) else { break }
        groups.removeLast(2)
        groups.append((before.sum + last.sum, before.count + last.count))
      }
    }
    let depths = groups.flatMap { group in
      (0..<group.count).map { top(group) + gap * Double($0) }
    }
    var placed = wanted
    for (depth, place) in zip(depths, order) { placed[place] = depth }
    return placed
  }
}
