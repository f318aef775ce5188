import Documents
import PolicyModel

/// The sources that values of a file name, so that each value can carry citation and date.
///
/// In a scenario there is no such table: the text of `source` is the citation itself.
struct SourceTable: Sendable {
  private var sources: [String: (citation: String, date: String)] = [:]

  /// No table: sources are written out where they are used.
  static let none = SourceTable()

  private init() {}

  init(_ node: DocumentNode?) {
    for entry in node?.entries ?? [] {
      guard let citation = entry.value["citation"]?.text, let date = entry.value["date"]?.text
      else { continue }
      sources[entry.key] = (citation, date)
    }
  }

  /// What the sources are called, sorted.
  var names: [String] { sources.keys.sorted() }

  /// A source of the table, with its date.
  func citation(_ name: String) -> String? {
    sources[name].map { "\($0.citation) [\($0.date)]" }
  }

  /// The provenance written beside a value, or nil where nothing is said.
  func provenance(beside node: DocumentNode) -> Provenance? {
    guard let source = node["source"]?.text else { return nil }
    let confidence = node["confidence"]?.text.flatMap(Confidence.init(rawValue:))
    let known = sources[source]
    return Provenance(
      source: known?.citation ?? source, date: known?.date,
      confidence: confidence ?? .unverified)
  }

  /// A fault where a file that has a table names a source that is not in it.
  func fault(beside node: DocumentNode) -> Fault? {
    guard !sources.isEmpty, let source = node["source"], let name = source.text,
      sources[name] == nil
    else { return nil }
    return source.fault(
      "unknown source \(quoted(name))",
      suggestion: nearestWord(to: name, among: names))
  }
}
