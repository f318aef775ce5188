import Glibc

/// Quantiles by selection: of the definition that R, NumPy and spreadsheets use by default (type 7
/// of Hyndman and Fan 1996), linear between order statistics.
public enum Quantiles {
  /// The quantiles of `values`, none of them NaN, at rising `probabilities`, each in 0...1.
  ///
  /// Puts `values` in another order. Without values there are no quantiles: nil.
  ///
  /// Each quantile needs two neighbouring order statistics. The lower ones are selected, not sorted for, the
  /// middle one first, so that the others are looked for in what it has split off.
  public static func select(_ probabilities: [Double], from values: inout [Double]) -> [Double]? {
    guard let first = values.first else { return nil }
    // Half the columns of a usual result never vary, and equal values are the slowest to select from.
    guard values.contains(where: { $0 != first }) else {
      return probabilities.map { _ in first + 0 }
    }
    let last = values.count - 1
    let positions = probabilities.map { $0 * Double(last) }
    let ranks = positions.map { Int($0.rounded(.down)) }
    return values.withUnsafeMutableBufferPointer { buffer in
      select(ranks[...], in: &buffer, from: 0, to: last)
      return positions.indices.map { place in
        let (rank, value) = (ranks[place], buffer[ranks[place]])
        // What selection leaves above a rank is no smaller, so the next rank is the least of it, up to the
        // next rank that was selected.
        let end = ranks[place...].first { $0 > rank } ?? last
        let next = rank < end ? buffer[(rank + 1)...end].min() ?? value : value
        // -0 + 0 is 0: a column may hold both, which are equal, and results tell one.
        return between(value, next, at: positions[place]) + 0
      }
    }
  }

  /// What lies between the order statistic at a position, counted from 0 with a fraction, and the next one.
  /// Equal neighbours give their common value exactly, whatever the fraction.
  static func between(_ value: Double, _ next: Double, at position: Double) -> Double {
    value == next ? value : value + (position - position.rounded(.down)) * (next - value)
  }

  /// Selects rising ranks among the values from `low` to `high`, and lets the others alone.
  private static func select(
    _ ranks: ArraySlice<Int>, in values: inout UnsafeMutableBufferPointer<Double>, from low: Int,
    to high: Int
  ) {
    guard !ranks.isEmpty else { return }
    let middle = (ranks.startIndex + ranks.endIndex) / 2
    selectInPlace(ranks[middle], in: &values, from: low, to: high)
    select(ranks[..<middle], in: &values, from: low, to: ranks[middle] - 1)
    select(ranks[(middle + 1)...], in: &values, from: ranks[middle] + 1, to: high)
  }

  /// Puts the value of a rank among those from `start` to `end` into its place there, smaller ones before it
  /// and larger ones after it, and lets all others alone (Hoare 1961, with Lomuto's partition).
  private static func selectInPlace(
    _ rank: Int, in values: inout UnsafeMutableBufferPointer<Double>, from start: Int, to end: Int
  ) {
    var (low, high) = (start, end)
    while low < high {
      let pivot =
        high - low < fewest
        ? medianOfThree(values[low], values[(low + high) / 2], values[high])
        : pivot(for: rank, in: &values, from: low, to: high)
      let split = partition(&values, from: low, to: high) { $0 < pivot }
      if rank < split {
        high = split - 1
      } else if split > low {
        low = split
      } else {
        // Nothing is smaller: what equals the pivot, which may be much, is put apart.
        low = partition(&values, from: low, to: high) { $0 <= pivot }
        if rank < low { return }
      }
    }
  }

  /// Of fewer values no sample is taken.
  private static let fewest = 600

  /// A value just beyond that of a rank, on the side where there are more, by selection from a sample of the
  /// values around it: so that most of them are parted from it at one go (Floyd and Rivest 1975, whose
  /// constants these are). The median takes one and a half looks at each value, with a pivot of three 2.75.
  private static func pivot(
    for rank: Int, in values: inout UnsafeMutableBufferPointer<Double>, from low: Int, to high: Int
  ) -> Double {
    let (count, place) = (Double(high - low + 1), Double(rank - low + 1))
    let sample = 0.5 * exp(2 * log(count) / 3)
    let spread = 0.5 * (log(count) * sample * (count - sample) / count).squareRoot()
    let shift = place < count / 2 ? -spread : spread
    let first = Double(rank) - place * sample / count + shift
    let last = Double(rank) + (count - place) * sample / count + shift
    selectInPlace(
      rank, in: &values, from: min(rank, max(low, Int(first))), to: max(rank, min(high, Int(last))))
    return values[rank]
  }

  /// Puts those of which a statement is true before all others, and says where the others begin.
  ///
  /// Every value changes places, be it with itself: there is no branch, which would be foretold wrongly half
  /// of the time. Three quantiles of a column take 5 to 8 ns a value, with branches they took 18 to 22.
  @inline(__always)
  private static func partition(
    _ values: inout UnsafeMutableBufferPointer<Double>, from low: Int, to high: Int,
    where comesFirst: (Double) -> Bool
  ) -> Int {
    var split = low
    for place in low...high {
      let value = values[place]
      values[place] = values[split]
      values[split] = value
      split &+= Int(of: comesFirst(value))
    }
    return split
  }

  private static func medianOfThree(_ a: Double, _ b: Double, _ c: Double) -> Double {
    max(min(a, b), min(max(a, b), c))
  }
}

extension Int {
  /// 1 if something is true, else 0. Of `? 1 : 0` the compiler makes a branch.
  @inline(__always) fileprivate init(of condition: Bool) {
    self = Int(unsafeBitCast(condition, to: UInt8.self))
  }
}
