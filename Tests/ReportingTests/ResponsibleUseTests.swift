@testable import Studies
import Wording
import FoundationEssentials
import Glibc
import Quantities
import Scenarios
import Simulation
import Stochastics
import Testing

@testable import PolicyModel
@testable import Reporting

/// What docs/responsible-use.md promises of everything that is printed or written: no line ties a
/// lab to chips that rules kept from it, or to the outputs of a named model.
@Suite struct ResponsibleUseTests {
  /// Parts of the words that no line may have beside a lab.
  private static let stems = ["grey", "gray", "seiz", "smuggl", "divert", "diversion", "distil"]

  /// A text of a scenario as it is checked: without the scenario's own name, which stands in every
  /// row and may say what it is about; and without the note that names every uncertainty beyond
  /// those of Sobol points, which like the header of `parameters` is a list of all there is, labs'
  /// and others', and ties none to another.
  private func checked(_ text: String, of scenario: Scenario) -> String {
    text.lowercased().replacing(scenario.name.lowercased(), with: "scenario")
      .split(separator: "\n").filter { !$0.contains(Self.listOfUncertainties) }
      .joined(separator: "\n")
  }

  private static let listOfUncertainties =
    "uncertainties, sampled by sobol points, these are sampled by latin hypercube: "

  /// The lines that have both a lab's id and such a word.
  private func lines(of text: String, tying labs: Set<String>) -> [Substring] {
    text.lowercased().split(separator: "\n").filter { line in
      // Of C: results have hundreds of thousands of lines, in which Swift's own search takes seconds.
      let text = String(line)
      guard Self.stems.contains(where: { strstr(text, $0) != nil }) else { return false }
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

  /// A scenario as it is shipped.
  private func scenario(_ file: String) throws -> Scenario {
    try Scenario(contentsOf: Self.root.appending(path: file).path)
  }

  /// The same under its first two regimes, on as few months and replicates as it can have: tables
  /// have the same sorts of rows for every month and draw.
  private func shortened(_ whole: Scenario, _ file: String) throws -> Scenario {
    // What is documented has its date.
    let isFixed = !whole.observations.isEmpty || !whole.blueprint.world.runs.isEmpty
    let end = isFixed ? whole.run.end : min(whole.run.end, whole.run.start + 14)
    var overrides = Overrides()
    overrides.regimes = whole.blueprint.regimes.prefix(2).map(\.id)
    overrides.settings = [
      ("run.replicates", whole.run.design == .mc ? "2" : "16"), ("run.end", "\(end)"),
    ]
    return try Scenario(contentsOf: Self.root.appending(path: file).path, overrides: overrides)
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

  /// One test for all that comes of a scenario, since reading one takes seconds in a debug build.
  @Test(arguments: shipped) func nothingTiesALabToDivertedChips(file: String) async throws {
    let scenario = try scenario(file)
    #expect(!labs(of: scenario).isEmpty)
    expectNoTie(in: scenario.effectiveYAML, of: scenario, "the description")
    try expectNoTieInStories(of: scenario)
    try await expectNoTieInResults(of: shortened(scenario, file))
  }

  /// A lever of grey flows may move a lab's metric, but never on one line with it.
  @Test func breakEvensTieNoLabToALeverOfGreyFlows() async throws {
    let file = Self.root.appending(path: "examples/export-arithmetic.yaml").path
    var question = BreakEvenQuestion(
      varying: "grey_market.enforcement", metric: "capability", target: 1e6)
    (question.entity, question.from, question.to) = ("cn_lab", 1, 2)
    let answer = try await BreakEvenAnswer(
      to: question, file: file, overrides: Overrides(), threads: 2)
    let command = ReplayCommand(file: "a.yaml")
    for text in [answer.text(again: command), answer.json(again: command)] {
      #expect(text.contains("grey_market.enforcement") && text.contains("cn_lab"))
      expectNoTie(in: text, of: answer.scenario, "a break-even")
    }
  }

  /// Conditions may be about grey flows where the figure is a lab's, but never on one line with it.
  @Test func discoveriesTieNoLabToGreyFlows() async throws {
    let file = Self.root.appending(path: "examples/export-arithmetic.yaml").path
    var overrides = Overrides()
    overrides.settings = [("run.replicates", "208"), ("run.end", "2026-02")]
    let question = DiscoveryQuestion(
      FigureQuestion(AskedFigure(metric: "training_flop_per_second", entity: "cn_lab")),
      aim: try AimReader("above 1.47e20").aim)
    let answer = try await DiscoveryAnswer(
      to: question, file: file, overrides: overrides, threads: 2)
    #expect(answer.conditions.contains { !$0.boxes.isEmpty })
    #expect(answer.text(again: ReplayCommand(file: "a.yaml")).contains("cn_lab"))
    var texts = [answer.text(again: ReplayCommand(file: "a.yaml")), answer.json]
    for table in answer.tables {
      // The headers of draws and probabilities name every number there is, those of labs and others.
      texts.append(
        String(String(decoding: CSV.bytes(of: table), as: UTF8.self).drop { $0 != "\n" }))
    }
    texts += answer.charts.map { String(decoding: $0.bytes, as: UTF8.self) }
    #expect(texts.contains { $0.contains("grey_market.") })
    for text in texts { expectNoTie(in: text, of: answer.scenario, "a discovery") }
  }

  private func expectNoTie(in text: String, of scenario: Scenario, _ what: String) {
    let tying = lines(of: checked(text, of: scenario), tying: labs(of: scenario))
    #expect(tying.isEmpty, "\(what)")
  }

  private func expectNoTieInResults(of scenario: Scenario) async throws {
    let result = try await RunResult(running: scenario, threads: 2)
    for text in [result.text, result.fullText, result.json, result.costText, result.costJSON] {
      expectNoTie(in: text, of: scenario, "what is printed")
    }
    for table in result.tables {
      let text = String(decoding: CSV.bytes(of: table), as: UTF8.self)
      // The header of `parameters` names every parameter there is, those of labs and others.
      let rows = table.name == "parameters" ? text.drop { $0 != "\n" } : text[...]
      expectNoTie(in: String(rows), of: scenario, table.name)
    }
    #expect(result.text.split(separator: "\n").prefix(2).joined().contains("simulated"))
  }

  /// Of the first regime and the last, which is the one that most happens in, with all their months:
  /// some sorts of events are late ones.
  private func expectNoTieInStories(of scenario: Scenario) throws {
    let sides = Set(scenario.blueprint.world.economy.jurisdictions.map(\.id))
    let model = scenario.model.keepingStory()
    let figures = scenario.model(recording: WorldState.metrics)
    let regimes = [model.regimes.first, model.regimes.last]
    for (replicate, regime) in regimes.enumerated() {
      let retelling = try Retelling(
        of: scenario, replicate: replicate, regime: regime, model: model,
        figures: figures)
      let told = retelling.markedText.split(separator: "\n")
      #expect(retelling.text.prefix { $0 != "\n" }.contains("simulated"))
      #expect(told.allSatisfy { $0.wholeMatch(of: /\d{4}-\d\d .*\(simulated\)/) != nil })
      expectNoTie(in: retelling.text, of: scenario, "a story")
      expectNoTie(in: retelling.json, of: scenario, "a story as JSON")
      let seizures = told.filter { $0.contains(" \(Story.Kind.seizure.rawValue): ") }
      for line in seizures {
        #expect(sides.contains { line.contains(": \($0),") }, "of a jurisdiction: \(line)")
      }
    }
  }
}
