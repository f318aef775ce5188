/// The version of the program, as results record it.
public enum ProgramVersion {
  /// Semantic version. A change of results is a change of version.
  public static let current = "0.3.0"
}
