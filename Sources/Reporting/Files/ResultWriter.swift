import Analysis
import FoundationEssentials
import Quantities
import Scenarios
import Simulation
import Stochastics

/// When and how a result was computed.
public struct RunCircumstances: Sendable {
  /// How many pieces of work were computed at the same time.
  public let threads: Int
  /// When it began, ISO 8601.
  public let started: String
  /// How long it took, in seconds.
  public let seconds: Double

  /// States the circumstances.
  public init(threads: Int, started: String, seconds: Double) {
    self.threads = threads
    self.started = started
    self.seconds = seconds
  }
}

extension RunResult {
  /// Writes everything into a folder: tables, effective scenario, data package and manifest.
  ///
  /// - Parameter input: the scenario that this is the result of, written out.
  /// - Returns: the names of the files, in the order of the data package.
  @discardableResult
  public func write(
    _ input: RunInput, to folder: ResultFolder, _ circumstances: RunCircumstances
  ) async throws(FileError) -> [String] {
    try await folder.write { staged throws(FileError) in
      try await write(input, into: &staged, circumstances)
    } obsolete: { names in
      Self.optionalTables.map { "\($0).csv" }.filter { !names.contains($0) }
    }
  }

  private func write(
    _ input: RunInput, into staged: inout StagedResults, _ circumstances: RunCircumstances
  ) async throws(FileError) -> [String] {
    let (tables, threads) = (tables, circumstances.threads)
    let texts = await concurrentMap(tables, threads: threads) { CSV.bytes(of: $0) }
    var resources: [DataPackage.Resource] = []
    for (table, text) in zip(tables, texts) {
      let late = table.lateRows.map { rows in { @Sendable in CSV.bytes(of: rows()) } }
      let file = try await staged.add("\(table.name).csv", text, late, threads: threads)
      resources.append(DataPackage.Resource(table, file: file))
    }
    let effective = try await staged.add("scenario.yaml", Array(input.effectiveYAML.utf8))
    resources.append(
      DataPackage.Resource(
        effective, name: "scenario", format: "yaml",
        description: "The effective scenario: run it again and get the same files."))
    let package = DataPackage(
      name: scenario.name, title: scenario.about.title, description: scenario.about.question,
      resources: resources)
    let last = ["datapackage.json", "manifest.json"]
    _ = try await staged.add(last[0], JSONText.bytes(of: package))
    _ = try await staged.add(last[1], JSONText.bytes(of: manifest(of: input, circumstances)))
    return resources.map(\.path) + last
  }

  private func manifest(
    of input: RunInput, _ circumstances: RunCircumstances
  ) -> Manifest {
    Manifest(
      version: ProgramVersion.current, scenario: scenario.name,
      inputSHA256: input.hash, seed: scenario.run.seed,
      design: scenario.run.design.rawValue, replicates: statistics.replicatesPlanned,
      replicatesFailed: failedReplicates,
      regimes: statistics.regimes, cells: statistics.regimes.count * statistics.layout.cellCount,
      rulesKnownUntil: BuiltInFacts.current.rulesKnownUntil.description,
      threads: circumstances.threads, secondsElapsed: circumstances.seconds,
      started: circumstances.started)
  }
}
