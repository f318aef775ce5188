import ArgumentParser
import Batches
import Storage

/// How a study that takes long is kept and written.
struct StudyKeepingOptions: ParsableArguments {
  @OptionGroup var threads: ThreadOptions

  @Option(help: "Write the results to this folder.", completion: .directory)
  var output: String?

  @Option(
    help: ArgumentHelp(
      "Compute one shard: the first of three is 0/3; auto reads it from the scheduler's array variables.",
      valueName: "k/n|auto"))
  var shard: ShardChoice?

  @Option(help: ArgumentHelp("Seconds between checkpoints.", visibility: .hidden))
  var checkpoint: Double?

  @Flag(help: "Overwrite the results, or discard the shards, of a different input.")
  var force = false

  @Flag(help: "Print only errors.")
  var quiet = false

  func validate() throws {
    try requireOutput(output)
    guard (0...1e9).contains(checkpoint ?? 0) else {
      throw ValidationError("--checkpoint takes 0 to 1000000000 seconds")
    }
    if shard != nil, output == nil {
      throw ValidationError("--shard needs --output: the folder that shards share")
    }
  }

  /// The folder of the results, looked at before anything is computed, and what keeps points in it; nil without
  /// one.
  func points(ofInput hash: String) throws -> (folder: ResultFolder, evaluator: KeptPoints)? {
    guard let output else { return nil }
    let number = try shard?.number(plannedIn: BatchFolder(output))
    return try tellingFileErrors { () throws(FileError) in
      let folder = try ResultFolder(output).claim(inputHash: hash, force: force)
      let evaluator = KeptPoints(
        in: folder, inputHash: hash, shard: number, threads: threads.threads,
        checkpoints: checkpoint.map { Checkpoints(seconds: $0) } ?? Checkpoints())
      if force { evaluator.discardOthers() }
      return (folder, evaluator)
    }
  }
}
