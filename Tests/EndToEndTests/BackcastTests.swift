import Foundation
import Testing

/// What a scenario gives, held to what was observed.
@Suite struct BackcastTests {
  private static func observations(_ hours: Double, expected: String = "") -> String {
    """
    observations:
      - {id: hours, entity: training, metric: chip_hours_cumulative, month: 2024-12, \
    observed: \(hours), low: 2e6, high: 3e6, status: held_out\(expected), source: "A report"}
      - {id: growth, entity: training, metric: chips_in_use_mean, from: 2024-11, month: 2024-12, \
    reduce: growth_per_year, observed: 0.5, status: fitted, expected: miss, reason: "It ends"}
    headline:
    """
  }

  private func backcast(
    _ observations: String, _ arguments: String...
  ) async throws -> Outcome {
    try await withFolder { folder in
      let file = try SmallScenario.write(to: folder, replacing: "headline:", with: observations)
      return try await call(builtCommand, ["backcast", file] + arguments)
    }
  }

  @Test func `what is covered exits 0`() async throws {
    let outcome = try await backcast(Self.observations(2_664_000))
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("regime rule, 32 replicates, seed 7"))
    #expect(outcome.output.contains("simulated"))
    #expect(outcome.output.contains("growth is missed, as expected: It ends"))
    #expect(outcome.output.contains("all 1 of 2 (50%); fitted 0 of 1 (0%)"))
  }

  @Test func `an unexpected miss exits 1, an expected one does not`() async throws {
    let missed = try await backcast(Self.observations(2_500_000))
    #expect(missed.status == 1)
    #expect(missed.output.contains("MISSED"))
    #expect(missed.errors.contains("1 of the observations"))
    let expected = try await backcast(
      Self.observations(2_500_000, expected: ", expected: miss, reason: \"Known\""))
    #expect(expected.status == 0)
    // Other chips do the same work in fewer hours.
    let other = try await backcast(Self.observations(2_664_000), "--regime", "free")
    #expect(other.status == 1)
    #expect(other.output.contains("regime free"))
  }

  @Test func `a page and JSON`() async throws {
    let page = try await backcast(Self.observations(2_664_000), "--markdown")
    #expect(page.status == 0)
    let row = "| hours | other | held out | 2,664,000 | 2,000,000 to 3,000,000 |"
    #expect(page.output.contains(row))
    let json = try await backcast(Self.observations(2_664_000), "--json")
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    #expect((object["targets"] as? [Any])?.count == 2)
    let both = try await backcast(Self.observations(1), "--json", "--markdown")
    #expect(both.status == 64)
    let unknown = try await backcast(Self.observations(2_664_000), "--regime", "nosuch")
    #expect(unknown.status == 64)
  }

  @Test func `observations of a table are added to the file's`() async throws {
    try await withFolder { folder in
      let file = try SmallScenario.write(
        to: folder, replacing: "headline:", with: Self.observations(2_664_000))
      let table = folder.appending(path: "more.csv").path
      try """
      id,entity,metric,month,observed,status
      more,training,chip_hours_cumulative,2024-12,1,held_out
      hours,,,,2500000,
      """.write(toFile: table, atomically: true, encoding: .utf8)
      let outcome = try await call(
        builtCommand, ["backcast", file, file, "--observations", table, "--markdown"])
      #expect(outcome.status == 1)
      #expect(outcome.errors.contains("4 of the observations"), "two files, two misses in each")
      #expect(outcome.output.contains("| more | other | held out |"))
      let wrong = try await call(
        builtCommand, ["backcast", file, "--observations", folder.path + "/none.csv"])
      #expect(wrong.status == 65)
      #expect(wrong.errors.contains("there is no table"))
    }
  }

  @Test func `a table of what a figure rests on`() async throws {
    try await withFolder { folder in
      let file = try SmallScenario.write(to: folder)
      let parts = folder.appending(path: "parts.csv").path
      try """
      part,set,says
      half the work,world.runs.training.stages.pretraining.chip_hours=1332000,a shorter run
      """.write(toFile: parts, atomically: true, encoding: .utf8)
      let tool = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../tools/rests-on").standardized.path
      let outcome = try await call(
        URL(filePath: "/usr/bin/python3"),
        [
          tool, builtCommand.path, parts, file, "--regimes", "free,rule", "--figure",
          "chip_hours_cumulative:training", "--months", "2024-12", "--replicates", "8",
        ])
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(outcome.output.contains("| (nothing) | 2.66e+06 |"))
      #expect(outcome.output.contains("| half the work | 1.33e+06 (+1.33e+06) |"))
    }
  }
}
