import Foundation
import Testing

@testable import Stochastics

@Suite("Designs")
struct DesignTests {
  static let names = ["mfu", "rental_price", "staff", "energy"]

  static func columns(_ design: Design) -> [[Double]] {
    let rows = (0..<design.replicates).map { design.uniforms(replicate: $0) }
    return design.parameters.indices.map { column in rows.map { $0[column] } }
  }

  @Test("Every uniform lies in (0, 1), one for each parameter", arguments: Design.Kind.allCases)
  func open(_ kind: Design.Kind) throws {
    let design = try Design(kind, replicates: 512, seed: 1, parameters: Self.names)
    for replicate in 0..<512 {
      let uniforms = design.uniforms(replicate: replicate)
      #expect(uniforms.count == 4)
      #expect(uniforms.allSatisfy { $0 > 0 && $0 < 1 })
    }
  }

  @Test("mc keeps the first replicates when there are more, and a parameter's address is its name")
  func monteCarloPrefix() throws {
    let few = try Design(.mc, replicates: 10, seed: 8, parameters: Self.names)
    let many = try Design(.mc, replicates: 1000, seed: 8, parameters: Self.names)
    for replicate in 0..<10 {
      #expect(few.uniforms(replicate: replicate) == many.uniforms(replicate: replicate))
      var stream = RandomStream(
        seed: 8,
        at: StreamAddress(
          replicate: UInt32(replicate), mechanism: .parameters, agent: AgentID(of: "staff")))
      #expect(few.uniforms(replicate: replicate)[2] == stream.uniform())
    }
  }

  @Test("A design begins another whose first replicates it has", arguments: Design.Kind.allCases)
  func beginning(_ kind: Design.Kind) throws {
    func design(
      _ replicates: Int, seed: UInt64 = 8, _ names: [String] = Self.names,
      crossing: Design.Crossing = .paired
    ) throws -> Design {
      try Design(
        kind, replicates: replicates, seed: seed, parameters: names, crossing: crossing)
    }
    let all = try design(128)
    for few in [try design(64), try design(128)] {
      let isSame = (0..<few.replicates).allSatisfy {
        few.uniforms(replicate: $0) == all.uniforms(replicate: $0)
          && few.realisation(of: $0) == all.realisation(of: $0)
      }
      #expect(few.isBeginning(of: all) == isSame)
    }
    let others = [
      try design(256), try design(128, seed: 9), try design(128, Self.names.reversed()),
      try design(128, crossing: .nested(realisations: 2)),
    ]
    #expect(others.allSatisfy { !$0.isBeginning(of: all) })
  }

  @Test("A parameter added at the end changes no other's draws", arguments: Design.Kind.allCases)
  func addedParameter(_ kind: Design.Kind) throws {
    let before = try Design(kind, replicates: 64, seed: 8, parameters: Self.names)
    let after = try Design(kind, replicates: 64, seed: 8, parameters: Self.names + ["data"])
    #expect(Array(Self.columns(after).prefix(4)) == Self.columns(before))
  }

  @Test("Under mc and lhs the order of parameters is free", arguments: [Design.Kind.mc, .lhs])
  func permutedParameters(_ kind: Design.Kind) throws {
    let forward = try Design(kind, replicates: 64, seed: 8, parameters: Self.names)
    let backward = try Design(kind, replicates: 64, seed: 8, parameters: Self.names.reversed())
    #expect(Self.columns(forward) == Self.columns(backward).reversed())
  }

  @Test("Seeds change everything, 0 included", arguments: Design.Kind.allCases)
  func seeds(_ kind: Design.Kind) throws {
    let columns = try [0, 1, 1 << 32, .max].map { (seed: UInt64) in
      Self.columns(try Design(kind, replicates: 16, seed: seed, parameters: Self.names))
    }
    #expect(Set(columns).count == 4)
  }

