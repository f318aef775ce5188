import CSHA256
import FoundationEssentials

/// SHA-256 digests (FIPS 180-4), from Nettle.
package struct SHA256 {
  private var context = sha256_ctx()

  /// The digest of nothing yet.
  init() { nettle_sha256_init(&context) }

  /// Adds bytes.
  mutating func update(_ bytes: [UInt8]) { nettle_sha256_update(&context, bytes.count, bytes) }

  /// The digest of what was added.
  private consuming func digest() -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: 32)
    nettle_sha256_digest(&context, digest.count, &digest)
    return digest
  }

  /// The digest of what was added, in lower-case hexadecimal.
  consuming func hex() -> String {
    let digest = digest()
    let digits = Array("0123456789abcdef")
    return String(digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
  }

  /// The digest of some bytes as pages name the programs that may run in them.
  package static func base64(_ bytes: [UInt8]) -> String {
    var digest = SHA256()
    digest.update(bytes)
    return Data(digest.digest()).base64EncodedString()
  }

  /// The digest of some bytes.
  package static func hex(_ bytes: [UInt8]) -> String {
    var digest = SHA256()
    digest.update(bytes)
    return digest.hex()
  }
}
