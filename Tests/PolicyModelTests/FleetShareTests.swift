import Quantities
import Testing

@testable import PolicyModel

/// Shares at the ends of years over months.
@Suite struct FleetShareTests {
  private static let share = FleetShare(
    owner: 0,
    atEnds: [
      YearlyFigure(year: 2023, value: 0.2), YearlyFigure(year: 2024, value: 0.5),
      YearlyFigure(year: 2025, value: 0.1),
    ])

  @Test(arguments: [
    ("2022-10", 0.2), ("2023-12", 0.2), ("2024-01", 0.225), ("2024-06", 0.35), ("2024-12", 0.5),
    ("2025-03", 0.4), ("2025-12", 0.1), ("2026-01", 0.1), ("2040-01", 0.1),
  ])
  func `it runs straight from December to December and is level outside`(
    month: String, expected: Double
  ) throws {
    let month = try #require(Month(iso: month))
    #expect(abs(Self.share.value(in: month) - expected) < 1e-12)
  }

  @Test func `without years the parameter is the share`() {
    #expect(FleetShare(owner: 0).value(in: Month(index: 0)) == 1)
  }

  @Test func `an owner's spending counts by the share at the end of its year, and once at most`() {
    let owner = Owner(
      id: "owner", location: 0, headquarters: 0,
      spending: [YearlyFigure(year: 2023, value: 100), YearlyFigure(year: 2024, value: 1000)],
      spendingFactor: ParameterIndex(position: 0), opening: [])
    func spending(_ share: FleetShare, times factor: Double) -> Double {
      owner.spending(sharedBy: share).reduce(0) { $0 + $1.forLab(times: factor) }
    }
    #expect(abs(spending(Self.share, times: 1) - 520) < 1e-9)
    #expect(abs(spending(Self.share, times: 3) - 1060) < 1e-9)
    #expect(spending(FleetShare(owner: 0), times: 0.5) == 550)
  }
}
