import ArgumentParser
import Batches
import Reporting
import Storage

/// `chokepoint status DIR`
struct Status: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show progress of each shard.",
    discussion: """
      For a batch submitted to Slurm, also shows the state of its jobs, from squeue or sacct.
      """)

  @Argument(help: "The folder that the shards share.", completion: .directory)
  var folder: String

  @Flag(help: "Print only the unfinished shards, in array notation: 0,2-5.")
  var missing = false

  mutating func run() throws {
    let folder = BatchFolder(folder)
    let status = try tellingFileErrors { () throws(FileError) in
      BatchStatus(of: try folder.plan(), in: folder)
    }
    if missing { return try printResult("\(status.missing)\n") }
    try printResult(status.text + folder.slurmText())
  }
}
