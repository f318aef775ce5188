import Scenarios
public import Storage
public import Studies

extension SensitivityBench {
  /// The hash of everything that its answer depends on.
  public var inputHash: String {
    let words = ["sensitivity", RunInput(scenario).hash, questionInWords]
    return SHA256.hex(Array(words.joined(separator: "\n").utf8))
  }
}

extension SensitivityAnswer {
  /// Writes tables and charts into a folder, with their description and a manifest.
  ///
  /// - Parameters:
  ///   - inputHash: of what this is the answer to.
  ///   - hasPoints: whether to write every point that was looked at as well.
  /// - Returns: the names of the files, in the order of the data package.
  public func write(
    inputHash: String, to folder: ResultFolder, hasPoints: Bool, _ circumstances: RunCircumstances
  ) async throws -> [String] {
    let input = RunInput(scenario)
    return try await folder.write { staged in
      var writer = PackageWriter(threads: circumstances.threads)
      for table in tables + (hasPoints ? [pointsTable] : []) {
        try await writer.add(table, to: &staged)
      }
      try writer.finishTables(&staged)
      try writer.add(
        "scenario.yaml", Array(input.effectiveYAML.utf8), name: "scenario", format: "yaml",
        mediaType: "application/yaml", description: "The effective scenario.", to: &staged)
      for chart in charts { try writer.add(chart, chart.bytes, to: &staged) }
      return try writer.finish(
        &staged, name: "sensitivity", title: "What \(figureInWords) is sensitive to",
        description: sentences.joined(separator: " "),
        Manifest(
          studying: input, by: stages.map { "\($0.kind)" }.joined(separator: ", "),
          inputSHA256: inputHash, points: pointCount, failed: failedPoints,
          circumstances))
    }
  }
}
