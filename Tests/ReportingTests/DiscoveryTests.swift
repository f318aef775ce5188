import Analysis
import Documents
import FoundationEssentials
import PolicyModel
import Scenarios
import Stochastics
import Testing
import Wording

@testable import Reporting
@testable import Studies

/// The conditions under which a rule meets an aim.
@Suite struct DiscoveryTests {
  private func answer(
    _ aim: String = "above 1.2M", metric: String = "cost_final_run_usd", regime: String = "rule",
    against: String? = nil, replicates: Int = 400, yaml: String? = nil, entity: String? = "run",
    change: (inout DiscoveryQuestion) -> Void = { _ in }
  ) async throws -> DiscoveryAnswer {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "small.yaml").path
    try Data((yaml ?? SmallRun.yaml(replicates: replicates)).utf8).write(to: URL(filePath: file))
    let read = try AimReader(aim)
    var question = DiscoveryQuestion(
      FigureQuestion(
        AskedFigure(metric: metric, entity: entity), regime: regime, against: against),
      aim: read.aim, unit: read.unit)
    change(&question)
    return try await DiscoveryAnswer(
      to: question, file: file, overrides: Overrides(), threads: 2)
  }

  private func refusal(_ body: () async throws -> DiscoveryAnswer) async -> String {
    do {
      _ = try await body()
      return "nothing was refused"
    } catch { return "\(error)" }
  }

  @Test("A cost that is rent times hours is above a limit where the rent is, and there alone")
  func rent() async throws {
    let answer = try await answer()
    let met = try #require(answer.conditions.first { $0.outcome == .met })
    let box = try #require(met.boxes.first)
    #expect(box.limits.count == 1 && answer.holds(box))
    let limit = box.limits[0].limit
    #expect(answer.numbers[limit.number].name == "chips.h800.rent_usd_per_hour")
    // 504,000 hours cost 1.2 million at 2.38 dollars.
    #expect(limit.end == .lower && abs(answer.value(of: limit) - 1.2e6 / 504_000) < 0.05)
    #expect(box.heldOut.density > 0.93 && box.heldOut.coverage > 0.93)
    #expect(answer.count(of: .met) + answer.count(of: .missed) == 400)
    #expect(answer.tree?.root.leafCount == 2)
    // Nothing happens by chance in a scripted run without an economy.
    #expect(answer.chance?.differing == 0)
    let text = answer.text(again: ReplayCommand(file: "small.yaml"))
    #expect(text.contains("chips.h800.rent_usd_per_hour above $2."), "\(text)")
    #expect(text.contains("Where one condition holds, it is met in"))
    #expect(text.contains("chokepoint replay small.yaml --replicate"))
    #expect(text.contains("add --output DIR"))
    let written = answer.text(again: ReplayCommand(file: "small.yaml"), isWritten: true)
    #expect(!written.contains("add --output DIR"))
    #expect(answer.json.contains("\"held_out\""))
  }

  @Test("Draws are the replicates of a run, and each serves one half")
  func draws() async throws {
    let answer = try await answer()
    let result = try await SmallRun.result(SmallRun.yaml(replicates: 400))
    let cell = try #require(result.cell(entity: "run", metric: "cost_final_run_usd"))
    let summary = try #require(result.statistics.summaries[0][cell])
    let mean = answer.draws.reduce(0) { $0 + $1.value } / 400
    #expect(abs(mean / summary.mean - 1) < 1e-12)
    #expect(answer.rows(forFinding: true).count == 200)
    #expect(answer.draws.allSatisfy { $0.isForFinding == $0.replicate.isMultiple(of: 2) })
  }

  @Test("A change is met, missed and reversed, each with conditions of its own")
  func change() async throws {
    let answer = try await answer("at least 10% less", against: "free")
    #expect(Aim.Outcome.allCases.allSatisfy { answer.count(of: $0) > 20 })
    for outcome in [Aim.Outcome.met, .reversed] {
      let found = try #require(answer.conditions.first { $0.outcome == outcome })
      let box = try #require(found.boxes.first)
      #expect(answer.holds(box))
      let limits = box.box.limits.map { (answer.numbers[$0.number].name, $0.end) }
      let h800 = limits.first { $0.0 == "chips.h800.rent_usd_per_hour" }
      let h100 = limits.first { $0.0 == "chips.h100_sxm.rent_usd_per_hour" }
      // Cheaper under the rule where its chip's rent is low or the other's high.
      #expect(h800?.1 ?? .upper == (outcome == .met ? .upper : .lower))
      #expect(h100?.1 ?? .lower == (outcome == .met ? .lower : .upper) || outcome == .reversed)
    }
    let text = answer.text(again: ReplayCommand(file: "small.yaml"))
    #expect(text.contains("is at least 10% lower under rule than under free"), "\(text)")
    #expect(answer.tables.map(\.name).contains("probabilities"))
    let rows = answer.trajectoryTable.rows.count
    #expect(rows == answer.conditions.flatMap(\.boxes).reduce(0) { $0 + $1.trajectory.count })
  }

  @Test("Where numbers do nothing to the outcome, nothing is said to")
  func nothing() async throws {
    let yaml = SmallRun.yaml(replicates: 400).replacing(
      "chips.h800.rent_usd_per_hour: {triangular: [1.5, 2.0, 3.42], published: 2.0}",
      with: "chips.h800.rent_usd_per_hour: 2.0")
    let answer = try await answer("above 1M", yaml: yaml)
    #expect(answer.count(of: .met) == 400 && answer.conditions.allSatisfy(\.isTooRare))
    let text = answer.text(again: ReplayCommand(file: "small.yaml"))
    #expect(text.contains("met in 400 of 400 draws (100%) and missed in none"), "\(text)")
  }

  @Test("A value that has a probability by itself is not cut in two")
  func atoms() throws {
    let law = try Distribution.empirical([1, 1, 2, 5])
    let shared = DiscoveryBench.sharingAtoms([0.1, 0.9, 0.45, 0.6, 0.3], of: law)
    #expect(shared == [0.275, 0.9, 0.275, 0.6, 0.275])
    let smooth = [0.3, 0.1, 0.2]
    #expect(DiscoveryBench.sharingAtoms(smooth, of: try .uniform(0, 1)) == smooth)
  }

  @Test("A box is chosen by its density or its place")
  func choices() async throws {
    let dense = try await answer { $0.choose(density: 0.99) }
    let first = try #require(dense.conditions.first?.boxes.first)
    #expect(first.trajectory[first.step].tally.density >= 0.99)
    let third = try await answer {
      $0.outcome = .met
      $0.choose(box: 3)
    }
    #expect(third.conditions.count == 1 && third.conditions[0].boxes.first?.step == 3)
  }

  @Test("Questions that have no answer are refused in words")
  func refusals() async throws {
    let change = await refusal { try await answer("fall by 10%") }
    #expect(change.contains("name the other with --against"))
    let level = await refusal { try await answer("below 3", against: "free") }
    #expect(level.contains("a level is that of one regime"))
    let few = await refusal { try await answer(replicates: 64) }
    #expect(few.contains("at least 200, not 64: give --replicates"))
    let unit = await refusal { try await answer("above 1.2M hours") }
    #expect(unit.contains("cost_final_run_usd is in usd, not in hours"))
    let box = await refusal { try await answer { $0.choose(box: 3) } }
    #expect(box.contains("name it with --outcome"))
    let reversed = await refusal { try await answer { $0.outcome = .reversed } }
    #expect(reversed.contains("cannot be reversed"))
    let unknown = await refusal { try await answer(metric: "cost_final_run") }
    #expect(unknown.contains("cost_final_run_usd"))
  }
}

