@testable import Documents
@testable import Studies
import PolicyModel
import Quantities
import Reporting
import Scenarios
import Testing

/// Rules and chips of a scenario, in the matrix and in the list.
@Suite struct RuleSourceTests {
  private static let text = """
    about: {title: Ours, question: What would our rule catch?}
    run: {start: 2024-10, end: 2024-12}
    world:
      chips:
        - {id: h800, interconnect_gb_s: 100}
        - {id: mine, name: Mine, vendor: Us, designed_in: US, data_center: true, bf16_tflops: 500,
           memory_bandwidth_gb_s: 1000}
      labs: [{id: lab, jurisdiction: CN}]
      runs:
        - id: base
          lab: lab
          start: 2024-10-28
          documented_on: h100_sxm
          chips: 10
          already_owned: true
          stages: [{id: pretraining, chip_hours: 10}]
    regimes:
      - id: free
      - id: ours
        rules:
          - id: our_rule
            government: US
            title: A limit of our own
            announced: 2024-01-01
            effective: 2024-02-01
            destinations: [CN]
            requirement: [{when: {tpp: {at_least: 8000}}}]
            review: [{policy: deny}]

    """

  private static func scenario() throws -> Scenario {
    try Scenario(SourceDocument(text: text, file: "ours.yaml"), name: "ours")
  }

  private static func matrix(
    _ source: RuleSource, chips: [String] = []
  ) throws -> RuleMatrix {
    try RuleMatrix(
      of: source, destination: "CN", headquarters: "CN", government: nil,
      days: [try #require(Day(iso: "2024-11-01"))], chipIDs: chips)
  }

  /// The chips of the world, the changed one and the new one, under the regime's own rule.
  @Test func aRegimeDecides() throws {
    let source = try RuleSource(Self.scenario(), regime: "ours")
    let rows = try Self.matrix(source).rows
    #expect(rows.map(\.chip.id) == ["h100_sxm", "h800", "mine"])
    #expect(rows.map(\.decision.policy) == [.deny, .deny, .deny])
    #expect(rows.map(\.decision.requiredBy) == ["our_rule", "our_rule", "our_rule"])
    #expect(rows[1].chip.interconnect?.value == 100)
    #expect(try Self.matrix(source).text.contains("(ours of ours; rules known until"))
  }

  @Test func theReferenceRegimeIsTheDefault() throws {
    let source = try RuleSource(Self.scenario(), regime: nil)
    let matrix = try Self.matrix(source, chips: ["b200", "mine"])
    #expect(matrix.rows.map(\.decision.policy) == [.free, .free])
    #expect(matrix.text.contains("No rule under free of ours names CN."))
  }

  @Test func theBuiltInOnesAreWhatTheyWere() throws {
    let rows = try Self.matrix(.builtIn).rows
    #expect(rows.map(\.chip.id) == BuiltInFacts.current.chips.map(\.id))
    #expect(throws: CommandLineFault.self) { try Self.matrix(.builtIn, chips: ["mine"]) }
  }

  @Test func anUnknownRegimeIsTold() throws {
    let scenario = try Self.scenario()
    do throws(CommandLineFault) {
      _ = try RuleSource(scenario, regime: "our")
      Issue.record("there is no such regime")
    } catch {
      #expect(
        error.description
          == "no regime is called \"our\"; did you mean \"ours\"? there are free, ours")
    }
  }

  @Test func rulesAreListed() throws {
    let own = RuleList(of: try RuleSource(Self.scenario(), regime: "ours"))
    #expect(own.text.hasPrefix("Rules under ours of ours\n"))
    #expect(own.text.contains("our_rule"))
    let lines = own.csv.split(separator: "\r\n").flatMap { $0.split(separator: "\n") }
    #expect(
      lines == [
        "rule,government,announced,effective,ends,enforced,acts_on,title,source",
        "our_rule,US,2024-01-01,2024-02-01,,true,chips,A limit of our own,",
      ])
    let all = RuleList(of: .builtIn).csv.split(separator: "\n")
    #expect(all.count == BuiltInFacts.current.rules.count + 1)
  }
}
