import Simulation
import Stochastics
import Testing

@testable import Analysis

/// Elementary effects of functions that the engine runs.
@Suite struct ElementaryEffectsTests {
  private static func effects(
    of function: TestFunction, trajectories: Int = 32, seed: UInt64 = 1, level: Double = 0.9
  ) async throws -> [ElementaryEffects.Effect?] {
    let morris = try MorrisDesign(
      trajectories: trajectories, seed: seed, parameters: function.names)
    let values = try await function.values(
      at: Design(
        points: morris.points, meeting: morris.realisations, seed: seed,
        parameters: function.names))
    return ElementaryEffects(of: values, at: morris, seed: seed, level: level).effects
  }

  @Test("Effects of a sum are its slopes, whatever happens by chance")
  func sum() async throws {
    // A thousand times as much happens by chance as the least number does.
    let function = try TestFunction(of: 3, on: 0...2) { x, chance in
      3 * x[0] - x[1] + 0.01 * x[2] + 10 * chance
    }
    let effects = try await Self.effects(of: function)
    for (effect, slope) in zip(effects, [6, -2, 0.02]) {
      let effect = try #require(effect)
      #expect(abs(effect.mean - slope) < 1e-9 && effect.deviation < 1e-9)
      #expect(abs(effect.size.value - abs(slope)) < 1e-9 && effect.count == 32)
    }
  }

  @Test("A number that turns around, or works through another, has no mean but a size")
  func interaction() async throws {
    let function = try TestFunction(of: 2, on: -1...1) { x, _ in x[0] * x[1] }
    // A number moves by 1, so that an effect is twice the other: of four sizes, 1/8 to 7/8 of 2, either way.
    let effects = try await Self.effects(of: function, trajectories: 512, level: 0.999)
    for effect in effects {
      let effect = try #require(effect)
      #expect(abs(effect.mean) < 0.2 && abs(effect.size.value - 1) < 0.1)
      // The mean square of 1/4, 3/4, 5/4 and 7/4 is 1.3125.
      #expect(abs(effect.deviation * effect.deviation - 1.3125) < 0.2)
      #expect(effect.size.interval.contains(1))
    }
  }

  @Test("The numbers of Sobol's g-function come in the order of their weights")
  func ranking() async throws {
    let effects = try await Self.effects(of: KnownFunction.g(), trajectories: 64)
    let sizes = try effects.map { try #require($0).size.value }
    #expect(sizes[0] > sizes[1] && sizes[1] > sizes[2] && sizes[2] > sizes[3])
    #expect(sizes[4...].allSatisfy { $0 < sizes[3] / 4 })
  }

  @Test("A missing value leaves out the effects that need it, and no others")
  func missing() async throws {
    let morris = try MorrisDesign(trajectories: 4, seed: 1, parameters: ["a", "b"])
    var values = morris.points.map { 2 * $0[0] + $0[1] }
    values[1] = .nan
    let effects = ElementaryEffects(of: values, at: morris, seed: 1).effects
    #expect(effects.map { $0?.count } == [3, 3] && effects[0]?.mean == 2)
    values = values.indices.map { $0 < 9 ? .nan : values[$0] }
    #expect(ElementaryEffects(of: values, at: morris, seed: 1).effects.allSatisfy { $0 == nil })
  }
}
