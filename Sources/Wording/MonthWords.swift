package import Quantities

extension Month {
  /// The month as people say it: `March 2026`.
  package var words: String { "\(Self.names[number - 1]) \(year)" }

  static let names = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]
}
