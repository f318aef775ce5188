import Documents
import FoundationEssentials
import Quantities
import Testing

@testable import Scenarios

/// What is observed: sums and quotients, in the scenario and in tables beside it.
@Suite struct ObservationTests {
  private static let header = """
    id,entity,metric,over_entity,from,month,reduce,observed,low,high,status,class,source

    """

  /// The small economy with the observations of these files.
  private static func scenario(
    _ files: [String: String], own: String = ""
  ) throws(ScenarioFaults) -> Scenario {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "chokepoint-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      for (name, text) in files { try Data(text.utf8).write(to: folder.appending(path: name)) }
    } catch { Issue.record(error) }
    var overrides = Overrides()
    overrides.observationFiles = files.keys.sorted().map { folder.appending(path: $0).path }
    let source = try SourceDocument(text: EconomyFixture.small + own, file: "small.yaml")
    return try ScenarioFile(source, name: "small").scenario(overrides)
  }

  /// What is wrong, without folders.
  private static func faults(_ files: [String: String], own: String = "") -> [String] {
    do throws(ScenarioFaults) {
      _ = try scenario(files, own: own)
      return []
    } catch {
      return error.faults.map {
        "\($0.location.file.split(separator: "/").last ?? ""):\($0.location.line): \($0.problem)"
      }
    }
  }

  @Test func aTableHoldsWhatAFileMay() throws {
    let table =
      Self.header + """
        share,US,stock_h100e,US + CN,,2023-12,,0.9,0.8,1,held_out,,"A book, and more"
        sold,h100_sxm + a100_80,sold_chips,,2023-01,2023-12,sum,5e5,,,fitted,mine,
        usable,alpha,usable_h100e,,,2023-06,,10,,,informed_prior,,

        """
    let read = try Self.scenario(["o.csv": table]).observations
    #expect(read.map(\.id) == ["share", "sold", "usable"])
    #expect(read[0].figure == .init(entities: ["US"], metrics: ["stock_h100e"]))
    #expect(read[0].divisor == .init(entities: ["US", "CN"], metrics: ["stock_h100e"]))
    #expect(read[0].low == 0.8 && read[0].source == "A book, and more")
    #expect(read[1].figure.entities == ["h100_sxm", "a100_80"] && read[1].reduction == .sum)
    #expect(read[1].from == Month(iso: "2023-01") && read[1].high == nil)
    #expect(read.map(\.scoreClass) == ["other", "mine", "labs"])
  }

  /// The same in the scenario's own words, and a file that says what is different about one of them.
  @Test func otherFilesAreLaidOverByID() throws {
    let own = """

      observations:
        - {id: a, entity: CN, metric: stock_h100e, month: 2023-12, observed: 1, status: fitted}
        - {id: b, entity: US, metric: [stock_h100e, acquired_h100e], month: 2023-12, observed: 2,
           status: fitted}
      """
    let read = try Self.scenario(
      ["1.yaml": "observations: [{id: a, status: held_out}]", "2.csv": "id,observed\nb,7\n"],
      own: own
    ).observations
    #expect(read.map(\.status) == [.heldOut, .fitted])
    #expect(read.map(\.observed) == [1, 7])
    #expect(read[1].figure.metrics == ["stock_h100e", "acquired_h100e"])
    #expect(read.map(\.scoreClass) == ["chips", "chips"])
  }

  @Test func faultsOfATableAreToldWithTheirLines() {
    let rows = """
      a,US,stock_h100e,,,2023-12,,much,,,held_out,,
      b,US,stock_h100,,,2023-12,,1,,,held_out,,
      c,US,stock_h100e,XX,,2023-12,,1,,,held_out,,
      d,US + US,stock_h100e,,,2023-12,,1,,,held_out,,
      e,CN,stock_h100e + lag_months,,,2023-12,,1,,,held_out,,
      """
    let found = Self.faults(["o.csv": Self.header + rows])
    #expect(found.count == 5, "\(found)")
    #expect(found.contains { $0.hasPrefix("o.csv:2:") && $0.contains("much") })
    #expect(found.contains { $0.hasPrefix("o.csv:3:") && $0.contains("stock_h100") })
    #expect(found.contains("o.csv:4: stock_h100e is not recorded of \"XX\""))
    #expect(found.contains("o.csv:5: \"US\" is there twice, and would count twice"))
    #expect(found.contains { $0.hasPrefix("o.csv:6: is in months") })
  }

  @Test(arguments: [
    ("", "the table is empty"),
    ("id,id\na,b\n", "two columns are called \"id\""),
    ("id,,x\na,b,c\n", "a column has no name"),
    ("id,entity\na\n", "the line has 1 cells, and the first one 2"),
    ("id,entity\na,\"b\n", "the quotes of a cell are never closed, or something follows them"),
    ("id,value\na,1\n", "unknown key \"value\""),
  ])
  func aTableThatIsNone(_ text: String, _ problem: String) {
    let found = Self.faults(["o.csv": text])
    #expect(found.contains { $0.contains(problem) }, "\(found)")
  }

  @Test func aFileOfObservationsHoldsNothingElse() {
    #expect(
      Self.faults(["o.yaml": "run: {seed: 2}\nobservations: []\n"])
        == ["o.yaml:1: \"run\" has no place in it"])
    #expect(Self.faults(["o.yaml": "{}\n"]) == ["o.yaml:1: there is no list of observations"])
  }

  @Test func aDivisorIsSomebodys() {
    let own = """

      observations:
        - {id: a, entity: CN, metric: stock_h100e, over_metric: stock_h100e, month: 2023-12,
           observed: 1, status: fitted}
      """
    #expect(Self.faults([:], own: own).map { $0.suffix(25) } == ["over_metric has no entity"])
  }
}
