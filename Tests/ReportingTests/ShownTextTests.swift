@testable import Storage
import FoundationEssentials
import Glibc
import Testing
import Wording

@testable import Reporting

/// What a terminal would obey, and a reader not see, is spelt out wherever text leaves the program.
@Suite struct ShownTextTests {
  private static let hostile =
    "a\u{1B}[2J\u{7}\r\u{9B}b\u{202E}c\u{2066}\u{FEFF}\u{E0041}\u{7F}d\te\nf"

  @Test func `lines stay lines, and names stay in theirs`() {
    let common =
      "a\\u{001B}[2J\\u{0007}\\r\\u{009B}b\\u{202E}c\\u{2066}\\u{FEFF}\\u{E0041}\\u{007F}d"
    #expect(InvisibleCharacters.escaped(Self.hostile) == common + "\te\nf")
    #expect(InvisibleCharacters.escaped(Self.hostile, as: .name) == common + "\\te\\nf")
    for text in [
      "", "plain", "h\u{E9} \u{1F469}\u{200D}\u{1F52C} \u{4E2D}\u{6587}", "two\nlines\tand a tab",
    ] {
      #expect(InvisibleCharacters.escaped(text) == text)
    }
    #expect(InvisibleCharacters.escaped("one\r\ntwo") == "one\\r\ntwo")
  }

  @Test(arguments: [
    "\u{1B}", "\u{7}", "\u{0}", "\u{8}", "\r", "\u{85}", "\u{9B}", "\u{7F}", "\u{200E}", "\u{061C}",
    "\u{202A}", "\u{202E}", "\u{2066}", "\u{2069}", "\u{2028}", "\u{2029}", "\u{FEFF}", "\u{E0001}",
  ])
  func `no way out lets one through`(character: String) throws {
    let text = "x\(character)y\nz"
    var table = Table(name: "t", description: "T.", fields: [TableField("f", .string, "F.")])
    table.append([.text(text)])
    var lines = TextTable(header: ["h"], rightAligned: [])
    lines.append([text])
    let json = JSONText.bytes(of: [text])
    let shown = [
      String(decoding: CSV.bytes(of: table), as: UTF8.self), lines.text,
      String(decoding: json, as: UTF8.self), FileError(text).description, ShellWord.quoted(text),
      FileError(all: [FileError(text), FileError(text)]).description,
    ]
    for words in shown {
      #expect(InvisibleCharacters.first(in: words) == nil, "\(words.debugDescription)")
    }
    #expect(try JSONDecoder().decode([String].self, from: Data(json)) == [text])
    #expect(lines.text.split(separator: "\n").count == 2)
    #expect(!shown[3].contains("\n") && shown[5].split(separator: "\n").count == 2)
  }

  /// Whatever a command forgot to escape.
  @Test func `standard output lets none through`() throws {
    let path = FileManager.default.temporaryDirectory.path + "/chokepoint-\(UUID().uuidString)"
    let file = open(path, O_RDWR | O_CREAT | O_EXCL, 0o600)
    defer {
      close(file)
      unlink(path)
    }
    try StandardOutput.write(Self.hostile + "\nplain\n", to: file)
    let bytes = try #require(FileManager.default.contents(atPath: path))
    let written = String(decoding: bytes, as: UTF8.self)
    #expect(written == InvisibleCharacters.escaped(Self.hostile) + "\nplain\n")
    #expect(InvisibleCharacters.first(in: written) == nil)
  }

  @Test func `a shell reads a word back`() {
    #expect(ShellWord.quoted("a b") == "'a b'")
    #expect(ShellWord.quoted("it's") == "'it'\\''s'")
    #expect(ShellWord.quoted("a\u{1B}'\\\nb") == "$'a\\u001B\\'\\\\\\u000Ab'")
    #expect(ShellWord.quoted("\u{E0041}") == "$'\\U000E0041'")
  }
}