/// No search on an evader's behalf (docs/responsible-use.md).
@Suite struct EvaderGuardTests {
  private static let stems = ["smuggl", "divert", "seiz", "grey", "remote", "offshore"]

  @Test("Every metric of what gets around rules has the way in which it may be aimed at")
  func metrics() {
    let sounding = MetricWords.all.map(\.name).filter { name in
      Self.stems.contains { name.contains($0) }
    }
    let known = Set(EvaderGuard.wanted.keys).union(EvaderGuard.neitherWay)
    #expect(Set(sounding) == known)
  }

  @Test("Every number of the grey market is either an evader's, or may be a condition")
  func numbers() {
    let all = Set(
      Catalogue.mechanisms.flatMap(\.parameters).map(\.name).filter {
        $0.hasPrefix("grey_market.")
      })
    #expect(EvaderGuard.numbersOfEvaders.isDisjoint(with: EvaderGuard.numbersOfTheWorld))
    #expect(EvaderGuard.numbersOfEvaders.union(EvaderGuard.numbersOfTheWorld) == all)
  }

  @Test(
    "An evader's aim is refused, and whoever enforces rules may ask when theirs is met, not when it fails"
  )
  func aims() throws {
    func refusal(_ aim: String, _ metric: String, isFollower: Bool = false) throws -> String? {
      EvaderGuard.refusal(of: try AimReader(aim).aim, metric: metric, isFollower: isFollower)
    }
    for aim in ["above 10", "at least 10", "rise by 20%", "more", "between 1 and 2"] {
      let words = try #require(try refusal(aim, "smuggled_chips_cumulative"))
      #expect(words.contains("docs/responsible-use.md"))
    }
    for aim in ["below 10", "at most 10", "fall by 20%", "less"] {
      #expect(try refusal(aim, "smuggled_chips_cumulative") == nil)
      #expect(try refusal(aim, "seized_chips") != nil)
      #expect(try refusal(aim, "grey_premium_cumulative_usd") != nil)
    }
    #expect(try refusal("higher", "grey_premium_cumulative_usd") != nil)
    #expect(try refusal("above 10", "remote_h100e", isFollower: true) != nil)
    #expect(try refusal("above 10", "remote_h100e") == nil)
    #expect(try refusal("above 10", "stock_h100e", isFollower: true) == nil)
    let aim = try AimReader("less").aim
    #expect(EvaderGuard.outcomes(of: aim, metric: "smuggled_chips", isFollower: false) == [.met])
    #expect(EvaderGuard.outcomes(of: aim, metric: "stock_h100e", isFollower: true) == aim.outcomes)
  }

