@testable import Documents
import PolicyModel
import Quantities
import Testing

@testable import Scenarios

/// The reference world that ships inside the program.
@Suite struct WorldFactsTests {
  private let world: WorldPlan

  init() throws {
    let text = """
      about: {title: t, question: q, authors: [a]}
      run: {start: 2022-10, end: 2024-12, replicates: 1, seed: 1}
      world: {use: world-2022}
      regimes: [{id: no-controls}]
      """
    let document = try SourceDocument(text: text, file: "test")
    world = try Scenario(document, name: "test").blueprint.world
  }

  /// What was seen has a range, and what lies ahead has none: years after 2025 are never fitted to.
  @Test func onlyWhatWasSeenHasARange() {
    for family in world.economy.families {
      for figure in family.diesPerYear {
        #expect((figure.low == nil) == (figure.high == nil), "\(family.id) \(figure.year)")
        if figure.year > 2025 { #expect(figure.low == nil, "\(family.id) \(figure.year)") }
        #expect(figure.provenance != nil, "\(family.id) \(figure.year)")
      }
    }
  }

  /// Every owner says what it spends from 2022 to 2026, and where that comes from.
  @Test func ownersSayWhatTheySpend() {
    #expect(world.economy.owners.count == 18)
    for owner in world.economy.owners {
      #expect(owner.spending.map(\.year) == Array(2022...2026), "\(owner.id)")
      #expect(owner.spending.allSatisfy { $0.value > 0 && $0.provenance != nil }, "\(owner.id)")
    }
  }

  /// Chinese budgets are what MODEL 6 asks for: of a size that companies' accounts bear out.
  @Test func chineseBudgetsAreOfTheirSize() {
    let chinese = world.economy.owners.filter { $0.headquarters == world.economy.follower }
    func total(_ year: Int) -> Double {
      chinese.flatMap(\.spending).filter { $0.year == year }.reduce(0) { $0 + $1.value }
    }
    // NVIDIA's Chinese revenue was 10.3 billion USD in its fiscal 2024, and 17.1 in 2025, games included.
    #expect((6e9...10e9).contains(total(2023)))
    #expect((18e9...27e9).contains(total(2024)))
    // Of capital spending of 69 and 102 billion of the largest and of state-backed buyers.
    #expect((30e9...50e9).contains(total(2025)))
    #expect((45e9...75e9).contains(total(2026)))
  }

  /// A100s that were shipped to China before the rule (Epoch AI): 72,696.
  @Test func chinaHoldsWhatWasShippedBefore() {
    let chinese = world.economy.owners.filter { $0.headquarters == world.economy.follower }
    let held = chinese.flatMap(\.opening).reduce(0) { $0 + $1.count.value }
    #expect(abs(held / 72_696 - 1) < 0.001)
  }

  /// A captive family's only buyer has the name of its maker, and its chips are nobody's variant.
  @Test func captiveBuildersBuildForThemselves() {
    let captive = world.economy.families.filter { $0.captiveTo != nil }
    #expect(captive.map(\.id).sorted() == ["TPU", "TRAINIUM"])
    for family in captive {
      let owner = family.captiveTo.map { world.economy.owners[$0].id }
      #expect(owner == world.economy.suppliers[family.supplier].id)
    }
  }

  /// Cut-down parts share the dies of the part they were cut from.
  @Test func variantsAreCutFromTheirParents() throws {
    for chip in BuiltInFacts.current.chips {
      guard let name = chip.variantOf else { continue }
      let parent = try #require(BuiltInFacts.current.chip(name), "\(chip.id)")
      #expect(parent.dieFamily == chip.dieFamily, "\(chip.id)")
      #expect(parent.variantOf == nil, "\(chip.id)")
      #expect(chip.peak.bf16.value <= parent.peak.bf16.value, "\(chip.id)")
    }
  }

  /// Efficiency of a month by the published halving time: the reference models' FLOP grow with it.
  @Test func referenceModelsAreBeforeTheStart() {
    let models = world.economy.referenceModels
    #expect(models.count >= 8)
    #expect(models.allSatisfy { $0.released < 0 })
    let palm = models.first { $0.id == "palm" }
    // 2.53e24 FLOP, six months before October 2022: 2^(-6/8).
    #expect(abs((palm?.effectiveFlop ?? 0) / (2.53e24 * 0.5946) - 1) < 0.01)
  }
}
