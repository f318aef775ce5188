import ArgumentParser
import FoundationEssentials
import Glibc
import Scenarios

/// `chokepoint new NAME`
struct New: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write a commented scenario to start from.",
    discussion: """
      The file is valid as written and runs in seconds: the built-in world, three regimes, a few \
      uncertainties. Written to NAME.yaml in this folder, or to --output.
      """)

  @Argument(help: "The name of its results: lower-case letters, digits, - and _.")
  var name: String

  @Option(help: "The file to write.", completion: .file(extensions: ["yaml", "yml"]))
  var output: String?

  @Flag(help: "Overwrite an existing file.")
  var force = false

  func run() throws {
    let path = output ?? "\(name).yaml"
    guard !path.isEmpty else { throw ValidationError("--output needs a file name") }
    let starter: StarterScenario
    do throws(UnfitName) {
      starter = try StarterScenario(named: name, at: path)
    } catch {
      throw ValidationError(error.description)
    }
    try write(starter.text, to: path)
    try printResult(
      """
      \(path) is written. Next:
        chokepoint validate \(path)    says everything that is wrong with it: nothing, as it is
        chokepoint run \(path)         computes it; results go to notebooks-output/\(name)/
      Then open it: its comments say what can be changed.

      """)
  }

  /// Puts a file in its place, whole or not at all.
  private func write(_ text: String, to path: String) throws {
    var status = stat()
    let isThere = lstat(path, &status) == 0
    // A file is put in the place of what is there, which would take a device or a link away.
    guard !isThere || status.st_mode & S_IFMT == S_IFREG else {
      throw refusal("cannot write \(path): it is not an ordinary file")
    }
    guard force || !isThere else {
      throw refusal("\(path) is there already; give another --output, or --force")
    }
    do { try Data(text.utf8).write(to: URL(filePath: path), options: .atomic) } catch {
      let reason = (error as? CocoaError)?.underlying as? POSIXError
      let words = reason.map { ": " + String(cString: strerror($0.code.rawValue)) } ?? ""
      throw refusal("cannot write \(path)\(words)")
    }
  }

  private func refusal(_ words: String) -> ExitCode {
    printError("chokepoint: \(words)")
    return .cannotWrite
  }
}
