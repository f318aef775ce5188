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
    let tables = tables
    var files = await concurrentMap(tables, threads: circumstances.threads) {
      ResultFolder.File(name: "\($0.name).csv", bytes: CSV.bytes(of: $0))
    }
    var resources = zip(tables, files).map { DataPackage.Resource($0, file: $1) }
    let scenarioFile = ResultFolder.File(
      name: "scenario.yaml", bytes: Array(input.effectiveYAML.utf8))
    files.append(scenarioFile)
    resources.append(
      DataPackage.Resource(
        scenarioFile, name: "scenario", format: "yaml",
        description: "The effective scenario: run it again and get the same files."))
    let package = DataPackage(
      name: scenario.name, title: scenario.about.title, description: scenario.about.question,
      resources: resources)
    files.append(.init(name: "datapackage.json", bytes: JSONText.bytes(of: package)))
    let manifest = JSONText.bytes(of: manifest(of: input, circumstances))
    let obsolete = Self.optionalTables.map { "\($0).csv" }.filter { name in
      !files.contains { $0.name == name }
    }
    try folder.write(
      files, manifest: .init(name: Self.manifestName, bytes: manifest), obsolete: obsolete)
    return files.map(\.name) + [Self.manifestName]
  }

  private static let manifestName = "manifest.json"

  private func manifest(
    of input: RunInput, _ circumstances: RunCircumstances
  ) -> Manifest {
    Manifest(
      version: ProgramVersion.current, scenario: scenario.name,
      inputSHA256: input.hash, seed: scenario.run.seed,
      design: scenario.run.design.rawValue, replicates: ensemble.replicatesPlanned,
      replicatesFailed: failedReplicates,
      regimes: ensemble.regimes, cells: ensemble.regimes.count * ensemble.layout.cellCount,
      rulesKnownUntil: BuiltInFacts.current.rulesKnownUntil.description,
      threads: circumstances.threads, secondsElapsed: circumstances.seconds,
      started: circumstances.started)
  }
}
