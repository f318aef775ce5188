@testable import Studies
@testable import Batches
@testable import Documents
@testable import Storage
import FoundationEssentials
import Glibc
import Scenarios
import Testing

@testable import Reporting

/// A sweep of three points.
private enum SmallSweep {
  private static let yaml = SmallRun.yaml() + "\nsweep: {grid: {run.seed: [1, 2, 3]}}\n"

  private static func experiment() throws -> PlannedExperiment {
    let source = try SourceDocument(text: yaml, file: "small.yaml")
    let experiment = Experiment(
      try Scenario(source, name: "small"), points: try Scenario.points(source, name: "small"))
    return PlannedExperiment(experiment, folder: "")
  }

  /// Runs and writes the sweep.
  ///
  /// - Parameter before: called before the results of each point are written, with its place.
  static func run(
    to path: String, before: (Int) -> Void = { _ in }, progress: (Int) -> Void = { _ in }
  ) async throws {
    let (experiment, folder) = (try experiment(), ResultFolder(path))
    try folder.claim(inputHash: experiment.input.hash, force: false)
    let run = ResumableRun(experiment, in: folder, threads: 1, checkpoints: Checkpoints())
    _ = try await experiment.experiment.write(experiment.input, to: folder, threads: 1) { receive in
      var place = 0
      try await run.results(progress: progress) { result in
        before(place)
        place += 1
        try await receive(result)
      }
    } circumstances: {
      RunCircumstances(threads: 1, started: "", seconds: 0)
    }
    run.forget()
  }
}

/// Sends SIGTERM, which is heard before this returns: whoever runs the tests may have blocked signals, and each
/// thread has a mask of its own.
private func askToEnd() {
  var unblocked = sigset_t()
  sigemptyset(&unblocked)
  sigaddset(&unblocked, SIGTERM)
  pthread_sigmask(SIG_UNBLOCK, &unblocked, nil)
  raise(SIGTERM)
}

@Suite struct ResumableRunTests {
  /// Told to end while the results of a point are written: the points are computed within the half minute after
  /// which anything would be kept of itself.
  @Test(arguments: [0, 1, 2]) func whatIsEndedWhileAPointIsWrittenKeepsAll(point: Int) async throws
  {
    let path = FileManager.default.temporaryDirectory.path + "/chokepoint-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: path) }
    await #expect(processExitsWith: .exitCode(75)) {
      [path = path as String, point = point as Int] in
      do {
        try await Interruption.heeded {
          try await SmallSweep.run(to: path, before: { if $0 == point { askToEnd() } })
        }
      } catch let error as Interrupted where error.done == point + 1 && error.blocks == 3 {
        exit(75)
      }
    }
    let left = try FileManager.default.contentsOfDirectory(atPath: path)
    #expect(left == [".unfinished.sqlite"])
    // What was kept is not computed again: it is there before the first slice.
    var done: [Int] = []
    try await SmallSweep.run(to: path, progress: { done.append($0) })
    let kept = (1...point + 1).map { $0 * 64 }
    let computed = (point + 1..<3).flatMap { [$0 * 64, ($0 + 1) * 64] }
    #expect(done == kept + computed)
    let whole = path + "/whole"
    try await SmallSweep.run(to: whole)
    for name in ["trajectories.csv", "sweep.csv", "datapackage.json"] {
      let bytes = try [path, whole].map { try FileSystem.read("\($0)/\(name)") }
      #expect(bytes[0] == bytes[1] && !bytes[0].isEmpty, "\(name)")
    }
  }
}