  @Test(
    "Each randomisation of lhs visits each stratum once", arguments: [16, 48, 16 * 7, 16 * 100])
  func strata(replicates: Int) throws {
    let design = try Design(.lhs, replicates: replicates, seed: 3, parameters: Self.names)
    let strata = replicates / 16
    for column in Self.columns(design) {
      for randomisation in 0..<16 {
        let visited = stride(from: randomisation, to: replicates, by: 16).map {
          Int(column[$0] * Double(strata))
        }
        #expect(visited.sorted() == Array(0..<strata))
      }
    }
  }

  @Test("Randomisations and parameters have strata orders of their own")
  func independentOrders() throws {
    let design = try Design(.lhs, replicates: 16 * 50, seed: 3, parameters: Self.names)
    var orders: Set<[Int]> = []
    for column in Self.columns(design) {
      for randomisation in 0..<16 {
        orders.insert((0..<50).map { Int(column[randomisation + 16 * $0] * 50) })
      }
    }
    #expect(orders.count == 64)
  }

  @Test("A keyed permutation is one, at any size", arguments: [1, 2, 3, 4, 5, 16, 17, 64, 1000])
  func permutation(count: Int) {
    var stream = RandomStream(seed: 5, at: StreamAddress(replicate: 0, mechanism: .parameters))
    let permutation = KeyedPermutation(count: count, keyedBy: &stream)
    #expect((0..<count).map { permutation[$0] }.sorted() == Array(0..<count))
  }

