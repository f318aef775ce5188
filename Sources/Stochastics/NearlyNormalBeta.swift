import Glibc

/// The distribution function of a beta on 0...1 both of whose numbers are large, and its inverse.
///
/// GSL's continued fraction (2.7.1) gives up after 512 terms and answers NaN where both numbers are above
/// some 300,000, and its inverse then never ends. So narrow a beta is all but normal: its distribution
/// function is the normal's at the signed root of the deviance, corrected once (Barndorff-Nielsen 1986; the
/// first term of Temme's uniform expansion, DLMF 8.18.14). Against integrals in forty digits both tails are
/// right to 3e-9 of themselves, eight standard deviations out too.
struct NearlyNormalBeta {
  /// Both numbers are at least this.
  static let least = 1e5
  /// Beyond so many standard deviations there is no probability that a double can hold.
  private static let reach = 40.0

  private let mean: Double
  private let rest: Double
  /// One over the standard deviation.
  private let scale: Double

  /// Nil where one of the numbers is not large.
  init?(a: Double, b: Double) {
    guard min(a, b) >= Self.least else { return nil }
    mean = a / (a + b)
    rest = b / (a + b)
    scale = (a + b).squareRoot() / (mean * rest).squareRoot()
  }

  /// P(X <= x).
  func below(_ x: Double) -> Double { GSL.normalCDF(score(x)) }

  /// P(X > x).
  func above(_ x: Double) -> Double { GSL.normalCDF(-score(x)) }

  /// The smallest x whose probability reaches that of a standard normal at `score`.
  func quantile(score: Double) -> Double {
    let (low, high) = (mean - Self.reach / scale, mean + Self.reach / scale)
    return Bisection.smallest(in: max(0, low)...min(1, high)) { self.score($0) >= score }
  }

  /// Where a standard normal has as much probability below.
  private func score(_ x: Double) -> Double {
    let distance = x - mean
    guard distance.magnitude * scale <= Self.reach else { return distance * scale }
    // The deviance is (distance * scale)^2 (1 + excess): neither is a difference of near equals.
    let slope = rest * curve(distance / mean) / mean - mean * curve(-distance / rest) / rest
    let excess = slope * distance
    let root = (1 + excess).squareRoot()
    let logarithm = excess == 0 ? slope : log1p(excess) / distance
    return distance * scale * root - logarithm / (2 * scale * root)
  }

  /// (2 (t - ln(1 + t)) / t^2 - 1) / t by its series: `reach` keeps t below 0.13, and what is left out
  /// below 1e-17.
  private func curve(_ t: Double) -> Double {
    var sum = 0.0
    for power in stride(from: 20, through: 3, by: -1) {
      sum = (power.isMultiple(of: 2) ? 2 : -2) / Double(power) + t * sum
    }
    return sum
  }
}
