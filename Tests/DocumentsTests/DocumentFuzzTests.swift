@testable import Documents
import TestSupport
import Testing

/// Mutations of a sound document: reading one never crashes, and tells of what is wrong at a place
/// that is in the file.
@Suite struct DocumentFuzzTests {
  private static let pieces: [String] = [
    "\"", "'", "[", "]", "{", "}", ":", ": ", "- ", "#", "&a ", "*a", "!t ", "|", ">", "\n", "\r",
    "\t", "  ", "%", "@", "?", "? ", "<<: ", "---\n", "...\n", "010", "1:30", ".nan", "NO", "~",
    "\0", "\u{FEFF}", "\u{2028}", "é", "\\", "e", "_", ",", "run:\n", "&a [*a]",
  ]

  @Test(arguments: 0..<20) func survives(_ group: Int) throws {
    var random = SplitMix(state: UInt64(group))
    var faulty = 0
    for _ in 0..<100 {
      let bytes = Self.mutated(Array(DocumentFixture.valid.utf8), &random)
      let faults = Self.faults(bytes)
      faulty += faults.isEmpty ? 0 : 1
      let lines = String(decoding: bytes, as: UTF8.self)
        .split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r" || $0 == "\r\n" }
      for fault in faults {
        let place = fault.location
        try #require(
          (1...lines.count).contains(place.line),
          "\(fault) \(String(decoding: bytes, as: UTF8.self).suffix(40).debugDescription)")
        try #require(
          (1...lines[place.line - 1].unicodeScalars.count + 1).contains(place.column), "\(fault)")
        try #require(!fault.description.contains("\n"))
      }
    }
    #expect(faulty > 50)
  }

  private static func faults(_ bytes: [UInt8]) -> [Fault] {
    do throws(ScenarioFaults) {
      let (document, faults) = try SourceDocument(bytes: bytes, file: "t")
        .check(against: DocumentFixture.schema)
      #expect(document != nil || !faults.isEmpty)
      return faults
    } catch {
      #expect(!error.faults.isEmpty)
      return error.faults
    }
  }

  private static func mutated(_ bytes: [UInt8], _ random: inout SplitMix) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...4, using: &random) where bytes.count > 8 {
      let from = Int.random(in: 0..<bytes.count, using: &random)
      let to = min(bytes.count, from + Int.random(in: 1...20, using: &random))
      switch Int.random(in: 0..<6, using: &random) {
      case 0: bytes.removeSubrange(from..<to)
      case 1:
        bytes.insert(contentsOf: bytes[from..<to], at: Int.random(in: 0..<from + 1, using: &random))
      case 2: bytes[from] = UInt8.random(in: 0...255, using: &random)
      case 3: bytes.removeLast(bytes.count - to)
      default:
        let piece = pieces.randomElement(using: &random) ?? ""
        bytes.insert(contentsOf: Array(piece.utf8), at: from)
      }
    }
    return bytes
  }
}
