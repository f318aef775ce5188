@testable import PolicyModel
import Quantities
@testable import Scenarios
@testable import Simulation
import Stochastics

/// One scenario whose every parameter a test can set by hand, one run at a time.
///
/// All parameters are made uncertain, so that a draw holds them all; what a regime sets becomes the
/// value that the bench begins with.
struct EconomyBench {
  let engine: Engine<PolicyModel>
  let parameters: [Parameter]
  /// By parameter, in table order: what it is unless a test changes it.
  let values: [Double]
  private let places: [String: Int]

  /// Takes one regime of a scenario.
  ///
  /// - Parameters:
  ///   - altered: what is played instead of that regime, with its parameters.
  ///   - draw: the replicate of the scenario whose parameter draw it begins with; nil for the values
  ///     that are published, else the medians.
  ///   - priced: chips that get a price of their own, so that it can be perturbed.
  init(
    _ scenario: Scenario, regime: Int = 0, altered: Regime? = nil, draw: Int? = nil,
    priced: [String] = []
  ) throws {
    let blueprint = scenario.blueprint
    let table = blueprint.parameters
    let extra = try Self.prices(of: priced, in: blueprint).filter {
      !table.contains($0.declaration.name)
    }
    parameters = table.parameters + extra
    values =
      Self.values(under: scenario, regime: regime, draw: draw) + extra.map(\.pointValue)
    let law = try Distribution.uniform(0, 1)
    let open = ParameterTable(
      parameters: parameters.map {
        Parameter(
          declaration: $0.declaration, law: law, published: nil, source: nil, confidence: nil)
      }, overrides: [[:]])
    let model = PolicyModel(
      Blueprint(
        world: blueprint.world, regimes: [altered ?? blueprint.regimes[regime]],
        parameters: open,
        start: blueprint.start, monthCount: blueprint.monthCount,
        switchedOff: blueprint.switchedOff, thresholds: blueprint.thresholds),
      metrics: nil)
    let names = model.parameterSpace.uncertainties.map(\.name)
    engine = Engine(
      model: model,
      design: try Design(.mc, replicates: 64, seed: scenario.run.seed, parameters: names))
    places = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
  }

  private static func values(
    under scenario: Scenario, regime: Int, draw: Int?
  ) -> [Double] {
    let table = scenario.blueprint.parameters
    guard let draw else {
      let overrides = table.overrides[regime]
      return table.parameters.indices.map { place in
        overrides[ParameterIndex(position: place)]?.pointValue ?? table.parameters[place].pointValue
      }
    }
    // Without the model, which would work out the rules of all regimes.
    let space = ParameterSpace(uncertainties: table.uncertainties, copula: scenario.copula)
    return table.program(forRegime: regime).values(
      under: space.draw(from: scenario.design.uniforms(replicate: draw)))
  }

  /// The price parameters of chips, at what they cost in the middle of the scenario.
  private static func prices(
    of ids: [String], in blueprint: Blueprint
  ) throws -> [Parameter] {
    let middle = blueprint.start + (blueprint.monthCount / 2)
    return try ids.flatMap { id in
      let chip = blueprint.world.chips.first { $0.id == id }
      let prices = chip.map { ChipPrices(of: $0, in: middle) }
      let purchase = prices?.purchase?.value ?? 10_000
      return try [
        (ChipPrices.purchaseParameter(ofChip: id), purchase),
        (ChipPrices.rentParameter(ofChip: id), prices?.rent?.value ?? purchase / 15_000),
      ].map { declaration, value in
        Parameter(
          declaration: declaration, law: try .constant(value), published: nil, source: nil,
          confidence: nil)
      }
    }
  }

  /// What one run recorded, to the bit, and why it failed, if it did.
  func run(
    _ changes: [String: Double] = [:], replicate: Int = 0
  ) -> (values: [UInt64], failure: ReplicateFailure?) {
    let (recorded, failure) = numbers(changes, replicate: replicate)
    return (recorded.map(\.bitPattern), failure)
  }

  /// The same as numbers; NaN where there was nothing to record.
  func numbers(
    _ changes: [String: Double] = [:], replicate: Int = 0
  ) -> (values: [Double], failure: ReplicateFailure?) {
    let run = Replicate(replicate, of: engine.design, regime: 0)
    var recorder = Recorder(capacity: engine.layout.cellCount)
    _ = engine.run(run, under: draw(changes), into: &recorder) { _, _ in }
    return (recorder.recordedByRun, engine.failure(of: run, in: recorder))
  }

  /// The values of all parameters, as what could have been drawn.
  func draw(_ changes: [String: Double] = [:]) -> ParameterDraw {
    var drawn = Array(repeating: 0.5, count: places.count)
    for (place, parameter) in parameters.enumerated() {
      let name = parameter.declaration.name
      guard let at = places[name] else { continue }
      drawn[at] = changes[name] ?? values[place]
    }
    return ParameterDraw(uniforms: Array(repeating: 0.5, count: drawn.count), values: drawn)
  }

  /// Every uncertain parameter at a probability of its law, those of one mechanism or of all.
  func quantiles(
    _ probability: Double, of scenario: Scenario, mechanism: String?
  ) -> [String: Double] {
    var changes: [String: Double] = [:]
    for parameter in scenario.blueprint.parameters.parameters where !parameter.law.isDegenerate {
      let name = parameter.declaration.name
      guard mechanism.map({ name.hasPrefix("\($0).") }) ?? true else { continue }
      changes[name] = parameter.law.quantile(probability)
    }
    return changes
  }
}
