/// What the command line asks for and cannot have, such as a name that nothing here has: the command line's fault, not
/// the scenario's.
public struct CommandLineFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong, and what may be asked instead.
  public let description: String

  /// Says what is wrong.
  public init(_ description: String) { self.description = description }

  /// Says that nothing has a name: names the nearest of those that are known, and the first of them all.
  ///
  /// - Parameters:
  ///   - what: what it should be the name of: `regime`.
  ///   - list: where they are listed, if they are too many to be told.
  public init(unknown what: String, _ word: String, known: [String], see list: String? = nil) {
    let problem = "no \(what) is called \(quoted(word, limit: 200))"
    let guess = likelyWords(for: word, among: known).map { "; did you mean \($0)?" }
    description = problem + (guess ?? ";") + " " + (list ?? Self.listed(known))
  }

  private static func listed(_ known: [String]) -> String {
    guard !known.isEmpty else { return "there is none" }
    let rest = known.count - most
    return "there are " + known.prefix(most).joined(separator: ", ")
      + (rest > 0 ? " and \(rest) more" : "")
  }

  /// So many are told.
  private static let most = 40
}

extension ScenarioFaults {
  /// A scenario that has not what the command line asks for.
  ///
  /// - Parameter file: the scenario's.
  package init(_ fault: CommandLineFault, file: String) {
    self.init([Fault(fault, file: file)])
  }

  /// Whether the command line alone is at fault.
  public var areOfCommandLine: Bool { faults.allSatisfy(\.isOfCommandLine) }
}
