/// Floating-point numbers as bytes: eight for each, the lowest first.
extension [Double] {
  /// The numbers as bytes.
  var littleEndianBytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(8 * count)
    for number in self {
      Swift.withUnsafeBytes(of: number.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
    }
    return bytes
  }

  /// The numbers again, from as many bytes as whole numbers have.
  init(littleEndianBytes bytes: [UInt8]) {
    self = bytes.withUnsafeBytes { buffer in
      (0..<buffer.count / 8).map { place in
        Double(
          bitPattern: UInt64(
            littleEndian: buffer.loadUnaligned(fromByteOffset: 8 * place, as: UInt64.self)))
      }
    }
  }
}
