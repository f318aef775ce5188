@testable import PolicyModel
import Simulation

/// What the tests of this target look at: the program's own model and rules, but where a mutant is tried.
///
/// `PolicyModelTests` and `ScenariosTests` are built with a copy each (a link), since what only tests may see of
/// the model no target between them can.
enum UnderTest {
  /// What is changed in every model.
  @TaskLocal static var change: @Sendable (inout PolicyModel) -> Void = { _ in }
  /// What is made of every list of rules.
  @TaskLocal static var reading: @Sendable ([Rule]) -> [Rule] = { $0 }

  /// A model with what is changed in it.
  static func model(_ original: PolicyModel) -> PolicyModel {
    var model = original
    change(&model)
    return model
  }
}

extension PolicyModel {
  /// What becomes of a phase.
  typealias Variant = @Sendable (Phase<World>, inout World, StepContext) -> Void

  /// Puts a variant in the place of a mechanism. Conservation is taken out, since it would stop the process
  /// before any check could tell.
  mutating func replace(_ mechanism: any Mechanism.Type, by variant: @escaping Variant) {
    precondition(phases.contains { $0.name == mechanism.name }, "no \(mechanism.name) to replace")
    phases = phases.filter { $0.name != Conservation.name }.map { phase in
      guard phase.name == mechanism.name else { return phase }
      return Phase(phase.name) { world, step in variant(phase, &world, step) }
    }
  }

  /// Gives the last regime the rules of the first, and so on.
  mutating func reverseRules() {
    let last = regimes.count - 1
    replace(RulesInForce.self) { phase, world, step in
      let regime = world.regime
      world.regime = last - regime
      phase.advance(&world, step)
      world.regime = regime
    }
  }

  /// Lets a mechanism take a parameter for something else.
  mutating func misread(
    _ parameter: String, in mechanism: any Mechanism.Type,
    as other: @escaping @Sendable (Double) -> Double
  ) {
    let place = blueprint.parameters.index(of: parameter).position
    replace(mechanism) { phase, world, step in
      let right = world.parameters
      var wrong = right
      wrong[place] = other(right[place])
      var variant = world.snapshot(under: wrong)
      phase.advance(&variant, step)
      world = variant.snapshot(under: right)
    }
  }
}
