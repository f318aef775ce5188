public import Quantities

/// A price that changed over time: each entry holds from its month until the next.
public struct PriceHistory: Hashable, Sendable {
  /// One observed price.
  public struct Entry: Hashable, Sendable {
    /// The first month it holds for.
    public let from: Month
    /// The price in US dollars.
    public let value: Double
    /// The low end of what was seen, where a range is known.
    public let low: Double?
    /// The high end of what was seen, where a range is known.
    public let high: Double?
    /// Where it comes from.
    public let provenance: Provenance?

    /// States a price.
    public init(
      from: Month, value: Double, low: Double?, high: Double?, provenance: Provenance?
    ) {
      self.from = from
      self.value = value
      self.low = low
      self.high = high
      self.provenance = provenance
    }
  }

  /// The prices, oldest first.
  public let entries: [Entry]

  /// Collects prices, in any order.
  public init(_ entries: [Entry]) { self.entries = entries.sorted { $0.from < $1.from } }

  /// The latest price known in a month. Before the first entry that first entry holds: the
  /// earliest price anybody wrote down is the best there is. Nil without any entry.
  public func price(in month: Month) -> Entry? {
    entries.last { $0.from <= month } ?? entries.first
  }
}
