import ArgumentParser
import Batches
import Reporting
import Storage

/// `chokepoint status DIR`
struct Status: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Tell how far the shards of a batch are.",
    discussion: """
      Where the batch was submitted to Slurm, and squeue or sacct are there, it tells what they say.
      """)

  @Argument(help: "The folder that the shards share.", completion: .directory)
  var folder: String

  @Flag(help: "Print the shards that are not finished alone, as schedulers take arrays: 0,2-5.")
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
