import Documents
import FoundationEssentials
import Testing

@testable import Scenarios

/// What is said of the files of numbers that a scenario reads.
@Suite struct FileNoteTests {
  private func notes(_ text: String) throws -> [String] {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "chokepoint-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data("year,pue\n2023,1.25\n2024,1.25\n".utf8).write(to: folder.appending(path: "two.csv"))
    try Data("1.1\n1.2\n1.3\n".utf8).write(to: folder.appending(path: "one.csv"))
    let file = folder.appending(path: "main.yaml").path
    try Data((ScenarioFixture.small + text).utf8).write(to: URL(filePath: file))
    return try Scenario.points(contentsOf: file).notes.map {
      $0.description.replacing(folder.path + "/", with: "")
    }
  }

  private let pue = "{empirical: {file: two.csv, column: pue}}"

  @Test func aFileIsTold() throws {
    let told = try notes("uncertainties: {ledger.pue: \(pue)}\n")
    #expect(told.count == 1 && told.first?.hasPrefix("main.yaml:") == true)
    let words =
      ":41: note: uncertainties.ledger.pue.empirical: two.csv: 2 numbers under the heading \"pue\""
    #expect(told.first?.hasSuffix(words) == true, "\(told)")
    #expect(try notes("").isEmpty)
  }

  /// Sobol points are told where their number serves them badly, and only there.
  @Test(arguments: [
    (96, "sobol", "96 replicates are 6 Sobol points in each of 16 randomisations"),
    (48, "sobol", "32 replicates err about as little, and 64 far less"),
    (2000, "sobol", "1024 replicates err about as little, and 2048 far less"),
    (64, "sobol", ""), (16, "sobol", ""), (96, "lhs", ""), (96, "mc", ""),
  ])
  func pointsThatAreUneven(replicates: Int, design: String, words: String) throws {
    let text = ScenarioFixture.small.replacing(
      "replicates: 64", with: "replicates: \(replicates)\n  design: \(design)")
    let notes = try [ScenarioFixture.scenario(text)].notes.map(\.description)
    #expect(notes.count == (words.isEmpty ? 0 : 1))
    #expect(words.isEmpty || notes[0].contains(words) && notes[0].contains("note: run.replicates"))
  }

  /// In a part of a law, in a regime, and at each of the points of a sweep, once.
  @Test func aFileIsToldWhereverItIs() throws {
    let mixture = "{mixture: [{weight: 1, of: \(pue)}, {weight: 1, of: {empirical: one.csv}}]}"
    #expect(try notes("mechanisms: {ledger: {pue: \(mixture)}}\n").count == 2)
    let swept = try notes("sweep: {grid: {ledger.pue: [1.2, \(pue)], run.seed: [1, 2, 3]}}\n")
    #expect(swept.count == 1, "\(swept)")
    #expect(
      try notes("uncertainties: {ledger.pue: \(pue)}\nsweep: {grid: {run.seed: [1, 2]}}\n").count
        == 1)
  }
}
