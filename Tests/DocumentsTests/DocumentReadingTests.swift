import Quantities
import FoundationEssentials
import Glibc
import Testing

@testable import Documents

@Suite struct DocumentReadingTests {
  static func document(_ text: String) throws -> DocumentNode {
    try SourceDocument(text: text, file: "test.yaml").checked(against: DocumentFixture.schema)
  }

  @Test func readsEveryForm() throws {
    let document = try Self.document(DocumentFixture.valid)
    #expect(document["about"]?["notes"]?.text?.hasSuffix("and - a dash.\n") == true)
    #expect(document["run"]?["start"]?.month == Month(iso: "2022-10"))
    #expect(document["run"]?["replicates"]?.integer == 1000)
    #expect(document["run"]?["keep_draws"]?.flag == true)
    #expect(document["offset"]?.number == -3)
    #expect(document["mechanisms"]?["ledger"]?.flag == true)
    #expect(document["mechanisms"]?["smuggling"]?.flag == false)
    #expect(document["mechanisms"]?["rental"]?["noise"]?.number == 0.5)
    let rules = document["regimes"]?.items.first?["rules"]
    #expect(rules?.items.first?.text == "first")
    #expect(rules?.items.last?["from"]?.date == Day(iso: "2022-10-07"))
    #expect(rules?.items.last?.path == "regimes.oct-2022-rule.rules[1]")
    #expect(rules?.items.last?["from"]?.location.line == 28)
  }

  @Test func readsQuantities() throws {
    let document = try Self.document(DocumentFixture.valid)
    let price = try #require(document["price_usd"]?.distribution)
    #expect(price.law.form.key == "ci90" && price.law.numbers == [1.5, 2.5])
    #expect(price.source == "a page: p. 3")
    #expect(price.confidence == .judgement)
    let share = try #require(document["share"]?.distribution?.law)
    #expect(share.form.key == "mixture" && share.weights == [0.3, 0.7])
    #expect(share.parts.map(\.law.form.key) == ["value", "beta"])
    #expect(share.parts.map(\.law.numbers) == [[0.25], [0.5, 0.1]])
  }

  @Test func readsNumbersBesideTheDocument() throws {
    let file = DocumentFixture.folder.appending(path: "x.yaml").path
    let text = "run: {start: 2022-10, replicates: 1}\nshare: {empirical: numbers.csv}\n"
    let document = try SourceDocument(text: text, file: file)
      .checked(against: DocumentFixture.schema)
    let share = try #require(document["share"]?.distribution?.law)
    #expect(share.form.key == "empirical" && share.column?.file == "numbers.csv")
    #expect(share.numbers == [0.5, 0.25])
  }

  @Test func laterChecksSeeWhatWasWritten() throws {
    let document = try Self.document(DocumentFixture.valid)
    let set = try #require(document["regimes"]?.items.last?["set"])
    let design = try #require(set["run.design"])
    let schema = try #require(DocumentFixture.schema[["run", "design"]])
    #expect(design.check(against: schema).node?.text == "lhs")
    let budget = try #require(set["labs.deepseek.budget_usd"])
    #expect(budget.check(against: .number(.above(0))).node?.number == 5e6)
    let fault = try #require(budget.check(against: .integer(0...5)).faults.first)
    #expect(fault.path.hasPrefix("regimes.no-controls.set."))
    #expect(fault.advice == "allowed: at least 0 and at most 5")
  }

  @Test func keepsWhatIsSound() throws {
    let text = "run: {start: 2022-10, replicates: x}\noffset: 3\n"
    let (document, faults) = try SourceDocument(text: text, file: "t")
      .check(against: DocumentFixture.schema)
    #expect(document?["offset"]?.number == 3)
    #expect(document?["run"]?["start"]?.month != nil)
    #expect(document?["run"]?["replicates"] == nil)
    #expect(faults.count == 1)
  }

