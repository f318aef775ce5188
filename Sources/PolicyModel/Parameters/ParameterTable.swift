public import Simulation
public import Stochastics

/// All parameters of a scenario, with what its regimes make of them.
public struct ParameterTable: Sendable {
  /// The parameters, in file order, then those that the file leaves at their defaults.
  public let parameters: [Parameter]

  /// For each regime what replaces the laws of `parameters`.
  public let overrides: [[ParameterIndex: Override]]

  private let positions: [String: Int]

  /// What a regime makes of a parameter.
  public struct Override: Hashable, Sendable {
    /// Its law under that regime.
    public let law: Distribution
    /// The value that was published, where there is one.
    public let published: Double?

    /// Gives a parameter another law.
    public init(_ law: Distribution, published: Double? = nil) {
      self.law = law
      self.published = published
    }

    /// The one value that stands for the parameter: what was published, else the median.
    var pointValue: Double { published ?? law.median }
  }

  /// Collects parameters.
  ///
  /// - Parameters:
  ///   - parameters: each name once.
  ///   - overrides: by regime and parameter name; the names must be in `parameters`.
  public init(parameters: [Parameter], overrides: [[String: Override]]) {
    self.parameters = parameters
    let positions = Dictionary(
      uniqueKeysWithValues: parameters.enumerated().map { ($1.declaration.name, $0) })
    self.positions = positions
    self.overrides = overrides.map { overrides in
      Dictionary(
        uniqueKeysWithValues: overrides.map { name, override in
          guard let position = positions[name] else {
            preconditionFailure("a regime sets \(name), which is not a parameter")
          }
          return (ParameterIndex(position: position), override)
        })
    }
  }

  /// The same numbers under some of the regimes, by their places.
  package func keeping(regimes: [Int]) -> ParameterTable {
    ParameterTable(parameters, regimes.map { overrides[$0] }, positions)
  }

  private init(
    _ parameters: [Parameter], _ overrides: [[ParameterIndex: Override]], _ positions: [String: Int]
  ) {
    (self.parameters, self.overrides, self.positions) = (parameters, overrides, positions)
  }

  /// The same with what is equal in another table held once: points of a sweep differ in little.
  func sharing(_ other: ParameterTable) -> ParameterTable {
    let known = other.parameters
    return ParameterTable(
      parameters.enumerated().map { place, parameter in
        place < known.count && parameter == known[place] ? known[place] : parameter
      }, overrides == other.overrides ? other.overrides : overrides,
      positions == other.positions ? other.positions : positions)
  }

  /// The place of a parameter; asking for one that nobody declared is a programming error.
  public func index(of name: String) -> ParameterIndex {
    guard let index = known(name) else {
      preconditionFailure("\(name) is not a declared parameter")
    }
    return index
  }

  /// The place of a parameter that a scenario need not have; nil when it has none.
  func known(_ name: String) -> ParameterIndex? {
    positions[name].map { ParameterIndex(position: $0) }
  }

  /// Whether a parameter of this name is in the table.
  public func contains(_ name: String) -> Bool { positions[name] != nil }

  /// Where a parameter stands among `parameters`; nil for a name that is none.
  public func place(of name: String) -> Int? { positions[name] }

  /// The single value that stands for a parameter; nil for a name that is none.
  package func pointValue(of name: String) -> Double? {
    positions[name].map { parameters[$0].pointValue }
  }

  /// The table with every uncertainty replaced by one value: published, else the median.
  /// What a regime sets to a distribution goes the same way.
  public var atPointValues: ParameterTable {
    ParameterTable(
      parameters: parameters.map {
        Parameter(
          declaration: $0.declaration, law: .certain($0.pointValue), published: $0.published,
          source: $0.source, confidence: $0.confidence)
      },
      overrides: overrides.map { overrides in
        Dictionary(
          uniqueKeysWithValues: overrides.map { index, override in
            let name = parameters[index.position].declaration.name
            return (name, Override(.certain(override.pointValue)))
          })
      })
  }
}

