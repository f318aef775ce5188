import Quantities
import Wording

/// What charts call things.
enum ChartNames {
  /// Labels of rows, each of its own: what two things have in common is told apart by their names.
  static func distinct(_ labels: [String], by names: [String]) -> [String] {
    zip(labels, names).map { label, name in
      labels.count { $0 == label } > 1 ? "\(label)\n\(name)" : label
    }
  }

  /// A text in lines of about so many characters, broken at blanks.
  static func lines(_ text: String, width: Int) -> [String] {
    var lines: [String] = []
    for word in text.split(separator: " ") {
      if let last = lines.last, last.count + 1 + word.count <= width {
        lines[lines.count - 1] = "\(last) \(word)"
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }
}

extension ChartNames {
  /// A number in three digits, with T, B, M or K.
  static func figure(_ value: Double, isDollars: Bool = false) -> String {
    let size = abs(value)
    let (unit, letter) =
      [(1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "K")].first { size >= $0.0 * 0.9995 } ?? (1, "")
    // FLOP go far beyond trillions.
    let number =
      size >= 1e16
      ? NumberWords.exponential(size, digits: 3)
      : NumberWords.significant(size / unit, digits: 3) + letter
    return (value < 0 ? "−" : "") + (isDollars ? "$" : "") + number
  }
}
