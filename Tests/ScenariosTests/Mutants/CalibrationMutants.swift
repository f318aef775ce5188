import Analysis
@testable import PolicyModel
import Scenarios
import Simulation
@testable import Studies
import TestSupport
import Testing

/// Worlds that came out otherwise than observed: for each target that the shipped world is fitted to, or has priors
/// from, one variant under which the backcast must miss it.
enum CalibrationMutants {
  static let all: [Mutant] = miscalibrations.enumerated().flatMap { place, variant in
    variant.targets.map { target in
      Mutant(.target, target, variant.words, rejectedBy: "backcast-2022-2025, \(target)") {
        let missed = try await runs[place].value
        #expect(!missed.contains(target))
      }
    }
  }

  /// The targets that some variant is to break.
  static let broken = Set(miscalibrations.flatMap(\.targets))

  /// A variant of the world, and the targets that it must miss.
  private struct Miscalibration: Sendable {
    let words: String
    let targets: [String]
    let change: @Sendable (inout PolicyModel) -> Void
  }

  /// By variant, what it misses. Each is run once, for all of its targets.
  private static let runs = miscalibrations.map { variant in
    Task { try await UnderTest.$change.withValue(variant.change, operation: missed) }
  }

  /// The targets that a world misses, under as few draws as tell variants that are wrong by factors.
  static func missed() async throws -> Set<String> {
    var overrides = Overrides()
    overrides.settings = [("run.replicates", "64")]
    let scenario = try Scenario(
      contentsOf: ScenarioFixture.path(ofShipped: "backcast-2022-2025"), overrides: overrides)
    let observations = scenario.observations
    let model = scenario.model(recording: Set(observations.flatMap(\.monthly.metrics)))
    let backcast = try await Backcast(
      running: UnderTest.model(model), of: scenario, regime: 0, against: observations, threads: 2)
    return Set(backcast.targets.filter { !$0.check.isCovered }.map(\.observation.id))
  }

  /// The targets that are no test of the model but what it was made to meet.
  static func calibrated() throws -> Set<String> {
    let path = ScenarioFixture.path(ofShipped: "backcast-2022-2025")
    return Set(
      try Scenario(contentsOf: path).observations
        .filter { $0.status != .heldOut && $0.expectedMiss == nil }.map(\.id))
  }

  /// Leaves some labs a part of what they can use.
  private static func cutFleets(
    to part: Double, in model: inout PolicyModel, of isCut: @escaping @Sendable (Int) -> Bool
  ) {
    model.replace(FleetSplit.self) { phase, world, step in
      phase.advance(&world, step)
      for lab in world.economy.labs.indices where isCut(lab) {
        world.economy.labs[lab].fleet = world.economy.labs[lab].fleet * part
      }
    }
  }

  private static let miscalibrations = [
    Miscalibration(
      words: "owners spend a third of their budgets",
      targets: ["microsoft", "meta", "google", "amazon", "oracle"].flatMap { owner in
        (2023...2025).map { "\(owner)-\($0)" }
      } + ["coreweave-2024", "coreweave-2025", "xai-2024", "xai-2025", "world-2025"]
    ) { model in
      model.replace(SpendingPlans.self) { phase, world, step in
        phase.advance(&world, step)
        for owner in world.economy.purses.plan.indices { world.economy.purses.plan[owner] /= 3 }
      }
    },
    Miscalibration(
      words: "foreign lines make a third of their dies",
      targets: ["h100-units-2023", "h100-units-2024", "blackwell-units-2025"]
    ) { model in
      model.replace(SupplierCapacity.self) { phase, world, step in
        let before = world.economy.supply.dies.indices.map { world.economy.supply.dies[$0] }
        phase.advance(&world, step)
        for (family, dies) in before.enumerated() {
          world.economy.supply.dies[family] -= (world.economy.supply.dies[family] - dies) * 2 / 3
        }
      }
    },
    Miscalibration(
      words: "two in three chips that are made at home are lost",
      targets: [
        "ascend-units-2024", "ascend-units-2025", "domestic-stock-2024", "domestic-stock-2025",
      ]
    ) { model in
      model.replace(DomesticProduction.self) { phase, world, step in
        phase.advance(&world, step)
        for chip in world.economy.domestic.made.indices {
          let lost = world.economy.domestic.made[chip] * 2 / 3
          world.economy.domestic.made[chip] -= lost
          world.economy.sales.unsold[chip] -= lost
          world.economy.sales.madeCumulative[chip] -= lost
        }
      }
    },
    Miscalibration(
      words: "a twentieth of the chips can be diverted that could be",
      targets: ["smuggled-2024", "smuggled-h100e-2024", "smuggled-h100e-2025"]
    ) { model in
      model.misread("grey_market.divertible_share", in: GreyMarket.self) { $0 / 20 }
    },
    Miscalibration(
      words: "labs use a fifth of their chips",
      targets: [
        "lab-openai-2023", "lab-openai-2024", "lab-openai-2025", "lab-google-deepmind-2024",
        "lab-google-deepmind-2025", "lab-meta-ai-2024", "lab-meta-ai-2025", "lab-anthropic-2024",
        "lab-anthropic-2025", "lab-xai-2025",
      ]
    ) { model in
      cutFleets(to: 0.2, in: &model) { _ in true }
    },
    Miscalibration(
      words: "a token takes a hundredth of its work",
      targets: [
        "cn-tokens-2024-03", "cn-tokens-2025-12", "google-tokens-2024-05", "google-tokens-2025-05",
      ]
    ) { model in
      model.replace(FleetSplit.self) { phase, world, step in
        phase.advance(&world, step)
        for lab in world.economy.labs.indices { world.economy.labs[lab].tokensPerDay *= 100 }
      }
    },
    Miscalibration(
      words: "nobody learns from what others show, and the follower uses a twentieth of its chips",
      targets: ["cn-lag-2025"]
    ) { model in
      model.replace(CatchUp.self) { phase, world, step in
        phase.advance(&world, step)
        for lab in world.economy.labs.indices {
          world.economy.labs[lab].matched = world.economy.labs[lab].bestOwn
        }
      }
      let layout = model.blueprint.layout
      cutFleets(to: 0.05, in: &model) { layout.homeOfDeveloper[$0] == layout.economy.follower }
    },
  ]
}
