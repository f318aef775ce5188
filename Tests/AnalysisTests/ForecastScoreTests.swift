import Foundation
import Testing

@testable import Analysis

@Suite struct ForecastScoreTests {
  /// CRPS of draws by its definition: the integral of the squared distance between the empirical CDF of the
  /// logs and the step at what came.
  private func byDefinition(_ draws: [Double], observed: Double) -> Double {
    let logs = draws.map { log($0) }.sorted()
    let points = (logs + [log(observed)]).sorted()
    return zip(points, points.dropFirst()).reduce(0) { sum, span in
      let share = Double(logs.count { $0 <= span.0 }) / Double(logs.count)
      let step = log(observed) <= span.0 ? 1.0 : 0
      return sum + (share - step) * (share - step) * (span.1 - span.0)
    }
  }

  @Test func `CRPS is the integral that defines it`() throws {
    let draws = [3.0, 1, 8, 2, 2, 5]
    for observed in [0.5, 1, 2, 4.4, 20] {
      let score = try #require(ForecastScore(of: draws, observed: observed))
      #expect(abs(score.crps - byDefinition(draws, observed: observed)) < 1e-12)
    }
  }

  @Test func `a single figure scores the log of its ratio`() throws {
    let score = try #require(ForecastScore(of: [4, 4, 4], observed: 2))
    #expect(abs(score.crps - log(2)) < 1e-12)
    #expect(abs(score.bias - log(2)) < 1e-12)
    #expect(score.pit == 0)
    #expect(NaiveForecast.crps(of: 4, observed: 2) == NaiveForecast.crps(of: 1, observed: 2))
  }

  @Test func `ties count by half, missing draws not at all`() throws {
    let score = try #require(ForecastScore(of: [1, 2, 2, 3, .nan], observed: 2))
    #expect(score.pit == 0.5)
    #expect(score.bias == 0)
  }

  @Test func `what has no log has no score`() {
    #expect(ForecastScore(of: [0, 1], observed: 1) == nil)
    #expect(ForecastScore(of: [1], observed: 0) == nil)
    #expect(ForecastScore(of: [.nan], observed: 1) == nil)
  }

  @Test func `both forecasts without a model follow steady growth`() throws {
    let steady = try #require(
      NaiveForecast(from: [(2022, 10), (2023, 30), (2024, 90)], at: 2025))
    #expect(abs(steady.trend - 270) < 1e-9 && abs(steady.lastGrowth - 270) < 1e-9)
    let slowing = try #require(
      NaiveForecast(from: [(2022, 1), (2023, 100), (2024, 100)], at: 2025))
    #expect(slowing.lastGrowth == 100)
    #expect(slowing.trend > 400)
    #expect(NaiveForecast(from: [(2024, 90)], at: 2025) == nil)
    #expect(NaiveForecast(from: [(2023, 0), (2024, 90)], at: 2025) == nil)
  }
}
