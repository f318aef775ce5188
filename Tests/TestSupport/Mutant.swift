import FoundationEssentials
import Glibc
import Synchronization
public import Testing

/// A deliberately broken variant of what is tested, which a check of the suite must reject.
///
/// Variants live in tests alone: they are put in the place of a mechanism, a rule or a sampler while one check
/// runs, for that check's task and for nobody else.
public struct Mutant: Sendable, CustomTestStringConvertible {
  /// What sort of thing is broken.
  public enum Kind: String, Sendable {
    case law = "conservation law"
    case direction = "monotone direction"
    case rule = "licensing rule"
    case target = "calibration target"
    case statistic = "statistical test"
  }

  private let kind: Kind
  private let broken: String
  private let variant: String
  private let check: String
  private let equivalent: String?
  private let trial: @Sendable () async throws -> Void

  /// - Parameters:
  ///   - broken: the law, direction, rule, target or statistic that it breaks.
  ///   - variant: what is wrong with it, in a few words.
  ///   - check: the check that must reject it, by its names.
  ///   - equivalent: why nobody could tell it from the original; nil for what must be rejected. One that is
  ///     rejected all the same has an excuse too many, and fails.
  ///   - trial: runs that check on the variant.
  public init(
    _ kind: Kind, _ broken: String, _ variant: String, rejectedBy check: String,
    equivalent: String? = nil, trial: @escaping @Sendable () async throws -> Void
  ) {
    (self.kind, self.broken, self.variant, self.check) = (kind, broken, variant, check)
    (self.equivalent, self.trial) = (equivalent, trial)
  }

  /// What it is called where tests are listed.
  public var testDescription: String { "\(broken): \(variant)" }

  /// Tries it: what its check finds is expected, and that it finds nothing is a failure.
  public func mustBeRejected(at location: SourceLocation = #_sourceLocation) async throws {
    let complaints = Mutex(0)
    try await withKnownIssue(isIntermittent: true, sourceLocation: location) {
      try await trial()
    } matching: { _ in
      complaints.withLock { $0 += 1 }
      return true
    }
    let isRejected = complaints.withLock { $0 } > 0
    try report(isRejected ? "rejected" : equivalent.map { "equivalent: \($0)" } ?? "SURVIVED")
    #expect(
      isRejected == (equivalent == nil), "\(self.testDescription)", sourceLocation: location)
  }

  /// Adds a line to the table that `make mutants` prints.
  private func report(_ verdict: String) throws {
    guard let path = ProcessInfo.processInfo.environment["CHOKEPOINT_MUTANTS"] else { return }
    let line = [kind.rawValue, broken, variant, check, verdict].joined(separator: "\t") + "\n"
    guard let file = fopen(path, "a") else { throw CocoaError(.fileWriteUnknown) }
    defer { fclose(file) }
    fputs(line, file)
  }
}
