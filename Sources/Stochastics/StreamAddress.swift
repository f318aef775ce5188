/// Names the mechanism that a draw belongs to.
///
/// Ids are literal, append-only and never reused: a reused id would hand one mechanism another's
/// luck. The list of ids lives with the mechanisms, on the floors above; id 0 is taken here.
public struct MechanismID: RawRepresentable, Hashable, Sendable {
  /// The 16-bit id as it stands in the counter.
  public let rawValue: UInt16

  /// Wraps a literal id, 0...65,535; 0 is `parameters`.
  public init(rawValue: UInt16) {
    self.rawValue = rawValue
  }

  /// Draws of uncertain parameters, made before a run starts.
  public static let parameters = MechanismID(rawValue: 0)
}

/// Names the agent (or the parameter) that a draw belongs to.
///
/// The id is a hash of the text id rather than a position, so that adding or permuting agents
/// changes nobody else's numbers. Two texts can collide (1 chance in 4.3e9 a pair): whoever loads a
/// list of names checks that its ids are distinct.
public struct AgentID: RawRepresentable, Hashable, Sendable {
  /// The 32-bit id as it stands in the counter.
  public let rawValue: UInt32

  /// Wraps an id that was computed before.
  public init(rawValue: UInt32) {
    self.rawValue = rawValue
  }

  /// Hashes a text id: 32-bit FNV-1a over its UTF-8 bytes, the same in every run and on every machine.
  ///
  /// A text that hashes to 0 gets `UInt32.max` instead, since 0 means "no agent".
  public init(of text: String) {
    var hash: UInt32 = 2_166_136_261
    for byte in text.utf8 {
      hash = (hash ^ UInt32(byte)) &* 16_777_619
    }
    rawValue = hash == 0 ? .max : hash
  }

  /// No agent: a shock that all share.
  public static let none = AgentID(rawValue: 0)
}

/// Where a draw lives: everything but the seed that decides its value.
///
/// The regime is absent on purpose, so that regimes share luck, and so is the order of execution, so
/// that threads and shards change nothing. The width of each field is its limit; a caller converting
/// from `Int` traps on overflow rather than alias another address.
public struct StreamAddress: Hashable, Sendable {
  /// The stochastic realisation, or for parameters their draw, 0...4,294,967,295: by default both are
  /// the replicate's number.
  public var replicate: UInt32
  /// The mechanism that draws.
  public var mechanism: MechanismID
  /// The agent drawn for.
  public var agent: AgentID
  /// Months since the start of the run, 0...65,535.
  public var month: UInt16
  /// The draw's place among those of one mechanism, agent and month, 0...65,535.
  public var draw: UInt16

  /// An address; what is left out is 0 or none.
  public init(
    replicate: UInt32, mechanism: MechanismID, agent: AgentID = .none,
    month: UInt16 = 0, draw: UInt16 = 0
  ) {
    self.replicate = replicate
    self.mechanism = mechanism
    self.agent = agent
    self.month = month
    self.draw = draw
  }
}
