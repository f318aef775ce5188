import Quantities
import Testing

@testable import Documents

@Suite struct DocumentWordTests {
  @Test(arguments: [
    ("replicate", "replicates"), ("sede", "seed"), ("START", "start"), ("edn", "end"),
    ("keep-draws", "keep_draws"), ("zebra", nil), ("", nil),
  ])
  func nearestIsNearEnough(_ word: String, _ nearest: String?) {
    let keys = ["replicates", "seed", "start", "end", "keep_draws"]
    #expect(nearestWord(to: word, among: keys) == nearest)
  }

  @Test func editsAreCounted() {
    #expect(editDistance(Array("kitten"), Array("sitting")) == 3)
    #expect(editDistance(Array("abcd"), Array("abdc")) == 1)
    #expect(editDistance(Array(""), Array("abc")) == 3)
  }

  @Test(arguments: ["0", "-0", "10", "0.5", "-1.25", "2.5e-3", "14.8e12", "1E+06", "1e05"])
  func plainNumbers(_ text: String) { #expect(parsedNumber(text) == Double(text)) }

  @Test(arguments: [
    "", "-", "+1", ".5", "5.", "010", "1_0", "1:30", "0x10", "0o7", "1e", "1e+", "1 0", "e5",
    "nan", ".inf", "inf", "1e999", "1e-999", "٣", "1,0", "--1", "0x1p3", "1.0.0", "00",
  ])
  func notPlainNumbers(_ text: String) { #expect(parsedNumber(text) == nil) }

  @Test(arguments: [
    ("010", "write 10"), ("-010", "write -10"), ("1_000.5", "write 1000.5"), ("0x1F", "write 31"),
    ("35%", "write 0.35"), ("+.5", "write 0.5"), ("00.5", "write 0.5"), ("000", "write 0"),
    ("-0b11", "write -3"), ("1:30", "write one decimal number"), (".NaN", "write a finite number"),
  ])
  func saysHowToWriteIt(_ text: String, _ advice: String) {
    let trouble = numberTrouble(text)
    #expect(trouble?.repaired.map { "write \($0)" } ?? trouble?.advice == advice)
  }

  @Test(arguments: [
    "NO", "y", "~", "", "010", "2024-01-01", "2001-1-1", "1:30", "<<", ".5", "1e3", "-1", "+.5",
    "-.inf", ",5", "_1", "--2023-1-1",
  ])
  func misreadings(_ text: String) { #expect(misreading(of: text) != nil) }

  @Test(arguments: [
    "Norway", "yesterday", "v1.2.3", "nan", "5%", "400 GB/s", "H100", "2024-01", "-", "x1.5",
  ])
  func noMisreadings(_ text: String) { #expect(misreading(of: text) == nil) }

  @Test func calendar() {
    #expect(Day(iso: "2024-02-29") != nil)
    #expect(Day(iso: "2023-02-29") == nil)
    #expect(Day(iso: "1900-02-29") == nil)
    #expect(Day(iso: "2022-04-31") == nil)
    #expect(Day(iso: "2022-4-3") == nil)
    #expect(Month(iso: "0000-01") == nil)
    #expect(Day(iso: "0987-06-05")?.description == "0987-06-05")
  }

  @Test func ranges() {
    #expect(NumberRange.above(0, atMost: 1).description == "above 0 and at most 1")
    #expect(!NumberRange.above(0).contains(0))
    #expect(NumberRange.between(0, 1).contains(1))
    #expect(!NumberRange.between(0, 1).withoutEnds.contains(1))
    #expect(!NumberRange.any.contains(.nan))
  }

  @Test func keyForms() {
    #expect(KeyForm.path.allows("labs.deep-seek.budget_usd"))
    #expect(!KeyForm.path.allows("labs..x"))
    #expect(!KeyForm.identifier.allows("a.b"))
    #expect(!KeyForm.identifier.allows("é"))
  }

  @Test func messagesStayOnOneLine() {
    let place = SourceLocation(file: "a.yaml", line: 2, column: 3)
    let fault = Fault(at: place, path: "x", "found \(quoted("a\n\u{1B}[31m\"b"))", advice: "do")
    #expect(fault.description == #"a.yaml:2:3: x: found "a\n\u{001B}[31m\"b"; do"#)
  }
}
