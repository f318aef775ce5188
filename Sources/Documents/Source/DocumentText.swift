import Wording

/// The text of a document, known to be harmless to compose into a tree.
///
/// The YAML composer builds the whole tree and hashes every key before anyone can look at the
/// result, so what could make that slow is refused here, from the bytes alone. The scan knows
/// nothing of quotes and comments, so its limits are far above what a document that is then
/// accepted can need: the exact limits are held on the tree.
struct DocumentText {
  /// The text, without byte order mark.
  let text: String

  /// Checks `bytes` and decodes them.
  init(_ bytes: [UInt8], file: String, limits: DocumentLimits) throws(ScenarioFaults) {
    func refusal(_ offset: Int, _ problem: String, _ advice: String) -> ScenarioFaults {
      let location = Self.location(ofByte: offset, in: bytes, file: file)
      return ScenarioFaults([Fault(at: location, path: "", problem, advice: advice)])
    }
    guard bytes.count <= limits.bytes else {
      throw refusal(
        0, "the document has \(bytes.count) bytes", "at most \(limits.bytes) bytes are allowed")
    }
    do {
      _ = try UTF8Span(validating: bytes.span)
    } catch {
      let offset = error.byteOffsets.lowerBound
      throw refusal(
        offset, "the byte at offset \(offset) is not UTF-8 text", "save the file as UTF-8")
    }
    var text = String(decoding: bytes, as: UTF8.self)
    if text.unicodeScalars.first == "\u{FEFF}" { text.unicodeScalars.removeFirst() }
    var offset = bytes.count - text.utf8.count
    for scalar in text.unicodeScalars {
      if Self.isForbidden(scalar) {
        throw refusal(
          offset, "the character U+\(InvisibleCharacters.hex(scalar.value)) is not allowed",
          "remove it")
      }
      offset += UTF8.width(scalar)
    }
    var scan = HazardScan(limits: limits)
    if let (offset, problem, advice) = scan.firstHazard(in: Array(text.utf8)) {
      throw refusal(offset + bytes.count - text.utf8.count, problem, advice)
    }
    self.text = text
  }

  /// What a reader would not see, in comments too; a carriage return is half a line break of some systems.
  private static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
    scalar != "\r" && InvisibleCharacters.contains(scalar)
  }

  /// Line and column of a byte, counting as the YAML reader does.
  private static func location(ofByte offset: Int, in bytes: [UInt8], file: String)
    -> SourceLocation
  {
    var (line, column) = (1, 1)
    for (index, byte) in bytes.prefix(offset).enumerated() {
      let isBreak =
        byte == 10 || (byte == 13 && !(index + 1 < bytes.count && bytes[index + 1] == 10))
      if isBreak {
        (line, column) = (line + 1, 1)
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
    }
    return SourceLocation(file: file, line: line, column: column)
  }
}
