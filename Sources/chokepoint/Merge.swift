import ArgumentParser
import Batches
import Reporting
import Storage

/// `chokepoint merge DIR`
struct Merge: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write the results of a batch from its shards.",
    discussion: """
      First checks that no shard is missing, damaged, or from another version or plan. Shards are kept; \
      once the results are written, DIR/shards may be removed.
      """)

  @Argument(help: "The folder that the shards share.", completion: .directory)
  var folder: String

  @Flag(
    help: "Allow shards from different builds or processor classes: last digits may differ.")
  var mixed = false

  @OptionGroup var keeping: KeepingOptions

  mutating func run() async throws {
    let folder = BatchFolder(folder)
    let (threads, force, mixed) = (keeping.threads.threads, keeping.force, mixed)
    let (plan, merge, folders) = try tellingFileErrors { () throws(FileError) in
      let plan = try folder.plan()
      let merge = BatchMerge(plan, in: folder, threads: threads)
      try merge.check(allowingOtherMachines: mixed)
      return (plan, merge, try merge.claim(force: force))
    }
    var code = ExitCode.success
    for (place, experiment) in plan.experiments.enumerated() {
      let outcome = try await computing(
        experiment, of: merge.scenarioFile(of: place), into: folders[place],
        threads: threads, hasPage: !keeping.noReport
      ) { try await merge.results(of: place, receive: $0) }
      try outcome.tell(quiet: keeping.quiet, json: false, full: false, words: [])
      code = code.worse(outcome.code)
    }
    try writeIndex(of: plan.experiments, in: folder.path)
    if code != .success { throw code }
  }
}
