/// Quantiles by selection: of the definition that R, NumPy and spreadsheets use by default (type 7
/// of Hyndman and Fan 1996), linear between order statistics.
public enum Quantiles {
  /// The quantiles of `values` at rising `probabilities`, each in 0...1.
  ///
  /// Puts `values` in another order. Without values there are no quantiles: nil.
  ///
  /// Each quantile needs two neighbouring order statistics; the first is selected, not sorted for, and
  /// what an earlier selection has split off is not looked at again.
  public static func select(_ probabilities: [Double], from values: inout [Double]) -> [Double]? {
    guard let first = values.first else { return nil }
    // Half the columns of a usual result never vary, and equal values are the slowest to select from.
    guard values.contains(where: { $0 != first }) else { return probabilities.map { _ in first } }
    let last = values.count - 1
    return values.withUnsafeMutableBufferPointer { buffer in
      var sortedUpTo = 0
      return probabilities.map { probability in
        let position = probability * Double(last)
        let lower = Int(position.rounded(.down))
        selectInPlace(lower, in: &buffer, from: sortedUpTo)
        sortedUpTo = lower
        let value = buffer[lower]
        // What selection leaves above a rank is no smaller, so the next rank is the least of it.
        let next = buffer[(lower + 1)...].min() ?? value
        // Equal neighbours give their common value exactly, whatever the fraction.
        return value == next ? value : value + (position - Double(lower)) * (next - value)
      }
    }
  }

  /// Puts the value of a rank into its place, smaller ones before it and larger ones after it.
  /// Everything before `start` is no larger than anything from `start` on (Hoare 1961).
  private static func selectInPlace(
    _ rank: Int, in values: inout UnsafeMutableBufferPointer<Double>, from start: Int
  ) {
    var low = start
    var high = values.count - 1
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
