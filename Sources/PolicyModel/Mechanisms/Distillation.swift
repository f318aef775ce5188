import Simulation
import Stochastics

/// Phase: labs that distil close part of the gap to the best model that they can reach
/// (docs/ODD.md 7.17).
///
/// Reads `frontier`; writes `labs.finished` of labs that distil. At release a share d of the gap in
/// ln E is closed: to the best open model, or to the best served one as far as access goes. Nothing
/// recorded says whose model a lab learnt from. Switched off, models are what their own runs made.
struct Distillation: Mechanism {
  static let id = MechanismID(rawValue: 22)
  static let name = "distillation"
  static let canBeSwitchedOff = true

  struct Parameters: ParameterHandles {
    let gapShare = Handle(
      "gap_share", "1", 0...1,
      "Share d of the gap in log effective compute that a distilling lab closes.")
    let access = Handle(
      "served_access", "1", 0...1,
      "How far served models can be learnt from: 1 as well as open ones, 0 not at all.")
  }

  private let parameters: Parameters
  private let distils: [Bool]

  init(_ blueprint: Blueprint) {
    parameters = Self.parameters(blueprint)
    distils = blueprint.layout.developers.map(\.developer.distils)
  }

  func advance(_ world: inout World, _ step: StepContext) {
    for lab in distils.indices where distils[lab] {
      guard let model = world.economy.labs[lab].finished else { continue }
      let open = max(0, world.economy.frontier.bestOpen - model.logEffective)
      let served =
        max(0, world.economy.frontier.bestServed - model.logEffective) * world[parameters.access]
      let closed = world[parameters.gapShare] * max(open, served)
      world.economy.labs[lab].finished?.logEffective += closed
    }
  }
}
