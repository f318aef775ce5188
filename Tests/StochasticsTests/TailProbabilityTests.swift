import Stochastics
import Testing

/// Tails against sums made by hand.
@Suite struct TailProbabilityTests {
  @Test("Binomial tails are sums of their terms")
  func binomial() {
    func tail(_ least: Int) -> Double {
      TailProbability.binomial(atLeast: least, of: 4, probability: 0.25)
    }
    let terms = [81.0, 108, 54, 12, 1].map { $0 / 256 }
    for least in 0...4 {
      #expect(abs(tail(least) - terms[least...].reduce(0, +)) < 1e-14)
    }
    #expect(tail(5) == 0)
    #expect(TailProbability.binomial(atLeast: 3, of: 3, probability: 1) == 1)
    #expect(TailProbability.binomial(atLeast: 1, of: 3, probability: 0) == 0)
  }

  @Test("Hypergeometric tails are shares of hands")
  func hypergeometric() {
    // Of 5 things 3 are cases; of the 10 pairs 3 are two cases, and 9 hold one at least.
    func tail(_ least: Int) -> Double {
      TailProbability.hypergeometric(atLeast: least, in: 2, ofAll: 3, in: 5)
    }
    #expect(tail(0) == 1 && tail(3) == 0)
    #expect(abs(tail(1) - 0.9) < 1e-14 && abs(tail(2) - 0.3) < 1e-14)
    #expect(TailProbability.hypergeometric(atLeast: 1, in: 4, ofAll: 3, in: 5) == 1)
  }

  @Test("Chi-squared with two degrees of freedom is exponential")
  func chiSquared() {
    #expect(abs(TailProbability.chiSquared(atLeast: 2, freedom: 2) - 0.36787944117144233) < 1e-14)
  }

  @Test("The interval of a probability is where either tail is what is left out")
  func interval() {
    let interval = SampleBounds.probability(successes: 7, of: 20, level: 0.9)
    let low = TailProbability.binomial(
      atLeast: 7, of: 20, probability: interval.lowerBound)
    let high =
      1
      - TailProbability.binomial(
        atLeast: 8, of: 20, probability: interval.upperBound)
    #expect(abs(low - 0.05) < 1e-9 && abs(high - 0.05) < 1e-9)
    #expect(SampleBounds.probability(successes: 0, of: 5, level: 0.9).lowerBound == 0)
    #expect(SampleBounds.probability(successes: 5, of: 5, level: 0.9).upperBound == 1)
  }
}
