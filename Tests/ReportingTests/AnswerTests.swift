import Analysis
import Documents
import PolicyModel
import Scenarios
import Simulation
import Studies
import Testing
import Wording

@testable import Reporting

/// The answer: what a run comes to, told first.
@Suite struct AnswerTests {
  private static func result(
    _ regimes: String = "", replicates: Int = 64
  ) async throws -> RunResult {
    try await SmallRun.result(
      SmallRun.yaml(replicates: replicates).replacing(
        "  - id: free\n",
        with: "  - {id: free, title: \"No rule of anybody, at any time\"}\n" + regimes))
  }

  @Test func tellsWhatARegimeChangesOfARun() async throws {
    let result = try await Self.result()
    let answer = result.answer
    let finding = try #require(answer.findings.first)
    #expect(finding.metric == MetricName.finalRunDays && finding.regime == "free")
    #expect(finding.against == "rule" && finding.isReliable)
    #expect(finding.clause.hasPrefix("run's final run is "))
    #expect(finding.clause.contains("days shorter (") && finding.clause.hasSuffix("in all draws)"))
    #expect(
      finding.sentence.hasPrefix("Under \"No rule of anybody, at any time\" against \"rule\": "))
    #expect(answer.precision.replicatesToHalve == 192)
    let cell = try #require(result.cell(entity: "run", metric: MetricName.finalRunDays))
    let comparison = try #require(result.statistics.comparisons[1][cell])
    #expect(finding.difference.shareLower == comparison.shareLower && comparison.shareLower == 1)
    #expect(finding.difference.difference.p50 == comparison.difference.p50)
  }

  @Test func holdsARegimeToAnotherOneBesides() async throws {
    let third =
      "  - {id: third, against: free, set: {throughput.exposed_communication_co_designed: 0.3}}\n"
    let result = try await Self.result(third)
    #expect(result.statistics.others == [nil, nil, 1])
    let found = result.answer.findings.filter {
      $0.regime == "third" && $0.metric == MetricName.finalRunDays
    }
    #expect(found.map(\.against) == ["rule", "free"])
    // The paired differences add up, replicate by replicate, and so do their means.
    let free = try #require(result.answer.findings.first { $0.regime == "free" })
    let sum = free.difference.difference.mean + found[1].difference.difference.mean
    #expect(abs(sum - found[0].difference.difference.mean) < 1e-9)
    #expect(result.fullText.contains("third, against free: "))
    // Two regimes against the reference in one table, and one against another in a table of its own.
    let pairs = ["comparison", "against"].map { name in
      Set((result.tables.first { $0.name == name }?.rows ?? []).map { [$0[1], $0[2]] })
    }
    #expect(pairs.map(\.count) == [2, 1])
    #expect(pairs[1] == [[.text("third"), .text("free")]])
  }

  @Test(arguments: [
    ("against: free", "a regime cannot be compared with itself"),
    ("against: nobody", "unknown regime"),
  ])
  func aRegimeIsHeldToAnotherOfTheFile(_ key: String, _ fault: String) throws {
    let yaml = SmallRun.yaml().replacing("  - id: free\n", with: "  - {id: free, \(key)}\n")
    let error = #expect(throws: ScenarioFaults.self) { try SmallRun.scenario(yaml) }
    #expect(error?.description.contains(fault) == true)
  }

  /// What the scenario says its question is about.
  private static let focus = """

    answer:
      figures:
        - {metric: cost_final_run_usd, entity: run}
        - {metric: chips_in_use_mean, entity: run, month: 2024-11}
        - {metric: cost_final_run_cumulative_usd, entity: lab}
      comparisons: [{regime: third, against: free}]
    """

  private static func focused(_ focus: String = focus) async throws -> RunResult {
    let third =
      "  - {id: third, against: free, set: {throughput.exposed_communication_co_designed: 0.3}}\n"
    return try await SmallRun.result(
      SmallRun.yaml().replacing(
        "  - id: free\n",
        with: "  - {id: free, title: \"No rule of anybody, at any time\"}\n" + third)
        + focus)
  }

  @Test func isAboutWhatTheFileSays() async throws {
    let answer = try await Self.focused().answer
    let asked = answer.metrics.filter(\.isAsked)
    #expect(
      asked.map { "\($0.metric) \($0.entity) \($0.month ?? "-")" } == [
        "cost_final_run_usd run -", "chips_in_use_mean run 2024-11",
        "cost_final_run_cumulative_usd lab 2024-12",
      ])
    #expect(Array(answer.metrics.prefix(3)).map(\.cell) == asked.map(\.cell))
    // No figure is there twice.
    #expect(Set(answer.metrics.map(\.cell)).count == answer.metrics.count)
    #expect(answer.comparisons == [AnsweredComparison(regime: "third", against: "free")])
    #expect(answer.levels.count == 3)
    #expect(answer.levels[1].hasPrefix("at the end of 2024-11, run's chips in use are "))
    #expect(answer.levels[2].hasPrefix("at the end of 2024, "))
  }

  @Test func sentencesAreOfTheComparisonsThatAreAskedFor() async throws {
    let text = try await Self.focused().text
    // On a screen the table has what figures come to under the reference.
    #expect(try await Self.focused().fullText.contains("\nUnder rule:\n"))
    #expect(text.contains("third, against free: "))
    #expect(!text.contains("No rule of anybody, at any time (free): "))
    let page = try await PageAnswer(Self.focused().answer, names: ["A", "B", "C"]).sentences
    #expect(page.contains { $0.hasPrefix("Under A: ") })
    #expect(page.contains { $0.hasPrefix("Under C, against B: ") })
    #expect(!page.contains { $0.hasPrefix("Under B, ") })
  }

  @Test func oneMonthIsSaidOnce() async throws {
    let focus = "\nanswer: {figures: [{metric: cost_final_run_cumulative_usd, entity: lab}]}\n"
    let result = try await Self.focused(focus)
    #expect(result.fullText.contains("\nAt the end of 2024, under rule:\n"))
    #expect(result.text.contains("\n  At the end of 2024 "))
    #expect(!result.answer.levels[0].contains("at the end of"))
  }

  @Test func saysWhatItRestsOn() async throws {
    let result = try await Self.focused()
    let drivers = try #require(result.drivers)
    #expect(drivers.question.regime == "third" && drivers.question.against == "free")
    // The third regime fixes how exposed communication is, the other draws it; what an hour costs counts as well;
    // the list may end with what chance alone brings in once in twenty times.
    let names = drivers.numbers.map(\.parameter.declaration.name)
    #expect(
      Set(names.prefix(2)) == [
        "throughput.exposed_communication_co_designed", "chips.h100_sxm.rent_usd_per_hour",
      ])
    let basis = try #require(result.answer.basis)
    #expect(
      basis.sentence.hasPrefix(
        "What third changes of run's final-run cost, against free, rests most on"))
    #expect(basis.short.hasPrefix("What third changes of run's final-run cost rests most on"))
    #expect(
      basis.text.hasSuffix(
        "chokepoint drivers FILE --metric cost_final_run_usd --entity run --regime third --against free."
      ))
    // The command is long: a screen has the sentence alone.
    #expect(result.text.replacing("\n", with: " ").contains(basis.short))
    #expect(result.fullText.replacing("\n", with: " ").contains(basis.text))
    // Without a question there is none.
    #expect(try await Self.result().drivers == nil)
  }

  /// A file of estimates alone has a question too.
  @Test func saysWhatAnEstimateRestsOn() async throws {
    let result = try await SmallRun.result(
      """
      about: {title: Chips, question: "How many?"}
      run: {replicates: 200}
      estimates:
        vendors: {uncertain: {ci90: [38, 150]}, unit: vendor}
        each: {uncertain: {ci90: [900, 1100]}, unit: chip/vendor}
        chips: {formula: vendors * each, unit: chip}
      answer: {figures: [{metric: chips, entity: world}]}
      """)
    let names = try #require(result.drivers).numbers.map(\.parameter.declaration.name)
    #expect(names == ["estimates.vendors", "estimates.each"])
    #expect(result.answer.levels.count == 1 && result.answer.basis != nil)
  }

  /// Where nothing moves the first figure, the next is what readers learn most of.
  @Test func saysWhatTheFirstFigureThatMovesRestsOn() async throws {
    let focus = """

      answer:
        figures: [{metric: days_waited, entity: run}, {metric: cost_final_run_usd, entity: run}]
        comparisons: [{regime: third, against: free}]

      """
    let drivers = try #require(try await Self.focused(focus).drivers)
    #expect(drivers.question.figure.metric == "cost_final_run_usd")
    #expect(drivers.question.against == "free" && !drivers.numbers.isEmpty)
  }

  /// What falls and rises again has no rank correlation: none is made up.
  @Test func saysThatNothingUncertainMovesIt() async throws {
    let result = try await SmallRun.result(
      """
      about: {title: Squares, question: "How large?"}
      run: {replicates: 200}
      estimates:
        side: {uncertain: {normal: {mean: 0, sd: 1}}, unit: "1"}
        square: {formula: side * side, unit: "1"}
      answer: {figures: [{metric: square, entity: world}]}
      """)
    #expect(try #require(result.drivers).numbers.isEmpty)
    let basis = try #require(result.answer.basis)
    #expect(
      basis.short.hasSuffix(
        "goes with none of the uncertain numbers by more than chance makes it (200 draws)."))
  }

  @Test func whatItRestsOnDependsOnNoThreads() async throws {
    let yaml =
      SmallRun.yaml()
      + Self.focus.replacing("third", with: "free")
      .replacing(", against: free", with: "")
    let results = [
      try await SmallRun.result(yaml, threads: 1), try await SmallRun.result(yaml, threads: 2),
    ]
    #expect(results[0].drivers?.numbers.map(\.effect) == results[1].drivers?.numbers.map(\.effect))
    #expect(results[0].drivers?.numbers.isEmpty == false)
  }

  /// What the run has computed is taken where it is of the same draws, and says what computing it anew says.
  @Test(arguments: ["mc", "sobol"])
  func whatItRestsOnIsTakenFromTheRun(design: String) async throws {
    let regimes =
      "  - id: free\n"
      + "  - {id: third, against: free, set: {throughput.exposed_communication_co_designed: 0.3}}\n"
    let yaml = SmallRun.yaml(design: design).replacing("  - id: free\n", with: regimes)
    let scenario = try SmallRun.scenario(yaml + Self.focus)
    let model = scenario.model
    let nothing = EnsembleCollector(
      scenario.cellPlan(of: model), scenario.design, exactValues: .max, threads: 1)
    var all = nothing
    try await Engine(model: model, design: scenario.design).run(threads: 1) {
      _ = await all.fold($0)
    }
    let taken = try #require(try await LeadingDrivers(of: scenario, from: all, threads: 1))
    let anew = try #require(try await LeadingDrivers(of: scenario, from: nothing, threads: 1))
    #expect(taken.question == anew.question && taken.question.against == "free")
    #expect(taken.numbers.map(\.effect) == anew.numbers.map(\.effect) && !taken.numbers.isEmpty)
    #expect(taken.explained == anew.explained && taken.draws == anew.draws)

    // It is the run's values that it is made from: others would give another answer.
    var others = nothing
    try await Engine(model: model, design: scenario.design).run(threads: 1) { slice in
      _ = await others.fold(
        SliceResult(
          slice: slice.slice, draws: [],
          values: slice.values.map { ($0 * 1e3).truncatingRemainder(dividingBy: 1) }, failures: []))
    }
    let moved = try await LeadingDrivers(of: scenario, from: others, threads: 1)
    #expect(moved?.explained != taken.explained)
  }

  /// Of many comparisons there is a sentence for each figure, on a terminal and on a page.
  @Test func manyComparisonsAreToldByFigure() async throws {
    let key = "set: {throughput.exposed_communication_co_designed: 0.3}"
    let regimes =
      "  - {id: third, against: free, \(key)}\n  - {id: fourth, against: free, \(key)}\n"
    let focus =
      "\nanswer: {figures: [{metric: cost_final_run_usd, entity: run}], comparisons: ["
      + "{regime: free}, {regime: third, against: free}, {regime: fourth, against: free}]}\n"
    let result = try await SmallRun.result(
      SmallRun.yaml().replacing("  - id: free\n", with: "  - id: free\n" + regimes) + focus)
    let text = result.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(text.contains("Run's final-run cost is "))
    #expect(text.contains(" under third than under free ("))
    #expect(text.contains(" under fourth than under free ("))
    #expect(!text.contains("third, against free: "))
    // All of it has one for each comparison.
    #expect(result.fullText.contains("third, against free: "))
    let page = PageAnswer(result.answer, names: ["A", "B", "C", "D"]).sentences
    #expect(page.contains { $0.contains(" under C than under B (") })
    // The reader learns where sentences leave some out.
    let told = ToldFindings(
      answer: result.answer, figures: result.answer.figures, more: (after: 1, words: "elsewhere"))
    let whole = told.whole(of: result.answer.figures[0]) { $0 }
    #expect(whole?.contains(" more elsewhere)") == true)
  }

  @Test func reliablyIsDefinedOnceWhereItIsFirstSaid() {
    let sentences = Findings.definingReliably([
      "One changes.", "Two does not reliably change.", "Three does not reliably change.",
    ])
    #expect(sentences[0] == "One changes." && sentences[2] == "Three does not reliably change.")
    #expect(sentences[1].hasSuffix("(Reliably: at least 95% of draws agree.)"))
    #expect(Findings.definingReliably(["One changes."]) == ["One changes."])
  }

  @Test func fitsAScreen() async throws {
    let text = try await Self.result().text
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count <= 40)
    #expect(lines.allSatisfy { $0.count <= AnswerText.usualWidth })
  }

  @Test func summaryIsRoundedToWhatTheErrorBears() async throws {
    let result = try await Self.result()
    let table = try #require(result.tables.first { $0.name == "summary" })
    let names = table.fields.map(\.name)
    let place = { (name: String) in names.firstIndex(of: name) ?? 0 }
    let row = try #require(table.rows.first { $0[place("regime")] == .text("free") })
    #expect(row[place("regime_title")] == .text("No rule of anybody, at any time"))
    #expect(row[place("title")] == .text("run's final run"))
    guard case .number(let value) = row[place("value")] else {
      Issue.record("no value")
      return
    }
    let cell = try #require(result.cell(entity: "run", metric: MetricName.finalRunDays))
    let exact = try #require(result.statistics.summaries[1][cell])
    #expect(value != exact.p50 && abs(value - exact.p50) < exact.monteCarloError ?? 0)
  }

  @Test func replicatesAreWrittenOnRequest() async throws {
    let yaml = SmallRun.yaml() + "\noutputs: [summary, replicates]\n"
    let tables = try await SmallRun.result(yaml).tables
    #expect(tables.map(\.name) == ["summary", "replicates", "failures"])
    let replicates = tables[1]
    #expect(replicates.rows.count == 128)
    #expect(replicates.fields.map(\.name).contains("final_run_days.run"))
    // Summed up, they are what the summary has.
    let result = try await SmallRun.result()
    let cell = try #require(result.cell(entity: "run", metric: MetricName.finalRunDays))
    let column = replicates.fields.firstIndex { $0.name == "final_run_days.run" } ?? 0
    let values = replicates.rows.filter { $0[1] == .text("free") }.compactMap { row -> Double? in
      if case .number(let value) = row[column] { value } else { nil }
    }
    let mean = values.reduce(0, +) / Double(values.count)
    #expect(abs(mean / (result.statistics.summaries[1][cell]?.mean ?? 0) - 1) < 1e-12)
  }

  @Test func everyTableCanBeAskedForByName() async throws {
    let known = Set(OutputTables.names + ["failures"])
    let tables = try await SmallRun.result(SmallRun.yaml() + "\noutputs: [all, replicates]\n")
      .tables
    #expect(tables.allSatisfy { known.contains($0.name) })
    #expect(
      Set(tables.map(\.name)).isSuperset(of: ["summary", "replicates", "claims", "headline"]))
  }
}

