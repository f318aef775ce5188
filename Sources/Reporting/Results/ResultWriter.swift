import Analysis
import FoundationEssentials
import PolicyModel
import Quantities
import Scenarios
import Simulation
import Stochastics
public import Storage
public import Studies

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

/// Results that were written.
public struct WrittenResults: Sendable {
  /// The names of the files, in the order of the data package.
  public let names: [String]
  /// The result of the last point: of the scenario itself, where it has no sweep.
  public let last: RunResult
  /// How many replicates could not be computed, over all points.
  public let failedReplicates: Int
}

extension Experiment {
  /// Writes everything into a folder: tables, effective scenario, data package and manifest.
  ///
  /// - Parameters:
  ///   - input: the whole file, written out.
  ///   - results: hands over the results of its points, one after another.
  ///   - circumstances: says, when all are there, how they came about.
  public func write(
    _ input: RunInput, to folder: ResultFolder, threads: Int,
    _ results: (_ receive: (RunResult) async throws -> Void) async throws -> Void,
    circumstances: () -> RunCircumstances
  ) async throws -> WrittenResults {
    try await folder.write { staged in
      var writer = ResultWriter(self, input, threads: threads)
      var last: RunResult?
      try await results {
        try await writer.add($0, to: &staged)
        last = $0
      }
      guard let last else { preconditionFailure("an experiment has a point") }
      return WrittenResults(
        names: try await writer.finish(&staged, circumstances()), last: last,
        failedReplicates: writer.replicatesFailed)
    }
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
  ) async throws -> [String] {
    let experiment = Experiment(input.scenario)
    return try await experiment.write(input, to: folder, threads: circumstances.threads) {
      try await $0(self)
    } circumstances: {
      circumstances
    }.names
  }
}

/// Writes the results of one scenario, or of all points of its sweep one after another: no more than one
/// point is in memory.
struct ResultWriter {
  private let experiment: Experiment
  private let input: RunInput
  private let threads: Int
  private var tables: [Table] = []
  private(set) var replicatesFailed = 0
  private var cells = 0
  /// Of all points, the one that is furthest from exact.
  private var quantileRule = QuantileRule.exact

  init(_ experiment: Experiment, _ input: RunInput, threads: Int) {
    self.experiment = experiment
    self.input = input
    self.threads = threads
  }

  /// Adds a result to every table; that of a point of a sweep to a column that names the point.
  mutating func add(
    _ result: RunResult, to staged: inout StagedResults
  ) async throws(FileError) {
    var result = result
    result.point = experiment.isSweep ? result.scenario.point?.id : nil
    let point = result.point
    for table in result.tables {
      let table = point.map { table.ofPoint($0) } ?? table
      let name = "\(table.name).csv"
      if !staged.has(name) {
        tables.append(table)
        try staged.append(CSV.header(of: table), to: name)
      }
      try await staged.append(CSV.pieces(of: table), to: name, threads: threads)
    }
    replicatesFailed += result.failedReplicates
    cells += result.statistics.regimes.count * result.statistics.layout.cellCount
    let rule = result.statistics.quantileRule
    if rule.relativeError > quantileRule.relativeError { quantileRule = rule }
  }

  /// Ends all files, and adds those that describe them; says what all are called.
  func finish(
    _ staged: inout StagedResults, _ circumstances: RunCircumstances
  ) async throws(FileError) -> [String] {
    var resources: [DataPackage.Resource] = []
    if experiment.isSweep {
      let sweep = experiment.sweep
      let file = try staged.add("\(sweep.name).csv", CSV.bytes(of: sweep))
      resources.append(DataPackage.Resource(sweep, file: file))
    }
    for table in tables {
      resources.append(
        DataPackage.Resource(table, file: try staged.finish("\(table.name).csv")))
    }
    let effective = try staged.add("scenario.yaml", Array(input.effectiveYAML.utf8))
    resources.append(
      DataPackage.Resource(
        effective, name: "scenario", format: "yaml",
        description: "The effective scenario: run it again and get the same files."))
    let scenario = input.scenario
    let package = DataPackage(
      name: scenario.name, title: scenario.about.title,
      description: scenario.about.question + (quantileRule.words.map { " (\($0))" } ?? ""),
      resources: resources)
    let last = ["datapackage.json", "manifest.json"]
    _ = try staged.add(last[0], JSONText.bytes(of: package))
    _ = try staged.add(last[1], JSONText.bytes(of: manifest(circumstances)))
    return resources.map(\.path) + last
  }

  private func manifest(_ circumstances: RunCircumstances) -> Manifest {
    let scenario = input.scenario
    return Manifest(
      version: ProgramVersion.current, scenario: scenario.name,
      inputSHA256: input.hash, seed: scenario.run.seed,
      design: scenario.run.design.rawValue, replicates: scenario.run.replicates,
      replicatesFailed: replicatesFailed, regimes: scenario.blueprint.regimes.map(\.id),
      points: experiment.points.count, cells: cells,
      quantiles: quantileRule.words ?? "exact",
      rulesKnownUntil: BuiltInFacts.current.rulesKnownUntil.description,
      threads: circumstances.threads, secondsElapsed: circumstances.seconds,
      started: circumstances.started)
  }
}
