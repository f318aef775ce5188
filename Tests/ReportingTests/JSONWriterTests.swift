import FoundationEssentials
import Testing
import Wording

@testable import Storage

/// JSON as results are written in it, held to the library's encoder.
@Suite struct JSONWriterTests {
  private enum Colour: String, Encodable { case red }

  /// An enum with what is in a case: written in a container within a container.
  private enum Shape: Encodable {
    case none, circle(radius: Double), of([Int], inside: String)
  }

  private struct Inner: Encodable {
    var zeta: Int?
    var alpha: [Double?] = [1, nil, -0.0, 1e16, 1e-7, 0.1]
    let empty: [String] = []
    let nothing: [String: Int] = [:]
  }

  private struct Outer: Encodable {
    let b = [Inner(zeta: 3), Inner()]
    let a = "quotes \" and \\ and / and \u{8}\u{C}\r\n\t and h\u{E9} \u{1F469}\u{200D}\u{1F52C}"
    let c: [String: [String: Bool]] = ["y": ["q": true], "x": [:], "\u{E9}": ["z": false]]
    let d: [Shape] = [.none, .circle(radius: 2.5), .of([1, 2], inside: "x")]
    let colour = Colour.red
    let large = UInt64.max
    let small: [[[Double?]]] = [[[1.5, nil], []], []]
  }

  private static func library(
    _ value: some Encodable, _ more: JSONEncoder.OutputFormatting = []
  ) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = more.union([.sortedKeys, .withoutEscapingSlashes])
    return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
  }

  @Test func `it writes what the library would`() throws {
    let compact = String(decoding: JSONText.compactBytes(of: Outer()), as: UTF8.self)
    #expect(try compact == Self.library(Outer()))
    let pretty = String(decoding: JSONText.bytes(of: Outer()), as: UTF8.self)
    #expect(try pretty == Self.library(Outer(), .prettyPrinted))
  }

  @Test(arguments: [0, 1, -1, 1e15, 123_456_789.25, 1e22, 1e-300, -2.5e-9, .pi])
  func `numbers are as short as they can be`(number: Double) throws {
    let text = String(decoding: JSONText.compactBytes(of: [number]), as: UTF8.self)
    #expect(try text == Self.library([number]))
  }

  @Test func `two values that are one after the other are one object`() throws {
    struct Both: Encodable {
      enum Key: String, CodingKey { case beta }

      func encode(to encoder: any Encoder) throws {
        try Inner(zeta: 1).encode(to: encoder)
        var keys = encoder.container(keyedBy: Key.self)
        try keys.encode(2, forKey: .beta)
      }
    }
    #expect(
      try String(decoding: JSONText.bytes(of: Both()), as: UTF8.self)
        == Self.library(Both(), .prettyPrinted))
  }
}
