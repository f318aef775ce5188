public import FoundationEssentials
import Testing

/// A text kept beside the tests, to be met letter by letter.
///
/// With `CHOKEPOINT_RECORD=1` in the environment the texts are written anew and the run fails, so
/// that a recording is looked at before it counts. A golden that is missing fails too.
public struct GoldenText {
  /// The file of the text.
  public let file: URL

  /// A golden of the test target that calls this.
  ///
  /// - Parameter path: within the target's folder of goldens.
  public init(_ path: String, of test: String = #filePath) {
    file = Self.folder(of: test).appending(path: path)
  }

  /// The folder of goldens of the target that a test file is in.
  public static func folder(of test: String = #filePath) -> URL {
    URL(filePath: test).deletingLastPathComponent().appending(path: "Goldens")
  }

  /// Holds `text` to the file.
  public func expect(_ text: String) throws {
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
  public static func names(
    in folder: String, endingIn ending: String, of test: String = #filePath
  ) -> [String] {
    names(at: Self.folder(of: test).appending(path: folder), endingIn: ending)
  }

  /// The names of the files with this ending in any folder.
  public static func names(at folder: URL, endingIn ending: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
      .filter { $0.hasSuffix(ending) }.map { String($0.dropLast(ending.count)) }.sorted()
  }
}
