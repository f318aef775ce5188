/// Looks for what would make composing a tree slow, byte by byte, before it is composed.
///
/// - Brackets left open and explicit keys (`? `) bound the depth, hence the cost of hashing keys
///   that are collections themselves; block nesting is bounded by the YAML reader at 1,000.
/// - Every value needs a comma, colon, dash, bracket or line of its own, so their number bounds
///   the number of values.
/// - Aliases (`*name`), which would multiply what an anchor (`&name`) holds, are no hazard: the composer
///   never sees one (`AliasMask`).
struct HazardScan {
  private static let openBrackets = 200
  private static let explicitKeys = 64

  private let limits: DocumentLimits
  private var brackets = 0
  private var questionMarks = 0
  private var separators = 0
  /// The last byte of the line that is no blank; a line break where there is none yet.
  private var solid = UInt8(ascii: "\n")

  init(limits: DocumentLimits) { self.limits = limits }

  /// The first place that goes beyond a limit, with what is wrong there and what to do.
  mutating func firstHazard(in bytes: [UInt8]) -> (offset: Int, problem: String, advice: String)? {
    for index in bytes.indices {
      let next = index + 1 < bytes.count ? bytes[index + 1] : UInt8(ascii: "\n")
      count(bytes[index], before: next)
      if brackets > Self.openBrackets || questionMarks > Self.explicitKeys {
        return (index, "too many brackets or keys are left open", Self.nestingAdvice(limits))
      }
      if separators > 2 * limits.values {
        return (index, "the document holds too many values", Self.countAdvice(limits))
      }
    }
    return nil
  }

  private mutating func count(_ byte: UInt8, before next: UInt8) {
    switch byte {
    case UInt8(ascii: "["), UInt8(ascii: "{"):
      (brackets, separators) = (brackets + 1, separators + 1)
    case UInt8(ascii: "]"), UInt8(ascii: "}"): brackets = max(0, brackets - 1)
    case UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: "\n"): separators += 1
    case UInt8(ascii: "-") where Self.isBlank(next): separators += 1
    // A key can begin where a line does and behind these alone; elsewhere it is a question.
    case UInt8(ascii: "?") where Self.isBlank(next) && "\n\r-?:[{,".utf8.contains(solid):
      (questionMarks, separators) = (questionMarks + 1, separators + 1)
    default: break
    }
    if byte != UInt8(ascii: " "), byte != UInt8(ascii: "\t") { solid = byte }
  }

  private static func isBlank(_ byte: UInt8) -> Bool { [9, 10, 13, 32].contains(byte) }

  static let aliasProblem = "anchors (&name) and aliases (*name) are not allowed"
  static let aliasAdvice = "use base: to share values between files, or repeat the value"

  static func nestingAdvice(_ limits: DocumentLimits) -> String {
    "at most \(limits.depth) levels of lists and mappings are allowed"
  }

  static func countAdvice(_ limits: DocumentLimits) -> String {
    "at most \(limits.values) values are allowed"
  }
}