/// One way of writing the figures of a row.
@Suite struct FigureScaleTests {
  @Test(arguments: [
    ("h100e", 1_850_000.0, 520_000.0, "0.52M H100e", "0.52", "M H100e"),
    ("usd", 41e9, 13.05e9, "$13.1B", "13.1", "$B"),
    ("usd_per_month", 4e6, -13e3, "-$0.013M a month", "-0.013", "$M a month"),
    ("1", 12.4, 9.6, "9.6", "9.6", ""),
    ("months", 14.3, 0, "0 months", "0", "months"),
    ("tokens_per_day", 2.5e12, 1e12, "1.00T tokens a day", "1.00", "T tokens a day"),
    ("log10_flop", 27.5, 27.5, "27.5 log10 FLOP", "27.5", "log10 FLOP"),
    ("flop", 3.28e24, 3.28e24, "3.28e24 FLOP", "3.28", "e24 FLOP"),
  ])
  func writes(
    _ unit: String, _ largest: Double, _ value: Double, _ amount: String, _ cell: String,
    _ heading: String
  ) {
    let scale = FigureScale(unit: unit, largest: largest).showing(value)
    #expect(scale.amount(value) == amount)
    #expect(scale.cell(value) == cell)
    #expect(scale.unit == heading)
  }

  @Test func whatRoundsToNothingIsNotCalledZero() {
    let scale = FigureScale(unit: "h100e", largest: 351_000)
    #expect(scale.figure(0.05) == "about 0" && scale.figure(-0.05) == "about 0")
    #expect(scale.figure(0) == "0" && scale.figure(48_000) == "48K")
  }

  @Test(arguments: [
    (1234.5678, 0.5, 1234.57), (1234.5678, 50.0, 1235.0), (-0.012345, 0.001, -0.01235),
    (123_456_789.0, 45_000.0, 123_457_000.0), (5.0, 0.0, 5.0),
  ])
  func rounds(_ value: Double, _ uncertainty: Double, _ rounded: Double) {
    #expect(NumberWords.rounded(value, within: uncertainty) == rounded)
  }
}

/// What metrics are called.
@Suite struct MetricWordsTests {
  @Test func everyMetricHasATitleAndNoOtherHas() {
    let declared = Set(Catalogue.metrics.map(\.metric.name))
    let named = Set(MetricWords.all.map(\.name))
    #expect(declared.subtracting(named) == [], "give each a line in MetricWords.swift")
    #expect(named.subtracting(declared) == [], "no mechanism declares these")
    #expect(MetricWords.all.count == named.count)
  }
}
