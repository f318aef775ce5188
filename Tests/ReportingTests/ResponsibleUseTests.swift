import FoundationEssentials
import Scenarios
import Simulation
import Testing

@testable import PolicyModel
@testable import Reporting

/// What docs/responsible-use.md promises of everything that is printed or written: no line ties a
/// lab to chips that rules kept from it, or to the outputs of a named model.
@Suite struct ResponsibleUseTests {
  /// Parts of the words that no line may have beside a lab.
  private static let stems = ["grey", "gray", "seiz", "smuggl", "divert", "diversion", "distil"]

  /// The lines that have both a lab's id and such a word.
  private func lines(of text: String, tying labs: Set<String>) -> [Substring] {
    text.lowercased().split(separator: "\n").filter { line in
      guard Self.stems.contains(where: { line.contains($0) }) else { return false }
      let words = line.split { !($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-") }
      return words.contains { labs.contains(String($0)) }
    }
  }

  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// Every scenario that comes with the program.
  static let shipped: [String] = ["scenarios", "examples"].flatMap { folder in
    let path = root.appending(path: folder).path
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return names.sorted().filter { $0.hasSuffix(".yaml") }.map { "\(folder)/\($0)" }
  }

  /// A scenario on few replicates, under its first two regimes: enough for every sort of line.
  private func scenario(_ file: String) throws -> Scenario {
    let path = Self.root.appending(path: file).path
    var overrides = Overrides()
    overrides.regimes = try Scenario(contentsOf: path).blueprint.regimes.prefix(2).map(\.id)
    overrides.settings = [("run.replicates", "16")]
    return try Scenario(contentsOf: path, overrides: overrides)
  }

  private func labs(of scenario: Scenario) -> Set<String> {
    Set(scenario.blueprint.world.labs.map { $0.id.lowercased() })
  }

  @Test func scenariosAreShipped() { #expect(Self.shipped.count >= 3) }

  @Test func aTieIsFound() {
    let labs: Set<String> = ["deepseek", "us_lab"]
    for line in [
      "2025-03 seizure: CN, 2,000 chips meant for DeepSeek (simulated)",
      "h20,current-law,deepseek,grey_chips,12", "us_lab: {distils: true}",
      "labs.deepseek.smuggled_share: 0.1",
    ] { #expect(lines(of: line, tying: labs).count == 1, "\(line)") }
    for line in [
      "2025-03 seizure: CN, 2,000 chips (simulated)", "h20,current-law,deepseek,legal_chips,12",
      "deepseeker of distilled water", "labs:\n  - id: deepseek\n    distils: true",
    ] { #expect(lines(of: line, tying: labs).isEmpty, "\(line)") }
  }

  @Test(arguments: shipped) func noResultTiesALabToDivertedChips(file: String) async throws {
    let scenario = try scenario(file)
    let labs = labs(of: scenario)
    #expect(!labs.isEmpty)
    let result = try await RunResult(running: scenario, threads: 2)
    let printed = [result.answer, result.json, result.costText, result.costJSON]
    for text in printed { #expect(lines(of: text, tying: labs).isEmpty) }
    for table in result.tables {
      let text = String(decoding: CSV.bytes(of: table), as: UTF8.self)
      // The header of `parameters` names every parameter there is, those of labs and others.
      let rows = table.name == "parameters" ? text.drop { $0 != "\n" } : text[...]
      #expect(lines(of: String(rows), tying: labs).isEmpty, "\(table.name)")
    }
    #expect(result.answer.split(separator: "\n").prefix(2).joined().contains("simulated"))
  }

  @Test(arguments: shipped) func noDescriptionTiesALabToDivertedChips(file: String) throws {
    let scenario = try scenario(file)
    #expect(lines(of: scenario.effectiveYAML, tying: labs(of: scenario)).isEmpty)
  }

  @Test(arguments: shipped) func noStoryTiesALabToDivertedChips(file: String) throws {
    let scenario = try scenario(file)
    let labs = labs(of: scenario)
    let sides = Set(scenario.blueprint.world.economy.jurisdictions.map(\.id))
    let model = scenario.model.keepingStory()
    for regime in scenario.blueprint.regimes {
      for replicate in 0..<4 {
        let retelling = try Retelling(
          of: scenario, replicate: replicate, regime: regime.id, model: model)
        let told = retelling.text.split(separator: "\n")
        #expect(told.allSatisfy { $0.wholeMatch(of: /\d{4}-\d\d .*\(simulated\)/) != nil })
        #expect(lines(of: retelling.text, tying: labs).isEmpty)
        #expect(lines(of: retelling.json, tying: labs).isEmpty)
        let seizures = told.filter { $0.contains(" \(Story.Kind.seizure.rawValue): ") }
        for line in seizures {
          #expect(sides.contains { line.contains(": \($0),") }, "of a jurisdiction: \(line)")
        }
      }
    }
  }
}