  /// What a study would do in a world in which chips can be diverted.
  @Test func `a study of diverted chips looks for no way to divert them`() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let file = root.appending(path: "examples/export-arithmetic.yaml").path
    var overrides = Overrides()
    overrides.settings = [("run.replicates", "208")]
    func bench(_ aim: String, _ outcome: Aim.Outcome? = nil) throws -> DiscoveryBench {
      var question = DiscoveryQuestion(
        FigureQuestion(AskedFigure(metric: "smuggled_chips_cumulative")),
        aim: try AimReader(aim).aim)
      question.outcome = outcome
      return try DiscoveryBench(question, file: file, overrides: overrides, threads: 2)
    }
    #expect(throws: CommandLineFault.self) { try bench("above 1000") }
    #expect(throws: CommandLineFault.self) { try bench("below 1000", .missed) }
    let regulator = try bench("below 1000")
    #expect(regulator.outcomes == [.met])
    let sample = DiscoveryBench.Sample(draws: [], probabilities: [], failed: 0, missing: 0)
    #expect(regulator.tree(of: sample)?.root.leafCount == nil)
    #expect(regulator.withheldNumbers == 4)
    #expect(regulator.numbers.contains { $0.name == "grey_market.seizure_rate" })
    #expect(regulator.numbers.allSatisfy { !EvaderGuard.numbersOfEvaders.contains($0.name) })
  }
}
