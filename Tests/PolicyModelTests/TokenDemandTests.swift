import Testing

@testable import PolicyModel

/// What grows to a ceiling does so.
@Suite struct TokenDemandTests {
  @Test func `growth is exponential at first, and ends at the ceiling`() {
    let first = TokenDemand.saturating(from: 1, to: 1e9, grown: 0)
    #expect(abs(first - 1) < 1e-12)
    let early = TokenDemand.saturating(from: 1, to: 1e9, grown: 3)
    #expect(abs(early / 20.085536923187668 - 1) < 1e-7)
    let half = TokenDemand.saturating(from: 1, to: 3, grown: 0.6931471805599453)
    #expect(abs(half - 1.5) < 1e-12)
    #expect(abs(TokenDemand.saturating(from: 1, to: 1e9, grown: 60) / 1e9 - 1) < 1e-9)
  }

  @Test func `it never falls, nor passes the ceiling`() {
    var before = 0.0
    for step in 0..<400 {
      let now = TokenDemand.saturating(from: 2, to: 1000, grown: Double(step) / 10)
      #expect(now >= before && now <= 1000)
      before = now
    }
    #expect(TokenDemand.saturating(from: 2000, to: 1000, grown: 1) == 1000)
  }
}
