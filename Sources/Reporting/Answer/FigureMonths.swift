/// At the ends of which months the figures of an answer are, and where that is said: once for all of them, or with
/// each.
struct FigureMonths: Sendable {
  /// The month that they have in common; nil where they have none.
  private let common: String?

  init(_ figures: [KeyMetric]) {
    let months = Set(figures.compactMap(\.month))
    common = months.count == 1 ? months.first : nil
  }

  /// `At the end of 2025`, before all of them; nil where each says it.
  var heading: String? { common.map { "At the \(Self.end(of: $0))" } }

  /// `at the end of 2024, ` before a figure that the heading does not speak of; else empty.
  func time(of metric: KeyMetric) -> String {
    guard let month = metric.month, month != common else { return "" }
    return "at the \(Self.end(of: month)), "
  }

  /// `end of 2025`, or `end of 2025-06`.
  static func end(of month: String) -> String {
    "end of \(month.hasSuffix("-12") ? String(month.dropLast(3)) : month)"
  }
}
