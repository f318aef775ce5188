import Stochastics

/// A law of the language, told once: its key, what is written under it, and what makes a distribution
/// of that.
///
/// Reader, writer, JSON Schema and messages follow from the rows of `all`. Whether the numbers make a
/// distribution is for the factory to say.
package struct LawForm: Sendable {
  /// What stands under the key.
  package enum Shape: Sendable {
    /// One value of the quantity.
    case number
    /// A list of values of the quantity, which are called this.
    case points([String])
    /// A mapping with these numbers.
    case members([Argument])
    /// A mapping with `values` of the quantity, and `weights` for them.
    case weightedValues
    /// A list of quantities, each with the weight that it has: `weight` and `of`.
    case parts
    /// The name of a file with values of the quantity, or with it the heading of their column.
    case column
  }

  /// A number of a law that is written as a mapping.
  package struct Argument: Sendable {
    /// What the number is.
    enum Measure: Sendable {
      /// A value of the quantity, in its unit and range.
      case value
      /// A distance between such values, at least 0, in their unit.
      case distance
      /// A number without unit, at least 0.
      case pure
    }

    let key: String
    let measure: Measure
    let doc: String

    init(_ key: String, _ measure: Measure, _ doc: String) {
      (self.key, self.measure, self.doc) = (key, measure, doc)
    }

    /// The number as a key of a quantity with this range and unit.
    func field(_ range: NumberRange, unit: String) -> Field {
      switch measure {
      case .value: .required(key, .number(range, unit: unit), doc)
      case .distance: .required(key, .number(.atLeast(0), unit: unit), doc)
      case .pure: .required(key, .number(.atLeast(0)), doc)
      }
    }
  }

  /// The key that names the law.
  package let key: String
  /// What stands under it.
  package let shape: Shape
  /// One sentence.
  package let doc: String
  /// What may be written under the key, for instance.
  package let example: String
  /// The law with its numbers, or what is wrong with them.
  let distribution: @Sendable (DistributionForm.Law) throws(DistributionError) -> Distribution
}

extension LawForm {
  /// All laws, in the order in which they are listed to whoever looks for one.
  package static let all: [LawForm] = [
    constant,
    LawForm(
      "ci90", .points(["low", "high"]), Distribution.ci90, example: "[1, 5]",
      "Lognormal through these 5% and 95% points."),
    LawForm(
      "normal",
      .members([.init("mean", .value, "The centre."), .init("sd", .distance, "The spread.")]),
      Distribution.normal, example: "{mean: 5, sd: 1}", "Normal."),
    LawForm(
      "lognormal",
      .members([.init("median", .value, "The centre."), .init("sigma", .pure, "The spread.")]),
      Distribution.lognormal, example: "{median: 5, sigma: 0.3}",
      "Lognormal, sigma being the standard deviation of the natural logarithm."),
    LawForm(
      "uniform", .points(["low", "high"]), Distribution.uniform, example: "[1, 5]",
      "Uniform from the first to the second."),
    LawForm(
      "triangular", .points(["low", "mode", "high"]), Distribution.triangular,
      example: "[1, 2, 5]", "Triangular: lowest, most likely, highest."),
    LawForm(
      "pert", .points(["low", "mode", "high"]), Distribution.pert, example: "[1, 2, 5]",
      "Beta-PERT: lowest, most likely, highest."),
    LawForm(
      "beta",
      .members([.init("mean", .value, "The centre."), .init("sd", .distance, "The spread.")]),
      Distribution.beta, example: "{mean: 0.2, sd: 0.1}", "Beta on 0 to 1."),
    discrete,
    LawForm(
      key: "mixture", shape: .parts,
      doc: "One of these parts, each drawn from as often as its weight says.",
      example: "[{weight: 3, of: 0.25}, {weight: 7, of: {uniform: [1, 5]}}]"
    ) { (law) throws(DistributionError) in
      let parts = try law.parts.map { (part) throws(DistributionError) in
        try part.distribution()
      }
      return try .mixture(parts, weights: law.weights)
    },
    empirical,
  ]

  /// The numbers of a file.
  package static let empirical = LawForm(
    key: "empirical", shape: .column,
    doc: "The numbers of a CSV file, named relative to this file; one of its columns is named as "
      + "{file: prices.csv, column: usd}.",
    example: "prices.csv"
  ) { (law) throws(DistributionError) in try .empirical(law.numbers) }

  /// A number without uncertainty, which needs no key where there is nothing else to say.
  static let constant = LawForm(
    key: "value", shape: .number, doc: "A constant.", example: "5"
  ) { (law) throws(DistributionError) in try .constant(law.numbers[0]) }

  /// Some values, each with its weight.
  package static let discrete = LawForm(
    key: "discrete", shape: .weightedValues,
    doc: "One of these values, each drawn as often as its weight says.",
    example: "{values: [1, 5], weights: [3, 7]}"
  ) { (law) throws(DistributionError) in try .discrete(law.numbers, weights: law.weights) }

  /// The law of a key.
  static func named(_ key: String) -> LawForm? { all.first { $0.key == key } }

  private init(
    _ key: String, _ shape: Shape,
    _ make: @escaping @Sendable (Double, Double) throws(DistributionError) -> Distribution,
    example: String, _ doc: String
  ) {
    self.init(key: key, shape: shape, doc: doc, example: example) {
      (law) throws(DistributionError) in try make(law.numbers[0], law.numbers[1])
    }
  }

  private init(
    _ key: String, _ shape: Shape,
    _ make: @escaping @Sendable (Double, Double, Double) throws(DistributionError) -> Distribution,
    example: String, _ doc: String
  ) {
    self.init(key: key, shape: shape, doc: doc, example: example) {
      (law) throws(DistributionError) in try make(law.numbers[0], law.numbers[1], law.numbers[2])
    }
  }
}

extension LawForm.Shape {
  /// What stands under the key for a quantity with this range and unit.
  func schema(_ range: NumberRange, unit: String) -> Schema {
    let number = Schema.number(range, unit: unit)
    return switch self {
    case .number: number
    case .points(let names): .list(of: number, minimum: names.count)
    case .members(let arguments): .mapping(arguments.map { $0.field(range, unit: unit) })
    case .weightedValues:
      .mapping([
        .required("values", .list(of: number, minimum: 1), "The values."),
        .required(
          "weights", .list(of: .number(.atLeast(0)), minimum: 1), "How often each is drawn."),
      ])
    case .parts:
      .list(
        of: .mapping([
          .required("weight", .number(.above(0)), "How often this part is drawn from."),
          .required("of", .quantity(range, unit: unit), "The part."),
        ]), minimum: 1)
    case .column: NumberColumnReader.schema
    }
  }
}

extension LawForm: Hashable {
  /// A key names one law.
  package static func == (left: LawForm, right: LawForm) -> Bool { left.key == right.key }

  package func hash(into hasher: inout Hasher) { hasher.combine(key) }
}