  @Test func overlayJoinsMappingsAndRecords() throws {
    let base = try SourceDocument(text: DocumentFixture.valid, file: "base.yaml")
    let over = try SourceDocument(
      text: """
        run: {seed: 7}
        price_usd: 2
        regimes:
          - {id: no-controls, rules: [other]}
          - {id: extra}
        zebra: 1
        """, file: "over.yaml")
    let (document, faults) = over.overlaid(on: base, following: DocumentFixture.schema)
      .check(against: DocumentFixture.schema)
    #expect(document?["run"]?["seed"]?.integer == 7)
    #expect(document?["run"]?["replicates"]?.integer == 1000)
    #expect(document?["price_usd"]?.number == 2)
    let ids = document?["regimes"]?.items.compactMap { $0["id"]?.text }
    #expect(ids == ["oct-2022-rule", "no-controls", "extra"])
    #expect(document?["regimes"]?.items[1]["set"]?.entries.count == 2)
    #expect(faults.map(\.location.file) == ["over.yaml"])
  }

  @Test func toleratesMarksAndWindowsLines() throws {
    let text = DocumentFixture.valid.replacing("\n", with: "\r\n")
    #expect(DocumentFixture.messages("\u{FEFF}" + text).isEmpty)
    #expect(DocumentFixture.messages("---\n" + DocumentFixture.valid + "...\n").isEmpty)
  }

  @Test func placesAtTheEndAreInTheFile() {
    #expect(DocumentFixture.messages("---\n# nothing").hasPrefix("test.yaml:2:10: found nothing"))
    #expect(DocumentFixture.messages("share: {uniform:").hasPrefix("test.yaml:1:"))
  }

  @Test(arguments: ["a", "a: 1", "[", "\"", "\t", "x: {", "&a", "*a", "%", "- ", ":", "?", "|"])
  func readsTheShortestTexts(_ text: String) {
    #expect(!DocumentFixture.messages(text).isEmpty)
  }
}

@Suite struct DocumentFileTests {
  private func temporary(_ name: String) -> URL {
    FileManager.default.temporaryDirectory.appending(path: "chokepoint-\(name)")
  }

  private func problem(_ path: String) -> String? {
    do throws(ScenarioFaults) {
      _ = try SourceDocument(contentsOf: path)
      return nil
    } catch {
      return error.faults.first?.problem
    }
  }

  @Test func refusesWhatIsNoFile() {
    #expect(problem("/nowhere/x.yaml") == "there is no scenario file \"/nowhere/x.yaml\"")
    #expect(problem("/tmp") == "\"/tmp\" is a folder")
    #expect(problem("/dev/zero") == "\"/dev/zero\" is not an ordinary file")
    #expect(problem("") != nil)
  }

  @Test func refusesAHugeFileFromItsSize() throws {
    let url = temporary("huge.yaml")
    try Data().write(to: url)
    defer { try? FileManager.default.removeItem(at: url) }
    // A sparse file of 1 TB: reading it whole would fail or take minutes.
    #expect(truncate(url.path, 1 << 40) == 0)
    let said = try #require(problem(url.path))
    #expect(said.hasSuffix("has 1099511627776 bytes"))
  }

  @Test func holdsItsLimits() {
    var limits = DocumentLimits()
    limits.values = 50
    let many = "offset: [" + String(repeating: "1,", count: 60) + "]"
    #expect(throws: ScenarioFaults.self) {
      try SourceDocument(text: many, file: "t", limits: limits)
    }
    let millions = "offset: [" + String(repeating: "1,", count: 1_500_000) + "]"
    #expect(throws: ScenarioFaults.self) { try SourceDocument(text: millions, file: "t") }
  }

  @Test func keysThatAreCollectionsCostNothing() {
    let deep = String(repeating: "{", count: 150) + "x" + String(repeating: "}: 1", count: 150)
    #expect(DocumentFixture.messages(deep).contains("a key is a list or a mapping"))
    let bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: {*c : 1}\n"
    #expect(DocumentFixture.messages(bomb).contains("aliases (*name) are not allowed"))
    let stars = "about: {title: x}\nrun: {start: 2022-10, replicates: 1}\n# R&D "
    #expect(DocumentFixture.messages(stars + String(repeating: "*very* ", count: 99)).isEmpty)
  }
}
