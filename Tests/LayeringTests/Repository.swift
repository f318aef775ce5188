import Foundation

/// The files of the project, as text.
enum Repository {
  static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The names of the folders directly in a folder.
  static func folders(in path: String) throws -> Set<String> {
    let folder = root.appending(path: path)
    let names = try FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: [.isDirectoryKey])
    return Set(
      try names.filter { try $0.resourceValues(forKeys: [.isDirectoryKey]).isDirectory == true }
        .map(\.lastPathComponent))
  }

  /// The Swift files below a folder.
  static func swiftFiles(under path: String) throws -> [TextFile] {
    let folder = root.appending(path: path)
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
    return names.filter { $0.hasSuffix(".swift") }.sorted().compactMap { text(of: "\(path)/\($0)") }
  }

  /// The files that are kept, by path from the root; from git, which knows what is made and not
  /// kept.
  static func keptFiles() throws -> [String] {
    let git = Process()
    let output = Pipe()
    git.executableURL = URL(filePath: "/usr/bin/env")
    git.arguments = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    git.currentDirectoryURL = root
    git.standardOutput = output
    try git.run()
    let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
    git.waitUntilExit()
    guard git.terminationStatus == 0 else { throw GitFailed(status: git.terminationStatus) }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\0").map(String.init)
  }

  /// The text of a file, or nil for one that is not there or is no text.
  static func text(of path: String) -> TextFile? {
    (try? String(contentsOf: root.appending(path: path), encoding: .utf8))
      .map { TextFile(path: path, text: $0) }
  }

  struct GitFailed: Error {
    let status: Int32
  }
}

/// A file of the project.
struct TextFile {
  /// From the root of the project.
  let path: String
  let text: String

  /// The lines that hold some text, each with its place as a compiler would write it.
  func lines(with words: String) -> [(place: String, line: Substring)] {
    // Most files hold none, and looking for that is quick.
    guard text.contains(words) else { return [] }
    return text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
      .filter { $1.contains(words) }.map { ("\(path):\($0 + 1)", $1) }
  }
}
