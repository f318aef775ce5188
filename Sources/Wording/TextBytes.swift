/// Text being written as bytes, with no String between a number and its digits.
package struct TextBytes: TextOutputStream {
  /// What is written so far.
  package var bytes: [UInt8] = []

  /// Nothing yet.
  package init() {}

  /// Adds a text.
  package mutating func write(_ text: String) { bytes.append(contentsOf: text.utf8) }

  /// The standard library hands the digits of a number over like this, where it may: 60 ns for one, of
  /// which a usual run has hundreds of thousands, against 130 by way of ``write(_:)``, which is as right.
  package mutating func _writeASCII(_ text: UnsafeBufferPointer<UInt8>) {
    bytes.append(contentsOf: text)
  }

  /// Adds the shortest text that reads back as the same number, without `.0`.
  package mutating func append(_ number: Double) {
    precondition(number.isFinite, "an infinite number must not reach a file")
    number.write(to: &self)
    // No number has fewer bytes than 0.0.
    if bytes[bytes.count - 1] == UInt8(ascii: "0"), bytes[bytes.count - 2] == UInt8(ascii: ".") {
      bytes.removeLast(2)
    }
  }
}
