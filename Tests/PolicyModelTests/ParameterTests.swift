import Quantities
import Stochastics
import Testing

@testable import PolicyModel
@testable import Simulation

@Suite struct ParameterTests {
  private func parameter(
    _ name: String, _ law: Distribution, published: Double? = nil
  ) -> Parameter {
    Parameter(
      declaration: .init(name: name, unit: "1", range: 0...100, definition: "Of a test."),
      law: law, published: published, source: nil, confidence: nil)
  }

  /// `fixed` is 3; `open` is uniform on 0 to 1; `late` is 5, but some regime opens it.
  private func table(_ overrides: [[String: Distribution]]) throws -> ParameterTable {
    ParameterTable(
      parameters: [
        parameter("fixed", try .constant(3)),
        parameter("open", try .uniform(0, 1), published: 0.25),
        parameter("late", try .constant(5)),
      ], overrides: overrides.map { $0.mapValues { ParameterTable.Override($0) } })
  }

  private func draw(_ uniforms: [Double], under table: ParameterTable) -> ParameterDraw {
    ParameterSpace(uncertainties: table.uncertainties).draw(from: uniforms)
  }

  @Test func constantsAreNoUncertainties() throws {
    let table = try table([[:]])
    #expect(table.uncertainties.map(\.name) == ["open"])
    let values = table.program(forRegime: 0).values(under: draw([0.4], under: table))
    #expect(values == [3, 0.4, 5])
    #expect(table.index(of: "late").position == 2)
    #expect(table.contains("open") && !table.contains("shut"))
  }

  @Test func aRegimeMayFixWhatIsOpen() throws {
    let table = try table([[:], ["open": try .constant(0.9), "fixed": try .constant(4)]])
    let draw = draw([0.4], under: table)
    #expect(table.program(forRegime: 0).values(under: draw) == [3, 0.4, 5])
    #expect(table.program(forRegime: 1).values(under: draw) == [4, 0.9, 5])
  }

  /// Another law takes the same probability: a replicate that is high stays high.
  @Test func anotherLawSharesTheDraw() throws {
    let table = try table([[:], ["open": try .uniform(10, 20)], ["open": try .uniform(0, 1)]])
    let draw = draw([0.4], under: table)
    #expect(table.program(forRegime: 1).values(under: draw) == [3, 14, 5])
    #expect(table.program(forRegime: 2).values(under: draw) == [3, 0.4, 5])
  }

  @Test func aRegimeMayOpenWhatIsFixed() throws {
    let table = try table([[:], ["late": try .uniform(0, 10)], ["late": try .uniform(0, 2)]])
    #expect(table.uncertainties.map(\.name) == ["open", "late"])
    let draw = draw([0.4, 0.5], under: table)
    #expect(table.program(forRegime: 0).values(under: draw) == [3, 0.4, 5])
    #expect(table.program(forRegime: 1).values(under: draw) == [3, 0.4, 5.0])
    #expect(table.program(forRegime: 2).values(under: draw) == [3, 0.4, 1])
  }

  @Test func aTriedOutParameterChangesNobodyElsesDraw() async throws {
    var world = DeepSeek.world()
    world.laws = ["throughput.rollout_share_of_rl": try .uniform(0.3, 0.9)]
    let before = try await world.results(replicates: 30)
    world.laws["throughput.mfu"] = try .uniform(0.2, 0.5)
    let after = try await world.results(replicates: 30)
    let values = { (readings: Readings, name: String) -> [Double] in
      let place = readings.model.parameterSpace.uncertainties.firstIndex { $0.name == name }
      return readings.ensemble.draws.map { draw in place.map { draw.values[$0] } ?? .nan }
    }
    #expect(
      values(before, "throughput.rollout_share_of_rl")
        == values(after, "throughput.rollout_share_of_rl"))
  }

  @Test func pointValuesArePublishedOnesElseMedians() throws {
    let table = try table([[:], ["open": try .uniform(10, 20), "fixed": try .uniform(0, 1)]])
    let points = table.atPointValues
    #expect(points.uncertainties.isEmpty)
    let none = ParameterDraw(uniforms: [], values: [])
    #expect(points.program(forRegime: 0).values(under: none) == [3, 0.25, 5])
    #expect(points.program(forRegime: 1).values(under: none) == [0.5, 15, 5])
    #expect(parameter("p", try .uniform(0, 1)).pointValue == 0.5)
    #expect(parameter("p", try .uniform(0, 1), published: 0.1).pointValue == 0.1)
  }

  @Test func unknownNamesStopTheProcess() async {
    await #expect(processExitsWith: .failure) {
      let table = ParameterTable(parameters: [], overrides: [[:]])
      _ = table.index(of: "nobody")
    }
  }

  @Test func declaredNamesAreDistinctAndBelongToTheirMechanism() {
    let names = Catalogue.mechanisms.flatMap(\.parameters).map(\.name)
    #expect(Set(names).count == names.count)
    for mechanism in Catalogue.mechanisms {
      for parameter in mechanism.parameters {
        #expect(parameter.name.hasPrefix("\(mechanism.name)."))
        #expect(parameter.definition.hasSuffix("."))
      }
    }
    let ids = StepOrder.mechanisms.map { $0.id }
    #expect(Set(ids).count == ids.count && !ids.contains(.parameters))
    #expect(Set(names.map { AgentID(of: $0) }).count == names.count)
  }

  @Test func metricsAreDistinctPerEntity() {
    let metrics = Catalogue.metrics.map { "\($0.entity) \($0.metric.name)" }
    #expect(Set(metrics).count == metrics.count)
    #expect(Catalogue.metrics.allSatisfy { $0.metric.definition.hasSuffix(".") })
  }
}

@Suite struct PriceHistoryTests {
  @Test func thePriceOfAMonthIsTheLatestKnown() throws {
    let entries = [("2024-05", 3.0), ("2023-01", 1), ("2023-06", 2)]
    let history = PriceHistory(
      try entries.map { text, value in
        .init(
          from: try #require(Month(iso: text)), value: value, low: nil, high: nil,
          provenance: nil)
      })
    for (month, price) in [
      ("2020-01", 1.0), ("2023-01", 1), ("2023-05", 1), ("2023-06", 2), ("2024-04", 2),
      ("2024-05", 3), ("2050-01", 3),
    ] {
      #expect(history.price(in: try #require(Month(iso: month)))?.value == price)
    }
    #expect(PriceHistory([]).price(in: Month(index: 0)) == nil)
  }
}
