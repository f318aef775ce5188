import Glibc

/// What is made of the monthly values of one replicate, to be held to one observed number.
public enum Reduction: Hashable, Sendable {
  /// The last value.
  case value
  /// The sum of all values; missing when one is.
  case sum
  /// The last value over the first, as a factor per year; missing unless both are above zero.
  case growthPerYear
  /// The largest value there is.
  case maximum
  /// The first value there is.
  case first

  /// Reduces columns of months to one column.
  ///
  /// - Parameters:
  ///   - months: for each month, in order, one value for each replicate; NaN where missing.
  ///   - stepYears: the length of a step, in years.
  /// - Returns: one value for each replicate; NaN where there is none.
  public func apply(to months: [[Double]], stepYears: Double) -> [Double] {
    guard let first = months.first, let last = months.last else { return [] }
    switch self {
    case .value: return last
    case .sum:
      return months.dropFirst().reduce(first) { sum, month in zip(sum, month).map { $0 + $1 } }
    case .growthPerYear:
      let years = Double(months.count - 1) * stepYears
      return zip(first, last).map { first, last in
        first > 0 && last > 0 && years > 0 ? pow(last / first, 1 / years) : .nan
      }
    case .maximum:
      return months.dropFirst().reduce(first) { most, month in
        zip(most, month).map { $0.isNaN ? $1 : $1.isNaN ? $0 : max($0, $1) }
      }
    case .first:
      return months.dropFirst().reduce(first) { found, month in
        zip(found, month).map { $0.isNaN ? $1 : $0 }
      }
    }
  }
}
