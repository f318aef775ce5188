import Stochastics
import Testing

@testable import Analysis

/// The peeling of boxes, held to boxes that were planted and to counts made by hand.
@Suite struct PRIMTests {
  /// Draws of numbers within (0, 1), of which those within a box are cases.
  static func planted(
    _ count: Int, numbers: Int, seed: UInt64 = 5, isCase: ([Double]) -> Bool
  ) -> LabelledDraws {
    var data = TestData(seed: seed)
    let columns = (0..<numbers).map { _ in data.uniforms(count) }
    let labels = (0..<count).map { row in isCase(columns.map { $0[row] }) }
    return LabelledDraws(columns: columns, isCase: labels)
  }

  private func trajectory(_ draws: LabelledDraws, _ patience: PRIM.Patience = .init()) -> [PRIM
    .Step]
  {
    let rows = Array(draws.isCase.indices)
    return PRIM(draws, among: rows, patience: patience).trajectory(among: rows)
  }

  @Test("Limits are set halfway between draws, by hand on twenty of them")
  func halfway() throws {
    // Of 0, 1, ..., 19 the cases are 15 and more: a peel of 5% takes the lowest draw that is left.
    let values = (0..<20).map(Double.init)
    let draws = LabelledDraws(columns: [values], isCase: values.map { $0 >= 15 })
    let steps = trajectory(draws, PRIM.Patience(leastMass: 0.25))
    #expect(steps[0].tally == Tally(count: 20, cases: 5))
    // The place is 19 x 0.05 = 0.95, between the first draw and the second.
    #expect(steps[1].box.limits == [DrawBox.Limit(number: 0, end: .lower, value: 0.5)])
    #expect(steps[1].tally == Tally(count: 19, cases: 5))
    let last = try #require(steps.last)
    #expect(last.box.limits == [DrawBox.Limit(number: 0, end: .lower, value: 14.5)])
    #expect(last.tally == Tally(count: 5, cases: 5) && steps.count == 16)
  }

  @Test("A planted box is found, whatever else varies")
  func plantedBox() throws {
    let draws = Self.planted(800, numbers: 6) { $0[1] > 0.6 && $0[4] < 0.5 }
    let steps = trajectory(draws)
    let pure = try #require(steps.first { $0.tally.density == 1 })
    #expect(pure.box.numbers == [1, 4])
    #expect(abs((pure.box.limit(.lower, of: 1)?.value ?? 0) - 0.6) < 0.03)
    #expect(abs((pure.box.limit(.upper, of: 4)?.value ?? 0) - 0.5) < 0.03)
    #expect(Double(pure.tally.cases) > 0.9 * Double(steps[0].tally.cases))
    for step in steps {
      let inside = draws.rows(Array(draws.isCase.indices), within: step.box)
      #expect(draws.tally(inside) == step.tally)
    }
  }

  @Test("The order of draws is no matter")
  func permutation() {
    let draws = Self.planted(300, numbers: 4) { $0[0] + $0[2] > 1.3 }
    let order = Array(draws.isCase.indices.reversed())
    let turned = LabelledDraws(
      columns: draws.columns.map { column in order.map { column[$0] } },
      isCase: order.map { draws.isCase[$0] })
    #expect(trajectory(draws) == trajectory(turned))
  }

  @Test("Any rising curve of a number leaves the same draws in the boxes")
  func ranks() {
    let draws = Self.planted(300, numbers: 3) { $0[0] > 0.5 && $0[1] > 0.3 }
    let curved = LabelledDraws(
      columns: draws.columns.map { $0.map { $0 * $0 * $0 } }, isCase: draws.isCase)
    #expect(trajectory(draws).map(\.tally) == trajectory(curved).map(\.tally))
  }

  @Test("Equal values stay together")
  func ties() throws {
    var data = TestData(seed: 8)
    let values = data.ties(400, below: 4)
    let draws = LabelledDraws(columns: [values], isCase: values.map { $0 == 3 })
    let steps = trajectory(draws)
    let counts = (0...3).map { least in values.count { $0 >= Double(least) } }
    #expect(steps.map(\.tally.count) == counts)
    #expect(steps.map { $0.box.limits.first?.value } == [nil, 0.5, 1.5, 2.5])
  }

  @Test("A number that does not vary, no case, and a single draw are no trouble")
  func tiny() {
    let still = LabelledDraws(columns: [[1, 1, 1, 1]], isCase: [true, false, true, false])
    #expect(trajectory(still).count == 1)
    let none = LabelledDraws(columns: [[1, 2, 3, 4]], isCase: [false, false, false, false])
    #expect(trajectory(none).count == 1)
    let single = LabelledDraws(columns: [[1]], isCase: [true])
    #expect(trajectory(single).map(\.tally) == [Tally(count: 1, cases: 1)])
  }

  @Test("A paste takes in again what a peel cut off, where that is denser")
  func paste() {
    // A greedy peel of a half cuts through the cases; the paste finds those beyond.
    let values = (0..<40).map(Double.init)
    let draws = LabelledDraws(columns: [values], isCase: values.map { $0 >= 9 && $0 != 20 })
    let steps = trajectory(draws, PRIM.Patience(peel: 0.49, paste: 0.05, leastMass: 0.05))
    let counts = steps.map(\.tally.count)
    #expect(zip(counts, counts.dropFirst()).contains { $0 > $1 })
    let densities = steps.map(\.tally.density)
    #expect(zip(densities, densities.dropFirst()).allSatisfy { $0 < $1 })
  }

  @Test("A quasi-p-value is the binomial tail of the box without the limit")
  func quasiP() {
    let values = (0..<20).map(Double.init)
    let draws = LabelledDraws(columns: [values], isCase: values.map { $0 >= 10 })
    let limit = DrawBox.Limit(number: 0, end: .lower, value: 14.5)
    let prim = PRIM(draws, among: Array(0..<20))
    // Five cases of five, where half of all draws are cases.
    let quasiP = prim.quasiP(of: limit, in: DrawBox([limit]), among: Array(0..<20))
    #expect(abs(quasiP - 1.0 / 32) < 1e-14)
  }
}
