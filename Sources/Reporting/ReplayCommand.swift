/// The command that tells the story of one run again.
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
  static let besideResults = ReplayCommand(file: "scenario.yaml")

  /// The command for one replicate under one regime, ready for a shell.
  public func text(replicate: Int, regime: String) -> String {
    let words =
      ["chokepoint", "replay", file, "--replicate", "\(replicate)", "--regime", regime] + options
    return words.map(ShellWord.quoted).joined(separator: " ")
  }
}