  @Test("Over keys, each place goes everywhere equally often", arguments: [3, 4, 7, 16])
  func permutationIsUniform(count: Int) {
    let keys = 4000
    var hits = [[Double]](repeating: [Double](repeating: 0, count: count), count: count)
    for key in 0..<keys {
      var stream = RandomStream(
        seed: 6, at: StreamAddress(replicate: UInt32(key), mechanism: .parameters))
      let permutation = KeyedPermutation(count: count, keyedBy: &stream)
      for place in 0..<count { hits[place][permutation[place]] += 1 }
    }
    let expected = Double(keys) / Double(count)
    let sd = (expected * (1 - 1 / Double(count))).squareRoot()
    // At most 256 cells: Bonferroni at 1% asks for 4.1 standard errors.
    for cell in hits.joined() { #expect(((cell - expected) / sd).magnitude < 4.1) }
  }

  @Test("Each randomisation of sobol fills each of 2^k cells once, in all 40 dimensions")
  func sobolBalance() throws {
    let parameters = (0..<40).map { "p\($0)" }
    let design = try Design(.sobol, replicates: 16 * 64, seed: 3, parameters: parameters)
    for column in Self.columns(design) {
      for randomisation in 0..<16 {
        let cells = (0..<64).map { Int(column[randomisation + 16 * $0] * 64) }
        #expect(cells.sorted() == Array(0..<64))
      }
    }
  }

  @Test("Sobol pairs are balanced too: the first two dimensions fill an 8 by 8 grid")
  func sobolPairs() throws {
    let design = try Design(.sobol, replicates: 16 * 64, seed: 3, parameters: Self.names)
    let columns = Self.columns(design)
    for randomisation in 0..<16 {
      let cells = (0..<64).map { index in
        let replicate = randomisation + 16 * index
        return Int(columns[0][replicate] * 8) * 8 + Int(columns[1][replicate] * 8)
      }
      #expect(cells.sorted() == Array(0..<64))
    }
  }

  /// The first points in three dimensions as Bratley and Fox's algorithm 659 lists them.
  @Test("The unshifted sequence is Sobol's: xor with point 0 gives its published points")
  func sobolPoints() throws {
    let published: [[Double]] = [
      [0.5, 0.5, 0.5], [0.75, 0.25, 0.75], [0.25, 0.75, 0.25], [0.375, 0.375, 0.625],
    ]
    let design = try Design(.sobol, replicates: 16 * 8, seed: 3, parameters: ["a", "b", "c"])
    let origin = design.uniforms(replicate: 0).map { Int($0 * 8) }
    for (index, point) in published.enumerated() {
      let shifted = design.uniforms(replicate: 16 * (index + 1)).map { Int($0 * 8) }
      #expect(zip(shifted, origin).map { Double($0 ^ $1) / 8 } == point)
    }
  }

  @Test("Any block can be computed alone", arguments: Design.Kind.allCases)
  func shards(_ kind: Design.Kind) throws {
    let design = try Design(kind, replicates: 16 * 200, seed: 12, parameters: Self.names)
    var whole: [[Double]] = []
    design.forEachReplicate(in: 0..<3200) { replicate, uniforms in
      #expect(replicate == whole.count)
      whole.append(uniforms)
    }
    let again = try Design(kind, replicates: 16 * 200, seed: 12, parameters: Self.names)
    for shard in [1600..<3200, 0..<7, 7..<1600] {
      again.forEachReplicate(in: shard) { #expect($1 == whole[$0]) }
    }
  }

  @Test(
    "Beyond 40 parameters sobol turns to Latin hypercube, and says so", arguments: [40, 41, 70])
  func manyParameters(count: Int) throws {
    let parameters = (0..<count).map { "p\($0)" }
    let design = try Design(.sobol, replicates: 16 * 20, seed: 3, parameters: parameters)
    #expect(design.sobolParameters == parameters[..<40])
    #expect(design.latinHypercubeParameters == parameters[40...])
    let columns = Self.columns(design)
    #expect(columns.joined().allSatisfy { $0 > 0 && $0 < 1 })
    let lhs = try Design(.lhs, replicates: 16 * 20, seed: 3, parameters: parameters)
    #expect(columns[40...] == Self.columns(lhs)[40...])
    #expect(Set(columns).count == count)
  }

  @Test("What each design says of itself")
  func selfDescription() throws {
    let mc = try Design(.mc, replicates: 1000, seed: 1, parameters: Self.names)
    #expect(mc.sobolParameters.isEmpty && mc.latinHypercubeParameters.isEmpty)
    #expect(mc.randomisations == 1 && mc.randomisation(of: 999) == 0)
    let lhs = try Design(.lhs, replicates: 160, seed: 1, parameters: Self.names)
    #expect(lhs.sobolParameters.isEmpty && Array(lhs.latinHypercubeParameters) == Self.names)
    #expect(lhs.randomisations == 16 && lhs.randomisation(of: 35) == 3)
    let none = try Design(.sobol, replicates: 16, seed: 1, parameters: [])
    #expect(none.uniforms(replicate: 15).isEmpty)
  }

  @Test("By default draw and realisation of a replicate are its own number")
  func pairing() throws {
    let design = try Design(.lhs, replicates: 160, seed: 1, parameters: Self.names)
    #expect((0..<160).allSatisfy { design.draw(of: $0) == $0 && design.realisation(of: $0) == $0 })
  }

  @Test(
    "Several realisations of a draw leave the draws as they are", arguments: Design.Kind.allCases)
  func crossing(_ kind: Design.Kind) throws {
    let plain = try Design(kind, replicates: 160, seed: 9, parameters: Self.names)
    for crossing in [Design.Crossing.nested(realisations: 3), .crossed(realisations: 3)] {
      let design = try Design(
        kind, replicates: 480, seed: 9, parameters: Self.names, crossing: crossing)
      for replicate in 0..<480 {
        #expect(design.draw(of: replicate) == replicate / 3)
        #expect(
          design.uniforms(replicate: replicate) == plain.uniforms(replicate: replicate / 3))
        #expect(
          design.randomisation(of: replicate) == plain.randomisation(of: replicate / 3))
        let isNested = crossing == .nested(realisations: 3)
        #expect(design.realisation(of: replicate) == (isNested ? replicate : replicate % 3))
      }
    }
  }

