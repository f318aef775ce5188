public import Stochastics

/// A number of the model that a scenario can set, as the mechanism that reads it declares it.
public struct ParameterDeclaration: Hashable, Sendable {
  /// Its path in scenario files, such as `throughput.mfu`; also the address of its draws.
  public let name: String
  /// Its unit, as in file keys; `1` for a plain number.
  public let unit: String
  /// The values that make sense, both ends included.
  public let range: ClosedRange<Double>
  /// What it means, in one sentence.
  public let definition: String

  /// Declares a parameter.
  public init(name: String, unit: String, range: ClosedRange<Double>, definition: String) {
    self.name = name
    self.unit = unit
    self.range = range
    self.definition = definition
  }
}

/// A parameter and what is known of its value.
public struct Parameter: Hashable, Sendable {
  /// What it is.
  public let declaration: ParameterDeclaration
  /// Its law: a constant, or a distribution.
  public let law: Distribution
  /// The value that was published, where there is one: the headline is computed at it.
  public let published: Double?
  /// Where the law comes from.
  public let source: String?
  /// How far it can be trusted.
  public let confidence: Confidence?

  /// Gives a declared parameter its law.
  public init(
    declaration: ParameterDeclaration, law: Distribution, published: Double?, source: String?,
    confidence: Confidence?
  ) {
    self.declaration = declaration
    self.law = law
    self.published = published
    self.source = source
    self.confidence = confidence
  }

  /// The one value that stands for the parameter: what was published, else the median.
  public var pointValue: Double { published ?? law.median }
}

/// A parameter's place in the ``ParameterTable``.
public struct ParameterIndex: Hashable, Sendable {
  let position: Int
}
