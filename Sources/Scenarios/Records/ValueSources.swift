import Documents
import PolicyModel

/// Where values come from: a table in the files that ship inside the program, and beside each value
/// what it says.
enum SourceSchema {
  /// A table of sources, by the names that values give.
  static let table = Schema.dictionary(
    of: .mapping([
      .required("citation", .text, "The citation."),
      .required("date", .text, "Its date: a year, a month or a day."),
    ]))

  /// The keys that say where a value comes from.
  static let provenance: [Field] = [
    .optional("source", .text, "Where the value comes from."),
    .optional(
      "confidence", .word(of: Confidence.self), default: .word(Confidence.unverified),
      beside: ["source"], "How far it can be trusted."),
  ]
}

extension DocumentNode {
  /// What is said of where a value comes from, beside it; nil where nothing is.
  var provenance: Provenance? {
    guard let source = self["source"]?.text, let confidence: Confidence = word("confidence") else {
      return nil
    }
    return Provenance(source: source, confidence: confidence)
  }
}
