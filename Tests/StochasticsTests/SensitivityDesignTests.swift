import Testing

@testable import Stochastics

/// The designs of sensitivity studies, which have to be what their estimators take them for.
@Suite struct SensitivityDesignTests {
  private static let names = ["a", "b", "c", "d", "e"]

  @Test("Each step of a trajectory moves one parameter by half the side, and every parameter once")
  func trajectories() throws {
    let design = try MorrisDesign(trajectories: 24, seed: 5, parameters: Self.names)
    #expect(design.points.count == 24 * 6)
    for (trajectory, order) in design.orders.enumerated() {
      #expect(order.sorted() == [0, 1, 2, 3, 4])
      for (step, parameter) in order.enumerated() {
        let (before, after) = (
          design.points[6 * trajectory + step], design.points[6 * trajectory + step + 1]
        )
        for place in Self.names.indices {
          #expect(abs(after[place] - before[place]) == (place == parameter ? 0.5 : 0))
        }
      }
    }
    #expect(design.realisations == (0..<24).flatMap { Array(repeating: $0, count: 6) })
    #expect(Set(design.orders).count > 1)
  }

  @Test("Levels are the middles of equal strata, and trajectories begin at each equally often")
  func levels() throws {
    let design = try MorrisDesign(trajectories: 24, seed: 5, parameters: Self.names)
    for place in Self.names.indices {
      let starts = (0..<24).map { design.points[6 * $0][place] }
      let counts = Dictionary(grouping: starts) { $0 }.mapValues(\.count)
      #expect(counts.count == 8 && counts.values.allSatisfy { $0 == 3 })
      #expect(counts.keys.allSatisfy { ($0 * 16).truncatingRemainder(dividingBy: 2) == 1 })
    }
  }

  @Test("A further parameter changes nothing of the levels and directions of the others")
  func adding() throws {
    let few = try MorrisDesign(trajectories: 8, seed: 5, parameters: Array(Self.names.dropLast()))
    let more = try MorrisDesign(trajectories: 8, seed: 5, parameters: Self.names)
    for trajectory in 0..<8 {
      #expect(few.points[5 * trajectory] == Array(more.points[6 * trajectory].dropLast()))
      #expect(few.orders[trajectory] == more.orders[trajectory].filter { $0 < 4 })
    }
  }

  @Test("AB has one factor from B and the rest from A, and chance is a factor too")
  func scheme() throws {
    let factors = [[2], [0, 4], [1, 3]]
    let design = try SaltelliDesign(
      .sobol, baseSamples: 64, seed: 5, parameters: Self.names, factors: factors)
    #expect(SaltelliDesign.pointsPerSample(factors: 3) == 6 && design.points.count == 64 * 6)
    for sample in 0..<64 {
      let points = Array(design.points[6 * sample..<6 * sample + 6])
      let (a, b) = (points[0], points[5])
      #expect(zip(a, b).allSatisfy { $0 != $1 })
      for (place, factor) in factors.enumerated() {
        for parameter in Self.names.indices {
          let origin = factor.contains(parameter) ? b : a
          #expect(points[place + 1][parameter] == origin[parameter])
        }
      }
      #expect(points[4] == a)
      let chance = design.realisations[6 * sample..<6 * sample + 6]
      #expect(
        Array(chance) == Array(repeating: 2 * sample, count: 4) + [2 * sample + 1, 2 * sample + 1])
    }
  }

  @Test("A and B are balanced and independent of each other")
  func independence() throws {
    let design = try SaltelliDesign(
      .sobol, baseSamples: 1024, seed: 5, parameters: Self.names,
      factors: Self.names.indices.map { [$0] })
    let pairs = (0..<1024).map { (design.points[8 * $0], design.points[8 * $0 + 7]) }
    for place in Self.names.indices {
      let (a, b) = (pairs.map { $0.0[place] - 0.5 }, pairs.map { $0.1[place] - 0.5 })
      #expect(abs(a.reduce(0, +) / 1024) < 0.002 && abs(b.reduce(0, +) / 1024) < 0.002)
      // The error of a correlation of independent numbers is 1/32.
      let covariance = zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } / 1024
      #expect(abs(covariance * 12) < 4.0 / 32)
    }
  }

  @Test("Points meet the realisations that are given for them")
  func given() throws {
    let design = try Design(
      points: [[0.25], [0.5], [0.75]], meeting: [4, 4, 9], seed: 1, parameters: ["a"])
    #expect((0..<3).map { design.realisation(of: $0) } == [4, 4, 9])
    #expect((0..<3).map { design.uniforms(replicate: $0) } == [[0.25], [0.5], [0.75]])
    #expect((0..<3).map { design.draw(of: $0) } == [0, 1, 2])
  }

  @Test("A resample draws with replacement, evenly, and another one otherwise")
  func resamples() {
    let all = (0..<2000).map { Resample.places($0, of: 10, seed: 3) }
    #expect(all.allSatisfy { $0.count == 10 && $0.allSatisfy((0..<10).contains) })
    #expect(all[0] != all[1] && all[0] == Resample.places(0, of: 10, seed: 3))
    let first = all.joined().count { $0 == 0 }
    // 20,000 draws with a chance of a tenth: standard deviation 42.
    #expect(abs(first - 2000) < 5 * 42)
  }
}
