import Documents
import CFacts

/// A scenario for people to start from: small, commented, and sound as it is.
public struct StarterScenario: Sendable {
  /// The file, with a name of its own in it.
  public let text: String

  /// Writes a starter.
  ///
  /// - Parameters:
  ///   - name: what its results are called.
  ///   - path: where it is going to stand.
  public init(named name: String, at path: String) throws(UnfitName) {
    guard isIdentifier(name) else { throw UnfitName(name) }
    let file = chokepoint_starter()
    let bytes = UnsafeBufferPointer(start: file.bytes, count: file.count)
    let last = path.split(separator: "/").last.map(String.init) ?? ""
    // A name that would not fit on the line of a comment is not shown there.
    let isShown = !last.isEmpty && !last.unicodeScalars.contains(where: isControl)
    text = String(decoding: bytes, as: UTF8.self)
      .replacing("my-scenario.yaml", with: isShown ? last : "\(name).yaml")
      .replacing("my-scenario", with: name)
  }
}

/// A name that no scenario can have.
public struct UnfitName: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong with it, and a name that would do.
  public let description: String

  init(_ name: String) {
    description =
      "\(quoted(name)) is no name for a scenario: wanted are \(identifierRule); "
      + "\(quoted(Scenario.name(ofFile: name))) would do"
  }
}
