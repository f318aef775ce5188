import Storage
import Wording

extension BatchFolder {
  /// What was submitted from here, a line for each job: its number, and what it is for.
  func submittedJobs() throws(FileError) -> [(job: Int, purpose: String)] {
    guard FileSystem.exists(jobsPath) else { return [] }
    let bytes = try FileSystem.read(jobsPath, upTo: 1 << 20)
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n")
      .compactMap { line in
        let words = line.split(separator: " ", maxSplits: 1)
        guard words.count == 2, let job = Int(words[0]), job > 0 else { return nil }
        return (job, String(words[1]))
      }
  }

  /// Remembers a job.
  func remember(_ job: Int, _ purpose: String) throws(FileError) {
    let lines = try submittedJobs().map { "\($0.job) \($0.purpose)\n" }.joined()
    try FileSystem.replace(jobsPath, Array("\(lines)\(job) \(purpose)\n".utf8))
  }

  /// What Slurm says of the jobs that were submitted from here; empty where there were none, or where
  /// Slurm's commands are not.
  public func slurmText(askedOf slurm: Slurm = .installed) -> String {
    do {
      let submitted = try submittedJobs().map(\.job)
      guard !submitted.isEmpty, slurm.has("squeue") else { return "" }
      let here = BatchFolder(try FileSystem.wholePath(path))
      let command = SlurmCommand.queue(ofJobsNamed: SlurmJobs.names(in: here))
      let queue = SlurmQueue(ofQueue: try slurm.output(of: command))
      let lines = queue.lines + Self.ended(submitted, askedOf: slurm)
      guard !lines.isEmpty else {
        return "\nSlurm has none of its jobs queued or at work (submitted: "
          + "\(submitted.map(String.init).joined(separator: ", ")))\n"
      }
      var table = TextTable(header: ["job", "shards", "state", "why"], rightAligned: [0])
      for line in lines { table.append(line) }
      return "\nJobs in Slurm\n\(table.text)\n"
    } catch {
      return "\nSlurm cannot be asked about its jobs: \(error)\n"
    }
  }

  /// What sacct tells, where there is one and the cluster keeps accounts; many do not.
  private static func ended(_ jobs: [Int], askedOf slurm: Slurm) -> [[String]] {
    guard slurm.has("sacct"),
      let output = try? slurm.output(of: .accounts(of: jobs))
    else { return [] }
    return SlurmQueue(ofAccounts: output).lines
  }
}
