@testable import Documents
import FoundationEssentials
import Glibc
import Scenarios
import Testing

/// Files that are at fault before anybody looks inside.
@Suite struct ScenarioFileTests {
  @Test func aMissingFile() {
    #expect(
      Self.messages("no/such/file.yaml") == """
        no/such/file.yaml:1:1: there is no scenario file "no/such/file.yaml"; \
        check the name and the folder
        """)
  }

  @Test func aFolder() throws {
    try Self.withFolder { folder in
      #expect(
        Self.messages(folder) == """
          \(folder):1:1: "\(folder)" is a folder; give the name of a scenario file
          """)
    }
  }

  @Test func aDevice() {
    #expect(
      Self.messages("/dev/zero") == """
        /dev/zero:1:1: "/dev/zero" is not an ordinary file; give the name of a scenario file
        """)
  }

  /// The file has 100 MB and takes no room on the disk: nothing of it is ever read.
  @Test func aHugeFile() throws {
    try Self.withFolder { folder in
      let path = folder + "/huge.yaml"
      #expect(FileManager.default.createFile(atPath: path, contents: nil))
      try #require(truncate(path, 100_000_000) == 0)
      #expect(
        Self.messages(path) == """
          \(path):1:1: the scenario file "\(path)" has 100000000 bytes; \
          at most 4194304 bytes are allowed
          """)
    }
  }

  @Test func aLinkToNothing() throws {
    try Self.withFolder { folder in
      let path = folder + "/link.yaml"
      try FileManager.default.createSymbolicLink(
        atPath: path, withDestinationPath: folder + "/nowhere.yaml")
      #expect(
        Self.messages(path) == """
          \(path):1:1: there is no scenario file "\(path)"; check the name and the folder
          """)
    }
  }

  private static func messages(_ path: String) -> String {
    ScenarioFixture.messages { () throws(ScenarioFaults) in try Scenario(contentsOf: path) }
  }

  private static func withFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "chokepoint-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder.path)
  }
}
