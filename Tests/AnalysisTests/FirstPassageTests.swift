import Analysis
import Testing

@Suite struct FirstPassageTests {
  @Test func nothingWatchedIsNothingKnown() {
    #expect(FirstPassage(of: []) == nil)
    #expect(PassageOrder(of: [], to: []) == nil)
  }

  /// Ten replicates, of which six reach it in months 0, 0, 3, 5, 5 and 9.
  @Test func quantilesAreThoseOfAllReplicatesNotOfThoseThatReachedIt() throws {
    let values = [5, .nan, 0, 9, .nan, 3, .nan, 0, 5, .nan]
    let passage = try #require(FirstPassage(of: values))
    #expect(passage.count == 10 && passage.reached == 6)
    #expect(passage.shareReached == 0.6)
    #expect(passage.quantiles == [0, 3, 5, nil, nil])
    #expect(passage.reachedBy == [2, 2, 2, 3, 3, 5, 5, 5, 5, 6])
    #expect((0..<12).map { passage.shareReached(by: $0) }.suffix(4) == [0.5, 0.6, 0.6, 0.6])
  }

  @Test func whatNeverHappensHasNoQuantile() throws {
    let passage = try #require(FirstPassage(of: [.nan, .nan]))
    #expect(passage.reached == 0 && passage.shareReached == 0)
    #expect(passage.quantiles == [nil, nil, nil, nil, nil])
  }

  @Test func whatAlwaysHappensInOneMonthHasThatMonthThroughout() throws {
    let passage = try #require(FirstPassage(of: Array(repeating: 7, count: 33)))
    #expect(passage.quantiles == [7, 7, 7, 7, 7])
  }

  /// A quantile is there exactly where the share reached it, whatever the number of replicates.
  @Test(arguments: [20, 40, 60, 100, 140, 1000, 9980])
  func aShareThatIsMetExactlyIsMet(count: Int) throws {
    let reached = count * 95 / 100
    let values = (0..<count).map { $0 < reached ? Double($0 % 12) : .nan }
    #expect(try #require(FirstPassage(of: values)).quantiles.allSatisfy { $0 != nil })
    let oneLess = (0..<count).map { $0 < reached - 1 ? Double($0 % 12) : .nan }
    #expect(try #require(FirstPassage(of: oneLess)).quantiles.last == .some(nil))
  }

  @Test func neverIsLaterThanEver() throws {
    let order = try #require(
      PassageOrder(of: [1, 5, .nan, .nan, 3], to: [2, 4, 7, .nan, .nan]))
    #expect(order.shareEarlier == 0.4)
    #expect(order.shareLater == 0.4)
  }
}
