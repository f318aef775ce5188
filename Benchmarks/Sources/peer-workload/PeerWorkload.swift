import Analysis
import ArgumentParser
import Simulation
import Stochastics

/// `peer-workload`: everything that the peers do, from the first draw to the file.
@main
struct PeerWorkload: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "peer-workload",
    abstract: "Run the small workload of the peers, and write quantiles of all replicates.")

  @Option(help: "How many replicates are run.")
  var replicates = 1000

  @Option(help: "How many of them are computed at the same time.")
  var threads = 2

  @Option(help: "The key of every draw.")
  var seed: UInt64 = 2026

  @Option(help: "The CSV file that is written.")
  var output: String

  func validate() throws {
    guard threads > 0 else { throw ValidationError("--threads takes at least 1, not \(threads)") }
  }

  func run() async throws {
    let design = try Design(.mc, replicates: replicates, seed: seed, parameters: [])
    let ensemble = try await Engine(model: Labs(), design: design)
      .runKeepingAll(threads: threads, keepingDraws: false)
    try await QuantileTable(of: ensemble, threads: threads).write(to: output)
  }
}
