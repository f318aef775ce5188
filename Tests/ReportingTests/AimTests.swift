import Studies
import Testing

/// Aims as people write them, and what becomes of them.
@Suite struct AimTests {
  @Test(
    "Levels and changes are read in words",
    arguments: [
      ("below 500000", Aim.level(.below(500_000))), ("under 500,000", .level(.below(500_000))),
      ("less than 0.5M", .level(.below(500_000))), ("< 5e5", .level(.below(500_000))),
      ("at least 4", .level(.atLeast(4))), (">= 4", .level(.atLeast(4))),
      ("at most $3B", .level(.atMost(3e9))), ("above -2", .level(.above(-2))),
      ("more than 2", .level(.above(2))), ("between 2 and 4", .level(.between(2, 4))),
      ("fall by 20%", .change(.less, by: .share(0.2))),
      ("Falls by at least 20%", .change(.less, by: .share(0.2))),
      ("rise by 100K", .change(.more, by: .amount(100_000))), ("rise", .change(.more, by: .any)),
      ("at least 20% less", .change(.less, by: .share(0.2))),
      ("2 months longer", .change(.more, by: .amount(2))),
      ("higher", .change(.more, by: .any)), ("less", .change(.less, by: .any)),
    ])
  func readings(text: String, aim: Aim) throws {
    #expect(try AimReader(text).aim == aim)
  }

  @Test func `a unit is handed on as it was written`() throws {
    #expect(try AimReader("at least 4 months").unit == "months")
    #expect(try AimReader("fall by 3 chips per month").unit == "chips per month")
    #expect(try AimReader("at least 2 months longer").unit == "months")
    #expect(try AimReader("below 4").unit == nil)
  }

  @Test(arguments: [
    "", "good", "below", "below much", "at least 20%", "between 4 and 2", "fall by -3", "fall by 0",
    "fall by", "below nan", "below inf", "0x10 less", "less 20%", "higher please",
  ])
  func `what is no aim is refused, with what may be written`(text: String) {
    #expect(throws: AimReader.Fault.self) { try AimReader(text) }
  }

  @Test func `levels are met or missed, ends as they are named`() {
    #expect(Aim.level(.below(2)).outcome(2) == .missed)
    #expect(Aim.level(.atMost(2)).outcome(2) == .met)
    #expect(Aim.level(.above(2)).outcome(2) == .missed)
    #expect(Aim.level(.atLeast(2)).outcome(2) == .met)
    #expect(Aim.level(.between(1, 2)).outcome(2) == .met)
    #expect(Aim.level(.between(1, 2)).outcome(2.1) == .missed)
    #expect(Aim.level(.below(2)).outcome(.nan) == nil)
  }

  @Test func `changes are met, missed or reversed`() {
    let fifth = Aim.change(.less, by: .share(0.2))
    #expect(fifth.outcome(80, from: 100) == .met)
    #expect(fifth.outcome(81, from: 100) == .missed)
    #expect(fifth.outcome(100, from: 100) == .missed)
    #expect(fifth.outcome(101, from: 100) == .reversed)
    // Of a negative figure the share is of its size.
    #expect(fifth.outcome(-12, from: -10) == .met)
    #expect(fifth.outcome(1, from: 0) == .reversed)
    #expect(fifth.outcome(-1, from: 0) == nil && fifth.outcome(1, from: .nan) == nil)
    let more = Aim.change(.more, by: .any)
    #expect(more.outcome(1 + 1e-15, from: 1) == .missed)
    #expect(more.outcome(1.001, from: 1) == .met && more.outcome(0.999, from: 1) == .reversed)
    #expect(Aim.change(.more, by: .amount(3)).outcome(4, from: 1) == .met)
  }
}
