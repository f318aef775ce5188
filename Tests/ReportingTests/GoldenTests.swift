@testable import Studies
@testable import Wording
import TestSupport
import Testing

@testable import Reporting

/// A small run's trajectories to seven significant digits.
@Suite struct GoldenTests {
  @Test(arguments: ["mc", "lhs", "sobol"]) func trajectories(design: String) async throws {
    let result = try await SmallRun.result(SmallRun.yaml(design: design))
    let text = Self.text(of: result.trajectories)
    try GoldenText("trajectories-\(design).csv").expect(text)
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
