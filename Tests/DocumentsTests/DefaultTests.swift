import TestSupport
import Testing

@testable import Documents

/// What a key is that nobody wrote.
@Suite struct DefaultTests {
  private static let stage: [Field] = [
    .required("id", .identifier, "Its id."),
    Field.optional("chip", .identifier, "Which.").handedDown(by: "run"),
    Field.optional("others", .list(of: .identifier), "Which too.")
      .handedDown(by: "run", unless: "chip"),
    Field.optional("owned", .flag, "Whether.").handedDown(by: "run"),
  ]

  private static let schema = Schema.mapping([
    .required("id", .identifier, "Its id."),
    .optional("name", .text, default: .key("id"), "What people call it."),
    .optional("tier", .integer(1...3), default: .integer(1), "Its tier."),
    .optional("cost", .quantity(.atLeast(0)), default: .number(2), "Its cost."),
    .optional("word", .choice(["a", "b"]), default: .text("a"), beside: ["tier"], "A word."),
    .optional("note", .text, default: .stated("silence"), "A note."),
    .optional("chip", .identifier, "Which."),
    .optional("others", .list(of: .identifier), "Which too."),
    .optional("owned", .flag, default: .flag(false), "Whether."),
    .optional("stages", .records(of: stage), "Its stages."),
  ])

  private static func check(_ text: String) throws -> (node: DocumentNode, faults: [Fault]) {
    let (node, faults) = try SourceDocument(text: text, file: "t").check(against: schema)
    return (try #require(node), faults)
  }

  @Test func itIsServedAndStillLacking() throws {
    let node = try Self.check("id: x\n").node
    #expect(node["tier"]?.integer == 1 && node["cost"]?.number == 2)
    #expect(node["name"]?.text == "x" && node["owned"]?.flag == false)
    #expect(node["cost"]?.distribution?.path == "cost")
    // Neither what means nothing here, nor what no key says.
    #expect(node["word"] == nil && node["note"] == nil && node["chip"] == nil)
    for key in ["tier", "cost", "name", "owned"] {
      #expect(node.lacks(key) && node.written(key) == nil, "\(key)")
    }
    #expect(node.entries.map(\.key) == ["id"])
  }

  @Test func whatIsWrittenComesFirst() throws {
    let node = try Self.check("id: x\ntier: 2\nname: why\n").node
    #expect(node["tier"]?.integer == 2 && node["name"]?.text == "why" && node["word"]?.text == "a")
    #expect(!node.lacks("tier"))
  }

  /// What is refused has been told of: a reader goes on with the default, and does not miss the key.
  @Test func itStandsInForWhatIsRefused() throws {
    let (node, faults) = try Self.check("id: x\ntier: 7\n")
    #expect(faults.count == 1 && node["tier"]?.integer == 1 && !node.lacks("tier"))
  }

  @Test func aMappingSpeaksForItsRecords() throws {
    let stages = try Self.check(
      "{id: x, chip: h, others: [i], stages: [{id: a}, {id: b, chip: j}, {id: c, owned: true}]}\n"
    ).node["stages"]?.items
    let (a, b, c) = try (#require(stages?[0]), #require(stages?[1]), #require(stages?[2]))
    #expect(a["chip"]?.text == "h" && a["others"]?.items.count == 1 && a["owned"]?.flag == false)
    #expect(b["chip"]?.text == "j" && b["others"] == nil && c["owned"]?.flag == true)
    #expect(a.lacks("chip") && !b.lacks("chip"))
    let refused = try Self.check("{id: x, chip: 7, stages: [{id: a}]}\n").node["stages"]?.items[0]
    #expect(refused?["chip"] == nil && refused?.lacks("chip") == false)
  }

  @Test func expandingWritesDefaultsInTheOrderOfTheSchema() throws {
    let node = try Self.check("{tier: 3, chip: h, stages: [{id: a}], id: x}\n").node
    #expect(
      try YAMLEmitter.text(of: node.expanded(Self.schema)) == """
        id: x
        name: x
        tier: 3
        cost: 2
        word: a
        chip: h
        owned: false
        stages:
        - id: a
          chip: h
          owned: false

        """)
    // What follows from something else can be left to follow.
    #expect(
      try YAMLEmitter.text(of: node.expanded(Self.schema, isWhole: false)) == """
        id: x
        tier: 3
        cost: 2
        word: a
        chip: h
        owned: false
        stages:
        - id: a

        """)
  }

  @Test func editorsAreTold() {
    let text = jsonSchema(of: Self.schema, title: "A test", id: "urn:test")
    #expect(text.contains("\"default\": 1\n") && text.contains("\"default\": false\n"))
    #expect(text.contains("What people call it. Default: as id."))
    #expect(text.contains("A note. Default: silence."))
    // A document that changes another has what that one has.
    let partial = jsonSchema(of: Self.schema.partial, title: "A test", id: "urn:test")
    #expect(!partial.contains("\"default\"") && !partial.contains("Default:"))
  }

  @Test func aRecordOverAnother() throws {
    let base = try Self.check("{id: x, tier: 2, chip: h}\n").node
    let over = try Self.check("{id: x, chip: i, owned: true}\n").node.over(base, without: ["tier"])
    #expect(over["chip"]?.text == "i" && over["owned"]?.flag == true && over["tier"] == nil)
    #expect(try Self.check("{id: x}\n").node.over(base)["tier"]?.integer == 2)
  }

  /// A law that names a file is written with the file's numbers, in whatever it is a part of.
  @Test func lawsCanStandByThemselves() throws {
    let file = DistributionForm.Law(
      form: .empirical, numbers: [1, 5],
      column: NumberColumn(
        file: "prices.csv", name: nil, note: Note(at: .start(of: "t"), path: "cost", "2 numbers")))
    func form(_ law: DistributionForm.Law) -> DistributionForm {
      DistributionForm(law: law, location: .start(of: "t"), path: "cost")
    }
    let mixture = form(
      .init(
        form: try #require(LawForm.named("mixture")), weights: [1, 2],
        parts: [form(file), form(.constant(3))]))
    let text = try YAMLEmitter.text(of: mixture.selfContained.value)
    #expect(!text.contains("prices.csv") && text.contains("values: [1, 5]"))
  }
}
