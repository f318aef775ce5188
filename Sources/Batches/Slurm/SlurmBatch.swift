import Storage
import Wording

/// A batch on its way to Slurm: an array of those shards that are missing and in no queue, and a merge that
/// waits for them.
public struct SlurmBatch: Sendable {
  private let plan: BatchPlan
  private let folder: BatchFolder
  private let choices: SlurmChoices
  private let slurm: Slurm

  /// A batch whose plan may be laid or not.
  public init(
    _ plan: BatchPlan, in folder: BatchFolder, _ choices: SlurmChoices, slurm: Slurm = .installed
  ) {
    self.plan = plan
    self.folder = folder
    self.choices = choices
    self.slurm = slurm
  }

  /// Lays the plan, writes the scripts, and submits what is missing.
  ///
  /// - Parameter force: throw away another plan with its shards, and results of another input.
  /// - Returns: what was done, and what to do next.
  /// - Throws: ``SlurmError``, ``FileError``.
  public func submit(force: Bool) throws -> String {
    try slurm.require()
    try requireThatNobodyWorksOnOther()
    _ = try BatchMerge(plan, in: folder, threads: 1).claim(force: force)
    try folder.lay(plan, force: force)
    let folder = BatchFolder(try FileSystem.wholePath(folder.path))
    let lock = try FileLock(on: "\(folder.shardsPath)/submission")
    defer { lock.end() }
    let jobs = try SlurmJobs(
      in: folder, program: try FileSystem.wholePath("/proc/self/exe"), choices, force: force)
    try FileSystem.makeFolder(folder.logsPath)
    try FileSystem.replace(jobs.arrayPath, Array(jobs.arrayScript.utf8))
    try FileSystem.replace(jobs.mergePath, Array(jobs.mergeScript.utf8))
    return try submit(jobs).text(in: self.folder)
  }

  /// Shards must not be thrown away under the hands of those who compute them.
  private func requireThatNobodyWorksOnOther() throws {
    guard folder.holdsOther(than: plan) else { return }
    let here = BatchFolder(try FileSystem.wholePath(folder.path))
    let queue = try queue(of: SlurmJobs.names(in: here))
    let jobs = Set(queue.rows.map { "\($0.job)" }).sorted().joined(separator: " ")
    guard !jobs.isEmpty else { return }
    throw SlurmError(
      "jobs of another plan for \(folder.path) are queued or at work: `scancel \(jobs)` ends them")
  }

  private func queue(of names: [String]) throws(SlurmError) -> SlurmQueue {
    SlurmQueue(ofQueue: try slurm.output(of: .queue(ofJobsNamed: names)))
  }

  private func submit(_ jobs: SlurmJobs) throws -> SlurmReport {
    // The queue first: what ends after it was read is still in it, and not submitted twice.
    let queue = try queue(of: [jobs.name, jobs.mergeName])
    let missing = BatchStatus(of: plan, in: jobs.folder).missingShards
    let queued = queue.tasks(ofJobsNamed: jobs.name)
    let wanted = TaskNumbers(Set(missing.numbers).subtracting(queued.numbers))
    let old = queue.jobs(named: jobs.name)
    var report = SlurmReport(jobs, queued: queued, in: old)
    var merges = queue.jobs(named: jobs.mergeName)
    guard !missing.isEmpty || !queued.isEmpty || !hasResults else { return report }
    if !wanted.isEmpty {
      report.array = try submit(jobs.submission(of: wanted), as: "array \(wanted)", jobs)
      report.submitted = wanted
      // A merge that waits for the old arrays alone would come too early, or never.
      if !merges.isEmpty { _ = try slurm.output(of: .cancel(merges)) }
      merges = []
    }
    report.merge = merges.first
    guard merges.isEmpty else { return report }
    do throws(SlurmError) {
      report.merge = try submit(
        jobs.mergeSubmission(after: report.array, and: old), as: "merge", jobs)
      report.isMergeNew = true
    } catch {
      guard let array = report.array else { throw error }
      throw SlurmError(
        "shards \(wanted) are submitted as job \(array), their merge is not, since \(error); the same "
          + "command again submits it, and `chokepoint merge` does without Slurm")
    }
    return report
  }

  /// Submits a job and remembers it.
  private func submit(
    _ command: SlurmCommand, as purpose: String, _ jobs: SlurmJobs
  ) throws(SlurmError) -> Int {
    let output = try slurm.output(of: command)
    // On some clusters the name of the cluster follows the number: 12;name.
    guard let job = Int(output.prefix { $0.isNumber }) else {
      throw SlurmError("sbatch printed no job number: \(Slurm.words(output))")
    }
    do throws(FileError) { try jobs.folder.remember(job, purpose) } catch {
      throw SlurmError("job \(job) (\(purpose)) is submitted, but \(error)")
    }
    return job
  }

  private var hasResults: Bool {
    plan.experiments.allSatisfy { folder.results(of: $0).holdsResults(ofInput: $0.input.hash) }
  }
}

/// What was submitted, and what had been.
private struct SlurmReport {
  private let jobs: SlurmJobs
  private let queued: TaskNumbers
  private let old: [Int]
  var array: Int?
  var submitted = TaskNumbers([])
  var merge: Int?
  var isMergeNew = false

  init(_ jobs: SlurmJobs, queued: TaskNumbers, in old: [Int]) {
    self.jobs = jobs
    self.queued = queued
    self.old = old
  }

  /// For whoever submitted it, with what to do next.
  func text(in folder: BatchFolder) -> String {
    guard let merge else {
      return "All shards are finished, and their results are in \(folder.path): nothing to submit\n"
    }
    var lines: [String] = []
    if !queued.isEmpty { lines.append("shards \(queued): queued or at work already") }
    if let array {
      let limit = jobs.choices.tasksAtOnce.map { ", \($0) at once" } ?? ""
      lines.append("shards \(submitted): job \(array)\(limit)")
    }
    if array == nil, queued.isEmpty { lines.append("all shards are finished") }
    let shards = queued.isEmpty && array == nil ? "" : ", after the shards"
    lines.append("merge: job \(merge)\(isMergeNew ? "" : ", queued already")\(shards)")
    let all = (old + [array, merge].compactMap { $0 }).map(String.init).joined(separator: " ")
    return """
      \(lines.joined(separator: "\n"))

      Results will be in \(folder.path); scripts in \(folder.shardsPath), what they print in its logs/
      Next
        chokepoint status \(ShellWord.quoted(folder.path))    tells how far it is
        scancel \(all)    ends it; what was done is kept
      Whatever ends it, the same command again submits what is missing, and nothing twice.

      """
  }
}
