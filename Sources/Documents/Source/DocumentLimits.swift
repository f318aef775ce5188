/// How much a document may hold before it is refused unread.
///
/// A scenario of a hundred labs takes well under a tenth of any of these.
public struct DocumentLimits: Sendable {
  /// Size of a file [bytes].
  public var bytes = 4 << 20
  /// Levels of lists and mappings inside one another.
  public var depth = 64
  /// Values, counting every word, number, list and mapping.
  public var values = 100_000

  /// The limits that every shipped scenario is read under.
  public static let standard = DocumentLimits()

  /// The standard limits, to be changed one by one.
  public init() {}
}
