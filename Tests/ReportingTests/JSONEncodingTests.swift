import FoundationEssentials
import Storage
import Testing
import Wording

/// What JSON files say is what Foundation's encoder would write, byte by byte.
@Suite struct JSONEncodingTests {
  private struct Numbers: Encodable {
    let whole = [0.0, -0.0, 1, -17, 100_000, 1e15, 1e16, 9_007_199_254_740_992, 1e21, -1e300]
    let broken = [0.1, -2.5, 1e-7, .leastNonzeroMagnitude, 1.0 / 3, .greatestFiniteMagnitude, .pi]
    let single: [Float] = [0.1, 3, 1e-12, 1e20]
    let integers = [Int.min, -1, 0, Int.max]
    let small: (Int8, UInt16, Int64, UInt64) = (-128, 65_535, .min, .max)
    let flags = [true, false]

    private enum Key: CodingKey { case whole, broken, single, integers, a, b, c, d, flags }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(flags, forKey: .flags)
      try container.encode(whole, forKey: .whole)
      try container.encode(broken, forKey: .broken)
      try container.encode(single, forKey: .single)
      try container.encode(integers, forKey: .integers)
      try container.encode(small.0, forKey: .a)
      try container.encode(small.1, forKey: .b)
      try container.encode(small.2, forKey: .c)
      try container.encode(small.3, forKey: .d)
    }
  }

  private struct Texts: Encodable {
    let plain = ["", "a", "a/b", "two words"]
    let escaped = ["\"", "\\", "\u{8}\u{C}\n\r\t", "\u{0}\u{1}\u{B}\u{1B}\u{1F}", "</script>"]
    let wide = ["é", "漢字", "\u{1F680}", "e\u{301}", "\r\n"]
    let invisible = ["\u{7F}", "\u{85}", "\u{2028}", "\u{202E}abc", "\u{FEFF}", "\u{E0041}"]
  }

  private struct Nothing: Encodable {}

  private struct Nested: Encodable {
    let nothing = Nothing()
    let none: Int? = nil
    let some: Double? = 2.5
    let holes: [Double?] = [1, nil, 3]
    let empty: [String] = []
    let deep: [[[Int]]] = [[], [[]], [[1, 2], [3]]]
    let keys = [
      "b": 1.0, "B": 2, "a": 3, "_": 4, "10": 5, "9": 6, "é": 7, "z": 8, "a b": 9, "\"": 10,
      "\n": 11, "aa": 12,
    ]
    let byNumber = [3: "c", 1: "a", 20: "t"]
  }

  /// Containers within containers, asked for in every way there is.
  private struct Asked: Encodable {
    private enum Key: CodingKey { case z, y, list, parent, own, nothing }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      var list = container.nestedUnkeyedContainer(forKey: .list)
      try list.encode("first")
      try list.encodeNil()
      var inList = list.nestedContainer(keyedBy: Key.self)
      try inList.encode(2, forKey: .z)
      try inList.encode(Texts(), forKey: .y)
      var rows = list.nestedUnkeyedContainer()
      try rows.encode(contentsOf: [1.5, 2])
      try Nothing().encode(to: list.superEncoder())
      var object = container.nestedContainer(keyedBy: Key.self, forKey: .z)
      try object.encodeNil(forKey: .y)
      try object.encode(Numbers(), forKey: .own)
      try [1, 2].encode(to: container.superEncoder(forKey: .parent))
      try "above".encode(to: container.superEncoder())
      _ = container.superEncoder(forKey: .nothing)
      var again = encoder.container(keyedBy: Key.self)
      try again.encode(true, forKey: .own)
    }
  }

  private func expectSame(_ value: some Encodable) throws {
    let encoder = JSONEncoder()
    for isPretty in [true, false] {
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      if isPretty { encoder.outputFormatting.insert(.prettyPrinted) }
      let text = String(decoding: try encoder.encode(value), as: UTF8.self)
      let expected = InvisibleCharacters.escaped(text, as: .json) + "\n"
      let bytes = isPretty ? JSONText.bytes(of: value) : JSONText.compactBytes(of: value)
      #expect(String(decoding: bytes, as: UTF8.self) == expected)
      #expect(bytes == Array(expected.utf8))
    }
  }

  @Test func `numbers are written as Foundation writes them`() throws { try expectSame(Numbers()) }

  @Test func `texts are written as Foundation writes them`() throws { try expectSame(Texts()) }

  @Test func `parts are written as Foundation writes them`() throws {
    try expectSame(Nested())
    try expectSame([Nested(), Nested()])
    try expectSame(Asked())
    try expectSame(Nothing())
  }

  @Test func `a value may be no object`() throws {
    try expectSame(1.5)
    try expectSame("text")
    try expectSame([Double]())
    try expectSame([String: Int]())
    try expectSame(true)
  }
}
