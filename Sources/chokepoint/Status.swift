import ArgumentParser
import Reporting

/// `chokepoint status DIR`
struct Status: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Tell how far the shards of a batch are.")

  @Argument(help: "The folder that the shards share.", completion: .directory)
  var folder: String

  @Flag(help: "Print the shards that are not finished alone, as schedulers take arrays: 0,2-5.")
  var missing = false

  func run() throws {
    let status = try tellingFileErrors { () throws(FileError) in
      let folder = BatchFolder(folder)
      return BatchStatus(of: try folder.plan(), in: folder)
    }
    try printResult(missing ? "\(status.missing)\n" : status.text)
  }
}
