import Documents

/// One point of a scenario's sweep: what is set at it.
public struct SweepPoint: Hashable, Sendable {
  /// Its id in results: letters, digits and `-_.+=,` alone.
  public let id: String
  /// What it is, in one line, where the file says so.
  public let title: String?
  /// What is set at it, in the order of the file.
  public let settings: [Setting]

  /// A value at a path, as `--set` takes them.
  public struct Setting: Hashable, Sendable {
    /// A path of the file, or a parameter's name.
    public let path: String
    /// The value as YAML in one line.
    public let value: String
  }
}
