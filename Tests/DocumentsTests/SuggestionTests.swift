import Testing

@testable import Documents

/// What a word that nothing is called by was probably meant as, and what things may be called.
@Suite struct SuggestionTests {
  private static let chips = ["a100_80", "h100_pcie", "h100_sxm", "h200", "h800", "b200", "gb200"]

  @Test(arguments: [
    ("h100", ["h100_sxm", "h100_pcie"]), ("H100", ["h100_sxm", "h100_pcie"]), ("a100", ["a100_80"]),
    ("H100 SXM", ["h100_sxm"]), ("h100-pcie", ["h100_pcie"]), ("H200", ["h200"]),
    ("h100_sxn", ["h100_sxm"]), ("h900", ["h200"]), ("h10", ["h100_sxm", "h100_pcie"]),
    ("h80", ["h800"]), ("", []), ("tpu", []),
  ])
  func whatBeginsWithTheWordComesFirst(word: String, meant: [String]) {
    #expect(likelyWords(for: word, among: Self.chips)?.words ?? [] == meant)
  }

  @Test func severalAreTold() {
    let near = likelyWords(for: "trainin", among: ["training", "training.later"])
    #expect(near?.words == ["training"])
    let said = CommandLineFault(unknown: "chip", "h100", known: Self.chips).description
    #expect(
      said.hasPrefix(
        "no chip is called \"h100\"; did you mean \"h100_sxm\" or \"h100_pcie\"? there"))
    let three = likelyWords(for: "aa", among: ["aa-1", "aa-2", "aa-3"])
    #expect(three?.description == "\"aa-1\", \"aa-2\" or \"aa-3\"")
    #expect(likelyWords(for: "ab", among: (1...9).map { "ab-\($0)" }) == nil)
  }

  private static func said(_ text: String) throws -> String {
    let schema = Schema.mapping([
      .optional("name", .name, "A name."), .optional("of", .reference, "Something there is."),
      .optional("id", .identifier, "An id."),
    ])
    return try SourceDocument(text: text, file: "t").check(against: schema).faults
      .map { $0.description }.joined(separator: "\n")
  }

  @Test(arguments: ["v1.2", "h20-ban.2025-12", "a.b.c", "base.csv-like", "x"])
  func namesMayHaveDots(name: String) throws { #expect(try Self.said("name: \(name)") == "") }

  /// Folders of results stay below their own, and beside files.
  @Test(arguments: [
    "..", ".a", "a.", "a..b", "a/../b", "a/b", "1.2a", "a.yaml", "a.b.json", "a.sqlite", "A.b",
    "a b.c",
    "nan", "a.\u{2E}b",
  ])
  func namesStayNames(name: String) throws {
    #expect(try Self.said("name: '\(name)'").hasPrefix("t:1:7: name: "))
    #expect(try !Self.said("id: v1.2").isEmpty, "an id is part of paths, where dots divide")
  }

  /// A reference in other letters is for whoever knows what there is.
  @Test func aReferenceIsLookedUpInOtherLettersToo() throws {
    #expect(try Self.said("of: H100 SXM") == "" && Self.said("of: H100") == "")
    #expect(try Self.said("id: H100").contains("did you mean \"h100\"?"))
    for text in ["of: 100", "of: a/b", "of: 'a.b'", "of: nan", "of: true"] {
      #expect(try !Self.said(text).isEmpty)
    }
  }
}
