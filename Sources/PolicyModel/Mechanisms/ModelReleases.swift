import Glibc
import Quantities
import Simulation
import Stochastics

/// Phase: finished models are released; what each side can do, and how far it is behind
/// (docs/ODD.md 7.18).
///
/// Reads what runs have finished and `modelAccess`; writes `labs` and `frontier`. Capability is K = log10 E
/// (the effective FLOP, at the algorithms of the first month, that a model is worth), or, on request, a saturating curve of
/// loss, loss = L0 + a E^(-alpha), scaled so that it has the slope of the first at GPT-4. The
/// backward lag of a jurisdiction is the number of months since the other side (the leader, for the
/// leader the follower) first had what it has now; before the first month the reference models
/// stand for both. Switched off, nothing is released.
struct ModelReleases: Mechanism {
  static let id = MechanismID(rawValue: 23)
  static let name = "model_releases"
  static let canBeSwitchedOff = true

  struct Parameters: ParameterHandles {
    let saturation = Handle(
      "saturation", "1", 0...1, "0 for a log-linear capability, 1 for a saturating one.")
    let floor = Handle("irreducible_loss", "1", 0.001...100, "L0 of the saturating curve.")
    let scale = Handle("loss_scale", "1", 1e-9...1e12, "a of the saturating curve.")
    let exponent = Handle("loss_exponent", "1", 0.001...1, "alpha of the saturating curve.")
    let gpt4 = Handle(
      "gpt4_effective_flop", "flop", 1...1e40, "Effective FLOP of GPT-4 of March 2023.")
    let v3 = Handle("v3_effective_flop", "flop", 1...1e40, "Effective FLOP of V3 of December 2024.")
  }

  private let parameters: Parameters
  private let layout: EconomyLayout
  private let names: [String]

  init(_ blueprint: Blueprint) {
    parameters = Self.parameters(blueprint)
    layout = blueprint.layout
    names = layout.developers.map { blueprint.world.labs[$0.lab].id }
  }

  func advance(_ world: inout World, _ step: StepContext) {
    if step.step == 0 {
      world.economy.frontier.curve = CapabilityCurve(
        share: world[parameters.saturation], floor: world[parameters.floor],
        scale: world[parameters.scale],
        exponent: world[parameters.exponent], logReference: log(world[parameters.gpt4]))
      world.economy.frontier.gpt4 = world[parameters.gpt4]
      world.economy.frontier.v3 = world[parameters.v3]
      world.economy.frontier.showPast(layout.economy)
    }
    world.economy.frontier.open(step.step)
    for lab in names.indices {
      guard let model = world.economy.labs[lab].finished else { continue }
      release(model, by: lab, &world, step)
    }
    for lab in names.indices { improve(lab, &world, step) }
    world.economy.frontier.measureLags(at: step.step)
  }

  /// What a lab has come to match goes into its best model, whenever it was released.
  private func improve(_ lab: Int, _ world: inout World, _ step: StepContext) {
    let matched = world.economy.labs[lab].matched
    guard let best = world.economy.labs[lab].best, matched > best.logEffective else { return }
    world.economy.labs[lab].best?.logEffective = matched
    world.economy.frontier.raise(layout.homeOfDeveloper[lab], to: matched, at: step.step)
  }

  private func release(
    _ model: FinishedModel, by lab: Int, _ world: inout World, _ step: StepContext
  ) {
    world.economy.labs[lab].releases += 1
    if world.economy.labs[lab].firstRelease == nil {
      world.economy.labs[lab].firstRelease = step.step
    }
    world.economy.labs[lab].lastRelease = step.step
    world.economy.labs[lab].largestFlop = max(world.economy.labs[lab].largestFlop, model.flop)
    world.economy.labs[lab].largestPretraining = max(
      world.economy.labs[lab].largestPretraining, model.pretraining)
    if model.logEffective > world.economy.labs[lab].best?.logEffective ?? -.infinity {
      world.economy.labs[lab].best = model
    }
    world.economy.frontier.add(model, of: layout.homeOfDeveloper[lab], at: step.step)
    world.economy.frontier.show(
      ShownModel(model, by: lab, in: layout, at: step.step, under: world.economy.modelAccess))
    let digits = (model.logEffective / log(10) * 10).rounded() / 10
    world.story?.tell(
      world.month, .modelReleased, of: names[lab], "effective FLOP of about 10^\(digits)")
  }
}
