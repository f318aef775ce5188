/// What is wrong with a formula, and with which piece of it.
public struct FormulaFault: Error, Hashable, Sendable {
  /// The piece of the formula that is at fault, as it is written.
  public let excerpt: String
  /// What is wrong.
  public let problem: String
  /// What is allowed, or what to do.
  public let advice: String?
  /// A name that is not known here, and those that are; nil where the fault is another.
  public let unknown: Unknown?

  /// A name that nothing has.
  public struct Unknown: Hashable, Sendable {
    /// The name.
    public let name: String
    /// The names that there are.
    public let known: [String]

    /// A name, and those that could be meant.
    public init(name: String, known: [String]) { (self.name, self.known) = (name, known) }
  }

  /// Says what is wrong.
  public init(
    _ excerpt: some StringProtocol, _ problem: String, advice: String? = nil,
    unknown: Unknown? = nil
  ) {
    self.excerpt = String(excerpt)
    (self.problem, self.advice, self.unknown) = (problem, advice, unknown)
  }

  /// A name that nothing has.
  public init(unknown name: String, _ what: String, known: [String], advice: String) {
    self.init(
      name, "there is no \(what) \"\(name)\"", advice: advice,
      unknown: Unknown(name: name, known: known))
  }
}

/// How large formulas may be: more than anybody writes, and little enough that none takes long to read.
public enum FormulaLimits {
  /// Characters of a formula.
  public static let length = 2_000
  /// Brackets and signs within each other.
  public static let depth = 60
  /// Parts within each other, once formulas that a formula reads are put into it; a sum is as deep as it has
  /// terms.
  public static let wholeDepth = 1_200
  /// Formulas of a section of a file.
  public static let count = 1_000
  /// Steps that a formula takes, once what it reads is put into it.
  public static let steps = 100_000
}
