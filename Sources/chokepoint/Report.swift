import ArgumentParser
import Reporting
import Storage

/// `chokepoint report DIR`
struct Report: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write report.html from the results in a folder.",
    discussion: """
      A run writes the page itself, unless --no-report is given. This makes it again from report.json and the charts \
      beside it, and for a folder of several results a page that tells of all of them.
      """)

  @Argument(help: "The folder of the results, or of a batch.", completion: .directory)
  var folder: String

  func run() throws {
    let folder = folder
    let path = try tellingFileErrors { () throws(FileError) in
      try StoredPage.write(of: folder)
    }
    try printResult("\(shown(path))\n")
  }
}
