import Studies
import Storage
import Analysis
import ArgumentParser
import FoundationEssentials
import PolicyModel
import Reporting
import Scenarios
import Simulation
import Stochastics

/// `benchmark replicates`: CPU time for each replicate, beside that of its random numbers alone.
struct Replicates: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "CPU time for each replicate of a scenario, held to that of its draws alone.",
    discussion: "A replicate is one draw under all regimes. Ratios are taken round by round.")

  @Argument(help: "A scenario file; it is run with the design mc, whatever it says.")
  var file = "scenarios/deepseek-r1.yaml"

  @Option(help: "Replicates, instead of what the file says.")
  var replicates: Int?

  @Flag(help: "Run the engine alone, once a round, and measure nothing: for a profiler to watch.")
  var engineOnly = false

  @OptionGroup var options: MeasurementOptions

  func run() async throws {
    // The draws of the other designs are not known here.
    var overrides = Overrides()
    overrides.settings = [("run.design", "mc")]
    if let replicates { overrides.settings.append(("run.replicates", "\(replicates)")) }
    let scenario = try Scenario(contentsOf: file, overrides: overrides)
    if engineOnly { return try await runEngine(of: scenario) }
    try await requireSameDraws(scenario)
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "chokepoint-benchmark-\(UUID().uuidString)")
    let measurements = try await measure(
      Self.cases(scenario, folder: folder.path()), rounds: options.rounds)
    try FileManager.default.removeItem(at: folder)
    let report = ReplicatesReport(scenario, measurements)
    print(options.json ? report.json : report.text, terminator: "")
  }

  private func runEngine(of scenario: Scenario) async throws {
    let engine = Engine(model: scenario.model, design: scenario.design)
    for _ in 0..<options.rounds { try await engine.run(threads: 1) { _ in } }
  }

  /// The engine and the program that draws alone must have drawn the same, to the bit.
  private func requireSameDraws(_ scenario: Scenario) async throws {
    var sum = 0.0
    try await Engine(model: scenario.model, design: scenario.design).run(threads: 1) { slice in
      for draw in slice.draws { sum = draw.values.reduce(sum, +) }
    }
    let alone = Self.drawsAlone(scenario).sum()
    guard alone == sum else {
      throw ValidationError("the draws alone add up to \(alone), those of the engine to \(sum)")
    }
  }

  private static func drawsAlone(_ scenario: Scenario) -> DrawsAlone {
    DrawsAlone(
      of: scenario.model.parameterSpace, seed: scenario.run.seed,
      replicates: scenario.run.replicates)
  }

  /// From the random numbers alone to everything that `chokepoint run` does.
  private static func cases(_ scenario: Scenario, folder: String) -> [Case] {
    let draws = drawsAlone(scenario)
    let shocks = ShocksAlone(of: scenario.model, seed: scenario.run.seed)
    let replicates = UInt32(scenario.run.replicates)
    let engine = Engine(model: scenario.model, design: scenario.design)
    return [
      Case(name: "draws alone") {
        (0..<replicates).reduce(draws.sum()) { $0 + shocks.sum(replicate: $1) }
      },
      Case(name: "engine") {
        var sum = 0.0
        try await engine.run(threads: 1) { sum += $0.draws[0].values[0] }
        return sum
      },
      Case(name: "engine, summaries") {
        Double(try await RunResult(running: scenario, threads: 1).statistics.summaries.count)
      },
      Case(name: "engine, summaries, files") {
        try await write(RunResult(running: scenario, threads: 1), threads: 1, to: folder)
      },
      Case(name: "the same on 2 threads") {
        try await write(RunResult(running: scenario, threads: 2), threads: 2, to: folder)
      },
    ]
  }

  private static func write(
    _ result: RunResult, threads: Int, to folder: String
  ) async throws -> Double {
    let circumstances = RunCircumstances(threads: threads, started: "", seconds: 0)
    let target = ResultFolder(folder)
    let input = RunInput(result.scenario)
    try target.claim(inputHash: input.hash, force: true)
    return Double(try await result.write(input, to: target, circumstances).count)
  }
}
