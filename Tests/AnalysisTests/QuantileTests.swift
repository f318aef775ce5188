import Analysis
import Testing

@Suite struct QuantileTests {
  private static let probabilities = [0, 0.01, 0.05, 0.25, 0.5, 0.5, 0.75, 0.95, 0.999, 1]

  private func expectTheDefinition(_ values: [Double]) throws {
    var scratch = values
    let found = try #require(Quantiles.select(Self.probabilities, from: &scratch))
    #expect(found == Self.probabilities.map { Reference.quantile($0, of: values) })
    #expect(scratch.sorted() == values.sorted())
  }

  @Test func everySmallSize() throws {
    var data = TestData(seed: 1)
    for count in 1...50 {
      for _ in 0..<10 {
        try expectTheDefinition(data.uniforms(count))
        try expectTheDefinition(data.ties(count, below: 4))
      }
    }
  }

  @Test func largeColumns() throws {
    var data = TestData(seed: 2)
    for count in [600, 601, 1000, 1024, 4097, 30_000] {
      let values = data.uniforms(count)
      try expectTheDefinition(values)
      try expectTheDefinition(values.sorted())
      try expectTheDefinition(values.sorted(by: >))
      try expectTheDefinition(data.ties(count, below: 3))
      try expectTheDefinition(Array(repeating: 4.25, count: count))
      try expectTheDefinition(values.map { $0 < 0.9 ? 0 : $0 * 1e18 })
    }
  }

  @Test func zerosOfBothSignsAreOneNumber() throws {
    for zeros in [[-0.0, 0, -0.0], [-0.0, -0.0], [-1, -0.0, 0, -0.0, 1]] {
      var values = zeros
      let median = try #require(Quantiles.select([0.5], from: &values))
      #expect(median[0].sign == .plus && median[0] == 0)
    }
  }

  /// Numbers that R prints for quantile(c(1, 2, 4, 8, 16), c(.05, .25, .5, .75, .95)).
  @Test func knownNumbers() throws {
    var values: [Double] = [16, 1, 8, 2, 4]
    let found = try #require(Quantiles.select([0.05, 0.25, 0.5, 0.75, 0.95], from: &values))
    for (quantile, expected) in zip(found, [1.2, 2, 4, 8, 14.4]) {
      #expect(abs(quantile - expected) < 1e-12)
    }
  }

  @Test func nothingHasNoQuantiles() {
    var values: [Double] = []
    #expect(Quantiles.select([0.5], from: &values) == nil)
  }

  @Test func equalNeighboursGiveTheirValueExactly() throws {
    var values = Array(repeating: 0.1, count: 7)
    let found = try #require(Quantiles.select([0.05, 0.3, 0.95], from: &values))
    #expect(found == [0.1, 0.1, 0.1])
  }
}
