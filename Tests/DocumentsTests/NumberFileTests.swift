import FoundationEssentials
import Testing

@testable import Documents

/// Files of numbers: what is read of them, what is said of it, and what is not.
@Suite struct NumberFileTests {
  private static let schema = Schema.mapping([
    .required("cost", .quantity(.atLeast(0), unit: "USD"), "A cost.")
  ])

  /// The law on a file of this text.
  private static func law(_ text: String, column: String? = nil) throws -> DistributionForm.Law {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "chokepoint-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data(text.utf8).write(to: folder.appending(path: "f.csv"))
    let named = column.map { "{file: f.csv, column: \"\($0)\"}" } ?? "f.csv"
    let document = try SourceDocument(
      text: "cost: {empirical: \(named)}\n", file: folder.appending(path: "x.yaml").path
    ).checked(against: schema)
    return try #require(document["cost"]?.distribution?.law)
  }

  private static func said(_ text: String, column: String? = nil) throws -> String {
    do {
      return try law(text, column: column).column?.note.description ?? ""
    } catch let faults as ScenarioFaults {
      return faults.faults.map { fault in
        let name = fault.location.file.split(separator: "/").last ?? ""
        return "\(name):\(fault.location.line):\(fault.location.column): \(fault.problem); "
          + (fault.suggestion.map { "did you mean \($0)? " } ?? "") + (fault.advice ?? "")
      }.joined(separator: "\n")
    }
  }

  /// A value that is missing in the first line is missing, and no heading.
  @Test(arguments: [
    "NaN", "N/A", "\"NA\"", "inf", "-Infinity", "null", "None", "#N/A", "<NA>", "n.a.", "-", "?",
    "",
  ])
  func whatIsMissingIsNoHeading(first: String) throws {
    #expect(try Self.said("\(first)\n2\n3\n").hasPrefix("f.csv:1:"))
    #expect(try Self.said("2\n\(first)\n3\n").hasPrefix("f.csv:2:"))
  }

  /// So is what people write for a number.
  @Test(arguments: [
    ("5%", "the number is a percentage"), ("0x10", "the number is a hexadecimal number"),
    ("+5", "the number has a plus sign"), ("-5", "the number is out of range"),
    ("1e999", "the number is beyond"), ("USD 3.5", "this is not a number"),
    ("2 hours", "this is not a number"), ("\"2.5\"x", "quotes are left open"),
    ("\"1,5\"", "the number has a comma"),
  ])
  func whatMayBeANumberIsNoHeading(first: String, problem: String) throws {
    #expect(try Self.said("\(first)\n2\n").contains("f.csv:1:1: \(problem)"))
    #expect(try Self.said("2\n\(first)\n").contains("f.csv:2:1: \(problem)"))
  }

  @Test(arguments: [
    ("rent", "rent"), ("\"rent\"", "rent"), ("$ per hour", "$ per hour"), ("H100", "H100"),
    ("\"rent, \"\"all\"\" in\"", "rent, \\\"all\\\" in"), ("价格", "价格"), ("  usd ", "usd"),
  ])
  func aHeadingIsTold(first: String, heading: String) throws {
    for lines in ["\(first)\n2.5\n3\n", "\u{FEFF}\(first)\r\n\"2.5\"\r\n 3 \r\n\r\n"] {
      #expect(try Self.law(lines).numbers == [2.5, 3])
      #expect(try Self.said(lines).hasSuffix("f.csv: 2 numbers under the heading \"\(heading)\""))
    }
  }

  /// A year may be either; which it is taken for is told.
  @Test func aYearIsANumberUnlessItIsNamed() throws {
    let text = "2005\n3.6\n8.4\n"
    #expect(try Self.law(text).numbers == [2005, 3.6, 8.4])
    #expect(try Self.said(text).contains("3 numbers, without a heading; the first is like a year"))
    #expect(try Self.law(text, column: "2005").numbers == [3.6, 8.4])
    #expect(try Self.said(text, column: "2005").hasSuffix("2 numbers under the heading \"2005\""))
    #expect(try Self.said("2005\n2006\n").hasSuffix("2 numbers, without a heading"))
    #expect(try Self.said("2005\n").hasSuffix("f.csv: 1 number, without a heading"))
  }

  @Test func aColumnGoesByItsHeading() throws {
    let text = "place,\"usd, all\",hours\n\"a, b\",2.5,7\n\"c\n\"\"d\"\"\",3,8\n"
    #expect(try Self.law(text, column: "usd, all").numbers == [2.5, 3])
    #expect(try Self.law(text, column: "hours").numbers == [7, 8])
    #expect(
      try Self.said(text)
        == "f.csv:1:1: there are 3 columns; name one as {file: FILE, column: HEADING}: \"place\", "
        + "\"usd, all\", \"hours\"")
    #expect(
      try Self.said(text, column: "hour").hasPrefix(
        "f.csv:1:1: no column has the heading \"hour\"; did you mean \"hours\"? there are \"place\""
      ))
    #expect(
      try Self.said("a,a\n1,2\n", column: "a").contains("more than one column has the heading"))
    #expect(
      try Self.said("a,b\n1,2\n3\n4,5,6\n", column: "b").contains(
        "f.csv:4:1: this line has 3 fields"))
    #expect(
      try Self.said("a,b\n\"x\ny\",2\n1,z\n", column: "b").hasPrefix("f.csv:4:3: this is not"))
  }

  /// An empty line within is a value that is missing; at the end there is nothing.
  @Test func emptyLinesAreMissingValues() throws {
    #expect(try Self.law("a\n1\n2\n\n\n").numbers == [1, 2])
    #expect(try Self.said("a\n1\n\n2\n").hasPrefix("f.csv:3:1: the value is missing"))
    #expect(try Self.said("a\n1\n\"\"\n2\n").hasPrefix("f.csv:3:1: the value is missing"))
    #expect(try Self.said("\n1\n2\n").hasPrefix("f.csv:1:1: the value is missing"))
  }

  /// A scenario may name a file that is not for whoever wrote it.
  @Test(arguments: [
    "sesame:x:0\nopen-sesame\n5sesame\n", "sesame,open\nsesame,sesame\n", "key=sesame\n0xsesame\n",
    "\"sesame\nsesame", "sesame1,5\n2,3\n", "1 sesame,2\n", "sesame\n1\nsesame 2\n", "sesame\n",
  ])
  func nothingOfAnotherFileIsTold(text: String) throws {
    for column in [nil, "price"] {
      let said = try Self.said(text, column: column)
      #expect(said.contains("f.csv") && !said.contains("sesame"))
    }
  }

  /// As long as the longest file and in the worst form.
  @Test func aLineOfCommasIsNoWork() throws {
    #expect(
      try Self.said(String(repeating: ",", count: 200_000)).contains("there are 10000 columns"))
  }
}
