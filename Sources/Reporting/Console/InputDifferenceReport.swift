public import Studies
import Wording

extension InputDifference {
  /// The differences for a terminal.
  ///
  /// - Parameter names: what the two are called.
  public func text(of names: (String, String)) -> String {
    guard !entries.isEmpty else { return "The inputs are the same.\n" }
    var table = TextTable(header: ["key", names.0, names.1], rightAligned: [])
    for entry in entries {
      table.append([entry.path, Self.short(entry.first), Self.short(entry.second)])
    }
    return
      "What differs in the inputs: \(NumberWords.counted(entries.count, "key"))\n\(table.text)\n"
  }

  private static func short(_ text: String?) -> String {
    guard let text else { return "-" }
    return text.count > 48 ? "\(text.prefix(45))..." : text
  }
}
