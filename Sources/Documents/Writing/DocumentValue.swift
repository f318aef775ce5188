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
  /// The same law without reference to a file, so that it can be kept anywhere.
  package var selfContained: DistributionForm {
    var form = self
    form.law.parts = law.parts.map(\.selfContained)
    if law.column != nil {
      form.law = Law(form: .discrete, numbers: law.numbers, weights: law.numbers.map { _ in 1 })
    }
    return form
  }

  /// The form as written in a file: a plain number where there is nothing to say about it.
  public var value: DocumentValue {
    let notes = writtenNotes
    if let constant, notes.isEmpty { return .number(constant) }
    return .mapping([DocumentValue.Pair(law.form.key, law.value)] + notes)
  }

  private var writtenNotes: [DocumentValue.Pair] {
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
    case .column: column?.value ?? .mapping([])
    }
  }
}

extension NumberColumn {
  fileprivate var value: DocumentValue {
    guard let name else { return .text(file) }
    return .mapping(of: ["file": .text(file), "column": .text(name)])
  }
}

extension DocumentNode {
  /// The value as a file of its own would have it: with every default, and with keys in the order of
  /// the schema that it was checked against.
  ///
  /// - Parameters:
  ///   - isWhole: whether a default that follows from another key is written too.
  ///   - law: what is written for a quantity.
  package func expanded(
    _ schema: Schema, isWhole: Bool = true, law: (DistributionForm) -> DistributionForm = { $0 }
  ) -> DocumentValue {
    switch (content, schema) {
    case (_, .either(let forms)):
      let form = forms.first { $0.shapes.contains(shape) } ?? .anything
      return expanded(form, isWhole: isWhole, law: law)
    case (_, .worded(let schema, _)):
      return expanded(schema, isWhole: isWhole, law: law)
    case (.mapping, .mapping(let fields)):
      return .mapping(
        inOrder(fields).compactMap { field in
          guard let value = self[field.key], isWhole || isWritten(field),
            field.isRequired || !value.isEmptyList
          else { return nil }
          return .init(field.key, value.expanded(field.schema, isWhole: isWhole, law: law))
        })
    case (.mapping(let entries), .dictionary(let value, _)):
      return .mapping(
        entries.map { .init($0.key, $0.value.expanded(value, isWhole: isWhole, law: law)) })
    case (.list(let items), .list(let item, _)):
      return .list(items.map { $0.expanded(item, isWhole: isWhole, law: law) })
    case (.list(let items), .records(let fields, _, _)):
      return .list(items.map { $0.expanded(.mapping(fields), isWhole: isWhole, law: law) })
    case (.distribution(let form), _):
      return law(form).value
    default:
      return scalar
    }
  }

  /// The keys in the order of the schema; where nothing is required or has a default, as in the
  /// conditions of a rule, in the order in which they are written.
  private func inOrder(_ fields: [Field]) -> [Field] {
    guard fields.allSatisfy({ !$0.isRequired && $0.usual == nil }) else { return fields }
    return entries.compactMap { entry in fields.first { $0.key == entry.key } }
  }

  /// Whether a key is there but as what follows from another.
  private func isWritten(_ field: Field) -> Bool {
    field.usual?.follows != true || written(field.key) != nil
  }

  private var isEmptyList: Bool {
    if case .list(let items) = content { items.isEmpty } else { false }
  }

  private var shape: Shape {
    switch content {
    case .mapping: .mapping
    case .list: .list
    case .unchecked(let source): source.shape ?? .scalar
    default: .scalar
    }
  }

  private var scalar: DocumentValue {
    switch content {
    case .mapping, .list, .distribution: .mapping([])
    case .text(let text): .text(text)
    case .flag(let flag): .flag(flag)
    case .onOff(let flag): .onOff(flag)
    case .integer(let integer): .integer(integer)
    case .number(let number): .number(number)
    case .date(let date): .date(date)
    case .month(let month): .month(month)
    case .unchecked(let source): source.written
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
}
