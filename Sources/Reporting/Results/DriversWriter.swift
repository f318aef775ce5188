import PolicyModel
public import Scenarios
public import Storage
public import Studies

/// What is asked of what a figure rests on: what its answer depends on.
public struct DriversInput: Sendable {
  /// The scenario.
  let input: RunInput
  /// The hash of all of it.
  public let hash: String

  /// Takes everything down.
  public init(_ scenario: Scenario, _ question: FigureQuestion) {
    input = RunInput(scenario)
    hash = SHA256.hex(Array("drivers\n\(input.hash)\n\(question)".utf8))
  }
}

extension DriversAnswer {
  /// Writes tables and charts into a folder, with their description and a manifest.
  ///
  /// - Parameter input: what this is the answer to.
  /// - Returns: the names of the files, in the order of the data package.
  public func write(
    _ input: DriversInput, to folder: ResultFolder, _ circumstances: RunCircumstances
  ) async throws -> [String] {
    try await folder.write { staged in
      var writer = PackageWriter(threads: circumstances.threads)
      for table in tables where !table.isEmpty { try await writer.add(table, to: &staged) }
      try writer.finishTables(&staged)
      for chart in charts { try writer.add(chart, chart.bytes, to: &staged) }
      return try writer.finish(
        &staged, name: "drivers", title: "What \(figureInWords) rests on",
        description: sentences.joined(separator: " "),
        Manifest(
          scenarios: [scenario.name], inputSHA256: input.hash, inputs: [input.input.hash],
          scenario.run, replicatesFailed: failedReplicates,
          regimes: scenario.blueprint.regimes.map(\.id), circumstances))
    }
  }
}
