import Analysis
import Documents
import FoundationEssentials
import PolicyModel
import Scenarios
import Simulation
import Testing
import Wording

@testable import Reporting
@testable import Studies

/// The small run costs the rent of 504,000 chip-hours on H800s under the rule, and of 498,000 or so on H100s without.
@Suite struct DriversTests {
  private func answer(
    _ metric: String = "cost_final_run_usd", entity: String? = "run", regime: String? = nil,
    against: String? = nil, yaml: String = SmallRun.yaml(replicates: 64)
  ) async throws -> DriversAnswer {
    let file = FileManager.default.temporaryDirectory
      .appending(path: "chokepoint-\(UUID().uuidString).yaml")
    try Data(yaml.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let question = FigureQuestion(
      AskedFigure(metric: metric, entity: entity), regime: regime, against: against)
    return try await DriversAnswer(
      to: question, file: file.path, overrides: Overrides(), threads: 2)
  }

  private func refusal(_ body: () async throws -> DriversAnswer) async -> String {
    do {
      _ = try await body()
      return "nothing was refused"
    } catch { return "\(error)" }
  }

  @Test("A cost that is rent times hours rests on the rent alone, and its bar is the rent's")
  func rent() async throws {
    let answer = try await answer()
    let first = try #require(answer.drivers.first)
    #expect(first.uncertainty.name == "chips.h800.rent_usd_per_hour")
    #expect(first.effect.partialCorrelation > 0.999)
    #expect(answer.shares.first?.group.title == "rents and prices of chips")
    #expect((answer.shares.first?.share ?? 0) > 0.95)
    let bar = try #require(first.bar)
    #expect(abs(bar.low / (504_000 * bar.ends.lowerBound) - 1) < 1e-9)
    #expect(abs(bar.high / (504_000 * bar.ends.upperBound) - 1) < 1e-9)
    #expect(answer.drivingNumbers.count == 1)
    // Nothing happens by chance in a scripted run without an economy.
    #expect((answer.chance?.chanceShare ?? 1) < 1e-9)
    let text = answer.text(again: ReplayCommand(file: "small.yaml"))
    #expect(text.contains("It rests on rents and prices of chips (100% of what"), "\(text)")
    #expect(text.contains("chips.h800.rent_usd_per_hour (+1.00)"))
    #expect(text.contains("--set chips.h800.rent_usd_per_hour="))
    #expect(text.contains("add --output DIR"))
    let written = answer.text(again: ReplayCommand(file: "small.yaml"), isWritten: true)
    #expect(!written.contains("add --output DIR"))
  }

  @Test("Files have the tornado, with numbers by what they mean, and every number in a table")
  func files() async throws {
    let answer = try await answer()
    #expect(answer.charts.map(\.name) == ["tornado", "correlations"])
    let tornado = String(decoding: answer.charts[0].bytes, as: UTF8.self)
    #expect(tornado.contains("number at its 95% quantile"))
    #expect(!tornado.contains("chips.h800.rent_usd_per_hour"))
    #expect(answer.charts[0].finding.contains("moves most with what an hour of one h800 costs"))
    #expect(answer.tables.map(\.name) == ["drivers", "mechanisms"])
    #expect(answer.tables[0].rows.count == answer.drivers.count)
    #expect(answer.tables.flatMap(\.rows).allSatisfy { $0.count == 11 || $0.count == 3 })
  }

  @Test("A difference goes with the numbers of both regimes, one up and one down")
  func difference() async throws {
    let answer = try await answer(regime: "rule", against: "free")
    let effects = Dictionary(
      uniqueKeysWithValues: answer.drivers.map { ($0.uncertainty.name, $0) })
    let h800 = try #require(effects["chips.h800.rent_usd_per_hour"])
    let h100 = try #require(effects["chips.h100_sxm.rent_usd_per_hour"])
    #expect(h800.effect.partialCorrelation > 0.9 && h100.effect.partialCorrelation < -0.9)
    // Of the regime itself, the other's rent is no matter.
    #expect(abs(h100.effectOnValue?.partialCorrelation ?? 1) < 0.4)
    #expect((h800.effectOnValue?.partialCorrelation ?? 0) > 0.99)
    let json = answer.json
    #expect(json.contains("\"against\" : \"free\""), "\(json)")
    #expect(json.contains("\"correlation_of_value\""))
  }

  @Test(
    "Experiments are what the mechanism of research adds, so that without it nothing is left of them"
  )
  func ablations() async throws {
    let answer = try await answer("cost_development_usd")
    let research = try #require(answer.ablations.first { $0.mechanism == "research_overhead" })
    #expect(research.isReliable && (research.change ?? 0) < 0)
    let books = try #require(answer.ablations.first { $0.mechanism == "ledger" })
    #expect(books.change == nil)
    let text = answer.text(again: ReplayCommand(file: "small.yaml"))
    #expect(text.contains("research_overhead"))
  }

  @Test("Questions that have no answer are refused in words")
  func refusals() async throws {
    let unknown = await refusal { try await answer("cost_final_run") }
    #expect(
      unknown.contains("no metric of this scenario is called")
        && unknown.contains("cost_final_run_usd"))
    let same = await refusal { try await answer(regime: "rule", against: "rule") }
    #expect(same.contains("rule cannot be compared with itself"))
    let regime = await refusal { try await answer(regime: "rules") }
    #expect(regime.contains("did you mean \"rule\"?"))
    let several = await refusal { try await answer(entity: nil) }
    #expect(several.contains("give --entity"))
    let few = await refusal { try await answer(yaml: SmallRun.yaml(replicates: 16)) }
    #expect(few.contains("take at least 46 replicates"))
    let still = await refusal { try await answer("chip_hours") }
    #expect(still.contains("in every replicate: nothing that is not known moves it"))
  }

  @Test("Every parameter of the catalogue belongs to a subject")
  func subjects() {
    let known = Set(ParameterGroup.subjects.flatMap(\.sections))
    let sections = Set(
      (Catalogue.mechanisms.flatMap(\.parameters) + Catalogue.parametersOfEntities)
        .compactMap { $0.name.split(separator: ".").first.map(String.init) })
    #expect(sections.subtracting(known).isEmpty)
    #expect(known.subtracting(sections).isEmpty)
  }
}
