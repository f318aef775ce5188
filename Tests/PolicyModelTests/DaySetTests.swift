import Testing

@testable import PolicyModel

/// Days of a month: what holds on each of them, and not on average.
@Suite struct DaySetTests {
  @Test func sharesAreOfTheMonth() {
    #expect(DaySet.none.share == 0 && DaySet.all.share == 1)
    #expect(DaySet(0..<7, of: 28).share == 0.25)
    #expect(DaySet(14..<30, of: 30).share == 16.0 / 30)
    // Days of other months are none.
    #expect(DaySet(-5..<40, of: 31) == .all)
    #expect(DaySet(31..<40, of: 31) == .none)
  }

  @Test(arguments: [28, 30, 31])
  func setsOfOneMonthAddUp(length: Int) {
    for cut in 0...length {
      let (before, after) = (DaySet(0..<cut, of: length), DaySet(cut..<length, of: length))
      #expect(before.union(after) == .all)
      #expect(before.subtracting(after) == before && after.subtracting(before) == after)
      #expect(DaySet.all.subtracting(before) == after && before.subtracting(.all) == .none)
      #expect(DaySet.none.union(before) == before)
      #expect(abs(before.share + after.share - 1) < 1e-15)
    }
  }

  /// The point of it: two things that hold on half of a month each may never meet.
  @Test func daysThatDoNotMeetLeaveNothing() {
    let (first, second) = (DaySet(0..<15, of: 30), DaySet(15..<30, of: 30))
    let both = DaySet.all.subtracting(DaySet.all.subtracting(first).union(second))
    #expect(both == first)
    #expect(first.subtracting(DaySet.all.subtracting(second)) == .none)
  }
}
