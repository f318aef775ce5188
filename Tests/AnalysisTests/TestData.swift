import Analysis
import Stochastics

/// Numbers by chance, the same in every run of the tests.
struct TestData: ~Copyable {
  private var stream: RandomStream

  init(seed: UInt64) {
    stream = RandomStream(
      seed: seed, at: StreamAddress(replicate: 0, mechanism: MechanismID(rawValue: 902)))
  }

  mutating func uniforms(_ count: Int) -> [Double] { (0..<count).map { _ in stream.uniform() } }

  /// Whole numbers below `limit`, so that many are equal.
  mutating func ties(_ count: Int, below limit: Double) -> [Double] {
    uniforms(count).map { ($0 * limit).rounded(.down) }
  }

  mutating func normals(_ count: Int) throws -> [Double] {
    let law = try Distribution.normal(mean: 0, sd: 1)
    return uniforms(count).map { law.quantile($0) }
  }
}

/// What the tests hold the analysis to: the definitions, written for clarity alone.
enum Reference {
  /// Type 7 of Hyndman and Fan (1996), by sorting.
  static func quantile(_ probability: Double, of values: [Double]) -> Double {
    let sorted = values.sorted()
    let position = probability * Double(sorted.count - 1)
    let lower = sorted[Int(position)]
    let upper = sorted[min(Int(position) + 1, sorted.count - 1)]
    return lower == upper ? lower : lower + (position - position.rounded(.down)) * (upper - lower)
  }

  static func mean(_ values: [Double]) -> Double {
    values.reduce(0, +) / Double(values.count)
  }

  /// In two passes.
  static func variance(_ values: [Double]) -> Double {
    let mean = mean(values)
    return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)
  }
}
