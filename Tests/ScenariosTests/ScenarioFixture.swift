import TestSupport
@testable import Documents
import FoundationEssentials
@testable import Scenarios

/// Scenarios for tests, and what is said about them.
enum ScenarioFixture {
  /// The smallest scenario of use: one run, one rule. The broken ones among the goldens are this
  /// one, each with something wrong.
  static let small = """
    about:
      title: A small scenario
      question: What is wrong with it?
    run:
      start: 2024-10
      end: 2025-12
      replicates: 64
    world:
      labs:
        - id: acme
          jurisdiction: CN
      runs:
        - id: base
          lab: acme
          start: 2024-10-28
          documented_on: h800
          choose_from: [h100_sxm, h800]
          chips: 2048
          stages:
            - {id: pretraining, chip_hours: 2664000}
    regimes:
      - id: oct-2022
        rules:
          - {use: us_2022_10, open_ended: true}
      - id: free

    """

  /// The repository.
  private static let top = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// The shipped scenarios, by file name.
  static let shipped = GoldenText.names(at: top.appending(path: "scenarios"), endingIn: ".yaml")

  /// The published cases, by file name.
  static let published = GoldenText.names(
    at: top.appending(path: "scenarios/published"), endingIn: ".yaml")

  /// The path of a shipped scenario.
  static func path(ofShipped name: String) -> String {
    top.appending(path: "scenarios/\(name).yaml").path
  }

  /// The text of the shipped case that everything else is measured by.
  static func deepSeek() throws -> String {
    try String(contentsOf: URL(filePath: path(ofShipped: "deepseek-r1")), encoding: .utf8)
  }

  /// A scenario from text.
  static func scenario(
    _ text: String, _ change: (inout Overrides) -> Void = { _ in }
  ) throws(ScenarioFaults) -> Scenario {
    var overrides = Overrides()
    change(&overrides)
    let source = try SourceDocument(text: text, file: "test.yaml")
    return try ScenarioFile(source, name: "test").scenario(overrides)
  }

  /// Every fault of a scenario, in the words a user reads; empty when there is none.
  static func messages(_ text: String, _ change: (inout Overrides) -> Void = { _ in }) -> String {
    messages { () throws(ScenarioFaults) in try scenario(text, change) }
  }

  static func messages(_ read: () throws(ScenarioFaults) -> Scenario) -> String {
    do {
      _ = try read()
      return ""
    } catch {
      return error.description
    }
  }
}
