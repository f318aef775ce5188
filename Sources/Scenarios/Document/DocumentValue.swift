/// A value to be written as YAML: the tree of an effective scenario, in the order it should have.
public indirect enum DocumentValue: Hashable, Sendable {
  /// Keys and values in order.
  case mapping([Pair])
  /// Items in order.
  case list([DocumentValue])
  case text(String)
  /// A word that is written as it is, such as an identifier or a choice.
  case flag(Bool)
  /// `on` or `off`.
  case onOff(Bool)
  case integer(Int)
  /// A finite number.
  case number(Double)
  case date(WrittenDate)
  case month(WrittenMonth)

  /// A key and its value.
  public struct Pair: Hashable, Sendable {
    /// The key.
    public let key: String
    /// The value under the key.
    public let value: DocumentValue

    /// A key with its value.
    public init(_ key: String, _ value: DocumentValue) {
      (self.key, self.value) = (key, value)
    }
  }

  /// A mapping written in place.
  public static func mapping(of pairs: KeyValuePairs<String, DocumentValue>) -> DocumentValue {
    .mapping(pairs.map { Pair($0.key, $0.value) })
  }
}

extension DistributionForm {
  /// The form as written in a file: a plain number where there is nothing to say about it.
  public var value: DocumentValue {
    let notes = notes
    if case .constant(let number) = law, notes.isEmpty { return .number(number) }
    return .mapping([DocumentValue.Pair(law.key, law.value)] + notes)
  }

  private var notes: [DocumentValue.Pair] {
    let notes: [(String, DocumentValue?)] = [
      ("min", minimum.map(DocumentValue.number)),
      ("max", maximum.map(DocumentValue.number)),
      ("published", published.map(DocumentValue.number)),
      ("source", source.map(DocumentValue.text)),
      ("confidence", confidence.map { .text($0.rawValue) }),
    ]
    return notes.compactMap { key, value in value.map { DocumentValue.Pair(key, $0) } }
  }
}

extension DistributionForm.Law {
  /// The key that names the law in a file.
  public var key: String {
    switch self {
    case .constant: "value"
    case .ci90: "ci90"
    case .normal: "normal"
    case .lognormal: "lognormal"
    case .uniform: "uniform"
    case .triangular: "triangular"
    case .pert: "pert"
    case .beta: "beta"
    case .discrete: "discrete"
    case .mixture: "mixture"
    case .empirical: "empirical"
    }
  }

  fileprivate var value: DocumentValue {
    func numbers(_ numbers: [Double]) -> DocumentValue { .list(numbers.map { .number($0) }) }
    return switch self {
    case .constant(let value): .number(value)
    case .ci90(let low, let high), .uniform(let low, let high): numbers([low, high])
    case .triangular(let low, let mode, let high), .pert(let low, let mode, let high):
      numbers([low, mode, high])
    case .normal(let mean, let sd), .beta(let mean, let sd):
      .mapping(of: ["mean": .number(mean), "sd": .number(sd)])
    case .lognormal(let median, let sigma):
      .mapping(of: ["median": .number(median), "sigma": .number(sigma)])
    case .discrete(let values, let weights):
      .mapping(of: ["values": numbers(values), "weights": numbers(weights)])
    case .mixture(let parts):
      .list(parts.map { .mapping(of: ["weight": .number($0.weight), "of": $0.form.value]) })
    case .empirical(let file, _): .text(file)
    }
  }
}
