import Foundation
import Testing

/// Every command of the tutorial does what the page says, as it stands there.
@Suite struct TutorialTests {
  /// The commands, in order, as words.
  private static func commands() throws -> [[String]] {
    let page = try String(
      contentsOf: packageRoot.appending(path: "docs/tutorial.md"), encoding: .utf8)
    return page.split(separator: "\n").filter { $0.hasPrefix("    chokepoint ") }
      .map { $0.split(separator: " ").dropFirst().map(String.init) }
  }

  @Test func everyCommandWorksAsItStandsThere() async throws {
    let commands = try Self.commands()
    #expect(commands.count >= 11)
    try await withFolder { folder in
      for name in ["scenarios", "examples"] {
        try FileManager.default.createSymbolicLink(
          at: folder.appending(path: name),
          withDestinationURL: packageRoot.appending(path: name))
      }
      var outputs: [String: String] = [:]
      for words in commands {
        let outcome = try await call(builtCommand, words, in: folder)
        let command = words.joined(separator: " ")
        // Images take a program that not every machine has, and then it is said how to get it.
        if words[0] == "charts", outcome.status != 0 {
          #expect(outcome.errors.contains("vl-convert"), "\(command): \(outcome.errors)")
          continue
        }
        #expect(outcome.status == 0, "\(command): \(outcome.errors)")
        #expect(!outcome.output.isEmpty, "\(command) prints nothing")
        outputs[words[0], default: ""] += outcome.output
      }
      let report = folder.appending(path: "results/h800-vs-h100/report.html")
      #expect(FileManager.default.fileExists(atPath: report.path))
      #expect(outputs["explain"]?.contains("is sold in China in any draw: it needs") == true)
      #expect(outputs["drivers"]?.contains("It rests on") == true)
      #expect(outputs["break-even"]?.contains("Met at") == true)
      #expect(outputs["replay"]?.contains("no-controls") == true)
    }
  }
}
