@testable import Documents
import FoundationEssentials
import TestSupport
import Testing

@testable import Scenarios

/// Mutations of a shipped scenario: reading one never crashes, and gives a scenario or tells what is
/// wrong at a place that is in the file.
///
/// `CHOKEPOINT_FUZZ` in the environment is the number of cases, instead of 300.
@Suite struct ScenarioFuzzTests {
  private static let groups = 6
  private static let cases =
    ProcessInfo.processInfo.environment["CHOKEPOINT_FUZZ"]
    .flatMap { Int($0) } ?? 300

  @Test(arguments: 0..<groups) func survives(_ group: Int) throws {
    let texts = [try ScenarioFixture.deepSeek(), EconomyFixture.everything, SweepTests.small]
    let text = texts[group % texts.count]
    var random = SplitMix(state: UInt64(group) &* 7_919)
    var sound = 0
    for _ in 0..<Self.cases / Self.groups {
      let bytes = ScenarioMutation.mutated(text, &random)
      sound += try Self.isSound(bytes) ? 1 : 0
    }
    // Enough of both, or the mutations would prove little.
    #expect(sound < Self.cases / Self.groups)
  }

  private static func isSound(_ bytes: [UInt8]) throws -> Bool {
    do throws(ScenarioFaults) {
      let source = try SourceDocument(bytes: bytes, file: "fuzz.yaml")
      let file = try ScenarioFile(source, name: "fuzz")
      _ = try file.scenario(Overrides()).effectiveYAML
      _ = try file.points(Overrides())
      return true
    } catch {
      try expectPlaces(of: error.faults, in: bytes)
      return false
    }
  }

  private static func expectPlaces(of faults: [Fault], in bytes: [UInt8]) throws {
    let text = String(decoding: bytes, as: UTF8.self)
    let lines = text.split(omittingEmptySubsequences: false) {
      $0 == "\n" || $0 == "\r" || $0 == "\r\n"
    }
    try #require(!faults.isEmpty)
    for fault in faults {
      let place = fault.location
      try #require(place.file == "fuzz.yaml", "\(fault)")
      try #require((1...lines.count).contains(place.line), "\(fault)")
      let columns = lines[place.line - 1].unicodeScalars.count + 1
      try #require((1...columns).contains(place.column), "\(fault)")
      try #require(!fault.description.contains("\n"), "\(fault)")
    }
    try #require(Set(faults).count == faults.count, "told twice: \(faults)")
  }
}

/// Ways to spoil a scenario, a few at a time.
enum ScenarioMutation {
  private static let values = [
    "", "~", "0", "-1", "1e308", "-1e308", "1e-308", ".nan", ".inf", "010", "1:30", "NO", "null",
    "[]", "{}", "[[]]", "{a: b}", "2024-13", "2024-10-28", "2024-10", "9999-12", "0001-01",
    "h800", "v3", "r1", "deepseek", "us_lab", "us_2023_10", "v3.pretraining", "pretraining",
    "oct-2022-rule", "chip_hours", "true", "on", "off", "lhs", "18446744073709551616", "'", "\"",
    "{ci90: [1, 2]}", "{uniform: [0, 0]}", "{normal: {mean: 0, sd: 1e300}}", "{beta: {mean: 1}}",
    "{mixture: [{weight: 1, of: 2}]}", "{empirical: /dev/null}", "{empirical: no.csv}",
    "{discrete: {values: [1], weights: [0]}}", "é", "*", "&x", "!t", "x: y: z",
  ]

  static func mutated(_ text: String, _ random: inout SplitMix) -> [UInt8] {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    for _ in 0..<Int.random(in: 1...3, using: &random) { spoil(&lines, &random) }
    var bytes = Array(lines.joined(separator: "\n").utf8)
    if Int.random(in: 0..<5, using: &random) == 0 { spoil(&bytes, &random) }
    return bytes
  }

  private static func spoil(_ lines: inout [String], _ random: inout SplitMix) {
    let one = Int.random(in: lines.indices, using: &random)
    let other = Int.random(in: lines.indices, using: &random)
    switch Int.random(in: 0..<10, using: &random) {
    case 0: lines.remove(at: one)
    case 1: lines.insert(lines[one], at: other)
    case 2: lines.swapAt(one, other)
    case 3: lines[one] = "  " + lines[one]
    case 4: lines[one] = String(lines[one].dropFirst(2))
    case 5, 6: swapValues(&lines, one, other)
    default: setValue(&lines[one], to: values.randomElement(using: &random) ?? "")
    }
  }

  /// Gives each of two keys the value of the other.
  private static func swapValues(_ lines: inout [String], _ one: Int, _ other: Int) {
    guard let (first, a) = parts(of: lines[one]), let (second, b) = parts(of: lines[other]) else {
      return
    }
    lines[one] = first + b
    if other != one { lines[other] = second + a }
  }

  private static func setValue(_ line: inout String, to value: String) {
    if let (key, _) = parts(of: line) { line = key + value }
  }

  private static func parts(of line: String) -> (key: String, value: String)? {
    guard let colon = line.firstRange(of: ": ") else { return nil }
    return (String(line[..<colon.upperBound]), String(line[colon.upperBound...]))
  }

  private static func spoil(_ bytes: inout [UInt8], _ random: inout SplitMix) {
    let place = Int.random(in: bytes.indices, using: &random)
    switch Int.random(in: 0..<4, using: &random) {
    case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
    case 1: bytes.remove(at: place)
    case 2: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
    default: bytes.removeLast(bytes.count - place)
    }
  }
}
