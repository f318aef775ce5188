import Analysis
public import Documents
import PolicyModel
public import Scenarios
package import Simulation

/// A replicate that was chosen by what a metric came to in it at the end of the run.
public struct ReplicateChoice: Sendable {
  /// Which one.
  public enum Kind: String, Sendable {
    /// The one whose value is nearest the median.
    case typical
    /// The one with the largest value.
    case extreme
  }

  /// Its number, from 0.
  public let replicate: Int
  /// What was asked for.
  package let kind: Kind
  /// The metric, and whose.
  package let column: Column
  /// What it came to in the replicate, and the median over all.
  package let value: Double
  package let median: Double
  /// How many replicates have a value.
  package let count: Int

  /// Runs every replicate under one regime, and chooses. Of equal ones the first.
  ///
  /// - Parameters:
  ///   - target: `METRIC`, or `METRIC:ENTITY` where several entities have the metric.
  ///   - regime: the regime's id; nil for the reference.
  public init(
    _ kind: Kind, of target: String, in scenario: Scenario, regime: String?, threads: Int
  ) async throws(CommandLineFault) {
    let place = try scenario.place(ofRegime: regime)
    let parts = target.split(separator: ":", maxSplits: 1).map(String.init)
    let metric = parts.first ?? ""
    let entries = Catalogue.metrics(
      in: scenario.blueprint.world, switchedOff: scenario.blueprint.switchedOff)
    guard let entry = entries.first(where: { $0.metric.name == metric }) else {
      throw CommandLineFault(unknown: "metric", metric, known: entries.map(\.metric.name))
    }
    let model = entry.isMonthly ? scenario.model(recording: [metric]) : scenario.modelRecordingAll
    let engine = Engine(model: model, design: scenario.design)
    let (cell, column) = try engine.layout.lastCell(
      of: metric, entity: parts.count > 1 ? parts[1] : nil)
    let values = await concurrentMap(0..<scenario.run.replicates, threads: threads) { replicate in
      let run = engine.replay(replicate: replicate, regime: place) { _, _ in }
      return run.failure == nil ? run.values[cell] : .nan
    }
    var known = values.filter { !$0.isNaN }
    guard let median = Quantiles.select([0.5], from: &known)?.first else {
      throw CommandLineFault(
        "\(metric) of \(column.entity) has a value in no replicate: choose another")
    }
    let candidates = values.indices.filter { !values[$0].isNaN }
    let best = candidates.min { left, right in
      switch kind {
      case .typical:
        (abs(values[left] - median), left) < (abs(values[right] - median), right)
      case .extreme: (-values[left], left) < (-values[right], right)
      }
    }
    replicate = best ?? 0
    (self.kind, self.column, self.median) = (kind, column, median)
    value = values[replicate]
    count = candidates.count
  }
}

extension CellLayout {
  /// Where the last value of a metric stands, and whose it is.
  fileprivate func lastCell(
    of metric: String, entity: String?
  ) throws(CommandLineFault) -> (cell: Int, column: Column) {
    let monthly = stepColumns.indices.filter { stepColumns[$0].metric.name == metric }
      .map { (cell(step: stepCount - 1, column: $0), stepColumns[$0]) }
    let once = outcomeColumns.indices.filter { outcomeColumns[$0].metric.name == metric }
      .map { (cell(outcome: $0), outcomeColumns[$0]) }
    let all = monthly + once
    if let entity {
      if let found = all.first(where: { $0.1.entity == entity }) { return found }
      throw CommandLineFault(unknown: "entity with \(metric)", entity, known: all.map(\.1.entity))
    }
    guard let first = all.first else {
      throw CommandLineFault("\(metric) is recorded of nothing in this scenario")
    }
    guard all.count == 1 else {
      throw CommandLineFault(
        "\(metric) is recorded of several: write \(metric):ENTITY, with one of "
          + all.map(\.1.entity).joined(separator: ", "))
    }
    return first
  }
}
