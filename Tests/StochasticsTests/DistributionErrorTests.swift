import Stochastics
import Testing

/// The messages are what an analyst sees, so their text is part of the contract.
@Suite("Distributions that can't be")
struct DistributionErrorTests {
  struct Refusal: Sendable, CustomTestStringConvertible {
    let message: String
    let make: @Sendable () throws -> Distribution
    var testDescription: String { message }

    init(
      _ message: String, _ make: @escaping @Sendable () throws -> Distribution
    ) {
      self.message = message
      self.make = make
    }
  }

  static let refusals = [
    Refusal("constant needs a finite value, got nan") { try .constant(.nan) },
    Refusal("ci90 needs 0 < low < high, got [20, 5]") { try .ci90(20, 5) },
    Refusal("ci90 needs 0 < low < high, got [0, 5.5]") { try .ci90(0, 5.5) },
    Refusal("ci90 needs a finite high, got inf") { try .ci90(1, .infinity) },
    Refusal("ci90 is too wide or too narrow to compute with: check its numbers") {
      try .ci90(1e-300, 1e300)
    },
    Refusal("normal needs sd > 0, got 0 (write a constant for a value without spread)") {
      try .normal(mean: 1, sd: 0)
    },
    Refusal("normal needs sd > 0, got -1") { try .normal(mean: 1, sd: -1) },
    Refusal("normal is too wide or too narrow to compute with: check its numbers") {
      try .normal(mean: 1e20, sd: 1)
    },
    Refusal("lognormal needs median > 0, got -2") { try .lognormal(median: -2, sigma: 1) },
    Refusal("uniform needs low < high, got [3, 3]") { try .uniform(3, 3) },
    Refusal("uniform is too wide or too narrow to compute with: check its numbers") {
      try .uniform(-1e308, 1e308)
    },
    Refusal("triangular needs low <= mode <= high and low < high, got [1, 7, 6]") {
      try .triangular(1, 7, 6)
    },
    Refusal("pert needs low <= mode <= high and low < high, got [2, 2, 2]") { try .pert(2, 2, 2) },
    Refusal("beta needs 0 < mean < 1, got 1.2") { try .beta(mean: 1.2, sd: 0.1) },
    Refusal("beta with mean 0.2 needs sd below 0.4, got 0.4") { try .beta(mean: 0.2, sd: 0.4) },
    Refusal("beta with mean 0.5 needs sd below 0.5, got 0.7") { try .beta(mean: 0.5, sd: 0.7) },
    Refusal("discrete needs at least one value, got an empty list") {
      try .discrete([], weights: [])
    },
    Refusal("discrete needs one weight for each value, got 2 values and 1 weights") {
      try .discrete([1, 2], weights: [1])
    },
    Refusal("discrete needs weights >= 0, got -0.5 at position 2") {
      try .discrete([1, 2], weights: [1, -0.5])
    },
    Refusal("discrete needs at least one weight above 0, got only zeros") {
      try .discrete([1, 2], weights: [0, 0])
    },
    Refusal("discrete needs a finite weight at position 1, got nan") {
      try .discrete([1], weights: [.nan])
    },
    Refusal("empirical needs a finite value at position 2, got -inf") {
      try .empirical([1, -.infinity])
    },
    Refusal("mixture needs at least one value, got an empty list") {
      try .mixture([], weights: [])
    },
    Refusal("truncation needs min <= max, got [2, 1]") {
      try .uniform(0, 1).truncated(min: 2, max: 1)
    },
    Refusal("truncation to [2, inf] leaves no probability: the law lies on [0, 1]") {
      try .uniform(0, 1).truncated(min: 2)
    },
    Refusal("truncation to [1.5, 1.7] leaves no probability: the law lies on [1, 2]") {
      try .empirical([1, 2]).truncated(min: 1.5, max: 1.7)
    },
    Refusal("truncation to [60, inf] leaves no probability: the law lies on [-inf, inf]") {
      try .normal(mean: 0, sd: 1).truncated(min: 60)
    },
  ]

  @Test("Each refusal says what is needed and what was given", arguments: refusals)
  func message(_ refusal: Refusal) {
    let error = #expect(throws: DistributionError.self) { try refusal.make() }
    #expect(error?.description == refusal.message)
  }
}
