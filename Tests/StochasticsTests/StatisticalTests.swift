import Stochastics
import Testing

@Suite("Statistics")
struct StatisticalTests {
  @Test("Laws, samplers and neighbouring addresses show no deviation")
  func sound() throws {
    let family = try StatisticalFamily()
    #expect(family.checks.count >= 140)
    for failure in family.failures {
      Issue.record("\(failure.name): p = \(failure.pValue)")
    }
  }

  /// A check with a threshold that nothing can cross is no check. At 5 standard errors, each single
  /// mean crosses ours with probability 0.85; the family as a whole can't miss.
  @Test("A bias of 5 standard errors is caught", arguments: [-5.0, 5])
  func plantedBias(bias: Double) throws {
    let family = try StatisticalFamily(bias: bias)
    let means = family.checks.filter { $0.name.hasSuffix(": mean") }
    let caught = family.failures.filter { $0.name.hasSuffix(": mean") }
    #expect(Double(caught.count) >= 0.75 * Double(means.count))
    #expect(family.failures.count == caught.count, "only the means are biased")
  }

  @Test("A law that is slightly wrong is caught by its probability integral transform")
  func plantedShape() throws {
    let claimed = try Distribution.normal(mean: 0, sd: 1)
    let drawn = StatisticalFamily.sample(mechanism: 300) { $0.normal(mean: 0, sd: 1.05) }
    #expect(StatisticalFamily.uniformity("", drawn.map(claimed.cdf)).pValue < 1e-4)
  }

  @Test("Streams that overlap are caught by their correlation")
  func plantedOverlap() {
    // What `seed += replicate` does with a sequential generator: each stream starts one draw later.
    let base = StreamAddress(replicate: 0, mechanism: .parameters)
    var stream = RandomStream(seed: 1, at: base)
    let sequence = (0...1000).map { _ in stream.uniform() }
    let overlapping = (0..<1000).flatMap { [sequence[$0], sequence[$0 + 1]] }
    let checks = StatisticalFamily.correlations("", overlapping)
    #expect(checks.contains { $0.pValue < 1e-6 })
  }
}
