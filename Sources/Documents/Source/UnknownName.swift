/// A word of the command line that nothing here is called by: the command line's fault, not the scenario's.
public struct UnknownName: Error, Hashable, Sendable, CustomStringConvertible {
  /// What it is, and what it might have been.
  public let description: String

  /// Says what is wrong where nothing has a like name.
  public init(description: String) { self.description = description }

  /// Names the nearest of the words that are known, and the first of them all.
  ///
  /// - Parameters:
  ///   - what: what it should be the name of: `regime`.
  ///   - list: where they are listed, if they are too many to be told.
  public init(_ what: String, _ word: String, known: [String], see list: String? = nil) {
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
  /// A scenario that has nothing of the name that the command line asks for.
  ///
  /// - Parameter file: the scenario's.
  package init(_ word: UnknownName, file: String) {
    self.init([Fault(word, file: file)])
  }

  /// Whether the command line alone is at fault.
  public var areOfCommandLine: Bool { faults.allSatisfy(\.isOfCommandLine) }
}
