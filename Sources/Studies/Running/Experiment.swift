public import Scenarios

/// A scenario with every point of its sweep: what one run computes.
public struct Experiment: Sendable {
  /// The whole file.
  public let scenario: Scenario
  /// Its points; the scenario itself where it has no sweep.
  public let points: [Scenario]

  /// A scenario and its points.
  public init(_ scenario: Scenario, points: [Scenario]) {
    precondition(!points.isEmpty, "a scenario has a point at least: itself")
    self.scenario = scenario
    self.points = points
  }

  /// A scenario without a sweep, or one point of one.
  public init(_ scenario: Scenario) { self.init(scenario, points: [scenario]) }

  /// What it takes, point after point: the footprint of the point that takes most.
  public func footprint(threads: Int) -> RunFootprint {
    var most = RunFootprint(of: points[0], threads: threads)
    // Most points of a sweep differ in parameters alone, and looking at thousands of them takes minutes.
    var seen: Set = [RecordedShape(of: points[0])]
    for point in points.dropFirst() where seen.insert(RecordedShape(of: point)).inserted {
      let footprint = RunFootprint(of: point, threads: threads)
      if footprint.bytes > most.bytes { most = footprint }
    }
    return most
  }

  /// Whether it is computed at the points of a sweep.
  public var isSweep: Bool { scenario.pointCount > 0 }
}
