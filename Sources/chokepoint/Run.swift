import Studies
import ArgumentParser
import FoundationEssentials
import Batches
import Glibc
import Reporting
import Scenarios
import Storage

/// `chokepoint run FILE…`
struct Run: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Simulate scenarios and write their results.",
    discussion: """
      Results go to notebooks-output/<scenario>/, or to --output: that folder for one file, the \
      parent of <scenario>/ for several. The same file and seed give the same bytes.

      A run that was interrupted or killed resumes when it is run again. With --shard only part is \
      computed, to be merged later by `chokepoint merge`; files may be omitted where `chokepoint plan` \
      has been run.

      --executor slurm submits a job array with one shard per task, and a merge that waits for it. \
      Running the same command again submits only what is missing.
      """)

  @OptionGroup var batch: BatchOptions

  @Option(
    help: ArgumentHelp(
      "Compute one shard: the first of three is 0/3; auto reads it from the scheduler's array variables.",
      valueName: "k/n|auto"))
  var shard: ShardChoice?

  @OptionGroup var executor: ExecutorOptions
  @OptionGroup var keeping: KeepingOptions

  @Flag(help: "Print headline figures, metrics at the end by regime, and costs as JSON.")
  var json = false

  @Flag(help: "Print every table there is after the answer, and the path of every file.")
  var full = false

  func validate() throws {
    if executor.executor == .slurm { return try validateForSlurm() }
    if batch.files.isEmpty, shard == nil {
      throw ValidationError("name at least one scenario file")
    }
    if shard != nil, batch.output == nil {
      throw ValidationError("--shard needs --output: the folder that shards share")
    }
    if full, json || keeping.quiet {
      throw ValidationError("--full: with --\(json ? "json" : "quiet") no table is printed")
    }
    if json, shard != nil { throw ValidationError("--json: a shard has no results to print") }
  }

  mutating func run() async throws {
    if executor.executor == .slurm { return try submit() }
    if let shard { return try await run(shard) }
    let read = try batch.read()
    if json, read.experiments.count > 1 {
      throw ValidationError("--json takes one scenario file, not \(read.experiments.count)")
    }
    if json, read.experiments.contains(where: \.planned.experiment.isSweep) {
      throw ValidationError("--json: choose a point of the sweep with --point")
    }
    // Every file and folder is looked at before the first replicate is computed.
    let runs = try read.experiments.map {
      try PlannedRun($0.planned, of: $0.file, below: read.folder, batch.scenario, keeping)
    }
    var code = read.hasSkipped ? ExitCode.badScenario : .success
    for run in runs {
      let outcome = try await run.outcome(keeping)
      try outcome.tell(quiet: keeping.quiet, json: json, full: full, words: batch.scenario.words)
      code = code.worse(outcome.code)
    }
    try writeIndex(of: runs.map(\.planned), in: read.folder)
    try batch.writePage(of: read, keeping)
    if code != .success { throw code }
  }

  private func run(_ choice: ShardChoice) async throws {
    let folder = BatchFolder(batch.output ?? "")
    let shard = try choice.number(plannedIn: folder)
    let plan: BatchPlan
    var code = ExitCode.success
    if batch.files.isEmpty {
      plan = try tellingFileErrors { () throws(FileError) in try folder.plan() }
      guard plan.shards == shard.count else {
        throw ValidationError(
          "\(folder.path) is planned as \(plan.shards) shards, not \(shard.count)")
      }
    } else {
      let planned = try batch.plan(shards: shard.count, quiet: keeping.quiet)
      (plan, code) = (planned.plan, planned.code)
      let force = keeping.force
      try tellingFileErrors { () throws(FileError) in try folder.lay(plan, force: force) }
    }
    for experiment in plan.experiments {
      try batch.scenario.requireMemory(
        experiment.experiment.footprint(threads: keeping.threads.threads), for: experiment.name,
        quiet: keeping.quiet)
    }
    let work = ShardRun(
      plan, in: folder, shard: shard, threads: keeping.threads.threads,
      checkpoints: keeping.checkpoints)
    let before = try await tellingInterruptions {
      var progress = Progress(total: plan.replicates(in: shard.index))
      let before = try await work.run { if !keeping.quiet { progress.tell(done: $0) } }
      progress.finish()
      return before
    }
    if !keeping.quiet {
      let blocks = plan.blockCount(in: shard.index)
      let path = folder.path(of: shard.index, of: shard.count)
      try printResult(
        "shard \(shard): \(blocks - before) of \(blocks) blocks computed, \(before) already done; \(shown(path))\n"
      )
    }
    if code != .success { throw code }
  }
}

/// Which shard to compute.
enum ShardChoice: ExpressibleByArgument {
  /// The one that the scheduler's array variables name.
  case auto
  /// This one.
  case number(ShardNumber)

  init?(argument: String) {
    if argument == "auto" {
      self = .auto
      return
    }
    let parts = argument.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let index = parts[0], let count = parts[1],
      let number = ShardNumber(index, of: count), BatchPlan.shardRange.contains(count)
    else { return nil }
    self = .number(number)
  }

  /// The shard; that of an array is one of those that were planned, where there is a plan.
  func number(plannedIn folder: BatchFolder) throws -> ShardNumber {
    switch self {
    case .number(let number): return number
    case .auto:
      let planned: Int? =
        folder.hasPlan
        ? try tellingFileErrors { () throws(FileError) in try folder.plan().shards } : nil
      guard
        let number = ShardNumber.ofArrayTask(
          in: ProcessInfo.processInfo.environment, count: planned)
      else {
        throw ValidationError(
          "--shard auto: no array variable of a scheduler (SLURM_ARRAY_TASK_ID and its like) names "
            + "one of the shards; write --shard k/n, from 0/n")
      }
      return number
    }
  }
}
