/// Looks for what would make composing a tree slow, byte by byte, before it is composed.
///
/// - Brackets left open and explicit keys (`? `) bound the depth, hence the cost of hashing keys
///   that are collections themselves; block nesting is bounded by the YAML reader at 1,000.
/// - Every value needs a comma, colon, dash, bracket or line of its own, so their number bounds
///   the number of values.
/// - Aliases (`*name`) multiply what an anchor (`&name`) holds. Any anchor is refused later, on the
///   tree; here it is enough that a few aliases cannot multiply much.
struct HazardScan {
  private static let openBrackets = 200
  private static let explicitKeys = 64
  private static let aliases = 16

  private let limits: DocumentLimits
  private var brackets = 0
  private var questionMarks = 0
  private var separators = 0
  private var anchorMarks = 0
  private var aliasMarks = 0

  init(limits: DocumentLimits) { self.limits = limits }

  /// The first place that goes beyond a limit, with what is wrong there and what to do.
  mutating func firstHazard(in bytes: [UInt8]) -> (offset: Int, problem: String, advice: String)? {
    for index in bytes.indices {
      let next = index + 1 < bytes.count ? bytes[index + 1] : UInt8(ascii: "\n")
      count(bytes[index], after: index > 0 ? bytes[index - 1] : UInt8(ascii: "\n"), before: next)
      if brackets > Self.openBrackets || questionMarks > Self.explicitKeys {
        return (index, "too many brackets or keys are left open", Self.nestingAdvice(limits))
      }
      if separators > 2 * limits.values {
        return (index, "the document holds too many values", Self.countAdvice(limits))
      }
      if aliasMarks > Self.aliases, anchorMarks > 0 {
        return (index, Self.aliasProblem, Self.aliasAdvice)
      }
    }
    return nil
  }

  private mutating func count(_ byte: UInt8, after previous: UInt8, before next: UInt8) {
    switch byte {
    case UInt8(ascii: "["), UInt8(ascii: "{"):
      (brackets, separators) = (brackets + 1, separators + 1)
    case UInt8(ascii: "]"), UInt8(ascii: "}"): brackets = max(0, brackets - 1)
    case UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: "\n"): separators += 1
    case UInt8(ascii: "-") where Self.isBlank(next): separators += 1
    case UInt8(ascii: "?") where Self.isBlank(next) && !Self.isWordByte(previous):
      (questionMarks, separators) = (questionMarks + 1, separators + 1)
    case UInt8(ascii: "&") where Self.isWordByte(next) && !Self.isWordByte(previous):
      anchorMarks += 1
    case UInt8(ascii: "*") where Self.isWordByte(next) && !Self.isWordByte(previous):
      aliasMarks += 1
    default: break
    }
  }

  private static func isBlank(_ byte: UInt8) -> Bool { [9, 10, 13, 32].contains(byte) }

  /// The bytes an anchor's name is made of. A sign after one belongs to a word, unless that byte
  /// is the dash of a list or ends a key, which are followed by a blank.
  private static func isWordByte(_ byte: UInt8) -> Bool {
    isDigit(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
      || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  static let aliasProblem = "anchors (&name) and aliases (*name) are not allowed"
  static let aliasAdvice = "use base: to share values between files, or repeat the value"

  static func nestingAdvice(_ limits: DocumentLimits) -> String {
    "at most \(limits.depth) levels of lists and mappings are allowed"
  }

  static func countAdvice(_ limits: DocumentLimits) -> String {
    "at most \(limits.values) values are allowed"
  }
}