  @Test("Draws that the replicates do not fill, with their messages")
  func unfilledDraws() {
    let cases: [(Design.Kind, Design.Crossing, String)] = [
      (
        .mc, .nested(realisations: 3),
        "with 3 realisations of each parameter draw, the replicates must be a multiple of 3, got 100"
      ),
      (
        .lhs, .crossed(realisations: 4),
        "with 4 realisations of each parameter draw, the replicates must be a multiple of 64, got 100"
      ),
      (
        .mc, .crossed(realisations: 0),
        "a parameter draw has 1 or more realisations, got 0"
      ),
    ]
    for (kind, crossing, message) in cases {
      let error = #expect(throws: DesignError.self) {
        _ = try Design(kind, replicates: 100, seed: 1, parameters: [], crossing: crossing)
      }
      #expect(error?.description == message)
    }
  }

  @Test("The error of randomisation means, by hand and against the truth")
  func standardError() throws {
    #expect(Design.standardError(ofRandomisationMeans: [1, 3]) == 1)
    #expect(Design.standardError(ofRandomisationMeans: [2, 2, 2]) == 0)
    // The sum of four uniforms has sd sqrt(4/12): what 1,024 independent replicates would leave is
    // 0.018. Stratified designs must do much better, and the truth, 2, be within 5 of their errors.
    for kind in [Design.Kind.lhs, .sobol] {
      let design = try Design(kind, replicates: 1024, seed: 4, parameters: Self.names)
      var means = [Double](repeating: 0, count: 16)
      design.forEachReplicate(in: 0..<1024) {
        means[design.randomisation(of: $0)] += $1.reduce(0, +) / 64
      }
      let error = Design.standardError(ofRandomisationMeans: means)
      #expect(error < 0.018 / 10, "\(kind)")
      #expect((means.reduce(0, +) / 16 - 2).magnitude < 5 * error, "\(kind)")
    }
  }

  @Test("Designs that can't be, with their messages")
  func refusals() {
    // A published pair of words with one 32-bit FNV-1a hash.
    let cases: [(Design.Kind, Int, [String], String)] = [
      (.mc, 0, [], "replicates must lie in 1...4294967295, got 0"),
      (.mc, 1 << 32, [], "replicates must lie in 1...4294967295, got 4294967296"),
      (
        .lhs, 1000, [],
        "lhs runs as 16 independent randomisations and needs a multiple of 16 replicates, "
          + "got 1000: take 992 or 1008"
      ),
      (
        .sobol, 5, [],
        "sobol runs as 16 independent randomisations and needs a multiple of 16 replicates, "
          + "got 5: take 16"
      ),
      (.mc, 10, ["mfu", "staff", "mfu"], "parameter mfu is named twice"),
      (
        .mc, 10, ["costarring", "liquid"],
        "parameters costarring and liquid share the address of their draws: rename one"
      ),
    ]
    for (kind, replicates, parameters, message) in cases {
      let error = #expect(throws: DesignError.self) {
        _ = try Design(kind, replicates: replicates, seed: 1, parameters: parameters)
      }
      #expect(error?.description == message)
    }
  }
}

/// Draws that a study gives.
@Suite struct GivenDesignTests {
  @Test("Given points come back in order, each under the same realisations")
  func points() throws {
    let points = [[0.5, 0.5], [0.05, 0.5], [0.5, 0.95]]
    let design = try Design(points: points, realisations: 4, seed: 1, parameters: ["a", "b"])
    #expect(design.replicates == 12)
    #expect((0..<12).map { design.uniforms(replicate: $0) } == (0..<12).map { points[$0 / 4] })
    #expect((0..<12).map { design.realisation(of: $0) } == (0..<12).map { $0 % 4 })
    #expect(throws: DesignError.duplicate(parameter: "a")) {
      _ = try Design(points: points, realisations: 4, seed: 1, parameters: ["a", "a"])
    }
    #expect(throws: DesignError.realisations(0)) {
      _ = try Design(points: points, realisations: 0, seed: 1, parameters: ["a", "b"])
    }
  }
}
