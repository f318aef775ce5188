import PolicyModel

import Testing

@testable import Reporting
@testable import Studies
@testable import Wording

/// What people read in place of ids.
@Suite struct NameTests {
  @Test func idsReadAsWords() {
    #expect(NameWords.ofIDs(["no-us-servicing", "h20_only"]) == ["No US servicing", "H20 only"])
    #expect(NameWords.ofIDs(["october-2022", "gpt3-class"]) == ["October 2022", "GPT3 class"])
    #expect(NameWords.ofIDs(["a-b", "a_b"]) == ["a-b", "a_b"])
    #expect(NameWords.ofID("us_lab") == "US lab")
  }

  /// Ids stay where something has to be typed, and in data.
  @Test func namesAreReadInPlaceOfIDs() async throws {
    let yaml = SmallRun.yaml()
      .replacing("- id: run\n", with: "- id: run\n      name: The long run\n")
      .replacing("  - id: free\n", with: "  - id: free\n    name: Freedom\n")
    let result = try await SmallRun.result(yaml)
    #expect(result.regimeNames.contains("Freedom"))
    #expect(result.text.contains("The long run") && result.text.contains(" free "))
    #expect(result.fullText.contains("The long run's final run"))
    let rows = try #require(result.tables.first { $0.name == "comparison" }).rows.joined()
    #expect(rows.contains(.text("free")) && rows.contains(.text("run")))
    #expect(!rows.contains(.text("The long run")) && !rows.contains(.text("Freedom")))
    #expect(
      result.model.blueprint.world.shownName(of: "run.pretraining").hasPrefix("The long run, "))
  }

  /// A name stands for one thing.
  @Test func regimesThatShareANameGoByTheirIDs() async throws {
    let yaml = SmallRun.yaml()
      .replacing("  - id: free\n", with: "  - id: free\n    name: Rule\n")
    #expect(try await SmallRun.result(yaml).regimeNames.contains("Free"))
  }

  /// A wide terminal takes the same words in fewer lines.
  @Test func linesAreAsLongAsTheTerminalAllows() async throws {
    let result = try await SmallRun.result(SmallRun.yaml())
    let (usual, wide) = (result.text, result.text(width: 120))
    #expect(wide.split(separator: "\n").allSatisfy { $0.count <= 120 })
    #expect(wide.split(separator: "\n").contains { $0.count > 100 })
    #expect(wide.split { $0.isWhitespace } == usual.split { $0.isWhitespace })
  }

  /// Regimes that no sentence compares may differ.
  @Test func anyRegimeIsSaidOfAllAlone() async throws {
    let yaml =
      SmallRun.yaml().replacing(
        "  - id: free\n", with: "  - id: free\n  - {id: other, rules: [us_2023_10]}\n") + """

        answer:
          figures: [{metric: cost_final_run_usd, entity: run}]
          comparisons: [{regime: free}]

        """
    #expect(try await !SmallRun.result(yaml).comparesAllRegimes)
    let all = yaml.replacing("[{regime: free}]", with: "[{regime: free}, {regime: other}]")
    #expect(try await SmallRun.result(all).comparesAllRegimes)
    #expect(try await SmallRun.result(SmallRun.yaml()).comparesAllRegimes)
  }

  @Test func aShareBelowWhatIsReliableIsNotWrittenAsIt() {
    #expect(Findings.percent(0.9475) == "under 95%")
    #expect(Findings.percent(0.95) == "95%" && Findings.percent(0.944) == "94%")
  }

  /// Noise below nothing would make the others more than all.
  @Test func subjectsMakeUpTheWhole() async throws {
    let world = try await SmallRun.result(SmallRun.yaml()).model.blueprint.world
    func group(_ section: String) -> ParameterGroup {
      ParameterGroup(ofParameter: "\(section).any", in: world)
    }
    let words = SubjectWords(
      ParameterGroup.shares(of: [
        (group("owners"), 0.6), (group("fleets"), 0.2), (group("ledger"), -0.2),
      ]), explaining: 0.4)
    #expect(
      words.text
        == "budgets (75% of what uncertain numbers explain, which is 40% of its variance), "
        + "then fleets (25%)")
  }
}
