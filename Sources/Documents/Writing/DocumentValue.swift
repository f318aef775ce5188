public import Quantities

/// A value to be written as YAML: the tree of an effective scenario, in the order it should have.
public indirect enum DocumentValue: Hashable, Sendable {
  /// Keys and values in order.
  case mapping([Pair])
  /// Items in order.
  case list([DocumentValue])
  /// A text, put in quotes where it must be.
  case text(String)
  /// `true` or `false`.
  case flag(Bool)
  /// `on` or `off`.
  case onOff(Bool)
  /// A whole number.
  case integer(Int)
  /// A finite number.
  case number(Double)
  /// A day.
  case date(Day)
  /// A month.
  case month(Month)
  /// A word or number without quotes, in the letters in which a file has it.
  case written(String)

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
    if let constant, notes.isEmpty { return .number(constant) }
    return .mapping([DocumentValue.Pair(law.form.key, law.value)] + notes)
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
  fileprivate var value: DocumentValue {
    func list(_ numbers: [Double]) -> DocumentValue { .list(numbers.map { .number($0) }) }
    return switch form.shape {
    case .number: .number(numbers[0])
    case .points: list(numbers)
    case .members(let arguments):
      .mapping(zip(arguments, numbers).map { .init($0.key, .number($1)) })
    case .weightedValues: .mapping(of: ["values": list(numbers), "weights": list(weights)])
    case .parts:
      .list(zip(parts, weights).map { .mapping(of: ["weight": .number($1), "of": $0.value]) })
    case .column: .text(file)
    }
  }
}

extension DocumentNode {
  /// The value as it would be written in a file of its own.
  public var value: DocumentValue {
    switch content {
    case .mapping(let entries): .mapping(entries.map { .init($0.key, $0.value.value) })
    case .list(let items): .list(items.map(\.value))
    case .text(let text): .text(text)
    case .flag(let flag): .flag(flag)
    case .onOff(let flag): .onOff(flag)
    case .integer(let integer): .integer(integer)
    case .number(let number): .number(number)
    case .date(let date): .date(date)
    case .month(let month): .month(month)
    case .distribution(let form): form.value
    case .unchecked(let source): source.value
    }
  }
}

extension SourceNode {
  /// The value in the letters in which it is written.
  package var written: DocumentValue {
    switch content {
    case .mapping(let entries): .mapping(entries.map { .init($0.key, $0.value.written) })
    case .list(let items): .list(items.map(\.written))
    case .scalar(let text, let isPlain): isPlain ? .written(text) : .text(text)
    case .refused: .mapping([])
    }
  }

  /// The value as written, plain words and numbers being taken for what they plainly are.
  fileprivate var value: DocumentValue {
    switch content {
    case .mapping(let entries): .mapping(entries.map { .init($0.key, $0.value.value) })
    case .list(let items): .list(items.map(\.value))
    case .scalar(let text, true): Self.plainValue(text)
    case .scalar(let text, false): .text(text)
    case .refused: .mapping([])
    }
  }

  private static func plainValue(_ text: String) -> DocumentValue {
    if let integer = Int(text), hasNumberForm(text) { return .integer(integer) }
    if let number = parsedNumber(text) {
      return Int(exactly: number).map(DocumentValue.integer) ?? .number(number)
    }
    if let date = Day(iso: text) { return .date(date) }
    return switch text {
    case "true", "false": .flag(text == "true")
    case "on", "off": .onOff(text == "on")
    default: .text(text)
    }
  }
}
