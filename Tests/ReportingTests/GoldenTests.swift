import FoundationEssentials
import Testing

@testable import Reporting

/// A small run's trajectories to seven significant digits.
///
/// With `CHOKEPOINT_RECORD=1` in the environment the text is written anew and the run fails, so that
/// a recording is looked at before it counts. A golden that is missing fails too.
@Suite struct GoldenTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Goldens")

  @Test(arguments: ["mc", "lhs", "sobol"]) func trajectories(design: String) async throws {
    let result = try await SmallRun.result(SmallRun.yaml(design: design))
    let text = Self.text(of: result.trajectories)
    let golden = Self.folder.appending(path: "trajectories-\(design).csv")
    if ProcessInfo.processInfo.environment["CHOKEPOINT_RECORD"] == "1" {
      try Data(text.utf8).write(to: golden)
      Issue.record("recorded \(golden.lastPathComponent); read it, then run without recording")
      return
    }
    let expected = try #require(
      try? String(decoding: Data(contentsOf: golden), as: UTF8.self),
      "no golden for \(design)")
    #expect(text == expected)
  }

  private static func text(of table: Table) -> String {
    let lines = [table.fields.map(\.name)] + table.rows.map { $0.map(text) }
    return lines.map { $0.joined(separator: ",") + "\n" }.joined()
  }

  private static func text(of cell: Cell) -> String {
    switch cell {
    case .text(let text): text
    case .number(let number): NumberWords.significant(number, digits: 7)
    case .integer(let number): "\(number)"
    case .flag(let flag): "\(flag)"
    case .missing: ""
    }
  }
}
