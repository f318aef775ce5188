/// A YAML file read into a tree, before any schema has said what it should hold.
public struct SourceDocument: Sendable {
  /// The file's name as the user gave it.
  public let file: String
  /// What is wrong with the YAML itself, short of being unreadable.
  public package(set) var faults: [Fault]
  /// The document's outermost value.
  public package(set) var root: SourceNode

  /// Reads the file at `path`; throws if there is nothing that could be looked at further.
  public init(contentsOf path: String, limits: DocumentLimits = .standard) throws(ScenarioFaults) {
    let bytes = try fileBytes(
      path, what: "scenario file", limit: limits.bytes, at: .start(of: path))
    try self.init(bytes: bytes, file: path, limits: limits)
  }

  /// Reads the file at `path`, which the document at `location` names as its base.
  package init(
    contentsOfBase path: String, namedAt location: SourceLocation,
    limits: DocumentLimits = .standard
  ) throws(ScenarioFaults) {
    let bytes = try fileBytes(
      path, what: "base file", limit: limits.bytes, at: location, documentPath: "base")
    try self.init(bytes: bytes, file: path, limits: limits)
  }

  /// Reads `bytes` as the content of `file`, a name for messages and for finding files beside it.
  public init(bytes: [UInt8], file: String, limits: DocumentLimits = .standard)
    throws(ScenarioFaults)
  {
    let text = try DocumentText(bytes, file: file, limits: limits).text
    var composer = Composer(text, file: file, limits: limits)
    self.root = try composer.compose()
    self.file = file
    self.faults = composer.faults
  }

  /// Reads `text` as the content of `file`, a name for messages and for finding files beside it.
  public init(text: String, file: String, limits: DocumentLimits = .standard)
    throws(ScenarioFaults)
  {
    try self.init(bytes: Array(text.utf8), file: file, limits: limits)
  }
}
