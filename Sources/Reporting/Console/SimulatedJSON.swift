import PolicyModel
import Scenarios
import Storage

/// An answer in JSON with what every answer says beside its own: how it was simulated, and that it was.
struct SimulatedJSON<Answer: Encodable>: Encodable {
  private let answer: Answer
  private let run: RunSettings
  private let replicates: Int
  private let failedReplicates: Int

  /// - Parameter replicates: how many there were, where it is not what the scenario says.
  init(
    _ answer: Answer, _ run: RunSettings, replicates: Int? = nil, failedReplicates: Int
  ) {
    self.answer = answer
    self.run = run
    self.replicates = replicates ?? run.replicates
    self.failedReplicates = failedReplicates
  }

  private enum Key: String, CodingKey {
    case replicates
    case failedReplicates = "replicates_failed"
    case seed, version
    case rulesKnownUntil = "rules_known_until"
    case simulated
  }

  /// Puts the keys of both into one object.
  func encode(to encoder: any Encoder) throws {
    try answer.encode(to: encoder)
    var keys = encoder.container(keyedBy: Key.self)
    try keys.encode(replicates, forKey: .replicates)
    try keys.encode(failedReplicates, forKey: .failedReplicates)
    try keys.encode(run.seed, forKey: .seed)
    try keys.encode(ProgramVersion.current, forKey: .version)
    try keys.encode("\(BuiltInFacts.current.rulesKnownUntil)", forKey: .rulesKnownUntil)
    try keys.encode(true, forKey: .simulated)
  }

  /// The text that is printed.
  var text: String { String(decoding: JSONText.bytes(of: self), as: UTF8.self) }
}
