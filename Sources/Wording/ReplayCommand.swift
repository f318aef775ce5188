/// The command that tells the story of one run again, or runs its scenario with one thing changed.
public struct ReplayCommand: Sendable {
  /// The scenario file.
  public let file: String
  /// What else the command line said of the scenario: `--seed 3`, word by word.
  public let options: [String]

  /// A scenario file as it was given.
  public init(file: String, options: [String] = []) {
    self.file = file
    self.options = options
  }

  /// The file that stands beside results: it has every override written into it.
  package static func besideResults(ofPoint point: String?) -> ReplayCommand {
    ReplayCommand(file: "scenario.yaml", options: point.map { ["--point", $0] } ?? [])
  }

  /// The command for one replicate under one regime, ready for a shell.
  public func text(replicate: Int, regime: String) -> String {
    let words =
      ["chokepoint", "replay", file, "--replicate", "\(replicate)", "--regime", regime] + options
    return words.map(ShellWord.quoted).joined(separator: " ")
  }

  /// The command that runs some regimes with more settings, ready for a shell.
  ///
  /// - Parameter folder: where its results go, so that they take no other results' place.
  package func text(
    running regimes: [String], setting settings: [(key: String, value: String)], into folder: String
  ) -> String {
    let words =
      ["chokepoint", "run", file, "--regimes", regimes.joined(separator: ",")] + options
      + settings.flatMap { ["--set", "\($0.key)=\($0.value)"] } + ["--output", folder]
    return words.map(ShellWord.quoted).joined(separator: " ")
  }
}

/// Words as a shell takes them.
package enum ShellWord {
  /// A word in the quotes in which a shell reads escapes, since what a terminal would obey cannot be shown.
  private static func spelt(_ word: String) -> String {
    let scalars = word.unicodeScalars.map { scalar in
      switch scalar {
      case "'", "\\": return "\\\(scalar)"
      case _ where scalar != "\t" && scalar != "\n" && !InvisibleCharacters.contains(scalar):
        return String(scalar)
      case _ where scalar.value <= 0xFFFF: return "\\u" + InvisibleCharacters.hex(scalar.value)
      default: return "\\U000" + InvisibleCharacters.hex(scalar.value)
      }
    }
    return "$'\(scalars.joined())'"
  }

  /// A word in quotes if it needs them, whatever is in it.
  package static func quoted(_ word: String) -> String {
    let isPlain =
      !word.isEmpty
      && word.unicodeScalars.allSatisfy { scalar in
        scalar.isASCII && scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
          || "-_./=:,+@%".unicodeScalars.contains(scalar)
      }
    if isPlain { return word }
    guard InvisibleCharacters.escaped(word, as: .name) == word else { return spelt(word) }
    return "'" + word.replacing("'", with: "'\\''") + "'"
  }
}
