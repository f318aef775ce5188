import Storage

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

/// Writes the files of a data package: tables piece by piece, other files whole, and at last those that
/// describe them.
struct PackageWriter {
  private let threads: Int
  private var tables: [Table] = []
  private var resources: [DataPackage.Resource] = []

  /// A package without files.
  ///
  /// - Parameter threads: how many pieces of a table are made at the same time.
  init(threads: Int) { self.threads = threads }

  /// Adds the rows of a table to its file, which is begun if it is not there.
  mutating func add(_ table: Table, to staged: inout StagedResults) async throws(FileError) {
    let name = "\(table.name).csv"
    if !staged.has(name) {
      tables.append(table)
      try staged.append(CSV.header(of: table), to: name)
    }
    try await staged.append(CSV.pieces(of: table), to: name, threads: threads)
  }

  /// Ends the tables' files, which come in the order in which they were begun.
  mutating func finishTables(_ staged: inout StagedResults) throws(FileError) {
    for table in tables {
      let file = try staged.finish("\(table.name).csv")
      resources.append(DataPackage.Resource(table, file: file))
    }
    tables = []
  }

  /// Adds a file that is no table.
  mutating func add(
    _ fileName: String, _ bytes: [UInt8], name: String, format: String, mediaType: String,
    description: String, to staged: inout StagedResults
  ) throws(FileError) {
    let file = try staged.add(fileName, bytes)
    resources.append(
      DataPackage.Resource(
        file, name: name, format: format, mediaType: mediaType, description: description))
  }

  /// Adds a chart, of which these are the bytes.
  mutating func add(
    _ chart: Chart, _ bytes: [UInt8], to staged: inout StagedResults
  ) throws(FileError) {
    try add(
      chart.path, bytes, name: "chart-\(chart.name)", format: "vl.json",
      mediaType: Chart.mediaType, description: chart.finding, to: &staged)
  }

  /// The files so far, with what they are.
  var files: [(path: String, description: String)] {
    resources.map { ($0.path, $0.description) }
  }

  /// Ends all files, and adds the description of them and the manifest; says what all are called.
  mutating func finish(
    _ staged: inout StagedResults, name: String, title: String, description: String,
    _ manifest: Manifest
  ) throws(FileError) -> [String] {
    try finishTables(&staged)
    let package = DataPackage(
      name: name, title: title, description: description, resources: resources)
    let last = ["datapackage.json", "manifest.json"]
    _ = try staged.add(last[0], JSONText.bytes(of: package))
    _ = try staged.add(last[1], JSONText.bytes(of: manifest))
    return resources.map(\.path) + last
  }
}
