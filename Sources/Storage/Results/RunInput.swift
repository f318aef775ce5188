public import Scenarios

/// A scenario as results record it: written out in full, and hashed. Made once for each run, since
/// writing all facts out takes longer than reading them.
public struct RunInput: Sendable {
  /// What is to be run.
  public let scenario: Scenario
  /// The effective scenario, which has all facts written out.
  public let effectiveYAML: String
  /// The hash of everything that results depend on: the effective scenario and the version of the
  /// program.
  public let hash: String

  /// Writes a scenario out.
  public init(_ scenario: Scenario) {
    self.scenario = scenario
    effectiveYAML = scenario.effectiveYAML
    hash = SHA256.hex(Array("chokepoint \(ProgramVersion.current)\n\(effectiveYAML)".utf8))
  }
}

/// The version of the program, as results record it.
public enum ProgramVersion {
  /// Semantic version. A change of results is a change of version.
  public static let current = "0.12.0"
}
