import FoundationEssentials

/// JSON as results are written in it: keys sorted, two spaces, a line feed at the end.
public enum JSONText {
  /// Writes a value.
  public static func bytes(of value: some Encodable) -> [UInt8] { bytes(of: value, isPretty: true) }

  /// Writes a value in one line: for what holds thousands of rows.
  package static func compactBytes(of value: some Encodable) -> [UInt8] {
    bytes(of: value, isPretty: false)
  }

  private static func bytes(of value: some Encodable, isPretty: Bool) -> [UInt8] {
    let writer = JSONWriter(isPretty: isPretty)
    do { try writer.write(value) } catch {
      preconditionFailure("results hold nothing that JSON has no word for: \(error)")
    }
    writer.write(word: "\n")
    return writer.bytes
  }

  /// The text under a key of the outermost object, or nil.
  static func string(_ key: String, in text: String) -> String? {
    let object = try? JSONDecoder().decode([String: Loose].self, from: Data(text.utf8))
    return object?[key]?.text
  }

  /// Whether a key stands in a text once: of two, readers differ on which one counts.
  static func hasOnce(_ key: String, in text: String) -> Bool {
    text.ranges(of: "\"\(key)\"").count {
      text[$0.upperBound...].first { !$0.isWhitespace } == ":"
    } == 1
  }

  /// A value of which only text matters.
  private struct Loose: Decodable {
    let text: String?

    init(from decoder: any Decoder) throws {
      text = try? decoder.singleValueContainer().decode(String.self)
    }
  }
}
