import Testing

/// Words that must not be written, and where.
@Suite struct MannersTests {
  @Test(arguments: ["fatalError", "try!", "@unchecked Sendable", "nonisolated(unsafe)", "TODO"])
  func `the sources do without`(word: String) throws {
    let files = try Repository.swiftFiles(under: "Sources")
    #expect(!files.isEmpty)
    for (place, _) in files.flatMap({ $0.lines(with: word) }) {
      Issue.record("\(place): \(word)")
    }
  }

  @Test func `no file knows whose machine it was written on`() throws {
    let files = try Repository.keptFiles()
    #expect(files.contains("Package.swift"))
    // Put together here, so that this file does not hold what it looks for.
    let folders = ["work", "root", "home", "Users", "tmp"].map { "/\($0)/" }
    for text in files.compactMap(Repository.text) {
      for folder in folders {
        for (place, _) in text.lines(with: folder) {
          Issue.record("\(place): a path on somebody's machine: \(folder)")
        }
      }
    }
  }

  /// What regimes have in common is computed once: a mechanism that kept still would share too much.
  @Test func `a mechanism that asks for its regime says from when regimes differ`() throws {
    let asking = try Repository.swiftFiles(under: "Sources/PolicyModel/Mechanisms").filter {
      !$0.lines(with: "world.regime").isEmpty
    }
    #expect(asking.count >= 3)
    for file in asking {
      #expect(!file.lines(with: "func firstDifference").isEmpty, "\(file.path)")
    }
  }
}
