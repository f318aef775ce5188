import Quantities
import Simulation
import Stochastics

/// Phase: regulators do more, or less, than the rules say: episodes of tightening, relief and
/// retaliation (docs/ODD.md 7.2).
///
/// Reads `fleets` of the month before; writes `reactions`. Each sort of episode begins at an annual
/// hazard and lasts some months. Tightening closes every chip above a TPP to the follower, licensed
/// or free; its hazard rises when the follower's stock reaches a share of the leader's. Relief lets
/// every chip under review through. Retaliation closes the follower's own imports of chips under
/// review and costs foreign suppliers output, as when minerals are held back. Switched off, or with
/// hazards of zero, rules are all there is.
struct RegulatorReactions: Mechanism {
  static let id = MechanismID(rawValue: 8)
  static let name = "regulator_reactions"
  static let canBeSwitchedOff = true

  struct Parameters: ParameterHandles {
    let tightening = Handle(
      "tightening_per_year", "per_year", 0...100,
      "Hazard of an episode of tightening beyond the rules.")
    let triggered = Handle(
      "triggered_tightening_per_year", "per_year", 0...100,
      "What is added to that hazard while the follower's stock is above the trigger.")
    let trigger = Handle(
      "trigger_stock_share", "1", 0...1000, "The trigger: the follower's H100e over the leader's.")
    let tightenedTPP = Handle(
      "tightened_tpp", "tpp", 0...1e7,
      "TPP from which chips are closed to the follower during tightening.")
    let relief = Handle(
      "relief_per_year", "per_year", 0...100,
      "Hazard of an episode of relief, in which sales under review are let through.")
    let retaliation = Handle(
      "retaliation_per_year", "per_year", 0...100,
      "Hazard of an episode of retaliation by the follower's government.")
    let loss = Handle(
      "retaliation_loss", "1", 0...1,
      "Share of foreign suppliers' output that is lost during retaliation.")
    let months = Handle("episode_months", "months", 1...600, "How long an episode lasts.")
  }

  private let parameters: Parameters
  private let leader: String
  private let follower: String
  private let layout: EconomyLayout

  init(_ blueprint: Blueprint) {
    parameters = Self.parameters(blueprint)
    layout = blueprint.layout
    leader = layout.economy.jurisdictions[layout.economy.leader].id
    follower = layout.economy.jurisdictions[layout.economy.follower].id
  }

  func advance(_ world: inout World, _ step: StepContext) {
    var stream = step.replicate.stream(Self.id, step: step.step)
    let isTriggered =
      world[parameters.triggered] > 0
      && world.economy.fleets.h100e(in: layout.economy.follower) > world[parameters.trigger]
        * world.economy.fleets.h100e(in: layout.economy.leader)
    let hazard = world[parameters.tightening] + (isTriggered ? world[parameters.triggered] : 0)
    let end = step.step + Int(world[parameters.months].rounded())
    let uniforms = (stream.uniform(), stream.uniform(), stream.uniform())
    func begins(_ hazard: Double, _ until: Int, _ uniform: Double) -> Bool {
      until <= step.step && uniform < monthlyProbability(ofAnnualHazard: hazard)
    }
    if begins(hazard, world.economy.reactions.tightUntil, uniforms.0) {
      world.economy.reactions.tightUntil = end
      world.economy.reactions.tightenings += 1
      world.story?.tell(world.month, .tightening, of: leader, "closes more chips than the rules do")
    }
    if begins(world[parameters.relief], world.economy.reactions.relievedUntil, uniforms.1) {
      world.economy.reactions.relievedUntil = end
      world.story?.tell(world.month, .relief, of: leader, "lets sales under review through")
    }
    if begins(world[parameters.retaliation], world.economy.reactions.retaliationUntil, uniforms.2) {
      world.economy.reactions.retaliationUntil = end
      world.economy.reactions.retaliations += 1
      world.story?.tell(world.month, .retaliation, of: follower, "holds back what chip makers need")
    }
    world.economy.reactions.update(
      at: step.step, tightenedTPP: world[parameters.tightenedTPP], loss: world[parameters.loss])
  }
}

extension RegulatorReactions {
  static let metrics: [MetricDeclaration] = [
    MetricDeclaration(
      metric: Metric(
        name: "tightening_episodes_cumulative", unit: "episodes",
        definition: "Episodes of tightening beyond the rules that have begun so far."),
      entity: .world, occasion: .everyMonth,
      value: { world, _, _ in Double(world.economy.reactions.tightenings) }),
    MetricDeclaration(
      metric: Metric(
        name: "retaliation_episodes_cumulative", unit: "episodes",
        definition: "Episodes of retaliation that have begun so far."),
      entity: .world, occasion: .everyMonth,
      value: { world, _, _ in Double(world.economy.reactions.retaliations) }),
  ]
}
