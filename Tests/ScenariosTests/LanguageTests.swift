@testable import Documents
import PolicyModel
import Testing

@testable import Scenarios

/// What the schema says of each key: its default and its example.
@Suite struct LanguageTests {
  /// Every key there is, with its path.
  private static let keys = keys(of: ScenarioSchema.expanded.innerFields ?? [], under: "")

  private static func keys(of fields: [Field], under path: String) -> [(path: String, field: Field)]
  {
    fields.flatMap { field in
      [(path + field.key, field)]
        + keys(of: field.schema.innerFields ?? [], under: path + field.key + ".")
    }
  }

  private static let examples = keys.filter { $0.field.example != nil }

  @Test func everySectionHasAnExample() {
    let named = Set(Self.examples.map(\.path))
    #expect(named.isSuperset(of: ScenarioSchema.sections + ["base", "sweep"]))
    #expect(
      named.isSuperset(
        of: [
          "chips", "jurisdictions", "suppliers", "owners", "reference_models", "labs", "runs",
          "runs.stages",
        ].map { "world." + $0 } + ["regimes.rules", "regimes.set"]))
  }

  /// One file of all the examples of sections is sound, and so is each of its points.
  @Test func theExamplesOfSectionsMakeAScenario() throws {
    let text = Self.examples.filter { !$0.path.contains(".") && $0.path != "base" }
      .compactMap(\.field.exampleText).joined()
    let points = try Scenario.points(SourceDocument(text: text, file: "examples"), name: "all")
    #expect(points.count == 8 && points[0].blueprint.thresholds.count == 1)
    #expect(points[0].claims.count == 1 && points[0].observations.count == 1)
    #expect(points.warnings.map(\.description) == [])
  }

  /// What they show of a world changes the built-in one.
  @Test func theExamplesOfTheWorldChangeTheBuiltInOne() throws {
    let ofWorld = Self.examples.filter { $0.path.wholeMatch(of: /world\.\w+/) != nil }
    #expect(ofWorld.count == 7)
    for (path, field) in ofWorld where field.key != "runs" {
      let lines = (field.exampleText ?? "").split(separator: "\n").map { "  \($0)\n" }.joined()
      // A place is told to be empty without somebody in it, and a chip to come too late.
      let owner =
        field.key == "jurisdictions"
        ? "  owners: [{id: latam-cloud, jurisdiction: LATAM, spending_usd_per_year: [{year: 2022, value: 1.0e8}]}]\n"
        : ""
      let text = EconomyFixture.using("").replacing("end: 2023-12", with: "end: 2024-12").replacing(
        "world: {use: world-2022}\n", with: "world:\n  use: world-2022\n" + lines + owner)
      #expect(text.contains(lines), "\(path)")
      #expect(MeaningFixture.warnings(text) == "", "\(path)")
    }
  }

  @Test func theOtherExamplesHaveTheirForm() throws {
    for (path, field) in Self.examples where path.contains(".") {
      let schema = Schema.mapping([.required(field.key, field.schema, field.doc)])
      let document = try SourceDocument(text: field.exampleText ?? "", file: path)
      #expect(document.check(against: schema).faults == [], "\(path)")
    }
  }

  /// A default is what the key could have.
  @Test func defaultsAreAllowed() throws {
    var count = 0
    for (path, field) in Self.keys {
      guard let usual = field.usual, usual.json != nil else { continue }
      let schema = Schema.mapping([.required(field.key, field.schema, field.doc)])
      let document = try SourceDocument(text: "\(field.key): \(usual.inWords)\n", file: path)
      #expect(document.check(against: schema).faults == [], "\(path)")
      count += 1
    }
    #expect(count > 25)
  }

  /// What a key is without being written is told by its default, and not a second time in its sentence.
  @Test func sentencesLeaveDefaultsToTheSchema() {
    for (path, field) in Self.keys {
      #expect(!field.doc.contains(/not given|by default|where not/), "\(path): \(field.doc)")
      #expect(field.doc.hasSuffix("."), "\(path)")
    }
  }
}