/// How the values of all parameters follow from one draw, under one regime.
struct ParameterProgram: Sendable {
  /// What does not depend on the draw.
  fileprivate let constants: [Double]
  /// Parameters that take the value of an uncertainty as it was drawn.
  fileprivate let drawn: [(parameter: Int, uncertainty: Int)]
  /// Parameters that this regime gives another law; the draw's probability stays the same.
  fileprivate let transformed: [(parameter: Int, uncertainty: Int, law: Distribution)]

  /// The values of all parameters under a draw.
  func values(under draw: ParameterDraw) -> [Double] {
    var values = constants
    for (parameter, uncertainty) in drawn { values[parameter] = draw.values[uncertainty] }
    for (parameter, uncertainty, law) in transformed {
      values[parameter] = law.quantile(draw.uniforms[uncertainty])
    }
    return values
  }

  /// The same for many draws: parameter by parameter, in it draw by draw.
  func columns(under draws: DrawColumns) -> [Double] {
    let count = draws.count
    var values = constants.flatMap { repeatElement($0, count: count) }
    for (parameter, uncertainty) in drawn {
      values.replaceSubrange(
        parameter * count..<(parameter + 1) * count, with: draws.values[draws.column(uncertainty)])
    }
    for (parameter, uncertainty, law) in transformed {
      let first = draws.column(uncertainty).lowerBound
      for draw in 0..<count {
        values[parameter * count + draw] = law.quantile(draws.uniforms[first + draw])
      }
    }
    return values
  }
}

extension ParameterTable {
  /// The uncertainties: every parameter that any regime leaves open, in table order.
  public var uncertainties: [ParameterSpace.Uncertainty] {
    uncertainPositions.map { position in
      ParameterSpace.Uncertainty(
        name: parameters[position].declaration.name,
        unit: parameters[position].declaration.unit,
        distribution: openLaw(at: position))
    }
  }

  private var uncertainPositions: [Int] {
    parameters.indices.filter { !openLaw(at: $0).isDegenerate }
  }

  /// The law in the reference world, or, when that is a constant, in the first regime that opens it.
  private func openLaw(at position: Int) -> Distribution {
    let index = ParameterIndex(position: position)
    let laws = [parameters[position].law] + overrides.compactMap { $0[index]?.law }
    return laws.first { !$0.isDegenerate } ?? parameters[position].law
  }

  /// The law of a parameter under each regime; empty for a name that is none.
  package func laws(of name: String) -> [Distribution] {
    guard let position = positions[name] else { return [] }
    let index = ParameterIndex(position: position)
    return overrides.map { $0[index]?.law ?? parameters[position].law }
  }

  /// How parameter values follow from a draw under a regime.
  func program(forRegime regime: Int) -> ParameterProgram {
    let places = Dictionary(
      uniqueKeysWithValues: uncertainPositions.enumerated().map { ($1, $0) })
    var constants = Array(repeating: 0.0, count: parameters.count)
    var drawn: [(parameter: Int, uncertainty: Int)] = []
    var transformed: [(parameter: Int, uncertainty: Int, law: Distribution)] = []
    for position in parameters.indices {
      let law =
        overrides[regime][ParameterIndex(position: position)]?.law ?? parameters[position].law
      guard !law.isDegenerate, let place = places[position] else {
        constants[position] = law.median
        continue
      }
      if law == openLaw(at: position) {
        drawn.append((position, place))
      } else {
        transformed.append((position, place, law))
      }
    }
    return ParameterProgram(constants: constants, drawn: drawn, transformed: transformed)
  }
}

extension Distribution {
  /// A constant that is known to be finite: a median, or a checked figure.
  fileprivate static func certain(_ value: Double) -> Distribution {
    do { return try .constant(value) } catch { preconditionFailure("\(error)") }
  }
}
