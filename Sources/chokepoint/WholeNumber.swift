import ArgumentParser

/// Reads a whole number of the command line, and says why where it is none.
///
/// - Parameter most: the largest that makes sense, told where a number is larger than any can be.
func wholeNumber(upTo most: Int) -> @Sendable (String) throws -> Int {
  { text in
    if let number = Int(text) { return number }
    let digits = text.drop { $0 == "-" || $0 == "+" }
    let isNumber = !digits.isEmpty && digits.allSatisfy { $0.isASCII && $0.isNumber }
    throw ValidationError(
      isNumber && !text.hasPrefix("-")
        ? "at most \(most)" : "wanted: a whole number, at most \(most)")
  }
}
