/// The most numbers that an empirical distribution may have.
private let numberLimit = 1_000_000

/// The most faults told of one file of numbers: a file of another kind has one on every line.
private let faultLimit = 20

/// The numbers of a one-column CSV file, its name being relative to the file that names it.
///
/// The first line may be a heading; empty lines are skipped. Faults of the file are told with its
/// own lines, up to `faultLimit`.
package func numberColumn(
  _ name: String, beside location: SourceLocation, path: String, _ range: NumberRange,
  _ unit: String
) throws(ScenarioFaults) -> [Double] {
  let file = name.hasPrefix("/") ? name : fileBeside(location.file, named: name)
  let bytes = try fileBytes(
    file, what: "file of numbers", limit: 16 << 20, at: location, documentPath: path)
  guard let text = String(validating: bytes, as: UTF8.self) else {
    throw ScenarioFaults([
      Fault(at: .start(of: file), path: path, "is not UTF-8 text", advice: "save it as UTF-8")
    ])
  }
  var values: [Double] = []
  var faults: [Fault] = []
  for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    .enumerated()
  {
    let cell = line.drop { $0 == "\u{FEFF}" || $0 == " " }.trimmingSuffix { $0 == " " }
    let isHeading = values.isEmpty && faults.isEmpty && cell.first?.isLetter == true
    if cell.isEmpty || isHeading && index == 0 { continue }
    if faults.count == faultLimit { break }
    if let number = parsedNumber(cell), range.contains(number) {
      values.append(number)
    } else {
      let place = SourceLocation(file: file, line: index + 1, column: 1)
      faults.append(
        Fault(
          at: place, path: path, "found \(quoted(cell))",
          advice: "wanted on each line: \(Schema.number(range, unit: unit).inWords)"))
    }
  }
  if faults.isEmpty, values.isEmpty || values.count > numberLimit {
    faults.append(
      Fault(
        at: location, path: path,
        "the file of numbers \(quoted(file, limit: 4_096)) has \(values.count)",
        advice: "wanted: at least 1 and at most \(numberLimit)"))
  }
  guard faults.isEmpty else { throw ScenarioFaults(faults) }
  return values
}

extension Substring {
  fileprivate func trimmingSuffix(while isTrimmed: (Character) -> Bool) -> Substring {
    var rest = self
    while let last = rest.last, isTrimmed(last) { rest.removeLast() }
    return rest
  }
}
