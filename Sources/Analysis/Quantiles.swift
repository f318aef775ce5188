/// Quantiles by selection: of the definition that R, NumPy and spreadsheets use by default (type 7
/// of Hyndman and Fan 1996), linear between order statistics.
public enum Quantiles {
  /// The quantiles of `values` at rising `probabilities`, each in 0...1.
  ///
  /// Puts `values` in another order. Without values there are no quantiles: nil.
  ///
  /// Each quantile needs two neighbouring order statistics. The lower ones are selected, not sorted for, the
  /// middle one first, so that the others are looked for in what it has split off.
  public static func select(_ probabilities: [Double], from values: inout [Double]) -> [Double]? {
    guard let first = values.first else { return nil }
    // Half the columns of a usual result never vary, and equal values are the slowest to select from.
    guard values.contains(where: { $0 != first }) else { return probabilities.map { _ in first } }
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
        // Equal neighbours give their common value exactly, whatever the fraction.
        return value == next ? value : value + (positions[place] - Double(rank)) * (next - value)
      }
    }
  }

  /// Selects rising ranks among the values from `low` to `high`.
  private static func select(
    _ ranks: ArraySlice<Int>, in values: inout UnsafeMutableBufferPointer<Double>, from low: Int,
    to high: Int
  ) {
    guard !ranks.isEmpty else { return }
    let middle = (ranks.startIndex + ranks.endIndex) / 2
    selectInPlace(ranks[middle], in: &values, from: low, to: high)
    select(ranks[..<middle], in: &values, from: low, to: ranks[middle])
    select(ranks[(middle + 1)...], in: &values, from: ranks[middle], to: high)
  }

  /// Puts the value of a rank into its place, smaller ones before it and larger ones after it, among those
  /// from `start` to `end`, which are between all others (Hoare 1961).
  private static func selectInPlace(
    _ rank: Int, in values: inout UnsafeMutableBufferPointer<Double>, from start: Int, to end: Int
  ) {
    var low = start
    var high = end
    while low < high {
      let pivot = medianOfThree(values[low], values[(low + high) / 2], values[high])
      var left = low
      var right = high
      while left <= right {
        while values[left] < pivot { left += 1 }
        while values[right] > pivot { right -= 1 }
        guard left <= right else { break }
        values.swapAt(left, right)
        left += 1
        right -= 1
      }
      if rank <= right { high = right } else if rank >= left { low = left } else { return }
    }
  }

  private static func medianOfThree(_ a: Double, _ b: Double, _ c: Double) -> Double {
    max(min(a, b), min(max(a, b), c))
  }
}
