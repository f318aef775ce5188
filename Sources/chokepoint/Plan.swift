import Studies
import ArgumentParser
import Batches
import Reporting
import Storage

/// `chokepoint plan FILE… --shards N --output DIR`
struct Plan: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Divide scenarios into shards to be computed separately.",
    discussion: """
      Writes the plan to DIR/shards/ and computes nothing. Then, on any machines that share DIR: \
      `chokepoint run --shard 0/N --output DIR`, 1/N and so on; `chokepoint status DIR` shows what is \
      missing, and `chokepoint merge DIR` writes the results: the same bytes as a single run.
      """)

  @OptionGroup var batch: BatchOptions

  @Option(help: "Number of shards.", transform: wholeNumber(upTo: .max))
  var shards: Int

  @Flag(
    help: """
      Discard the shards of another plan; allow a folder that holds results of another input, which \
      `merge --force` overwrites.
      """)
  var force = false

  func validate() throws {
    if batch.files.isEmpty { throw ValidationError("name at least one scenario file") }
    if batch.output == nil { throw ValidationError("give --output: the folder that shards share") }
    guard (1...ShardNumber.most).contains(shards) else {
      throw ValidationError("--shards takes 1 to \(ShardNumber.most), not \(shards)")
    }
  }

  func run() throws {
    let plan = try batch.plan(shards: shards, quiet: false)
    // Nothing is refused: shards may run on other machines.
    for experiment in plan.plan.experiments {
      let footprint = experiment.experiment.footprint(threads: 1)
      if footprint.isLarge { printError("\(experiment.name) \(footprint.words)") }
    }
    try tellingFileErrors { () throws(FileError) in try plan.folder.lay(plan.plan, force: force) }
    try printResult(plan.plan.text(in: plan.folder))
    if plan.code != .success { throw plan.code }
  }
}

extension BatchOptions {
  /// The plan of these files, and what the program ends with if all goes well: files may have been
  /// skipped.
  func plan(
    shards: Int, quiet: Bool
  ) throws -> (plan: BatchPlan, folder: BatchFolder, code: ExitCode) {
    let read = try read()
    if !quiet {
      try scenario.tellNotes(of: read.experiments.flatMap(\.planned.experiment.points))
    }
    return (
      BatchPlan(read.experiments.map(\.planned), shards: shards), BatchFolder(read.folder),
      read.hasSkipped ? .badScenario : .success
    )
  }
}
