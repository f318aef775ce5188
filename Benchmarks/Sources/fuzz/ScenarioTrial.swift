import Analysis
import Documents
import Foundation
import PolicyModel
import Quantities
import Reporting
import Scenarios
import Simulation
import Studies

/// Reads a scenario as `validate` does, and runs two replicates of what is accepted, of a few months.
struct ScenarioTrial {
  private let folder: URL
  private let file: String
  /// What takes longer proves no more.
  private static let mostMonths = 24

  init() throws {
    folder = trialFolder()
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    // What they may name: bases, and a file of numbers.
    for place in ["scenarios", "examples"] {
      for name in try FileManager.default.contentsOfDirectory(atPath: place)
      where name.hasSuffix(".yaml") {
        let copy = folder.appending(path: name)
        try? FileManager.default.removeItem(at: copy)
        try FileManager.default.copyItem(at: URL(filePath: "\(place)/\(name)"), to: copy)
      }
    }
    try Data("1\n2\n3\n".utf8).write(to: folder.appending(path: "numbers.csv"))
    file = folder.appending(path: "fuzz.yaml").path
  }

  /// A text with two replicates, and as few months as leave it valid: what does not change how it is read.
  func shortest(of text: String) throws -> String {
    let few = text.replacing(/replicates: \d+/) { _ in "replicates: 2" }
    guard let start = few.firstMatch(of: /start: (\d{4}-\d{2})/).flatMap({ Month(iso: $0.1) })
    else { return few }
    for months in [3, 6, 12, 18, 24, 36, 48] {
      let short = few.replacing(/end: \d{4}-\d{2}/, with: "end: \((start + months).description)")
      try Data(short.utf8).write(to: URL(filePath: file))
      if (try? Scenario.points(contentsOf: file)) != nil { return short }
    }
    return few
  }

  func read(_ input: [UInt8]) async throws -> Verdict {
    try Data(input).write(to: URL(filePath: file))
    let scenario: Scenario
    do throws(ScenarioFaults) {
      let points = try Scenario.points(contentsOf: file)
      if let whole = points.first(where: { $0.point == nil }) {
        scenario = whole
      } else {
        scenario = try Scenario(contentsOf: file)
      }
      _ = (points.warnings.map(\.description), scenario.sizeInWords, scenario.effectiveYAML)
    } catch {
      return Self.verdict(on: error, of: input)
    }
    return try await run(scenario, isTold: input.count.isMultiple(of: 4))
  }

  /// Faults stand in the file, on one line each.
  private static func verdict(on faults: ScenarioFaults, of input: [UInt8]) -> Verdict {
    guard !faults.faults.isEmpty else { return .wrong("refused without a fault") }
    for fault in faults.faults where fault.description.contains("\n") {
      return .wrong("a fault of two lines")
    }
    return .refused
  }

  private func run(_ whole: Scenario, isTold: Bool) async throws -> Verdict {
    guard let scenario = shortened(whole) else { return .accepted }
    guard scenario.blueprint.regimes.count * scenario.blueprint.monthCount <= Self.mostMonths * 20
    else { return .accepted }
    let result = try await RunResult(running: scenario, threads: 1)
    // Answers cost as much as the run; a quarter of them is looked at.
    if isTold { _ = (result.text, result.json) }
    let statistics = result.statistics
    let failed = Set(statistics.failures.map(\.replicate)).count
    for summary in statistics.summaries.joined().compactMap(\.self) {
      guard summary.count + failed <= 2, ([summary.mean] + summary.quantiles).allSatisfy(\.isFinite)
      else { return .wrong("a value is not finite, or of a replicate that failed") }
    }
    return .accepted
  }

  /// The scenario with two replicates and few months; as long as it is, where what it says needs that; nil
  /// where even that is not to be had.
  private func shortened(_ whole: Scenario) -> Scenario? {
    let end: Month = whole.run.start + Self.mostMonths
    let isLong = end < whole.run.end
    guard isLong || whole.run.replicates != 2 else { return whole }
    var overrides = Overrides()
    let short = isLong ? [("run.end", "\(end)")] : []
    for settings in [short, []] {
      overrides.settings = [("run.replicates", "2")] + settings
      if let scenario = try? Scenario(contentsOf: file, overrides: overrides) { return scenario }
    }
    return nil
  }
}
