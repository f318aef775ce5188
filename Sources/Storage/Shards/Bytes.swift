import FoundationEssentials

/// Numbers as bytes, and bytes as the database takes them.
struct Bytes {
  let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  init(data: Data) { bytes = Array(data) }

  /// Floating-point numbers of eight bytes each, the lowest first.
  static func of(_ numbers: [Double]) -> Bytes {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(8 * numbers.count)
    for number in numbers {
      withUnsafeBytes(of: number.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
    }
    return Bytes(bytes)
  }

  var data: Data { Data(bytes) }

  /// The numbers again.
  var doubles: [Double] {
    bytes.withUnsafeBytes { buffer in
      (0..<buffer.count / 8).map { place in
        Double(
          bitPattern: UInt64(
            littleEndian: buffer.loadUnaligned(fromByteOffset: 8 * place, as: UInt64.self)))
      }
    }
  }
}
