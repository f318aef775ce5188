import Glibc
import Simulation
import Stochastics

/// Phase: labs match what others have shown, for less than it took to be first (docs/ODD.md 7.17).
///
/// Reads `frontier` and `terms`; writes `labs`, `labs.finished` and `modelAccess`. What a lab has is worth the
/// most that its best own work, with what it has learnt since of a model that somebody showed, comes to, and
/// never more than that model:
///
///     ln E = max(ln E_own, max over m of min(ln E_m, ln E_own + integral of c_m dt since m was shown))
///     c_m  = c (u + p openness_m + q outputs_m)
///
/// u is what is left where only the result is known. Outputs teach labs that distil: 1 with the weights,
/// `served_access` where the model is only served. Rules on models close either to the follower: served
/// ones while they are in force, weights if they are when the weights are released, since what is out
/// stays out. Who has no chips learns nothing. Nothing recorded says whose model a lab learnt from. Switched
/// off, models are worth what their own runs made.
struct CatchUp: Mechanism {
  static let id = MechanismID(rawValue: 28)
  static let name = "catch_up"
  static let canBeSwitchedOff = true

  struct Parameters: ParameterHandles {
    let rate = Handle(
      "rate_per_year", "per_year", 0...20,
      "Rate c, beyond own progress, at which matching a closed model that is served gets cheaper.")
    let result = Handle(
      "result_share", "1", 0...1, "Part u of that rate that the result alone gives.")
    let methods = Handle(
      "methods_share", "1", 0...1, "Part p that is added where all methods are published.")
    let outputs = Handle(
      "outputs_share", "1", 0...1,
      "Part q that is added for a lab that distils, where the weights are there.")
    let served = Handle(
      "served_access", "1", 0...1,
      "How far served models can be learnt from: 1 as well as open ones, 0 not at all.")
    let servedClosing = Handle(
      "served_closing_effect", "1", 0...1,
      "Share of what served models teach that stops while a rule closes them to the follower.")
    let weightsClosing = Handle(
      "weights_closing_effect", "1", 0...1,
      "Share of what weights teach that stops where a rule closes them to the follower.")
  }

  private let parameters: Parameters
  private let distils: [Bool]
  private let isOfFollower: [Bool]

  init(_ blueprint: Blueprint) {
    parameters = Self.parameters(blueprint)
    let layout = blueprint.layout
    distils = layout.developers.map(\.developer.distils)
    isOfFollower = layout.homeOfDeveloper.map { $0 == layout.economy.follower }
  }

  func advance(_ world: inout World, _ step: StepContext) {
    let measures = world.economy.terms.measures
    let (served, weights) = (world[parameters.servedClosing], world[parameters.weightsClosing])
    world.economy.modelAccess.leaderServed +=
      (1 - served * measures.leaderModels.served) * yearsPerMonth
    world.economy.modelAccess.othersServed +=
      (1 - served * measures.otherModels.served) * yearsPerMonth
    world.economy.modelAccess.leaderWeights = 1 - weights * measures.leaderModels.weights
    world.economy.modelAccess.othersWeights = 1 - weights * measures.otherModels.weights
    for lab in distils.indices where world.economy.labs[lab].isAtWork {
      learn(lab, &world, step)
    }
  }

  /// What a lab's best work can match by now, the model that it finishes this month with it.
  private func learn(_ lab: Int, _ world: inout World, _ step: StepContext) {
    let own = world.economy.labs[lab].bestOwn
    guard own > -.infinity else { return }
    let first = world.economy.labs[lab].matchedFirst
    let level = world.economy.frontier.shown.level(
      matchedBy: own, from: world.economy.labs[lab].matched, of: lab, at: rates(of: lab, world),
      step.step, under: isOfFollower[lab] ? world.economy.modelAccess : nil, after: first)
    world.economy.labs[lab].matched = level
    world.economy.labs[lab].matchedFirst = world.economy.frontier.shown.firstAbove(
      level, from: first)
    if world.economy.labs[lab].finished != nil {
      world.economy.labs[lab].finished?.logEffective = level
    }
  }

  @inline(__always) private func rates(of lab: Int, _ world: borrowing World) -> CatchUpRates {
    let rate = world[parameters.rate]
    let outputs = distils[lab] ? rate * world[parameters.outputs] : 0
    return CatchUpRates(
      result: rate * world[parameters.result], methods: rate * world[parameters.methods],
      weights: outputs, answers: outputs * world[parameters.served])
  }
}
