import ArgumentParser
import Batches
import Reporting
import Storage

/// Who computes.
enum Executor: String, ExpressibleByArgument, CaseIterable {
  /// This process.
  case local
  /// Jobs of a cluster.
  case slurm
}

/// How a batch goes to a cluster.
struct ExecutorOptions: ParsableArguments {
  @Option(
    help: "Where to compute: local, or slurm, which submits a job array and its merge, then exits.")
  var executor = Executor.local

  @Option(
    help: "With --executor slurm: number of shards; by default that of the plan in --output.",
    transform: wholeNumber(upTo: .max))
  var shards: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "With --executor slurm: sbatch options, such as \"--partition=x --time=1:00:00\".",
      valueName: "options"))
  var slurmOptions: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "With --executor slurm: further sbatch options, for the merge only.", valueName: "options")
  )
  var slurmMergeOptions: String?

  @Option(
    help: "With --executor slurm: the most shards to compute at once.",
    transform: wholeNumber(upTo: .max))
  var atOnce: Int?

  func validate() throws {
    if let shards, !(1...ShardNumber.most).contains(shards) {
      throw ValidationError("--shards takes 1 to \(ShardNumber.most), not \(shards)")
    }
    if let atOnce, atOnce < 1 { throw ValidationError("--at-once takes 1 or more, not \(atOnce)") }
    let isForCluster =
      shards != nil || slurmOptions != nil || slurmMergeOptions != nil || atOnce != nil
    if executor == .local, isForCluster {
      throw ValidationError(
        "--shards, --slurm-options, --slurm-merge-options and --at-once need --executor slurm")
    }
  }
}

extension Run {
  /// Refuses what makes no sense on a cluster.
  func validateForSlurm() throws {
    if batch.output == nil {
      throw ValidationError("--executor slurm needs --output: a folder that all nodes share")
    }
    if shard != nil {
      throw ValidationError(
        "use either --shard, which computes one shard here, or --executor slurm, which submits all")
    }
    if json {
      throw ValidationError(
        "--json: --executor slurm only submits, so there are no results to print")
    }
    if !batch.files.isEmpty, executor.shards == nil {
      throw ValidationError("--executor slurm needs --shards: the number of array tasks")
    }
  }

  /// Submits the batch, or what is missing of it.
  func submit() throws {
    let (plan, folder, code) = try planned()
    let choices = SlurmChoices(
      options: executor.slurmOptions ?? "", mergeOptions: executor.slurmMergeOptions ?? "",
      threads: keeping.threads.asked, tasksAtOnce: executor.atOnce,
      shardWords: keeping.words)
    let report: String
    do {
      report = try SlurmBatch(plan, in: folder, choices).submit(force: keeping.force)
    } catch let error as SlurmError {
      printError("chokepoint: \(error.description)")
      throw ExitCode.noScheduler
    } catch let error as FileError {
      printError("chokepoint: \(error.description)")
      throw ExitCode.cannotWrite
    }
    if !keeping.quiet { try printResult(report) }
    if code != .success { throw code }
  }

  private func planned() throws -> (BatchPlan, BatchFolder, ExitCode) {
    if let shards = executor.shards, !batch.files.isEmpty {
      return try batch.plan(shards: shards, quiet: keeping.quiet)
    }
    let folder = BatchFolder(batch.output ?? "")
    let plan = try tellingFileErrors { () throws(FileError) in try folder.plan() }
    if let shards = executor.shards, shards != plan.shards {
      throw ValidationError("\(folder.path) is planned as \(plan.shards) shards, not \(shards)")
    }
    return (plan, folder, .success)
  }
}
