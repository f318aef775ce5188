@testable import Batches
@testable import Storage
import FoundationEssentials
import Synchronization
import Testing

@testable import Reporting

@Suite struct SlurmScriptTests {
  private func jobs(_ folder: String, _ choices: SlurmChoices) throws(SlurmError) -> SlurmJobs {
    try SlurmJobs(in: BatchFolder(folder), program: "/opt/it's here", choices, force: true)
  }

  @Test func `options and paths stand where Slurm and bash read them`() throws {
    let jobs = try jobs(
      "/data/my results",
      SlurmChoices(
        options: "--partition=x --time=1:00", mergeOptions: "--mem=9G", threads: 4,
        shardWords: ["--checkpoint", "0.0"]))
    let array = jobs.arrayScript.split(separator: "\n")
    #expect(array.contains("#SBATCH --output=\"/data/my results/shards/logs/%A_%a.log\""))
    #expect(array.contains("#SBATCH --cpus-per-task=4"))
    #expect(array.contains("#SBATCH --partition=x --time=1:00"))
    #expect(array.contains("'/opt/it'\\''s here' run --shard auto \\"))
    #expect(array.contains("  --output '/data/my results' \\"))
    #expect(jobs.arrayScript.contains("\"${SLURM_CPUS_PER_TASK:-1}\" --checkpoint 0.0 &"))
    // The last word is the user's, and after the first command Slurm reads no more options.
    let last = try #require(array.lastIndex { $0.hasPrefix("#SBATCH") })
    #expect(array[last] == "#SBATCH --partition=x --time=1:00")
    #expect(last < array.firstIndex { !$0.hasPrefix("#") } ?? 0)
    let merge = jobs.mergeScript
    #expect(merge.contains("\n#SBATCH --partition=x --time=1:00 --mem=9G\n"))
    #expect(merge.contains("merge '/data/my results' \\\n"))
    #expect(merge.hasSuffix(" --force\n"))
  }

  @Test(arguments: ["/a/100%", "/a/\"b\"", "/a\\b", "/a\nb"])
  func `a folder that Slurm would take for another is refused`(folder: String) {
    #expect(throws: SlurmError.self) { try jobs(folder, SlurmChoices()) }
  }

  @Test func `options are one line`() {
    #expect(throws: SlurmError.self) { try jobs("/a", SlurmChoices(options: "--x\nrm")) }
    #expect(throws: SlurmError.self) { try jobs("/a", SlurmChoices(mergeOptions: "--x\nrm")) }
  }

  @Test func `each folder has jobs of its own name`() throws {
    let names = try ["/a", "/b"].map { try jobs($0, SlurmChoices()).name }
    #expect(Set(names).count == 2)
    #expect(names.allSatisfy { $0.wholeMatch(of: /chokepoint-[0-9a-f]{12}/) != nil })
  }
}

@Suite struct SlurmStatusTests {
  @Test func `the queue is told by job and state`() {
    let queue = SlurmQueue(
      ofQueue: """
        12|0|a|RUNNING|None
        12|1|a|RUNNING|None
        12|2|a|PENDING|JobArrayTaskLimit
        12|4|a|PENDING|JobArrayTaskLimit
        13|N/A|a-merge|PENDING|Dependency
        what is this
        """)
    #expect(
      queue.lines == [
        ["12", "0-1", "RUNNING", ""], ["12", "2,4", "PENDING", "JobArrayTaskLimit"],
        ["13", "merge", "PENDING", "Dependency"],
      ])
    #expect(queue.tasks(ofJobsNamed: "a").description == "0-2,4")
    #expect(queue.jobs(named: "a-merge") == [13])
  }

  @Test func `accounts tell what ended, and how`() {
    let queue = SlurmQueue(
      ofAccounts: """
        12_0|a|COMPLETED|0:0
        12_1|a|CANCELLED by 1000|0:15
        12_3|a|RUNNING|0:0
        12_[4-6%2]|a|PENDING|0:0
        13|a-merge|TIMEOUT|0:0
        """)
    #expect(
      queue.lines == [
        ["12", "0", "COMPLETED", ""], ["12", "1", "CANCELLED", "exit 0:15"],
        ["13", "merge", "TIMEOUT", "exit 0:0"],
      ])
  }

  private func text(_ change: (inout sending PretendedSlurm.State) -> Void) throws -> String {
    let path = FileManager.default.temporaryDirectory.path + "/chokepoint \(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let (folder, pretended) = (BatchFolder(path), PretendedSlurm())
    try FileSystem.makeFolder(folder.shardsPath)
    #expect(folder.slurmText(askedOf: pretended.slurm) == "", "nothing was submitted")
    try folder.remember(12, "array 0-1")
    pretended.change(change)
    return folder.slurmText(askedOf: pretended.slurm)
  }

  @Test func `status tells of jobs where Slurm is`() throws {
    #expect(try text { $0.missing = ["squeue"] } == "")
    #expect(try text { $0.rows = ["12|0|a|RUNNING|None"] }.contains("12  0       RUNNING"))
    #expect(try text { _ in }.contains("none of its jobs queued or at work (submitted: 12)"))
    #expect(try text { $0.refused = ["squeue"] }.contains("squeue failed: error: no; really"))
    let ended = try text {
      $0.missing = []
      $0.accounts = "12_0|a|FAILED|1:0\n"
    }
    #expect(ended.contains("12  0       FAILED  exit 1:0"))
  }

  @Test func `numbers of shards are written as schedulers take them`() {
    #expect(TaskNumbers([]).description == "")
    #expect(TaskNumbers([5, 2, 3, 3, 0]).description == "0,2-3,5")
  }
}
