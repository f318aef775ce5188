import Foundation
import Testing

/// The files of a results folder, as bytes by name; hidden ones and all, those in folders by their paths.
struct Results: Equatable {
  var files: [String: Data]

  init(_ files: [String: Data]) { self.files = files }

  /// Reads a folder.
  init(in folder: URL) throws {
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
    files = [:]
    for name in names {
      let file = folder.appending(path: name)
      if !file.isFolder { files[name] = try Data(contentsOf: file) }
    }
  }

  /// All but the manifest, which says when and how a run was made.
  var data: Results { Results(files.filter { $0.key != "manifest.json" }) }

  /// The names of the files whose bytes are not the same in both.
  func differences(from other: Results) -> [String] {
    Set(files.keys).union(other.files.keys).filter { files[$0] != other.files[$0] }.sorted()
  }

  func write(to folder: URL) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (name, bytes) in files {
      let file = folder.appending(path: name)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try bytes.write(to: file)
    }
  }

  func json(_ name: String) throws -> [String: Any] {
    let bytes = try #require(files[name])
    return try #require(try JSONSerialization.jsonObject(with: bytes) as? [String: Any])
  }

  func table(_ name: String) throws -> CSVTable {
    try CSVTable(try #require(files["\(name).csv"], "\(name).csv"))
  }
}

/// A finished run of the DeepSeek scenario, on few replicates; made once for all tests.
let deepSeek = Task {
  try await withFolder { folder in
    let output = folder.appending(path: "results")
    let outcome = try await chokepoint(
      "run", "scenarios/deepseek-r1.yaml", "--replicates", "64", "--threads", "2", "--full",
      "--output", output.path)
    return (outcome: outcome, results: try Results(in: output))
  }
}

extension URL {
  /// Whether there is a folder.
  fileprivate var isFolder: Bool {
    (try? resourceValues(forKeys: [.isDirectoryKey]))?.isDirectory ?? false
  }
}
