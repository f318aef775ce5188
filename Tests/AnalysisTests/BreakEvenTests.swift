import Glibc
import Testing

@testable import Analysis

@Suite struct BreakEvenTests {
  /// Where a function without randomness meets a target.
  private func breakEven(
    at target: Double, in range: ClosedRange<Double>, tolerance: Double = 1e-3,
    isWhole: Bool = false, _ function: @escaping (Double) -> Double
  ) async throws -> BreakEven {
    let question = BreakEven.Question(
      target: target, range: range, tolerance: tolerance, isWhole: isWhole)
    return try await BreakEven(question) { LeverReading(exactly: function($0)) }
  }

  private func roots(_ answer: BreakEven) -> [Double] {
    answer.crossings.compactMap {
      if case .root(let point) = $0.meeting { point.lever } else { nil }
    }
  }

  /// Export arithmetic for 2026 (IFP): compute of 4.96M B300e against 0.16M and what is exported.
  @Test(arguments: [(0.0, 1.08), (1, 0.864)])
  func exportArithmeticIsInverted(displaced: Double, expected: Double) async throws {
    let (leader, follower) = (4.96, 0.16)
    let answer = try await breakEven(at: 4, in: 0...5, tolerance: 1e-5) { exported in
      (leader - displaced * exported) / (follower + exported)
    }
    #expect(answer.scan.first?.reading.value == 31)
    let root = try #require(roots(answer).first)
    #expect(abs(root - expected) < 1e-3 * expected)
    #expect(answer.crossings.count == 1 && answer.crossings[0].rises == false)
    // The leader's units are two B30A to a B300e.
    #expect(abs(2 * root - (displaced == 0 ? 2.16 : 1.728)) < 1e-3 * 2)
  }

  /// A median of a thousand draws moves in small steps; one of draws in two camps jumps between them, however
  /// many there are.
  @Test(arguments: [(3.0, true), (10_000, false)])
  func jumpsOfMonteCarloErrorAreToldFromOthers(step: Double, isError: Bool) async throws {
    let question = BreakEven.Question(
      target: isError ? 501.5 : 5000, range: 0...10, tolerance: 1e-3, isWhole: false)
    let answer = try await BreakEven(question) { lever in
      let values = (0..<1001).map { draw -> Double in
        isError
          ? Double(draw) + (lever > 5 ? step : 0)
          : lever > Double(draw) / 100 ? step : Double(draw) / 1000
      }
      return LeverReading(of: values, at: 0.5, areTimes: false, randomisations: [])
    }
    let crossing = try #require(answer.crossings.first)
    guard case .jump = crossing.meeting else {
      Issue.record("\(crossing.meeting) is no jump")
      return
    }
    #expect(answer.isWithinError(crossing) == isError)
  }

  @Test func wideRangesAreScannedByFactors() async throws {
    let answer = try await breakEven(at: 2, in: 1e-3...1e6) { log10($0) }
    #expect(abs(roots(answer)[0] - 100) < 0.2)
    let factors = zip(answer.scan, answer.scan.dropFirst()).map { $1.lever / $0.lever }
    #expect(factors.allSatisfy { abs($0 - 10) < 1e-6 })
    let even = try await breakEven(at: 2, in: -1...8) { $0 }
    #expect(even.scan.map(\.lever) == [-1, 0, 1, 2, 3, 4, 5, 6, 7, 8])
  }

  @Test func everyRootIsSolved() async throws {
    let answer = try await breakEven(at: 0, in: 0...10, tolerance: 1e-6) {
      ($0 - 1.1) * ($0 - 4.2) * ($0 - 8.3)
    }
    let found = roots(answer)
    #expect(zip(found, [1.1, 4.2, 8.3]).allSatisfy { abs($0 - $1) < 1e-5 })
    #expect(found.count == 3 && answer.crossings.map(\.rises) == [true, false, true])
  }

  @Test func whatIsNotReachedIsNotFound() async throws {
    let answer = try await breakEven(at: 30, in: -5...5) { $0 * $0 }
    #expect(answer.crossings.isEmpty && answer.evaluations == 10)
    let seen = try #require(answer.seen)
    #expect(seen.upperBound == 25 && seen.lowerBound < 0.5)
    let flat = try await breakEven(at: 1, in: 0...1) { _ in 2 }
    #expect(flat.crossings.isEmpty && flat.seen == 2...2)
  }

