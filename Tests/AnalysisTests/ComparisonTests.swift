import Analysis
import Testing

@Suite struct ComparisonTests {
  /// 0.1 + 0.2 is more than 0.3 by what rounding makes of it, and nobody is to be told so.
  @Test func whatRoundingMakesIsNoDifference() throws {
    let comparison = try #require(Comparison(of: [0.1 + 0.2, 5, -1e-20], to: [0.3, 5, 0]))
    #expect(comparison.shareHigher == 0)
    #expect(comparison.difference.p95 == 0)
    #expect(comparison.difference.mean == -1e-20 / 3, "beside zero, what is small is not rounding")
  }

  @Test func pairsReplicateByReplicate() throws {
    let comparison = try #require(Comparison(of: [3, 2, 9, 4], to: [1, 2, 10, 2]))
    #expect(comparison.difference.mean == 0.75)
    #expect(comparison.difference == Summary(of: [2, 0, -1, 2]))
    #expect(comparison.ratio == Summary(of: [3, 1, 0.9, 2]))
    #expect(comparison.shareHigher == 0.5)
  }

  @Test func aReplicateNeedsBothValues() throws {
    let comparison = try #require(
      Comparison(of: [3, .nan, 9, 4], to: [1, 2, .nan, 2]))
    #expect(comparison.difference.count == 2 && comparison.difference.mean == 2)
    #expect(comparison.shareHigher == 1)
    #expect(comparison.ratio?.mean == 2.5)
    #expect(Comparison(of: [.nan, 1], to: [1, .nan]) == nil)
  }

  @Test func nothingIsDividedByZero() throws {
    let some = try #require(Comparison(of: [1, 6, 0], to: [0, 3, 0]))
    #expect(some.ratio?.count == 1 && some.ratio?.mean == 2)
    #expect(some.difference.count == 3)
    let none = try #require(Comparison(of: [1, 2], to: [0, 0]))
    #expect(none.ratio == nil && none.shareHigher == 1)
  }

  @Test func aRatioToNextToNothingIsMissing() throws {
    let comparison = try #require(Comparison(of: [1e100, 6], to: [1e-300, 3]))
    #expect(comparison.ratio?.count == 1 && comparison.ratio?.mean == 2)
    #expect(comparison.difference.count == 2)
  }

  @Test func equalColumnsDoNotDiffer() throws {
    let values = [1.5, 2.25, 8]
    let comparison = try #require(Comparison(of: values, to: values))
    #expect(comparison.difference.quantiles == [0, 0, 0, 0, 0])
    #expect(comparison.shareHigher == 0)
    #expect(comparison.varianceReduction == nil)
    #expect(comparison.ratio?.mean == 1)
  }

  /// Normals with correlation rho: Var X + Var Y = 2 and Var (X - Y) = 2 - 2 rho, so that pairing
  /// is worth 1 / (1 - rho).
  @Test(arguments: [-0.5, 0, 0.5, 0.9, 0.99])
  func pairingIsWorthItsCorrelation(rho: Double) throws {
    var data = TestData(seed: 5)
    let count = 20_000
    let (first, second) = (try data.normals(count), try data.normals(count))
    let tied = zip(first, second).map { rho * $0 + (1 - rho * rho).squareRoot() * $1 }
    let comparison = try #require(Comparison(of: tied, to: first))
    let reduction = try #require(comparison.varianceReduction)
    // A ratio of two estimated variances: four standard errors are 4 x sqrt(2 x 2 / n) at most.
    #expect(abs(reduction * (1 - rho) - 1) < 4 * (4 / Double(count)).squareRoot())
    #expect(abs(comparison.shareHigher - 0.5) < 4 * 0.5 / Double(count).squareRoot())
  }

  @Test func theErrorOfADesignIsThatOfItsRandomisations() throws {
    let groups = [0, 1, 0, 1]
    let comparison = try #require(
      Comparison(of: [2, 4, 2, 6], to: [1, 1, 1, 1], randomisations: groups))
    #expect(comparison.difference.monteCarloError == 1.5)
    #expect(comparison.ratio?.monteCarloError == 1.5)
  }
}

@Suite struct VerdictTests {
  @Test func holdsAtThePointAndInSomeDraws() {
    let verdict = Verdict(pointValue: 5, shareOfDraws: 0.5) { $0 >= 6 }
    #expect(verdict.pointValue == 5 && !verdict.holds && verdict.shareOfDraws == 0.5)
    #expect(Verdict(pointValue: 5, shareOfDraws: 0) { $0 == 5 }.holds)
  }
}

@Suite struct ConcurrentMapTests {
  @Test(arguments: [0, 1, 2, 3, 8, 200])
  func resultsKeepTheirOrder(threads: Int) async {
    for count in [0, 1, 2, 7, 63, 64, 65, 1000] {
      let results = await concurrentMap(0..<count, threads: threads) { $0 * $0 }
      #expect(results == (0..<count).map { $0 * $0 })
    }
  }

  @Test func slowItemsDoNotFallBehind() async {
    let results = await concurrentMap(Array(0..<64), threads: 4) { item -> Int in
      var sum = 0
      for turn in 0..<(item < 4 ? 100_000 : 10) { sum &+= turn }
      return sum &* 0 &+ item
    }
    #expect(results == Array(0..<64))
  }
}
