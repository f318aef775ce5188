@testable import Documents
@testable import Studies
import Wording
import Analysis
import FoundationEssentials
import Quantities
import Scenarios
import Testing

@testable import Reporting

/// The small run costs 504,000 chip-hours on H800s under the rule, and 498,000 or so on H100s without it.
@Suite struct BreakEvenReportTests {
  private static let rent = "chips.h800.rent_usd_per_hour"

  private func answer(
    _ target: Double, varying key: String = rent, of metric: String = "cost_final_run_usd",
    yaml: String = SmallRun.yaml(replicates: 32), settings: [(String, String)] = [],
    _ change: (inout BreakEvenQuestion) -> Void = { _ in }
  ) async throws -> BreakEvenAnswer {
    let file = FileManager.default.temporaryDirectory
      .appending(path: "chokepoint-\(UUID().uuidString).yaml")
    try Data(yaml.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    var question = BreakEvenQuestion(varying: key, metric: metric, target: target)
    (question.entity, question.from, question.to) = ("run", 0.5, 5)
    change(&question)
    var overrides = Overrides()
    overrides.settings = settings
    return try await BreakEvenAnswer(
      to: question, file: file.path, overrides: overrides, threads: 1)
  }

  private func root(_ answer: BreakEvenAnswer) throws -> Double {
    #expect(answer.breakEven.crossings.count == 1)
    guard case .root(let point) = try #require(answer.breakEven.crossings.first).meeting else {
      throw CancellationError()
    }
    return point.lever
  }

