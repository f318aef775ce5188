import ArgumentParser
import PolicyModel
import Scenarios
import Simulation

/// `benchmark phases`: where a month's time goes, mechanism by mechanism.
struct Phases: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "How long each mechanism of a month takes.",
    discussion: """
      Elapsed time on one thread, with some 50 ns in each call for reading the clock. Months that regimes \
      have in common are computed, and counted, once. The share is of the whole run of the engine, whose \
      rest is what begins and records.
      """)

  @Argument(help: "A scenario file.")
  var file = "scenarios/diffusion-caps.yaml"

  @Option(help: "Replicates.")
  var replicates = 200

  func run() async throws {
    var overrides = Overrides()
    overrides.settings = [("run.design", "mc"), ("run.replicates", "\(replicates)")]
    let scenario = try Scenario(contentsOf: file, overrides: overrides)
    let phases = scenario.model.phases.map(\.name)
    let clock = PhaseClock(phases: phases.count)
    let engine = Engine(model: clock.watch(scenario.model), design: scenario.design)
    let begun = PhaseClock.nanoseconds()
    try await engine.run(threads: 1) { _ in }
    let all = Double(PhaseClock.nanoseconds() - begun)
    var table = ReportTable(["mechanism", "calls", "ns a call", "share of the engine, %"])
    for (phase, reading) in zip(phases, clock.all) {
      let spent = Double(reading.nanoseconds)
      table.append([
        phase, "\(reading.calls)", (spent / Double(max(1, reading.calls))).rounded(to: 0),
        (100 * spent / all).rounded(to: 1),
      ])
    }
    print(table.text)
  }
}
