@testable import Documents
import Testing

/// Files with more faults than anybody mends: the first are told and the others counted.
@Suite struct ManyFaultsTests {
  private static func lines(_ text: String) -> [Substring] {
    DocumentFixture.messages(text).split(separator: "\n")
  }

  /// What makes so many faults of one kind, one a line from the second on.
  static let kinds: [@Sendable (Int) -> String] = [
    { count in
      "run: {start: 2022-10, replicates: 1}\n" + (0..<count).map { "zz\($0): 1\n" }.joined()
    },
    { count in
      "run: {start: 2022-10, replicates: 1}\nregimes:\n"
        + (0..<count).map { "  - {id: a\($0), rules: 5}\n" }.joined()
    },
    { count in
      "run: {start: 2022-10, replicates: 1}\nshare:\n  discrete:\n    weights: [1]\n    values:\n"
        + (0..<count).map { _ in "      - 7\n" }.joined()
    },
    { count in
      "run: {start: 2022-10, replicates: 1}\nprice_usd:\n  mixture:\n"
        + (0..<count).map { _ in "    - {weight: 0, of: 1}\n" }.joined()
    },
  ]

  @Test(arguments: kinds.indices, [51, 2500])
  func theRestIsCounted(kind: Int, count: Int) {
    let lines = Self.lines(Self.kinds[kind](count))
    #expect(lines.count == 51)
    let more = count == 51 ? "1" : "2,450"
    #expect(lines.last == "test.yaml: and \(more) more", "\(lines.last ?? "")")
    #expect(lines.dropLast().allSatisfy { $0.hasPrefix("test.yaml:") })
  }

  @Test(arguments: kinds.indices) func asManyAsAreToldAreTold(kind: Int) {
    let lines = Self.lines(Self.kinds[kind](50))
    #expect(lines.count == 50 && !lines.contains { $0.contains("more") })
  }

  @Test func eachFileHasItsOwn() {
    let faults = ["a", "b"].flatMap { file in
      (1...70).map { line in
        Fault(at: SourceLocation(file: file, line: line, column: 1), path: "", "wrong")
      }
    }
    let gathered = ScenarioFaults(faults.reversed())
    #expect(gathered.count == 140 && gathered.faults.count == 102)
    #expect(gathered.description.split(separator: "\n")[50] == "a: and 20 more")
    // Gathering again counts nothing twice.
    let again = ScenarioFaults(gathered.faults + [faults[0]])
    #expect(again.count == 140 && again == gathered)
  }

  /// What is not told takes no memory while it is found.
  @Test func noMoreThanSomeAreKept() {
    var list = FaultList()
    for line in 1...20_000 {
      list.append(Fault(at: SourceLocation(file: "a", line: line, column: 1), path: "", "wrong"))
    }
    #expect(list.count == 20_000 && list.faults.count <= 1001)
    #expect(ScenarioFaults(list.faults).count == 20_000)
  }
}
