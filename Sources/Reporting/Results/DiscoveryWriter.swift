import Analysis
import PolicyModel
public import Scenarios
public import Storage
public import Studies

/// What is asked of scenario discovery: what its answer depends on.
public struct DiscoveryInput: Sendable {
  /// The hash of the scenario.
  let input: String
  /// The hash of all of it.
  public let hash: String

  /// Takes everything down.
  public init(_ scenario: Scenario, _ question: DiscoveryQuestion) {
    input = RunInput(scenario).hash
    hash = SHA256.hex(Array("\(input)\n\(question)".utf8))
  }
}

extension DiscoveryAnswer {
  /// Writes tables and charts into a folder, with their description and a manifest.
  ///
  /// - Parameter input: what this is the answer to.
  /// - Returns: the names of the files, in the order of the data package.
  public func write(
    _ input: DiscoveryInput, to folder: ResultFolder, _ circumstances: RunCircumstances
  ) async throws -> [String] {
    try await folder.write { staged in
      var writer = PackageWriter(threads: circumstances.threads)
      for table in tables where !table.isEmpty { try await writer.add(table, to: &staged) }
      try writer.finishTables(&staged)
      for chart in charts { try writer.add(chart, chart.bytes, to: &staged) }
      return try writer.finish(
        &staged, name: "discovery", title: scenario.about.title, description: "When \(aimInWords).",
        Manifest(
          scenarios: [scenario.name], inputSHA256: input.hash, inputs: [input.input], scenario.run,
          replicatesFailed: failedReplicates, regimes: scenario.blueprint.regimes.map(\.id),
          circumstances))
    }
  }
}
