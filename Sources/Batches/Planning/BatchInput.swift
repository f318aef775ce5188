public import Documents
import FoundationEssentials
public import Scenarios
public import Storage

/// The scenario files of a batch, and those that are at fault.
public struct BatchInput: Sendable {
  /// What was read, in the order of the files: the whole file, and all points of its sweep, or itself where
  /// it has none.
  public private(set) var scenarios: [(file: String, whole: Scenario, points: [Scenario])] = []
  /// What is wrong with the others, in the order of the files.
  public private(set) var faults: [(file: String, faults: ScenarioFaults)] = []

  /// Reads files, every one of them, so that all that is wrong is known at once.
  ///
  /// - Parameter overrides: what the command line changes.
  public init(_ files: [String], _ overrides: Overrides) {
    for file in files {
      do throws(ScenarioFaults) {
        let whole = try Scenario(contentsOf: file, overrides: overrides)
        let points =
          whole.pointCount == 0
          ? [whole] : try Scenario.points(contentsOf: file, overrides: overrides)
        scenarios.append((file, whole, points))
      } catch {
        faults.append((file, error))
      }
    }
  }

  /// The scenario files of a folder and of those in it, by path; what this program wrote into folders below
  /// is no scenario of the user's.
  ///
  /// Fails when it is no folder, or holds none.
  ///
  /// - Parameters:
  ///   - folder: its path.
  ///   - output: where results go.
  private static func files(
    in folder: String, besides output: String
  ) throws(FileError) -> [String] {
    let names: [String]
    do { names = try FileManager.default.subpathsOfDirectory(atPath: folder) } catch {
      throw FileError("cannot read the folder \(folder): it is not there, or no folder")
    }
    let files = names.filter { name in
      let isHidden = name.split(separator: "/").contains { $0.hasPrefix(".") }
      return !isHidden && (name.hasSuffix(".yaml") || name.hasSuffix(".yml"))
        && !isResult(name, in: folder, besides: output)
    }
    guard !files.isEmpty else { throw FileError("\(folder) holds no scenario files (*.yaml)") }
    return files.sorted().map { "\(folder)/\($0)" }
  }

  /// Whether a file of a folder stands, there, in a folder of results or of shards, or in that of all results.
  private static func isResult(_ name: String, in folder: String, besides output: String) -> Bool {
    var path = folder
    for part in name.split(separator: "/").dropLast() {
      path += "/\(part)"
      if isSameFile(path, output) || ResultFolder.isWritten(path) || BatchFolder.isOfShards(path) {
        return true
      }
    }
    return false
  }
}

extension BatchInput {
  /// The scenario files that paths name, of which some may be folders.
  ///
  /// - Parameter output: where results go.
  public static func expanding(
    _ paths: [String], besides output: String
  ) throws(FileError) -> [String] {
    var files: [String] = []
    for path in paths {
      if FileSystem.isFolder(path) {
        files += try self.files(in: path, besides: output)
      } else {
        files.append(path)
      }
    }
    return files
  }
}
