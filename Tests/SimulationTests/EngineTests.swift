import Simulation
import Stochastics
import Testing

@Suite struct EngineTests {
  @Test func threadsChangeNothing() async throws {
    let walks = Walks(stepCount: 2)
    let alone = try await walks.results(replicates: 2100)
    for threads in [2, 8] {
      let together = try await walks.results(replicates: 2100, threads: threads)
      #expect(together.bits == alone.bits)
      #expect(together.replicates == alone.replicates)
    }
    #expect(Set(alone.values(regime: 0, cell: 0)).count == 2100)
  }

  @Test func moreReplicatesKeepTheFirst() async throws {
    let walks = Walks(regimes: ["reference", "idle"], stepCount: 2)
    let few = try await walks.results(replicates: 100)
    let many = try await walks.results(replicates: 3000, threads: 2)
    #expect(many.bits.map { Array($0.prefix(100)) } == few.bits)
  }

  @Test(arguments: [1, 2, 1023, 1024, 1025, 2048, 2049])
  func everyReplicateIsInOneBlock(replicates: Int) async throws {
    let walks = Walks(stepCount: 1)
    let engine = Engine(model: walks, design: try walks.design(replicates: replicates))
    var blocks: [Block] = []
    var numbers: [Int] = []
    try await engine.run(threads: 2) { result in
      if result.slice.isLastOfBlock { blocks.append(result.slice.block) }
      numbers += result.slice.replicates
      let runs = result.slice.replicates.count * walks.regimes.count
      #expect(result.values.count == runs * engine.layout.cellCount)
      #expect(result.draws.count == result.slice.replicates.count)
    }
    #expect(blocks.map(\.index) == Array(0..<((replicates + 1023) / 1024)))
    #expect(blocks.dropLast().allSatisfy { $0.replicates.count == 1024 })
    #expect(numbers == Array(0..<replicates))
  }

  @Test func aSliceIsTheSameByItself() async throws {
    let walks = Walks()
    let engine = Engine(model: walks, design: try walks.design(replicates: 1500))
    var inOneGo: [SliceResult] = []
    try await engine.run(threads: 2) { inOneGo.append($0) }
    for result in inOneGo.reversed() {
      let again = engine.run(result.slice)
      #expect(again.values.map(\.bitPattern) == result.values.map(\.bitPattern))
      #expect(again.draws.map(\.values) == result.draws.map(\.values))
    }
  }

  @Test func someBlocksAreTheSameAsInARunOfAll() async throws {
    let walks = Walks()
    let engine = Engine(model: walks, design: try walks.design(replicates: 4000))
    var all: [SliceResult] = []
    try await engine.run(threads: 2) { all.append($0) }
    let wanted = [1, 3].map { Block.blocks(of: 4000)[$0] }
    var some: [SliceResult] = []
    try await engine.run(wanted, threads: 3) { some.append($0) }
    let same = all.filter { wanted.contains($0.slice.block) }
    #expect(some.map(\.slice) == same.map(\.slice) && some.count == 16)
    #expect(some.map { $0.values.map(\.bitPattern) } == same.map { $0.values.map(\.bitPattern) })
  }

  @Test func slicesArriveInOrderThoughTheFirstIsSlow() async throws {
    let walks = Walks(stepCount: 1, firstBlockDelay: 300)
    let engine = Engine(model: walks, design: try walks.design(replicates: 6 * 1024))
    var order: [Int] = []
    try await engine.run(threads: 3) { order.append($0.slice.replicates.lowerBound) }
    #expect(order == Array(stride(from: 0, to: 6 * 1024, by: 128)))
  }

  @Test func progressCountsReplicates() async throws {
    let walks = Walks(stepCount: 1)
    let engine = Engine(model: walks, design: try walks.design(replicates: 2100))
    var done: [Int] = []
    _ = try await engine.runKeepingAll(threads: 2) { done.append($0) }
    #expect(done == Array(stride(from: 128, through: 2048, by: 128)) + [2100])
  }

  @Test func anErrorOfTheReceiverEndsTheRun() async throws {
    struct Full: Error {}
    let walks = Walks(stepCount: 1)
    let engine = Engine(model: walks, design: try walks.design(replicates: 3000))
    var received = 0
    await #expect(throws: Full.self) {
      try await engine.run(threads: 2) { _ in
        received += 1
        throw Full()
      }
    }
    #expect(received == 1)
  }

  @Test func theSeedDecides() async throws {
    let seven = try await Walks().results(replicates: 50, seed: 7)
    let eight = try await Walks().results(replicates: 50, seed: 8)
    let again = try await Walks().results(replicates: 50, seed: 7)
    #expect(seven.bits == again.bits)
    #expect(zip(seven.bits, eight.bits).allSatisfy { $0 != $1 })
  }

  @Test func aModelThatRecordsTooLittleStopsTheProcess() async throws {
    await #expect(processExitsWith: .failure) {
      let walks = Walks(silentValues: 1)
      _ = try await walks.results(replicates: 1)
    }
  }

  @Test(arguments: [0, 65_536]) func timelinesHaveLimits(steps: Int) async {
    await #expect(processExitsWith: .failure) { [steps] in
      _ = Timeline(stepCount: steps, stepYears: 1)
    }
  }
}

@Suite struct SharedLuckTests {
  @Test func aRegimeThatDoesNothingIsTheReference() async throws {
    let result = try await Walks().results(replicates: 1500, threads: 2)
    for cell in 0..<result.layout.cellCount {
      #expect(result.bits(regime: 1, cell: cell) == result.bits(regime: 0, cell: cell))
    }
    #expect(result.bits(regime: 2, cell: 0) != result.bits(regime: 0, cell: 0))
  }

  /// The push adds one a step and nothing else, so that pairs differ by it in every replicate.
  @Test func regimesMeetTheSameLuck() async throws {
    let result = try await Walks().results(replicates: 200)
    for step in 0..<3 {
      let cell = result.layout.cell(step: step, column: 0)
      let pairs = zip(
        result.values(regime: 2, cell: cell), result.values(regime: 0, cell: cell))
      for (pushed, plain) in pairs { #expect(abs(pushed - plain - Double(step + 1)) < 1e-12) }
    }
  }

  @Test func anotherAgentChangesNobody() async throws {
    let two = try await Walks(agents: ["ada", "bob"]).results(replicates: 300)
    let three = try await Walks(agents: ["ada", "inert", "bob"]).results(replicates: 300)
    for regime in two.regimes.indices {
      for step in 0..<3 {
        for (place, moved) in [(0, 0), (1, 2)] {
          let before = two.layout.cell(step: step, column: place)
          let after = three.layout.cell(step: step, column: moved)
          #expect(
            two.bits(regime: regime, cell: before) == three.bits(regime: regime, cell: after))
        }
      }
    }
  }

  @Test func anotherRegimeChangesNobody() async throws {
    let two = try await Walks(regimes: ["reference", "idle"]).results(replicates: 300)
    let three = try await Walks().results(replicates: 300)
    #expect(Array(three.bits.prefix(two.bits.count)) == two.bits)
  }

  /// Uniform luck has mean 1/2 and variance 1/12; three steps of two agents are six draws.
  @Test func luckIsFair() async throws {
    let count = 4000.0
    let result = try await Walks(regimes: ["reference"])
      .results(replicates: Int(count), threads: 2)
    let luck = result.values(regime: 0, cell: result.layout.cell(outcome: 2))
    let mean = luck.reduce(0, +) / count
    let z = (mean - 3) / (6.0 / 12 / count).squareRoot()
    #expect(abs(z) < 4)
  }
}
