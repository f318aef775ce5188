import Documents
import FoundationEssentials
import Scenarios
public import Storage
import Studies

/// The folder that the shards of a batch share: `shards/` beside the results.
///
/// It holds the plan (`plan.json`), the effective scenarios (`scenario-0.yaml` and so on), a file for each
/// shard, and what a scheduler was given (`jobs`, scripts, `logs/`). The plan is written once, by whoever
/// comes first, and never changes: who has another one is refused.
public struct BatchFolder: Sendable {
  /// Where the batch is.
  public let path: String

  /// The batch at a path.
  public init(_ path: String) { self.path = path }

  /// Where everything is but the results.
  var shardsPath: String { "\(path)/shards" }
  private var planPath: String { Self.plan(in: shardsPath) }
  private static func plan(in shards: String) -> String { "\(shards)/plan.json" }

  /// Whether a folder is one that shards share.
  static func isOfShards(_ path: String) -> Bool { FileSystem.exists(plan(in: path)) }

  /// What jobs of a scheduler print.
  var logsPath: String { "\(shardsPath)/logs" }
  /// The jobs that a scheduler was given.
  var jobsPath: String { "\(shardsPath)/jobs" }

  /// The path of a shard's file.
  public func path(of shard: Int, of count: Int) -> String {
    "\(shardsPath)/shard-\(shard)-of-\(count).sqlite"
  }

  /// The effective scenario of an experiment.
  func scenarioFile(of experiment: Int) -> String {
    "\(shardsPath)/\(BatchPlan.fileName(ofExperiment: experiment))"
  }

  /// The folder of the results of a scenario.
  func results(of experiment: PlannedExperiment) -> ResultFolder {
    ResultFolder(experiment.folder.isEmpty ? path : "\(path)/\(experiment.folder)")
  }

  /// Whether a plan was written here.
  public var hasPlan: Bool { FileSystem.exists(planPath) }

  /// Writes a plan, unless it stands there already. Results of another input are found before anything is
  /// computed.
  ///
  /// - Parameter force: replace another plan, and remove its shards; results are overwritten by a merge that is
  ///   told so.
  public func lay(_ plan: BatchPlan, force: Bool) throws(FileError) {
    if hasPlan {
      guard holdsOther(than: plan) else { return }
      guard force else { throw FileError(differenceInWords(from: plan)) }
      try clear()
    }
    for experiment in plan.experiments where !force {
      try results(of: experiment).requireNothingElse(thanInput: experiment.input.hash)
    }
    try FileSystem.makeFolder(shardsPath)
    for (place, experiment) in plan.experiments.enumerated() {
      try FileSystem.replace(
        scenarioFile(of: place), Array(experiment.input.effectiveYAML.utf8))
    }
    // Last, so that whoever finds a plan finds its scenarios.
    try FileSystem.replace(planPath, plan.bytes)
  }

  private func differenceInWords(from plan: BatchPlan) -> String {
    let remedy = "give another --output, or --force to throw its shards away"
    guard let bytes = try? planBytes(), let written = Self.written(in: bytes) else {
      return "\(planPath) is no plan of a batch; \(remedy)"
    }
    if written.version != ProgramVersion.current {
      return "\(path) holds shards of version \(written.version), this is "
        + "\(ProgramVersion.current); \(remedy)"
    }
    if written.shards != plan.shards {
      return "\(path) is planned as \(written.shards) shards, not \(plan.shards); \(remedy)"
    }
    return "\(path) holds shards of another input; \(remedy)"
  }

  /// What a plan has at most, in bytes: some 60,000 scenarios.
  private static let mostBytes = 16 << 20

  private func planBytes() throws(FileError) -> [UInt8] {
    do throws(FileError) { return try FileSystem.read(planPath, upTo: Self.mostBytes) } catch {
      throw damagedPlan(error.description)
    }
  }

  private static func written(in bytes: [UInt8]) -> BatchPlan.Written? {
    try? JSONDecoder().decode(BatchPlan.Written.self, from: Data(bytes))
  }

  private func damagedPlan(_ found: String) -> FileError {
    FileError(
      "\(planPath) is damaged: \(found); remove \(shardsPath), and plan the batch again")
  }

  /// Reads the plan, with its scenarios. It may be a stranger's: it is taken for a plan only where planning its
  /// scenarios again comes to the same bytes.
  public func plan() throws(FileError) -> BatchPlan {
    guard hasPlan else {
      throw FileError(
        "\(path) holds no plan of a batch: `chokepoint plan FILE… --shards N --output \(path)` "
          + "makes one")
    }
    let bytes = try planBytes()
    guard let written = Self.written(in: bytes) else {
      throw damagedPlan("it is no plan of a batch")
    }
    guard written.version == ProgramVersion.current else {
      throw FileError(
        "\(path) was planned by version \(written.version), this is \(ProgramVersion.current): "
          + "results would differ")
    }
    guard !written.scenarios.isEmpty, BatchPlan.shardRange.contains(written.shards) else {
      throw damagedPlan(
        "it plans \(written.scenarios.count) scenarios in \(written.shards) shards")
    }
    var experiments: [PlannedExperiment] = []
    for (place, scenario) in written.scenarios.enumerated() {
      guard scenario.file == BatchPlan.fileName(ofExperiment: place) else {
        throw damagedPlan("a scenario of it is no file of the batch")
      }
      experiments.append(try experiment(scenario))
    }
    let plan = BatchPlan(experiments, shards: written.shards)
    guard plan.bytes == bytes else {
      throw damagedPlan("it is not what its scenarios are planned as")
    }
    return plan
  }

  private func experiment(
    _ written: BatchPlan.Written.Scenario
  ) throws(FileError) -> PlannedExperiment {
    let file = "\(shardsPath)/\(written.file)"
    let (scenario, points): (Scenario, [Scenario])
    do throws(ScenarioFaults) {
      let source = try SourceDocument(contentsOf: file)
      scenario = try Scenario(source, name: written.name)
      points =
        scenario.pointCount == 0 ? [scenario] : try Scenario.points(source, name: written.name)
    } catch {
      throw FileError("\(file) is damaged: \(error.faults[0])")
    }
    // Results go into a folder of the batch, whatever a plan says.
    guard written.folder.isEmpty || written.folder == scenario.name else {
      throw damagedPlan("results of \(scenario.name) do not go to a folder of that name")
    }
    let planned = PlannedExperiment(Experiment(scenario, points: points), folder: written.folder)
    guard planned.input.hash == written.inputSHA256 else {
      throw FileError("\(file) is damaged: its hash is not that of the plan")
    }
    return planned
  }

  /// Whether a plan was written here, and is another one.
  func holdsOther(than plan: BatchPlan) -> Bool {
    guard hasPlan else { return false }
    // Whatever cannot be read is another one.
    return (try? planBytes()) != plan.bytes
  }

  /// Removes the plan, all shards, and what jobs left.
  public func clear() throws(FileError) {
    try FileSystem.removeFolder(logsPath)
    try FileSystem.removeFolder(shardsPath)
  }
}
