/// Jobs of a batch, as Slurm tells of them: those that are queued or at work, or those that ended.
struct SlurmQueue: Sendable {
  /// A task of an array, or a job that is none.
  struct Row: Hashable, Sendable {
    let job: Int
    let task: Int?
    let name: String
    let state: String
    /// Why it waits, or how it ended.
    let reason: String
  }

  let rows: [Row]

  /// Reads what squeue prints.
  init(ofQueue output: String) {
    rows = output.split(separator: "\n").compactMap { line in
      let fields = line.split(separator: "|", maxSplits: 4, omittingEmptySubsequences: false)
      guard fields.count == 5, let job = Int(fields[0]) else { return nil }
      return Row(
        job: job, task: Int(fields[1]), name: String(fields[2]), state: String(fields[3]),
        reason: fields[4] == "None" ? "" : String(fields[4]))
    }
  }

  /// Reads what sacct prints of jobs that ended; those that did not are for squeue to tell.
  init(ofAccounts output: String) {
    rows = output.split(separator: "\n").compactMap { line in
      let fields = line.split(separator: "|", maxSplits: 3, omittingEmptySubsequences: false)
      guard fields.count == 4 else { return nil }
      let number = fields[0].split(separator: "_", maxSplits: 1)
      guard let job = number.first.flatMap({ Int($0) }) else { return nil }
      let task = number.dropFirst().first.flatMap { Int($0) }
      // Several tasks in one row are those that wait: 12_[3-5].
      guard number.count == 1 || task != nil else { return nil }
      let state = String(fields[2].prefix { $0 != " " })
      guard !Self.unended.contains(state) else { return nil }
      return Row(
        job: job, task: task, name: String(fields[1]), state: state,
        reason: state == "COMPLETED" ? "" : "exit \(fields[3])")
    }
  }

  private static let unended: Set = [
    "PENDING", "RUNNING", "SUSPENDED", "REQUEUED", "RESIZING", "CONFIGURING", "COMPLETING",
  ]

  /// The shards that tasks of a name are for.
  func tasks(ofJobsNamed name: String) -> TaskNumbers {
    TaskNumbers(rows.filter { $0.name == name }.compactMap(\.task))
  }

  /// The jobs of a name, in order.
  func jobs(named name: String) -> [Int] {
    Set(rows.filter { $0.name == name }.map(\.job)).sorted()
  }

  /// Rows for a table: tasks of a job that are in the same state share one.
  var lines: [[String]] {
    var order: [[String]] = []
    var tasks: [[String]: [Int]] = [:]
    for row in rows {
      let key = ["\(row.job)", row.task == nil ? "merge" : "", row.state, row.reason]
      if tasks[key] == nil { order.append(key) }
      tasks[key, default: []] += row.task.map { [$0] } ?? []
    }
    return order.map { key in
      let shards = key[1].isEmpty ? TaskNumbers(tasks[key] ?? []).description : key[1]
      return [key[0], shards, key[2], key[3]]
    }
  }
}
