import Glibc
import Stochastics
import Testing

@testable import Analysis

/// What the two spans of a break-even mean, shown where the truth is known.
@Suite struct BreakEvenIntervalTests {
  private func breakEven(
    at target: Double, in range: ClosedRange<Double>, quantile: Double = 0.5,
    randomisations: [Int] = [], _ columns: @escaping (Double) -> [Double]
  ) async throws -> BreakEven {
    try await BreakEven(BreakEven.Question(target: target, range: range, tolerance: 1e-3)) {
      LeverReading(of: columns($0), at: quantile, randomisations: randomisations)
    }
  }

  private func holds(_ span: BreakEven.Span, _ value: Double) -> Bool {
    (span.low ?? -.infinity) <= value && value <= (span.high ?? .infinity)
  }

  /// Draws share a growth that is not known; the median of exp(lever x growth) meets its target where the
  /// median growth does, at exactly 2.
  private func coverage(of truth: Double, replicates: Int, kind: Design.Kind) async throws -> Double
  {
    let law = try Distribution.normal(mean: 1, sd: 0.3)
    let noise = try Distribution.normal(mean: 0, sd: 0.2)
    let experiments = 300
    var held = 0
    for seed in 0..<experiments {
      let design = try Design(
        kind, replicates: replicates, seed: UInt64(seed), parameters: ["growth", "noise"])
      let draws = (0..<replicates).map { design.uniforms(replicate: $0) }
      let (growth, noises) = (
        draws.map { law.quantile($0[0]) }, draws.map { noise.quantile($0[1]) }
      )
      let groups = kind == .mc ? [] : (0..<replicates).map { design.randomisation(of: $0) }
      let answer = try await breakEven(at: exp(2), in: 1.5...2.5, randomisations: groups) { lever in
        zip(growth, noises).map { exp(lever * $0 + $1) }
      }
      held += answer.crossings.contains { holds($0.interval, truth) } ? 1 : 0
    }
    return Double(held) / Double(experiments)
  }

  /// Of 300 experiments a share of 0.9 has a standard deviation of 0.017. Ranks are whole, so that the
  /// coverage of 60 replicates is 0.927.
  @Test func theIntervalHoldsTheTruthAsOftenAsItSays() async throws {
    let plain = try await coverage(of: 2, replicates: 60, kind: .mc)
    #expect(abs(plain - 0.927) < 0.05, "\(plain)")
    let balanced = try await coverage(of: 2, replicates: 160, kind: .lhs)
    #expect(abs(balanced - 0.9) < 0.05, "\(balanced)")
  }

  /// A truth that is not the truth, one and a half standard errors off, is held far less often.
  @Test func whatIsOffIsFoundToBe() async throws {
    #expect(try await coverage(of: 2.13, replicates: 60, kind: .mc) < 0.75)
    #expect(try await coverage(of: 2.05, replicates: 160, kind: .lhs) < 0.75)
  }

  /// Each draw breaks even at 6 over its factor: the band of draws is that of those numbers.
  @Test func theBandOfDrawsIsThatOfEachDrawsOwnAnswer() async throws {
    var data = TestData(seed: 62)
    let factors = try data.normals(401).map { exp(0.2 * $0) }
    let own = factors.map { 6 / $0 }
    for (quantile, expected) in [(0.5, 0.5), (0.25, 0.75)] {
      let answer = try await breakEven(at: 6, in: 1...20, quantile: quantile) { lever in
        factors.map { $0 * lever }
      }
      let crossing = try #require(answer.crossings.first)
      guard case .root(let root) = crossing.meeting else { throw CancellationError() }
      #expect(abs(root.lever / Reference.quantile(expected, of: own) - 1) < 1e-3)
      let draws = try #require(crossing.draws)
      #expect(abs((draws.low ?? 0) / Reference.quantile(0.05, of: own) - 1) < 5e-3)
      #expect(abs((draws.high ?? 0) / Reference.quantile(0.95, of: own) - 1) < 5e-3)
      // The interval is of the answer alone, and lies well within.
      let interval = crossing.interval
      #expect((interval.low ?? 0) > (draws.low ?? 0) && (interval.high ?? 99) < (draws.high ?? 0))
      #expect(holds(interval, root.lever))
    }
  }

  @Test func anOuterQuantileHasNoBandAroundIt() async throws {
    var data = TestData(seed: 63)
    let factors = data.uniforms(200).map { 1 + $0 }
    let answer = try await breakEven(at: 6, in: 1...20, quantile: 0.99) { lever in
      factors.map { $0 * lever }
    }
    #expect(answer.crossings.count == 1 && answer.crossings[0].draws == nil)
  }

  @Test func tooFewReplicatesLeaveTheIntervalOpen() async throws {
    let answer = try await breakEven(at: 6, in: 1...20) { lever in [1, 1.1, 1.2].map { $0 * lever }
    }
    #expect(answer.crossings[0].interval == BreakEven.Span(low: nil, high: nil))
    #expect(answer.crossings[0].draws != nil)
  }

  /// A band that leaves the target beyond the range is open on that side alone.
  @Test func whatReachesBeyondTheRangeIsOpen() async throws {
    let offsets = (0..<200).map { Double($0) / 100 - 1 }
    let answer = try await breakEven(at: 1, in: 0.5...9) { lever in offsets.map { lever + $0 } }
    let draws = try #require(answer.crossings.first?.draws)
    #expect(draws.low == nil && abs((draws.high ?? 0) - 1.9) < 0.02)
  }

  /// Where all draws jump together, so do both spans: they are the jump.
  @Test func aJumpOfAllDrawsIsItsOwnInterval() async throws {
    let offsets = (0..<100).map { Double($0) / 1000 }
    let answer = try await breakEven(at: 5, in: 0...9) { lever in
      offsets.map { lever < 3.3 ? $0 : 10 + $0 }
    }
    let crossing = try #require(answer.crossings.first)
    guard case .jump(let low, let high) = crossing.meeting else { throw CancellationError() }
    #expect(crossing.interval == BreakEven.Span(low: low.lever, high: high.lever))
    #expect(crossing.draws == crossing.interval)
  }
}
