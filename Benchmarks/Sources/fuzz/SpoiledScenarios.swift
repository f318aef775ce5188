import Foundation
import Scenarios

/// Shipped scenarios, examples and facts, spoiled a few times each.
struct SpoiledScenarios: Spoiler {
  private let seed: UInt64
  private let scenarios: [Lines]
  private let pieces: [Lines]
  private let ids: [String]
  private let trial: ScenarioTrial

  init(seed: UInt64) throws {
    func texts(in folder: String) throws -> [Lines] {
      try FileManager.default.contentsOfDirectory(atPath: folder)
        .filter { $0.hasSuffix(".yaml") }.sorted()
        .map {
          // Bases lie beside the input (``ScenarioTrial``).
          let text = try String(contentsOfFile: "\(folder)/\($0)", encoding: .utf8)
          return Lines(text.replacing("base: ../", with: "base: "))
        }
    }
    self.seed = seed
    let trial = try ScenarioTrial()
    // A sixth of the inputs is as long as they are shipped.
    let whole =
      try texts(in: "scenarios") + texts(in: "scenarios/published") + texts(in: "examples")
      + texts(in: "Sources/Scenarios/Starter")
    scenarios =
      try whole
      + whole.flatMap { text in
        let short = Lines(try trial.shortest(of: text.text))
        return Array(repeating: short, count: 5)
      }
    pieces = try scenarios + texts(in: "Sources/Scenarios/Facts")
    ids = Array(Set(pieces.flatMap(\.words))).sorted()
    self.trial = trial
  }

  func input(_ number: Int) -> [UInt8] {
    var random = SplitMix(seed: seed, input: number)
    var text = random.choice(of: scenarios)
    for _ in 0..<random.choice(of: [1, 1, 1, 2, 2, 3, 5]) { spoil(&text, &random) }
    var bytes = Array(text.text.utf8)
    if random.happens(0.1) { spoil(&bytes, &random) }
    return bytes
  }

  func read(_ number: Int, _ input: [UInt8]) async throws -> Verdict {
    try await trial.read(input)
  }

  private func spoil(_ text: inout Lines, _ random: inout SplitMix) {
    switch random.next() % 12 {
    case 0: text.remove(&random)
    case 1: text.duplicate(&random)
    case 2: text.swap(&random)
    case 3: text.splice(random.choice(of: pieces), &random)
    case 4: text.indent(&random)
    case 5, 6:
      let id = random.choice(of: ids)
      text.replaceWord(&random) { _ in id }
    case 7:
      let value = random.choice(of: Self.values)
      text.replaceWord(&random) { _ in value }
    default:
      let (number, factor) = (random.choice(of: Self.numbers), random.choice(of: Self.factors))
      let isScaled = random.happens(0.6)
      // Numbers alone, with several trials to find one.
      for _ in 0..<8 {
        var isFound = false
        text.replaceWord(&random) { word in
          guard let value = Double(word) else { return Self.date(word, number) ?? word }
          isFound = true
          return isScaled ? Self.words(of: value * factor) : number
        }
        if isFound { return }
      }
    }
  }

  private static func words(of value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
  }

  /// Another date in the place of one; nil for what is none.
  private static func date(_ word: String, _ number: String) -> String? {
    guard word.wholeMatch(of: /\d{4}-\d{2}(-\d{2})?/) != nil else { return nil }
    let days = ["2024-02-30", "0001-01", "9999-12", "2022-10", "2022-10-07", "2030-06", "2026-13"]
    return days[number.utf8.reduce(0) { $0 + Int($1) } % days.count]
  }

  private static let factors = [0, -1, 0.01, 0.1, 0.5, 0.999, 1.001, 2, 10, 1000, 1e9, 1e-9]
  private static let numbers = [
    "0", "-1", "1", "2", "0.5", "1e-300", "5e-324", "1e300", "-1e300", "1e18", "1e9", "1000000",
    "9223372036854775807", "9223372036854775808", "18446744073709551616", "0.1", "0.999999",
    "1.000001", ".inf", ".nan", "-0", "1e400", "0x10", "010",
  ]
  private static let values = [
    "~", "''", "[]", "{}", "[[]]", "true", "no", "{uniform: [0, 1]}", "{ci90: [1, 2]}",
    "{normal: {mean: 0, sd: 1}}", "{beta: {mean: 0.5, sd: 0.1}}", "{triangular: [0, 1, 2]}",
    "{discrete: {values: [1, 2], weights: [1, 1]}}", "{empirical: numbers.csv}", "&a", "*a", "!t",
    "2024-02-29", "2024-10", "lhs", "sobol", "mc", "{add: []}", "{use: us_2022_10}", "a: b: c",
    "{mixture: [{weight: 1, of: 2}]}", "\u{1B}[2J", "\u{202E}x", "\"\\e\"", "=1+1",
  ]

  private func spoil(_ bytes: inout [UInt8], _ random: inout SplitMix) {
    guard !bytes.isEmpty else { return }
    let place = Int(random.next() % UInt64(bytes.count))
    let byte = UInt8(truncatingIfNeeded: random.next())
    switch random.next() % 4 {
    case 0: bytes[place] = byte
    case 1: bytes.remove(at: place)
    case 2: bytes.insert(byte, at: place)
    default: bytes.removeLast(bytes.count - place)
    }
  }
}
