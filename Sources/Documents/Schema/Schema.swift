/// What a document may hold at one place.
///
/// One literal value of this type is the single source for checking a file and for the JSON Schema
/// that editors use.
public indirect enum Schema: Sendable {
  /// Fixed keys, each with its own schema. Any other key is a fault.
  case mapping([Field])
  /// Items of one kind, in order.
  case list(of: Schema, minimum: Int = 0)
  /// A list of mappings, each with an identifier that no other item of the list has under the key
  /// `identifiedBy`; the field of that name must be among the fields.
  case records(of: [Field], identifiedBy: String = "id", minimum: Int = 0)
  /// Free keys of one form, all with values of one kind.
  case dictionary(of: Schema, keys: KeyForm = .identifier)
  /// Any text that no YAML reader could take for a number, a date, true, false or nothing.
  case text
  /// Lower-case letters, digits, `-` and `_`, beginning with a letter.
  case identifier
  /// The identifier of something that is told elsewhere. One that differs in capitals and blanks alone is let
  /// pass: whoever knows what there is can say what was meant.
  case reference
  /// An identifier that may have dots, as versions have: what a folder is called.
  case name
  /// One of these words.
  case choice([String])
  /// `true` or `false`, and no other spelling.
  case flag
  /// `on` or `off`, read from the text as written: YAML 1.1 and 1.2 disagree on their type.
  case onOff
  /// A whole number, with its unit (empty for a pure number).
  case integer(ClosedRange<Int>, unit: String = "")
  /// A finite number, with its unit (empty for a pure number).
  case number(NumberRange, unit: String = "")
  /// A finite number or a distribution, either with a note of where it comes from.
  case quantity(NumberRange, unit: String = "")
  /// A day, `YYYY-MM-DD`.
  case date
  /// A month, `YYYY-MM`.
  case month
  /// The first of these that fits the shape of what is written (word, list or mapping).
  case either([Schema])
  /// A schema with words of its own for what is wanted, where those that follow from its form would
  /// not help.
  case worded(Schema, String)
  /// Anything, kept as written and checked later against a schema that is only then known
  /// (`DocumentNode.check(against:)`), as the values of `set:` are.
  case anything
}

/// The form of a dictionary's free keys.
public enum KeyForm: Sendable {
  /// Lower-case letters, digits, `-` and `_`, beginning with a letter.
  case identifier
  /// Identifiers without `-`, which is a minus in a formula.
  case variable
  /// Identifiers or codes in capitals joined by dots, as in `labs.deepseek.budget_usd` and
  /// `jurisdictions.CN.enforcement`.
  case path
  /// Words joined by dots, as `--set` takes them.
  case setting

  /// Says in words which keys are allowed.
  public var description: String {
    switch self {
    case .identifier: identifierRule
    case .variable: "lower-case letters, digits and _, beginning with a letter"
    case .path: "identifiers joined by dots, as in labs.deepseek.budget_usd"
    case .setting: "a path as --set takes it, such as run.end"
    }
  }

  /// Whether `key` has this form.
  public func allows(_ key: String) -> Bool {
    switch self {
    case .identifier: isIdentifier(key)
    case .variable: isIdentifier(key) && !key.contains("-")
    case .path:
      key.split(separator: ".", omittingEmptySubsequences: false).allSatisfy {
        isIdentifier($0) || isCode($0)
      }
    case .setting:
      key.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { !$0.isEmpty }
    }
  }
}

/// The rule that `isIdentifier` applies, in words.
package let identifierRule = "lower-case letters, digits, - and _, beginning with a letter"

/// Whether `word` follows `identifierRule`.
package func isIdentifier(_ word: some StringProtocol) -> Bool {
  guard let first = word.utf8.first, isLowerCaseLetter(first) else { return false }
  return word.utf8.allSatisfy { byte in
    isLowerCaseLetter(byte) || isDigit(byte) || byte == UInt8(ascii: "-")
      || byte == UInt8(ascii: "_")
  }
}

/// Whether `word` is a code in capitals.
private func isCode(_ word: some StringProtocol) -> Bool {
  word.first?.isUppercase == true
    && word.allSatisfy { $0.isASCII && ($0.isUppercase || $0.isNumber || $0 == "_") }
}

/// The rule that `isName` applies, in words.
package let nameRule =
  "lower-case letters, digits, -, _ and single dots, beginning with a letter, without the ending of a file"

/// Endings of files that are read or written beside folders of results.
private let fileEndings: Set = ["yaml", "yml", "json", "csv", "sqlite"]

/// Whether `word` follows `nameRule`.
package func isName(_ word: String) -> Bool {
  let parts = word.split(separator: ".", omittingEmptySubsequences: false)
  guard isIdentifier(parts[0]), parts.allSatisfy({ !$0.isEmpty && isIdentifier("a\($0)") }) else {
    return false
  }
  return parts.count == 1 || !fileEndings.contains(String(parts[parts.count - 1]))
}

/// Identifiers that pandas, R, YAML, a spreadsheet or a database read as something else than a text, in these
/// letters or in others.
package let wordsReadAsValues: Set<String> = [
  "na", "nan", "none", "null", "true", "false", "inf", "infinity",
]

/// Whether `byte` is one of a to z.
func isLowerCaseLetter(_ byte: UInt8) -> Bool {
  (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
}

/// Whether `byte` is an ASCII decimal digit.
func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

extension Schema {
  /// One of the words of a known set.
  public static func word<Word: RawRepresentable<String> & CaseIterable>(
    of set: Word.Type
  ) -> Schema {
    .choice(set.allCases.map(\.rawValue))
  }

  /// The same for a document that changes another: records need only their identifier, and may take
  /// the other's away.
  package var partial: Schema {
    switch self {
    case .mapping(let fields): .mapping(fields.map(\.partial))
    case .records(let fields, let key, _):
      .records(
        of: fields.map { $0.key == key ? $0 : $0.partial } + [
          .optional(removalKey, .flag, "Takes away the one of this \(key).")
        ], identifiedBy: key)
    default: self
    }
  }

  /// The keys of what may stand here, or of the items of a list of such; nil for free keys and none.
  package var innerFields: [Field]? {
    switch self {
    case .mapping(let fields), .records(let fields, _, _): fields
    case .list(let item, _): item.innerFields
    case .dictionary(let value, .variable): value.innerFields
    case .either(let forms): forms.lazy.compactMap(\.innerFields).first
    default: nil
    }
  }

  /// The schema at a path of keys, or nil if no document of this schema could have a value there.
  ///
  /// The key of a record list is an item's identifier, and that of a dictionary is free.
  public subscript(path: some Collection<String>) -> Schema? {
    guard let key = path.first else { return self }
    let rest = path.dropFirst()
    switch self {
    case .mapping(let fields): return fields.first { $0.key == key }?.schema[rest]
    case .records(let fields, _, _): return Schema.mapping(fields)[rest]
    case .dictionary(let value, _): return value[rest]
    case .either(let forms): return forms.lazy.compactMap { $0[path] }.first
    case .worded(let schema, _): return schema[path]
    default: return nil
    }
  }
}
