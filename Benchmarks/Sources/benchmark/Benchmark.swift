import ArgumentParser

/// `benchmark`: what a replicate costs, held to what its random numbers cost.
///
/// It measures and judges nothing: times differ between machines, ratios much less.
@main
struct Benchmark: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "benchmark",
    abstract: "Measure what replicates and random numbers cost.",
    subcommands: [Replicates.self, Samplers.self, Pairing.self, Phases.self],
    defaultSubcommand: Replicates.self)
}

/// What both measurements can be told.
struct MeasurementOptions: ParsableArguments {
  @Option(help: "How many times everything is measured, in turn.")
  var rounds = 7

  @Flag(help: "Print JSON, with every single measurement.")
  var json = false

  func validate() throws {
    guard rounds > 0 else { throw ValidationError("--rounds takes at least 1, not \(rounds)") }
    #if DEBUG
      throw ValidationError("a debug build measures nothing: build with -c release")
    #endif
  }
}
