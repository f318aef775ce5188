import FoundationEssentials
import Testing

/// A text kept beside the tests, to be met letter by letter.
///
/// With `CHOKEPOINT_RECORD=1` in the environment the texts are written anew and the run fails, so
/// that a recording is looked at before it counts.
struct GoldenText {
  /// The folder of all goldens of this target.
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Goldens")

  let file: URL

  init(_ path: String) { file = Self.folder.appending(path: path) }

  /// Holds `text` to the file.
  func expect(_ text: String) throws {
    if ProcessInfo.processInfo.environment["CHOKEPOINT_RECORD"] == "1" {
      try Data(text.utf8).write(to: file)
      Issue.record("recorded \(file.lastPathComponent); read it, then run without recording")
      return
    }
    let expected = try #require(
      try? String(decoding: Data(contentsOf: file), as: UTF8.self),
      "there is no golden \(file.lastPathComponent)")
    #expect(text == expected)
  }

  /// The names of the files with this ending in a folder of goldens, without the ending, sorted.
  static func names(in folder: String, endingIn ending: String) -> [String] {
    names(at: Self.folder.appending(path: folder), endingIn: ending)
  }

  /// The names of the files with this ending in any folder.
  static func names(at folder: URL, endingIn ending: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
      .filter { $0.hasSuffix(ending) }.map { String($0.dropLast(ending.count)) }.sorted()
  }
}
