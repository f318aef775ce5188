import Testing

@testable import Reporting

@Suite struct CSVTests {
  private func line(_ cells: Cell...) -> String {
    var table = Table(
      name: "t", description: "T.",
      fields: cells.indices.map { TableField("f\($0)", .string, "F.") })
    table.append(cells)
    let text = String(decoding: CSV.bytes(of: table), as: UTF8.self)
    let header = cells.indices.map { "f\($0)" }.joined(separator: ",") + "\n"
    #expect(text.hasPrefix(header))
    return String(text.unicodeScalars.dropFirst(header.unicodeScalars.count))
  }

  @Test(arguments: [
    ("plain", "plain"), ("two words", "two words"), ("a,b", "\"a,b\""),
    ("say \"so\"", "\"say \"\"so\"\"\""), ("a\nb", "\"a\nb\""), ("a\rb", "a\\rb"),
    ("a\r\nb", "\"a\\r\nb\""), ("é", "é"), ("", ""), ("\"", "\"\"\"\""),
    // An accent on a quote or a comma makes one Character of the two.
    ("\"\u{301}", "\"\"\"\u{301}\""), (",\u{301}", "\",\u{301}\""),
  ])
  func textIsQuotedWhereItMustBe(text: String, field: String) {
    #expect(Array(line(.text(text)).utf8) == Array("\(field)\n".utf8))
  }

  @Test(arguments: [
    ("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "-1"), ("-0.3", "-0.3"), ("-1e5", "-1e5"),
    ("-inf", "'-inf"), ("-1+1", "'-1+1"), ("@a", "'@a"), ("\ta", "'\ta"),
    ("\rb", "\\rb"), ("\u{1B}=b", "\\u{001B}=b"), ("=a,b", "\"'=a,b\""),
    ("=\u{301}", "'=\u{301}"), ("a=b", "a=b"), ("'a", "'a"), ("1-2", "1-2"),
  ])
  func formulasAreMadeSafe(text: String, field: String) {
    #expect(Array(line(.text(text)).utf8) == Array("\(field)\n".utf8))
  }

  @Test(arguments: [
    (0.0, "0"), (5, "5"), (-5, "-5"), (5_576_000, "5576000"), (0.1, "0.1"), (-2.5e-7, "-2.5e-07"),
    (3.286e24, "3.286e+24"), (0.1 + 0.2, "0.30000000000000004"), (1e16, "1e+16"),
    (123_456_789_012_345_680, "1.2345678901234568e+17"), (.nan, ""),
  ])
  func numbersAreShortest(value: Double, field: String) {
    #expect(line(.number(value)) == "\(field)\n")
  }

  @Test func numbersReadBackToTheBit() throws {
    var value = 1.0 / 3
    for _ in 0..<400 {
      let text = line(.number(value)).dropLast()
      #expect(Double(text) == value && !text.hasSuffix(".0"))
      value *= -7.3
      if abs(value) > 1e200 { value = 1 / (value * 1e90) }
    }
  }

  @Test func otherCells() {
    #expect(line(.missing, .integer(-3), .flag(true), .flag(false)) == ",-3,true,false\n")
    #expect(line(.optional(nil), .optional(2)) == ",2\n")
  }

  @Test func infinityStopsTheProcess() async {
    await #expect(processExitsWith: .failure) {
      var table = Table(name: "t", description: "T.", fields: [TableField("f", .number, "F.")])
      table.append([.number(.infinity)])
      _ = CSV.bytes(of: table)
    }
  }

  @Test func rowsOfAnotherLengthStopTheProcess() async {
    await #expect(processExitsWith: .failure) {
      var table = Table(name: "t", description: "T.", fields: [TableField("f", .number, "F.")])
      table.append([])
    }
    await #expect(processExitsWith: .failure) {
      let fields = [TableField("f", .number, "F."), TableField("g", .number, "G.")]
      let table = Table(
        name: "t", description: "T.", fields: fields, pieces: [{ $0.append(.number(1)) }])
      _ = CSV.bytes(of: table)
    }
  }

  @Test func everyRowOfAPointNamesIt() {
    let fields = ["a", "regime", "b"].map { TableField($0, .string, "F.") }
    var table = Table(
      name: "t", description: "T.", fields: fields,
      pieces: [{ $0 += [.integer(1), .text("r"), .missing, .integer(2), .text("s"), .flag(true)] }])
    table.append([.integer(0), .text("q"), .text("x,y")])
    let text = String(decoding: CSV.bytes(of: table.ofPoint("p")), as: UTF8.self)
    #expect(text == "a,regime,point,b\n0,q,p,\"x,y\"\n1,r,p,\n2,s,p,true\n")
    #expect(table.ofPoint("p").rows[2] == [.integer(2), .text("s"), .text("p"), .flag(true)])
  }

  @Test func headersAreQuotedToo() {
    let table = Table(
      name: "t", description: "T.", fields: [TableField("a,b", .string, "F.")])
    #expect(String(decoding: CSV.bytes(of: table), as: UTF8.self) == "\"a,b\"\n")
  }
}
