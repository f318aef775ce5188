import Storage

/// What a user has a say in when a batch goes to Slurm.
public struct SlurmChoices: Sendable {
  /// Options of sbatch for both jobs, as one writes them on a command line.
  public let options: String
  /// Further ones for the merge alone.
  public let mergeOptions: String
  /// Cores of each task; nil for what the options or the cluster say.
  public let threads: Int?
  /// How many tasks may be at work at the same time; nil for as many as the cluster lets.
  public let tasksAtOnce: Int?
  /// Further words for the program in each task.
  public let shardWords: [String]

  /// States them.
  public init(
    options: String = "", mergeOptions: String = "", threads: Int? = nil, tasksAtOnce: Int? = nil,
    shardWords: [String] = []
  ) {
    self.options = options
    self.mergeOptions = mergeOptions
    self.threads = threads
    self.tasksAtOnce = tasksAtOnce
    self.shardWords = shardWords
  }
}

/// The two jobs of a batch, the array and its merge: what stands in their scripts, and how Slurm is given
/// them. A value: nothing is written or submitted here.
struct SlurmJobs: Sendable {
  /// The folder of the batch, from the root.
  let folder: BatchFolder
  /// The program, from the root.
  let program: String
  let choices: SlurmChoices
  /// Whether the merge may overwrite results of another input.
  let force: Bool

  /// Fails where Slurm could not be told: of names that its files of options cannot have.
  init(in folder: BatchFolder, program: String, _ choices: SlurmChoices, force: Bool)
    throws(SlurmError)
  {
    guard !folder.path.contains(where: { "\"\\%\n".contains($0) }) else {
      throw SlurmError(
        "cannot use \(folder.path): a folder for Slurm has no \", \\, % or line break in its path")
    }
    for options in [choices.options, choices.mergeOptions]
    where options.contains(where: \.isNewline) {
      throw SlurmError("options for Slurm stand on one line, not: \(options)")
    }
    self.folder = folder
    self.program = program
    self.choices = choices
    self.force = force
  }

  /// What the array is called: the same for a folder each time, so that squeue can be asked for it.
  var name: String { Self.name(in: folder) }
  /// What its merge is called.
  var mergeName: String { "\(name)-merge" }

  private static func name(in folder: BatchFolder) -> String {
    "chokepoint-\(SHA256.hex(Array(folder.path.utf8)).prefix(12))"
  }

  /// The names of both jobs of a folder.
  static func names(in folder: BatchFolder) -> [String] {
    [name(in: folder), "\(name(in: folder))-merge"]
  }

  /// Where the scripts are.
  var arrayPath: String { "\(folder.shardsPath)/array.sh" }
  /// Where the script of the merge is.
  var mergePath: String { "\(folder.shardsPath)/merge.sh" }

  /// Submits shards.
  func submission(of shards: TaskNumbers) -> SlurmCommand {
    let limit = choices.tasksAtOnce.map { "%\($0)" } ?? ""
    return SlurmCommand(
      "sbatch", ["--parsable", "--job-name=\(name)", "--array=\(shards)\(limit)", arrayPath])
  }

  /// Submits the merge.
  ///
  /// - Parameters:
  ///   - new: an array that must come to a good end before; when it does not, the merge is taken out.
  ///   - old: arrays of which there is something left to wait for. What they come to is not asked: a shard
  ///     of theirs may have failed and be in the new one. The merge looks at every shard by itself.
  func mergeSubmission(after new: Int?, and old: [Int]) -> SlurmCommand {
    let conditions =
      (new.map { ["afterok:\($0)"] } ?? [])
      + (old.isEmpty ? [] : ["afterany:\(old.map(String.init).joined(separator: ":"))"])
    let dependency =
      conditions.isEmpty
      ? []
      : ["--dependency=\(conditions.joined(separator: ","))", "--kill-on-invalid-dep=yes"]
    return SlurmCommand(
      "sbatch", ["--parsable", "--job-name=\(mergeName)"] + dependency + [mergePath])
  }
}

extension SlurmCommand {
  /// Asks which jobs of some names are queued or at work, a line for each task.
  static func queue(ofJobsNamed names: [String]) -> SlurmCommand {
    SlurmCommand(
      "squeue",
      [
        "--noheader", "--array", "--format=%F|%K|%j|%T|%r",
        "--name=\(names.joined(separator: ","))",
      ])
  }

  /// Asks what jobs came to.
  static func accounts(of jobs: [Int]) -> SlurmCommand {
    SlurmCommand(
      "sacct",
      [
        "--noheader", "--parsable2", "--allocations", "--format=JobID,JobName,State,ExitCode",
        "--jobs=\(jobs.map(String.init).joined(separator: ","))",
      ])
  }

  /// Takes jobs out of the queue.
  static func cancel(_ jobs: [Int]) -> SlurmCommand {
    SlurmCommand("scancel", jobs.map(String.init))
  }
}
