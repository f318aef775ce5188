import Stochastics
import Testing

@testable import Analysis

/// Boxes found on one half of the draws and judged on the other.
@Suite struct BoxSearchTests {
  private func search(_ draws: LabelledDraws) -> BoxSearch {
    let rows = draws.isCase.indices
    return BoxSearch(
      draws, finding: rows.filter { $0.isMultiple(of: 2) },
      judging: rows.filter { !$0.isMultiple(of: 2) })
  }

  private func findings(
    _ draws: LabelledDraws, _ choice: BoxSearch.Choice = .largestExcess, most: Int = 3
  ) -> [BoxSearch.Finding] {
    search(draws).findings(choice, atMost: most, leastCases: 20)
  }

  @Test("A planted box keeps its two limits, and holds on the draws that did not find it")
  func planted() throws {
    let draws = PRIMTests.planted(800, numbers: 20) { $0[3] > 0.6 && $0[11] < 0.5 }
    let found = try #require(findings(draws).first)
    #expect(found.box.numbers == [3, 11] && found.box.limits.count == 2)
    #expect(found.limits.allSatisfy { $0.quasiP < BoxSearch.largestQuasiP })
    // Counted by hand.
    let judging = draws.isCase.indices.filter { !$0.isMultiple(of: 2) }
    let inside = judging.filter { row in
      found.limits.allSatisfy { $0.limit.allows(draws.columns[$0.limit.number][row]) }
    }
    let cases = inside.count { draws.isCase[$0] }
    #expect(found.heldOut.inside == Tally(count: inside.count, cases: cases))
    #expect(found.heldOut.density == Double(cases) / Double(inside.count))
    #expect(
      found.heldOut.coverage == Double(cases) / Double(judging.count { draws.isCase[$0] }))
    #expect(found.heldOut.mass == Double(inside.count) / 400)
    #expect(found.heldOut.density > 0.9 && found.heldOut.chance < 1e-20)
  }

  @Test(
    "Where nothing goes with the numbers, other draws see through what was found, in nearly all of many trials"
  )
  func noSignal() {
    var (found, passed) = (0, 0)
    for seed in 0..<20 {
      var data = TestData(seed: UInt64(100 + seed))
      let columns = (0..<15).map { _ in data.uniforms(300) }
      let draws = LabelledDraws(columns: columns, isCase: data.uniforms(300).map { $0 < 0.4 })
      let first = findings(draws, most: 1).first
      found += first == nil ? 0 : 1
      passed += (first?.heldOut.chance ?? 1) <= 0.05 ? 1 : 0
    }
    // By chance one in twenty passes on the other half, and four or more of twenty in fewer than two of a hundred.
    #expect(found > 0 && passed <= 3, "\(found) and \(passed) of 20")
  }

  @Test("Two boxes apart are found one after the other, and judged on what the first leaves")
  func covering() throws {
    let draws = PRIMTests.planted(1200, numbers: 5) {
      $0[0] < 0.25 && $0[1] < 0.6 || $0[0] > 0.8 && $0[2] > 0.3
    }
    let boxes = findings(draws)
    #expect(boxes.count >= 2)
    let (first, second) = (boxes[0], boxes[1])
    #expect(second.found.left.count == first.found.left.count - first.found.inside.count)
    #expect(second.heldOut.left.cases == first.heldOut.left.cases - first.heldOut.inside.cases)
    #expect(first.heldOut.coverage + second.heldOut.coverage > 0.8)
    #expect(findings(draws, most: 1).count == 1)
  }

  @Test("A density, or a box by its number, is chosen where it is asked for")
  func choices() throws {
    let draws = PRIMTests.planted(600, numbers: 4) { $0[0] > 0.5 && $0[1] > 0.5 }
    let dense = try #require(findings(draws, .density(0.8)).first)
    #expect(dense.trajectory[dense.step].tally.density >= 0.8)
    #expect(dense.trajectory[dense.step - 1].tally.density < 0.8)
    #expect(findings(draws, .step(12)).first?.step == 12)
    let last = try #require(findings(draws, .step(1000)).first)
    #expect(last.step == last.trajectory.count - 1)
    let excess = try #require(findings(draws).first)
    let all = excess.trajectory[0].tally.density
    func measure(_ step: PRIM.Step) -> Double {
      Double(step.tally.count) * (step.tally.density - all)
    }
    #expect(excess.trajectory.allSatisfy { measure($0) <= measure(excess.trajectory[excess.step]) })
  }
}
