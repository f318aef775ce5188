import Testing

/// What happens to whom must come out of the model: it may know no chip, firm or country by name.
@Suite struct NamelessModelTests {
  /// Names of things in the world, as they would stand in a text of Swift.
  private static let names = [
    "a100", "a800", "h100", "h800", "h20", "h200", "b30a", "b200", "gb200", "ascend", "mi300x", "tpu",
    "CN", "US", "HUB", "NL", "JP", "nvidia", "NVIDIA", "amd", "huawei", "google", "openai",
    "deepseek", "alibaba", "GH100", "GA100", "China",
  ]

  /// The texts between quotation marks of a line that is no comment.
  static func literals(in line: Substring) -> [String] {
    let code = line.drop { $0 == " " }
    guard !code.hasPrefix("//"), !code.hasPrefix("*") else { return [] }
    let parts = line.split(separator: "\"", omittingEmptySubsequences: false)
    return stride(from: 1, to: parts.count, by: 2).map { String(parts[$0]) }
  }

  /// Whether a text has a name as a word of its own, or as the first part of an id.
  static func names(_ name: String, in literal: String) -> Bool {
    let words = literal.split { !$0.isLetter && !$0.isNumber }
    return words.contains { $0 == name }
  }

  @Test(arguments: names)
  func `the policy model knows no`(name: String) throws {
    let files = try Repository.swiftFiles(under: "Sources/PolicyModel")
    #expect(files.count > 40)
    for (place, line) in files.flatMap({ $0.lines(with: name) }) {
      for literal in Self.literals(in: line) where Self.names(name, in: literal) {
        // Documentation of what `ID` stands for, and the field's units, are no knowledge of a chip.
        #expect(Bool(false), "\(place): \(literal)")
      }
    }
  }

  @Test(arguments: [
    ("  let chip = chips[\"h20\"]", "h20"), ("  if place == \"CN\" { return }", "CN"),
    ("    case \"h100_sxm\": 1", "h100"),
  ])
  func `a name is seen where it stands`(line: String, name: String) {
    #expect(Self.literals(in: line[...]).contains { Self.names(name, in: $0) })
  }

  @Test(arguments: [
    ("/// China buys \"h20\"", "h20"), ("let unit = \"h100e\"", "h100"), ("  USDollars(1)", "US"),
  ])
  func `what is no name is not taken for one`(line: String, name: String) {
    #expect(!Self.literals(in: line[...]).contains { Self.names(name, in: $0) })
  }
}
