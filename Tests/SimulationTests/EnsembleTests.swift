import Simulation
import Stochastics
import Testing

@Suite struct FailureTests {
  @Test func aValueThatIsNotFiniteIsReportedWhereItWas() async throws {
    let walks = Walks(faults: [
      .init(replicate: 5, regime: 1, step: 2, agent: 1),
      .init(replicate: 1030, regime: 2, step: nil, agent: 0, value: -.infinity),
      .init(replicate: 1040, regime: 0, step: 0, agent: 0, value: .nan),
    ])
    let result = try await walks.results(replicates: 1100, threads: 2)
    #expect(result.failures.map(\.replicate) == [5, 1030, 1040])
    #expect(result.failures.map(\.regime) == [1, 2, 0])
    #expect(result.failures.map(\.step) == [2, nil, 0])
    #expect(result.failures.map(\.column.entity) == ["bob", "ada", "ada"])
    #expect(
      result.failures.map(\.column.metric.name) == ["position", "lucky_end", "position"])
    #expect(result.failures.map(\.value) == ["inf", "-inf", "nan"])
  }

  @Test func aFailedReplicateIsLeftOutUnderEveryRegime() async throws {
    let whole = try await Walks().results(replicates: 20)
    let fault = Walks.Fault(replicate: 5, regime: 2, step: 1, agent: 0)
    let result = try await Walks(faults: [fault]).results(replicates: 20)
    #expect(result.replicatesPlanned == 20)
    #expect(result.replicates == (0..<20).filter { $0 != 5 })
    #expect(result.draws.count == 19)
    let others = whole.bits.map { column in
      column.indices.filter { $0 != 5 }.map { column[$0] }
    }
    #expect(result.bits == others)
    let draws = whole.draws.indices.filter { $0 != 5 }.map { whole.draws[$0].values }
    #expect(result.draws.map(\.values) == draws)
  }

  @Test func onlyTheFirstValueOfARunIsToldButEveryRunIs() async throws {
    let faults = [
      Walks.Fault(replicate: 3, regime: 0, step: 2, agent: 0),
      Walks.Fault(replicate: 3, regime: 0, step: 1, agent: 1),
      Walks.Fault(replicate: 3, regime: 1, step: 0, agent: 0),
    ]
    let result = try await Walks(faults: faults).results(replicates: 4)
    #expect(result.failures.map(\.step) == [1, 0])
    #expect(result.failures.map(\.regime) == [0, 1])
    #expect(result.replicates == [0, 1, 2])
  }

  @Test func everyReplicateMayFail() async throws {
    let faults = (0..<3).map { Walks.Fault(replicate: $0, regime: 0, step: 0, agent: 0) }
    let result = try await Walks(faults: faults).results(replicates: 3)
    #expect(result.replicates.isEmpty && result.draws.isEmpty)
    #expect(result.values(regime: 0, cell: 0).isEmpty)
    #expect(result.failures.count == 3)
  }

  @Test func aMissingValueIsNoFailure() async throws {
    let result = try await Walks().results(replicates: 400)
    #expect(result.failures.isEmpty && result.replicates.count == 400)
    let ends = result.values(regime: 0, cell: result.layout.cell(outcome: 0))
    let last = result.values(regime: 0, cell: result.layout.cell(step: 2, column: 0))
    #expect(ends.contains { $0.isNaN } && ends.contains { !$0.isNaN })
    for (end, position) in zip(ends, last) {
      if position < 0 { #expect(end.isNaN) } else { #expect(end == position) }
    }
  }
}

@Suite struct DesignedDrawTests {
  @Test(arguments: Design.Kind.allCases)
  func drawsAreQuantilesOfTheDesign(kind: Design.Kind) async throws {
    let walks = Walks()
    let design = try walks.design(kind, replicates: 1600)
    let result = try await Engine(model: walks, design: design).runKeepingAll(threads: 2)
    let laws = walks.parameterSpace.uncertainties.map(\.distribution)
    for (replicate, draw) in zip(result.replicates, result.draws) {
      #expect(draw.uniforms == design.uniforms(replicate: replicate))
      #expect(draw.values == zip(laws, draw.uniforms).map { $0.quantile($1) })
    }
  }

  @Test(arguments: [Design.Kind.lhs, .sobol])
  func balancedDesignsKeepTheLawsOfTheEngine(kind: Design.Kind) async throws {
    let walks = Walks(regimes: ["reference", "idle"], stepCount: 1)
    let alone = try await walks.results(kind, replicates: 2048)
    let together = try await walks.results(kind, replicates: 2048, threads: 8)
    #expect(alone.bits == together.bits)
    #expect(alone.bits(regime: 1, cell: 0) == alone.bits(regime: 0, cell: 0))
    for randomisation in 0..<16 {
      let points = stride(from: randomisation, to: 2048, by: 16).map {
        alone.draws[$0].uniforms[0]
      }
      #expect(Set(points.map { Int($0 * 128) }).count == 128)
    }
  }

  @Test func aCopulaMovesTheSecondAndLeavesTheFirst() async throws {
    let copula = try GaussianCopula([Correlation(0, 1, rho: 0.9)], parameters: 2)
    let plain = try await Walks().results(replicates: 500)
    let tied = try await Walks(copula: copula).results(replicates: 500)
    #expect(tied.bits == plain.bits)
    #expect(plain.draws.map { $0.uniforms[0] } == tied.draws.map { $0.uniforms[0] })
    let together = tied.draws.count { ($0.uniforms[0] > 0.5) == ($0.uniforms[1] > 0.5) }
    // P = 1/2 + arcsin(0.9)/pi = 0.856; four standard errors are 0.063.
    #expect(abs(Double(together) / 500 - 0.8564) < 0.063)
  }
}

@Suite struct CellLayoutTests {
  @Test func everyCellHasItsPlace() throws {
    let walks = Walks(agents: ["ada", "bob", "cy"], stepCount: 4)
    let layout = Engine(model: walks, design: try walks.design(replicates: 1)).layout
    #expect(layout.cellCount == 4 * 3 + 4)
    var seen: [Int] = []
    for step in 0..<4 {
      for column in 0..<3 {
        let cell = layout.cell(step: step, column: column)
        #expect(layout.place(of: cell).step == step)
        #expect(layout.place(of: cell).column == walks.stepColumns[column])
        seen.append(cell)
      }
    }
    for outcome in 0..<4 {
      let cell = layout.cell(outcome: outcome)
      #expect(layout.place(of: cell).step == nil)
      #expect(layout.place(of: cell).column == walks.outcomeColumns[outcome])
      seen.append(cell)
    }
    #expect(seen == Array(0..<16))
  }

  @Test func aModelMayRecordOutcomesAlone() throws {
    let walks = Walks(agents: [])
    let layout = Engine(model: walks, design: try walks.design(replicates: 1)).layout
    #expect(layout.cellCount == 1)
    #expect(layout.place(of: 0).column.entity == "all")
    #expect(layout.place(of: 0).step == nil)
  }
}
