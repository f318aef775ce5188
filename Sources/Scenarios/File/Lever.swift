import Documents
import PolicyModel

/// A number of a scenario that can be varied.
public struct Lever: Hashable, Sendable {
  /// Its key, as `--set` takes it.
  public let key: String
  /// Its unit, as in file keys; `1` for a plain number.
  public let unit: String
  /// The least value that makes sense; nil where none is stated.
  public let least: Double?
  /// The largest value that makes sense; nil where none is stated.
  public let most: Double?
  /// Whether it takes whole numbers alone.
  public let isWhole: Bool

  init(key: String, unit: String, least: Double?, most: Double?, isWhole: Bool) {
    self.key = key
    self.unit = unit.isEmpty ? "1" : unit
    self.least = least
    self.most = most
    self.isWhole = isWhole
  }

  /// A key of which nothing is known: whether a scenario can set it, reading it will say.
  public init(unknown key: String) {
    self.init(key: key, unit: "", least: nil, most: nil, isWhole: false)
  }
}

extension Scenario {
  /// The lever behind a key that `--set` takes: a parameter by its name or its place, or any other number.
  ///
  /// Nil for what is no number, and for what says how much is computed: it moves no world.
  public func lever(_ key: String) -> Lever? {
    let keys = key.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard keys.first != "run" else { return nil }
    let names = Self.namesOfParameter(at: keys)
    let known = blueprint.parameters.parameters.map(\.declaration)
    if let declaration = known.first(where: { names.contains($0.name) }) {
      let range = declaration.range
      return Lever(
        key: key, unit: declaration.unit, least: Self.finite(range.lowerBound),
        most: Self.finite(range.upperBound), isWhole: false)
    }
    return ScenarioSchema.file[keys].flatMap { Self.lever(key, $0) }
  }

  /// What a parameter may be called that stands at a place of a file.
  private static func namesOfParameter(at keys: [String]) -> [String] {
    let isOfRegime = keys.count > 3 && keys[0] == "regimes" && keys[2] == "set"
    let isPlaced = ["uncertainties", "mechanisms", "world"].contains(keys[0])
    let rest = isOfRegime ? keys.dropFirst(3) : isPlaced ? keys.dropFirst() : keys[...]
    // A stage's parameter is called without the word that leads to it.
    let stage = rest.count == 5 && rest.dropFirst(2).first == "stages"
    return [rest, stage ? rest.prefix(2) + rest.suffix(2) : rest].map { $0.joined(separator: ".") }
  }

  private static func lever(_ key: String, _ schema: Schema) -> Lever? {
    // An end that is not allowed itself is none to scan from.
    func inclusive(_ bound: NumberRange.Bound?) -> Double? {
      bound.flatMap { $0.isIncluded ? $0.value : nil }
    }
    func lever(_ range: NumberRange, _ unit: String) -> Lever {
      Lever(
        key: key, unit: unit,
        least: inclusive(range.lower),
        most: inclusive(range.upper), isWhole: false)
    }
    switch schema {
    case .number(let range, let unit), .quantity(let range, let unit): return lever(range, unit)
    case .integer(let range, let unit):
      return Lever(
        key: key, unit: unit,
        least: range.lowerBound == .min ? nil : Double(range.lowerBound),
        most: range.upperBound == .max ? nil : Double(range.upperBound), isWhole: true)
    case .either(let forms): return forms.lazy.compactMap { Self.lever(key, $0) }.first
    case .worded(let schema, _): return Self.lever(key, schema)
    default: return nil
    }
  }

  private static func finite(_ bound: Double) -> Double? { bound.isFinite ? bound : nil }
}

extension Scenario {
  /// The regimes that set a parameter themselves, by id; none for other paths.
  ///
  /// - Parameter path: as `--set` takes it.
  public func regimes(setting path: String) -> [String] {
    let parameters = blueprint.parameters
    let name = GivenParameter.name(atPath: path)
    guard parameters.contains(name) else { return [] }
    let index = parameters.index(of: name)
    return zip(blueprint.regimes, parameters.overrides).filter { $0.1[index] != nil }.map(\.0.id)
  }

  /// Of what is set for the whole file, by the point of its sweep or at these paths, what regimes set
  /// themselves: one sentence each, since it changes nothing there, and looks as if it did.
  ///
  /// - Parameter paths: what is set besides, as `--set` takes it.
  public func shadowedSettings(besides paths: [String] = []) -> [String] {
    ((point?.settings.map(\.path) ?? []) + paths).compactMap { path in
      let regimes = regimes(setting: path)
      guard !regimes.isEmpty else { return nil }
      let keys = regimes.map { "regimes.\($0).set.\(GivenParameter.name(atPath: path))" }
      return "\(path) changes nothing under \(regimes.joined(separator: ", ")), which "
        + "\(regimes.count == 1 ? "sets" : "set") it: set \(keys.joined(separator: ", ")) for that"
    }
  }
}