  @Test func aCostThatIsKnownIsInverted() async throws {
    let answer = try await answer(1_008_000)
    #expect(abs(try root(answer) - 2) < 2e-3)
    let text = answer.text(again: ReplayCommand(file: "small.yaml", options: ["--seed", "11"]))
    #expect(text.contains("simulated, given the stated priors"))
    #expect(text.contains(/metric +median of cost_final_run_usd \(usd\), run, under rule\n/))
    #expect(
      text.contains(/again: chokepoint run small\.yaml --regimes rule --seed 11 --set chips\.h800/))
    // Found to a thousandth of itself, and printed so; run again to the last digit.
    #expect(text.contains(/Met at chips\.h800\.rent_usd_per_hour = [12]\.?\d{0,4},/), "\(text)")
    let value = try root(answer).inFull
    let folder = "notebooks-output/\(answer.scenario.name),rent_usd_per_hour=\(value)"
    #expect(text.contains("--set \(Self.rent)=\(value) --output \(folder)\n"), "\(text)")
    #expect(!text.contains("replicates are few"), "what does not vary needs no more")
  }

  /// A lab's cost has in it what unfinished runs have cost so far, which looks cheap.
  @Test func costsSoFarAreToldAsSuch() async throws {
    func notes(_ target: Double, settings: [(String, String)] = []) async throws -> String {
      let answer = try await answer(target, settings: settings) { $0.entity = "lab" }
      return answer.notes.joined(separator: "\n")
    }
    let words = "In up to 32 replicates some run of lab is unfinished at 2024-10; its cost to date"
    #expect(try await notes(500_000, settings: [("run.end", "2024-10")]).contains(words))
    #expect(try await !notes(1_008_000).contains("unfinished"))
  }

  /// The median of the paired ratio at the answer, in a run of its own.
  @Test func aRatioIsWhatARunAtTheAnswerGives() async throws {
    let answer = try await answer(0.9) {
      ($0.against, $0.quantity) = ("free", .ratio)
    }
    let lever = try root(answer)
    #expect(answer.text(again: ReplayCommand(file: "f")).contains("32 replicates are few"))
    var overrides = Overrides()
    overrides.settings = [(Self.rent, "\(lever)")]
    overrides.regimes = ["free", "rule"]
    let folder = FileManager.default.temporaryDirectory
    let file = folder.appending(path: "chokepoint-\(UUID().uuidString).yaml")
    try Data(SmallRun.yaml(replicates: 32).utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let scenario = try Scenario(contentsOf: file.path, overrides: overrides)
    let result = try await RunResult(running: scenario, threads: 1)
    let cell = try #require(result.cell(entity: "run", metric: "cost_final_run_usd"))
    let ratio = try #require(result.statistics.comparisons[1][cell]?.ratio)
    #expect(abs(ratio.p50 - 0.9) < 0.9e-3)
    let draws = answer.breakEven.crossings[0].meeting.ends.low.reading.draws
    #expect(abs(draws.lowerBound - ratio.p05) < 1e-9 && abs(draws.upperBound - ratio.p95) < 1e-9)
  }

  @Test func whatIsNotReachedIsSaid() async throws {
    let answer = try await answer(1e30)
    let text = answer.text(again: ReplayCommand(file: "f"))
    #expect(!answer.isFound)
    #expect(
      text.contains("No value scanned reaches the target: the median goes from 252,000 "))
    #expect(!text.contains("again:"))
  }

  /// A lab has paid for fewer hours by October than by the end.
  @Test func monthlyMetricsHaveTheirMonth() async throws {
    let monthly = "cost_final_run_cumulative_usd"
    let early = try await answer(504_000, of: monthly) {
      ($0.entity, $0.month) = ("lab", Month(iso: "2024-10"))
    }
    let late = try await answer(504_000, of: monthly) { $0.entity = "lab" }
    #expect(abs(try root(late) - 1) < 1e-3)
    #expect(try root(early) > 1.2)
    #expect(early.metricWords.contains("2024-10") && late.metricWords.contains("2024-12"))
  }

  @Test func otherNumbersOfTheFileAreLevers() async throws {
    let few = try await answer(25, varying: "world.runs.run.chips", of: "days") {
      ($0.from, $0.to) = (500, 2000)
    }
    #expect(abs(try root(few) - 504_000 / 24 / 25) < 2)
    let json = few.json(again: ReplayCommand(file: "f"))
    #expect(json.contains("\"kind\" : \"root\"") && json.contains("\"simulated\" : true"))
  }

  @Test(arguments: [
    ("chips.h800.rent_usd_per_hour", "run", "2024-10", "recorded once"),
    ("chips.h800.rent_usd_per_hour", "nobody", "", "there are lab, run"),
    ("chips.h800.rent_usd_per_hour", "", "", "give --entity, one of lab, run"),
    ("run.seed", "run", "", "says how much is computed"),
    ("throughput.mfu", "run", "", "at least 0.01 and at most 1"),
    ("regimes.free.set.throughput.mfu", "run", "", "free is not run"),
  ])
  func whatCannotBeAskedIsSaid(
    key: String, entity: String, month: String, words: String
  ) async throws {
    let error = await #expect(throws: CommandLineFault.self) {
      try await answer(1, varying: key) {
        $0.entity = entity.isEmpty ? nil : entity
        if key.hasPrefix("regimes") { $0.to = 1 }
        $0.month = Month(iso: month)
      }
    }
    #expect(error?.description.contains(words) == true, "\(error?.description ?? "nothing")")
  }

  @Test func aRegimeThatSetsTheLeverItselfIsTold() async throws {
    let yaml = SmallRun.yaml(replicates: 16).replacing(
      "- id: rule", with: "- id: rule\n    set: {\(Self.rent): 2}")
    let error = await #expect(throws: CommandLineFault.self) { try await answer(1e6, yaml: yaml) }
    #expect(error?.description.contains("--vary regimes.rule.set.\(Self.rent)") == true)
    let own = try await answer(1_008_000, varying: "regimes.rule.set.\(Self.rent)", yaml: yaml)
    #expect(abs(try root(own) - 2) < 2e-3)
  }

  @Test func questionsThatMakeNoSenseAreRefused() {
    var question = BreakEvenQuestion(varying: "a.b", metric: "m", target: 1)
    #expect(question.fault == nil)
    question.against = "free"
    #expect(question.fault?.contains("--of") == true)
    question.quantity = .ratio
    #expect(question.fault == nil)
    question.against = nil
    #expect(question.fault?.contains("--against") == true)
    question.quantity = .value
    (question.from, question.to) = (2, 1)
    #expect(question.fault?.contains("--from") == true)
    (question.from, question.quantile) = (nil, 1)
    #expect(question.fault?.contains("--quantile") == true)
    (question.quantile, question.tolerance) = (0.5, 0)
    #expect(question.fault?.contains("--tolerance") == true)
  }

  @Test(arguments: [
    (1e300, 0, 1), (-.infinity, 0, 1), (1, -1e41, 1), (1, 0, 1e308), (.nan, 0, 1),
  ]) func numbersBeyondThoseOfFilesAreRefused(target: Double, from: Double, to: Double) {
    var question = BreakEvenQuestion(varying: "a.b", metric: "m", target: target)
    (question.from, question.to) = (from, to)
    #expect(question.fault == "--target, --from and --to take numbers of at most 1e+40 in size")
  }
}
