import Foundation
import Testing

/// Pages of the documents that the program writes.
@Suite struct DocumentTests {
  @Test(arguments: [
    ("docs/commands.md", ["commands"]),
    ("docs/metrics.md", ["metrics", "--markdown"]),
    ("docs/parameters.md", ["metrics", "--markdown", "--parameters"]),
    ("docs/scenarios.md", ["schema", "--markdown"]),
  ])
  func `a kept page is what the command prints`(path: String, command: [String]) async throws {
    let outcome = try await call(builtCommand, command, in: packageRoot)
    #expect(outcome.status == 0 && outcome.errors == "")
    let kept = try String(contentsOf: packageRoot.appending(path: path), encoding: .utf8)
    let (old, new) = (kept.split(separator: "\n"), outcome.output.split(separator: "\n"))
    let stale = Set(old).symmetricDifference(new).sorted().prefix(6)
    #expect(stale.isEmpty, "\(path) is stale: run `make docs`, read the diff, keep it")
    #expect(kept == outcome.output, "\(path) has its lines in another order: run `make docs`")
  }

  @Test func `a page is either a page or data`() async throws {
    let outcome = try await chokepoint("metrics", "--markdown", "--csv")
    #expect(outcome.status == 64 && outcome.output == "")
    #expect(outcome.errors.contains("give either --csv or --markdown"))
  }
}