  @Test func whatIsMetEverywhereIsAStretch() async throws {
    let flat = try await breakEven(at: 2, in: 0...1) { _ in 2 }
    let crossing = try #require(flat.crossings.first)
    #expect(crossing.meeting == .stretch(flat.scan[0], flat.scan[9]) && crossing.rises == nil)
    #expect(crossing.interval == BreakEven.Span(low: nil, high: nil))
    // A touch at a point of the scan is a root without a direction.
    let touch = try await breakEven(at: 0, in: -1...8) { ($0 - 3) * ($0 - 3) }
    #expect(roots(touch) == [3] && touch.crossings[0].rises == nil)
    let plateau = try await breakEven(at: 1, in: -1...8) { max(1, $0 - 3) - max(0, 2 - $0) }
    let ends = try #require(plateau.crossings.first?.meeting.ends)
    #expect(ends.low.lever == 2 && ends.high.lever == 4 && plateau.crossings[0].rises == true)
  }

  @Test(arguments: [1, 1000, Double.infinity])
  func aJumpIsNoRoot(height: Double) async throws {
    let answer = try await breakEven(at: 0.5, in: 0...10) { $0 < 2.345 ? -1 : height }
    guard case .jump(let low, let high) = try #require(answer.crossings.first).meeting else {
      Issue.record("\(answer.crossings)")
      return
    }
    #expect(low.reading.value == -1 && high.reading.value == height)
    #expect(low.lever < 2.345 && high.lever >= 2.345 && high.lever - low.lever < 1e-4)
    #expect(roots(answer).isEmpty && answer.evaluations < 60)
  }

  /// What is steep is not taken for a jump, and a jump beside a root not for the root.
  @Test func steepnessIsNoJump() async throws {
    let steep = try await breakEven(at: 0.3, in: 0...10) { tanh(1e4 * ($0 - 2.345)) }
    #expect(roots(steep).count == 1)
    let beside = try await breakEven(at: 1, in: 0...10) { $0 < 0.999 ? $0 : $0 + 5 }
    #expect(roots(beside) == [] || beside.crossings[0].meeting.ends.low.lever < 0.999)
  }

  @Test func wholeLeversTakeWholeNumbers() async throws {
    var asked: [Double] = []
    let question = BreakEven.Question(target: 50.5, range: 1...100, isWhole: true)
    let answer = try await BreakEven(question) { lever in
      asked.append(lever)
      return LeverReading(exactly: lever)
    }
    #expect(asked.allSatisfy { $0 == $0.rounded() } && Set(asked).count == asked.count)
    #expect(asked.count == answer.evaluations)
    let ends = answer.crossings[0].meeting.ends
    #expect(ends.low.lever == 50 && ends.high.lever == 51)
    let few = try await breakEven(at: 2.5, in: 1...4, isWhole: true) { $0 }
    #expect(few.scan.count == 4 && few.crossings.count == 1)
  }

  @Test func whereThereIsNoValueNothingIsFound() async throws {
    let hole = try await breakEven(at: 5, in: 0...10) { 4 < $0 && $0 < 6 ? .nan : $0 }
    #expect(hole.crossings.isEmpty)
    let small = try await breakEven(at: 5.1, in: 0...9) { 5.05 < $0 && $0 < 5.95 ? .nan : $0 }
    guard case .gap(let low, let high) = try #require(small.crossings.first).meeting else {
      Issue.record("\(small.crossings)")
      return
    }
    #expect(low.reading.value < 5.1 && high.reading.value > 5.1)
    let never = try await breakEven(at: 5, in: 0...9) { _ in .nan }
    #expect(never.crossings.isEmpty && never.seen == nil)
  }

  @Test func nineDigitsAreWhatIsComputed() async throws {
    let answer = try await breakEven(at: 1 / 3.0, in: 0...1, tolerance: 1e-6) { $0 * $0 }
    let root = roots(answer)[0]
    #expect("\(root)".count <= 11 && abs(root - (1 / 3.0).squareRoot()) < 1e-6)
  }
}
