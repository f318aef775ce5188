/// Whole numbers as people read them.
public enum DigitGroups {
  /// The digits of a whole number with a comma before every three: `1,234,567`. Text with anything
  /// else than digits is grouped as if it were digits.
  public static func text(_ digits: some StringProtocol) -> String {
    var grouped = Array(digits)
    var position = grouped.count - 3
    while position > 0 {
      grouped.insert(",", at: position)
      position -= 3
    }
    return String(grouped)
  }
}

extension Double {
  /// All its digits, a whole number without `.0`: `5`, `0.25`, `1e-07`.
  package var inFull: String {
    self == rounded() && magnitude < 1e15 ? "\(Int(self))" : "\(self)"
  }
}
