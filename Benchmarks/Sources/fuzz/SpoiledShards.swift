import Batches
import Foundation
import Scenarios
import Storage
import Studies

/// Shards, plans and manifests of a small batch, spoiled byte by byte, or by somebody who knows how they are
/// made.
struct SpoiledShards: Spoiler {
  private let seed: UInt64
  /// Where every value is kept, and where values are counted.
  private let batches: [TrialBatch]

  init(seed: UInt64) async throws {
    self.seed = seed
    batches = [try await TrialBatch(counted: false), try await TrialBatch(counted: true)]
  }

  private enum Target: CaseIterable { case shard, shard2, shard3, shard4, plan, manifest }

  func input(_ number: Int) throws -> [UInt8] {
    var random = SplitMix(seed: seed, input: number)
    let (batch, target) = choice(&random)
    switch target {
    case .plan: return Self.spoiled(text: batch.planBytes, &random)
    case .manifest: return Self.spoiled(text: batch.manifestBytes, &random)
    default: return try batch.spoiledShard(&random)
    }
  }

  func read(_ number: Int, _ input: [UInt8]) async throws -> Verdict {
    var random = SplitMix(seed: seed, input: number)
    let (batch, target) = choice(&random)
    do {
      switch target {
      case .plan: try await batch.read(plan: input)
      case .manifest: try batch.read(manifest: input)
      default: try await batch.read(shard: input)
      }
      return .accepted
    } catch let error as FileError {
      let words = error.description
      let isShown = words.unicodeScalars.allSatisfy {
        $0 == "\n" || $0.properties.generalCategory != .control
      }
      return isShown && words.utf8.count < 4_000
        ? .refused : .wrong("a message that is no message: \(words.debugDescription)")
    }
  }

  private func choice(_ random: inout SplitMix) -> (TrialBatch, Target) {
    (random.choice(of: batches), random.choice(of: Target.allCases))
  }

  /// JSON with other bytes, words and numbers in it.
  private static func spoiled(text bytes: [UInt8], _ random: inout SplitMix) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<1 + random.next() % 3 {
      let place = Int(random.next() % UInt64(bytes.count + 1))
      let end = min(bytes.count, place + Int(random.next() % 20))
      switch random.next() % 5 {
      case 0: bytes.removeSubrange(place..<end)
      case 1: bytes.insert(contentsOf: Array(bytes[place..<end]), at: end)
      case 2: bytes.insert(UInt8(truncatingIfNeeded: random.next()), at: place)
      case 3: bytes.insert(contentsOf: Array(random.choice(of: words).utf8), at: place)
      default:
        // A value after its key.
        let text = String(decoding: bytes, as: UTF8.self)
        guard let colon = text.ranges(of: " : ").randomElement(using: &random) else { break }
        let line = text[colon.upperBound...].prefix { $0 != "\n" && $0 != "," }
        bytes = Array(
          text.replacingCharacters(
            in: line.startIndex..<line.endIndex, with: random.choice(of: words)
          ).utf8)
      }
    }
    return bytes
  }

  private static let words = [
    "0", "-1", "1000000000000000000", "1e400", "null", "true", "[]", "{}", "\"x\"", "\"\"",
    "\"../../x\"", "\"\\u001b[2J\"", "\u{1B}", "\u{202E}", "\\ud800", "3.5",
    String(repeating: "[", count: 3_000), String(repeating: "{\"a\":", count: 3_000), "\"",
  ]
}
