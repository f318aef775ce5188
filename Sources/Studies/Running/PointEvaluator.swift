import Stochastics
public import PolicyModel
public import Simulation

/// What a study asks of an engine: one cell under all regimes, at every point of a design.
public struct PointQuery: Sendable {
  /// Which part of the study it is, from 0: what was computed for one is never taken for another.
  public let stage: Int
  /// What it is called, within a sentence.
  public let title: String
  /// Whether no other part comes after it.
  public let isLastStage: Bool
  /// Runs the points, which are its design's replicates.
  public let engine: Engine<PolicyModel>
  /// Where the figure stands.
  public let cell: Int
}

/// What came of the points of a study.
public struct PointValues: Sendable {
  /// By regime the figure at each point; NaN where missing, or where the run failed.
  public let values: [[Double]]
  /// Points that could not be computed under some regime.
  public let failed: Int

  /// States what came of them.
  public init(values: [[Double]], failed: Int) { (self.values, self.failed) = (values, failed) }
}

/// Computes the points of a study: at one go, or in parts that are kept.
public protocol PointEvaluator {
  /// What the figure comes to at every point.
  ///
  /// - Parameter progress: called with the points that are done.
  func values(
    of query: PointQuery, progress: (_ done: Int) -> Void
  ) async throws -> PointValues
}

/// Computes points at one go and keeps nothing.
public struct DirectEvaluator: PointEvaluator {
  private let threads: Int

  /// Computes on so many threads.
  public init(threads: Int) { self.threads = threads }

  /// What the figure comes to at every point.
  public func values(
    of query: PointQuery, progress: (_ done: Int) -> Void
  ) async throws -> PointValues {
    let planned = query.engine.design.replicates
    let kept = try await query.engine.runKeeping([query.cell], threads: threads, progress: progress)
    let values = kept.regimes.indices.map { regime in
      var values = Array(repeating: Double.nan, count: planned)
      for (place, value) in zip(kept.replicates, kept.values(regime: regime, cell: query.cell)) {
        values[place] = value
      }
      return values
    }
    return PointValues(values: values, failed: planned - kept.replicates.count)
  }
}
