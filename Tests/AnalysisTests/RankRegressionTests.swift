import Stochastics
import Testing

@testable import Analysis

/// Partial rank correlations against figures that are known.
@Suite struct RankRegressionTests {
  /// Columns of uniforms, replicate by replicate independent.
  private func inputs(_ count: Int, replicates: Int) throws -> [[Double]] {
    let design = try Design(
      .mc, replicates: replicates, seed: 7, parameters: (0..<count).map { "input\($0)" })
    let rows = (0..<replicates).map { design.uniforms(replicate: $0) }
    return (0..<count).map { input in rows.map { $0[input] } }
  }

  @Test("an effect is found whatever its curve, and with its sign")
  func risingAndFalling() throws {
    let inputs = try inputs(3, replicates: 2000)
    let values = inputs[0].indices.map { row in
      let x = inputs.map { $0[row] }
      return 10 * x[0] * x[0] * x[0] - x[1] / (2 - x[1]) + 0.3 * x[2]
    }
    let regression = try #require(RankRegression(of: values, on: inputs))
    let correlations = regression.effects.map(\.partialCorrelation)
    #expect(correlations[0] > 0.95)
    #expect(correlations[1] < -0.4)
    #expect(correlations[2] > 0.15)
    #expect(regression.explained > 0.9)
    let shares = regression.effects.map(\.share)
    #expect(abs(shares.reduce(0, +) - regression.explained) < 0.01)
    #expect(shares[0] > shares[1] && shares[1] > shares[2])
  }

  /// All is explained by one: what rounding leaves of the others is no correlation of 1. Which sums are rounded up
  /// cannot be foreseen, so each input has its turn.
  @Test("where one input explains all, the others explain nothing")
  func wholeEffect() throws {
    let inputs = try inputs(19, replicates: 400)
    for whole in inputs.indices {
      let regression = try #require(
        RankRegression(of: inputs[whole].map { 2 + $0 * $0 * $0 }, on: inputs))
      let correlations = regression.effects.map(\.partialCorrelation)
      #expect(correlations[whole] > 0.999999)
      let others = correlations.indices.filter { $0 != whole }.map { abs(correlations[$0]) }
      #expect((others.max() ?? 1) < 1e-3, "input \(whole)")
    }
  }

  @Test("with one input it is Spearman's correlation")
  func oneInput() throws {
    let input = [5.0, 1, 4, 2, 3] + (6..<40).map(Double.init)
    var values = input
    values.swapAt(10, 20)
    let regression = try #require(RankRegression(of: values, on: [input]))
    // 1 - 6 sum d^2 / (n (n^2 - 1)) with two values ten places off.
    let n = Double(input.count)
    let spearman = 1 - 6 * 200 / (n * (n * n - 1))
    #expect(abs(regression.effects[0].partialCorrelation - spearman) < 1e-9)
    #expect(regression.effects[0].interval.contains(spearman))
  }

  @Test("inputs that do nothing stay below the noise in most families of them")
  func idleInputs() throws {
    var exceeded = 0
    for seed in 0..<60 {
      let design = try Design(
        .mc, replicates: 200, seed: UInt64(seed), parameters: (0..<21).map { "input\($0)" })
      let rows = (0..<200).map { design.uniforms(replicate: $0) }
      let columns = (0..<21).map { input in rows.map { $0[input] } }
      let regression = try #require(
        RankRegression(of: columns[20], on: Array(columns.prefix(20))))
      let largest = regression.effects.map { abs($0.partialCorrelation) }.max() ?? 0
      if largest > regression.noise { exceeded += 1 }
      #expect(abs(regression.explained) < 0.35)
    }
    // Binomial of 60 and 1/20: more than 9 happens once in 4,000 times, none once in 20.
    #expect((0...9).contains(exceeded))
  }

  @Test("equal values share a rank, and what does not vary has no effect")
  func ties() throws {
    #expect(
      Ranks.standardised([2, 1, 2, 3])?.map { ($0 * 100).rounded() } == [0, -141, 0, 141])
    #expect(Ranks.standardised([4, 4, 4]) == nil)
    let inputs = try inputs(2, replicates: 100)
    let constant = Array(repeating: 1.0, count: 100)
    let regression = try #require(
      RankRegression(of: inputs[0], on: [constant, inputs[0], inputs[1]]))
    #expect(regression.effects[0] == .init(partialCorrelation: 0, interval: 0...0, share: 0))
    #expect(regression.effects[1].partialCorrelation > 0.999)
  }

  @Test("missing values are left out, and too few are refused")
  func missing() throws {
    let inputs = try inputs(2, replicates: 64)
    var values = inputs[0]
    values[3] = .nan
    #expect(RankRegression(of: values, on: inputs)?.count == 63)
    for place in 0..<40 { values[place] = .nan }
    #expect(RankRegression(of: values, on: inputs) == nil)
    #expect(RankRegression(of: Array(repeating: 1, count: 64), on: inputs) == nil)
    #expect(RankRegression(of: inputs[0], on: [inputs[1], inputs[1].map { 2 * $0 }]) == nil)
  }
}
