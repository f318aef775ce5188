import Analysis
import FoundationEssentials
import PolicyModel
import Quantities
import Scenarios
import Simulation
import Stochastics
public import Storage
public import Studies

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
  ///   - hasPage: whether to write a page to be read and sent as well.
  ///   - results: hands over the results of its points, one after another.
  ///   - circumstances: says, when all are there, how they came about.
  public func write(
    _ input: RunInput, to folder: ResultFolder, threads: Int, hasPage: Bool = true,
    _ results: (_ receive: (RunResult) async throws -> Void) async throws -> Void,
    circumstances: () -> RunCircumstances
  ) async throws -> WrittenResults {
    try await folder.write { staged in
      var writer = ResultWriter(self, input, threads: threads, hasPage: hasPage)
      var last: RunResult?
      try await results {
        try await writer.add($0, to: &staged)
        last = $0
      }
      guard let last else { preconditionFailure("an experiment has a point") }
      return WrittenResults(
        names: try writer.finish(&staged, circumstances()), last: last,
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
  private var package: PackageWriter
  private(set) var replicatesFailed = 0
  private var cells = 0
  /// Of a sweep, what its page keeps of each point.
  private var points: [SweepPagePoint] = []
  private var last: RunResult?
  private let hasPage: Bool
  /// Of all points, the one that is furthest from exact.
  private var quantileRule = QuantileRule.exact

  init(_ experiment: Experiment, _ input: RunInput, threads: Int, hasPage: Bool) {
    self.hasPage = hasPage
    self.experiment = experiment
    self.input = input
    package = PackageWriter(threads: threads)
  }

  /// Adds a result to every table; that of a point of a sweep to a column that names the point.
  mutating func add(
    _ result: RunResult, to staged: inout StagedResults
  ) async throws(FileError) {
    if experiment.isSweep, !staged.has("sweep.csv") {
      try await package.add(experiment.sweep, to: &staged)
      try await package.add(ResultIndex.table(of: [(experiment, ".")]), to: &staged)
    }
    var result = result
    result.point = experiment.isSweep ? result.scenario.point?.id : nil
    let point = result.point
    // A file of nothing but a header tells nothing.
    for table in result.tables where !table.isEmpty {
      try await package.add(point.map { table.ofPoint($0) } ?? table, to: &staged)
    }
    if experiment.isSweep { points.append(SweepPagePoint(result)) }
    last = result
    replicatesFailed += result.failedReplicates
    cells += result.statistics.regimes.count * result.statistics.layout.cellCount
    let rule = result.statistics.quantileRule
    if rule.relativeError > quantileRule.relativeError { quantileRule = rule }
  }

  /// Ends all files, and adds those that describe them; says what all are called.
  mutating func finish(
    _ staged: inout StagedResults, _ circumstances: RunCircumstances
  ) throws(FileError) -> [String] {
    try package.finishTables(&staged)
    try package.add(
      "scenario.yaml", Array(input.effectiveYAML.utf8), name: "scenario", format: "yaml",
      mediaType: "application/yaml",
      description: "The effective scenario: run it again and get the same files.", to: &staged)
    let page = try addCharts(to: &staged)
    let about = input.scenario.about
    let names = try package.finish(
      &staged, name: input.scenario.name, title: about.title,
      description: about.question + (quantileRule.words.map { " (\($0))" } ?? ""),
      Manifest(
        input, replicatesFailed: replicatesFailed, points: experiment.points.count, cells: cells,
        quantiles: quantileRule.words ?? "exact", circumstances))
    return page + names
  }

  /// Adds the charts, what a page says of the result, and the page itself, which is no part of the data package:
  /// it has charts where the build has a runtime for them.
  ///
  /// - Returns: the name of the page, if it is written.
  private mutating func addCharts(
    to staged: inout StagedResults
  ) throws(FileError) -> [String] {
    guard let last else { return [] }
    let sweep = experiment.isSweep ? SweepPage(points, last: last) : nil
    let charts = sweep?.charts ?? last.charts
    let contents =
      sweep?.contents(input, charts: charts, files: package.files)
      ?? last.pageContents(input, charts: charts, files: package.files)
    // Both the package and the page have them.
    let bytes = Dictionary(uniqueKeysWithValues: charts.map { ($0.name, $0.bytes) })
    for chart in charts { try package.add(chart, bytes[chart.name] ?? [], to: &staged) }
    try package.add(
      StoredPage.contentsFile, JSONText.compactBytes(of: contents), name: "report", format: "json",
      mediaType: "application/json", description: "What report.html says: text, tables and series.",
      to: &staged)
    guard hasPage else { return [] }
    _ = try staged.add(StoredPage.file, ReportPage(contents: contents, charts: bytes).bytes)
    return [StoredPage.file]
  }
}
