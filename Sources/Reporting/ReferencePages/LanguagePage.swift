import Documents
import Scenarios
import Wording

/// The reference page of the scenario language, `docs/scenarios.md`: every key of every section, made
/// from the schema that files are checked against.
public enum LanguagePage {
  /// The page.
  public static var text: String {
    let sections = sections(of: ScenarioSchema.expanded.innerFields ?? [], under: [])
    let contents = sections.map { section in
      let indent = String(repeating: "  ", count: section.path.count - 1)
      return "\(indent)- [\(section.title)](#\(section.anchor)): \(section.field.doc)\n"
    }
    return about + contents.joined() + "- [Laws](#laws): what a number may be instead.\n"
      + "- [Places](#places): the codes of the built-in world.\n"
      + sections.map { "\n" + $0.text }.joined() + "\n" + laws + "\n" + places
  }

  /// The keys that have sections of their own, each before those in it.
  private static func sections(of fields: [Field], under path: [String]) -> [Section] {
    fields.flatMap { field in
      let inner = sections(of: field.schema.innerFields ?? [], under: path + [field.key])
      return (field.example == nil ? [] : [Section(field: field, path: path + [field.key])]) + inner
    }
  }

  private static let about = """
    # Scenario files

    Made by `make docs` from the schema that files are checked against: do not edit. A scenario is one YAML
    file. [`chokepoint new`](../README.md) writes one to start from, `chokepoint validate` says what is
    wrong with one, and `chokepoint describe` prints one with every default and every built-in chip and
    rule in it. `chokepoint schema` prints the same language as a JSON Schema, for editors.

    Each table has the keys of a section. *Takes* is what may stand there, with its range and [unit].
    *Without it* is what holds where the key is left out: a default, or nothing. A **required** key cannot
    be left out of its mapping. `a.b` is the key `b` of the mapping `a`, and `a[].b` that of each item of the
    list `a`. An *identifier* has lower-case letters, digits, `-` and `_`, and begins with a letter. Any
    key can be set on the command line by its path (`--set run.replicates=500`), items of lists by their
    id (`--set world.labs.deepseek.openness=0.5`), and parameters by their names
    (`--set throughput.mfu=0.4`).

    No number is beyond \(NumberWords.exponential(NumberRange.largest, digits: 1)) in size. Figures have ranges wide
    enough for a hundred times of what is known today, and narrow enough that one in another unit is refused.


    """

  private static var laws: String {
    let rows = LawForm.all.map {
      DictionaryPages.line(["`\($0.key)`", "`{\($0.key): \($0.example)}`", $0.doc])
    }
    let notes = DistributionForm.notes(.any, unit: "").map {
      DictionaryPages.line(["`\($0.key)`", $0.schema.onPage, $0.doc])
    }
    return """
      ## Laws

      Where a number or a law may stand, one of these keys says which law; a plain number is a constant.

      \(DictionaryPages.header(["law", "example", "meaning"]))\(rows.joined())
      Beside the law may stand:

      \(DictionaryPages.header(["key", "takes", "meaning"]))\(notes.joined())
      """
  }

  private static var places: String {
    let worlds = BuiltInWorldValues.all.map { world in
      "The world `\(world.world)` has these jurisdictions:\n\n"
        + DictionaryPages.header(["code", "name"])
        + world.places.map { DictionaryPages.line(["`\($0.code)`", $0.name]) }.joined()
    }
    return "## Places\n\n" + worlds.joined(separator: "\n")
  }
}

/// A key with a section of its own.
private struct Section {
  let field: Field
  let path: [String]

  var title: String { path.joined(separator: ".") }
  var anchor: String { path.joined() }

  var text: String {
    let kind = field.isRequired ? "Required. " : ""
    let example = field.exampleText.map { "\n```yaml\n\($0)```\n" } ?? ""
    return "\(path.count > 1 ? "###" : "##") \(title)\n\n\(kind)\(field.doc)\(reference)\n\n"
      + table + example
  }

  private var table: String {
    guard let fields = field.schema.innerFields else {
      let usual = field.usual.map { " Without it: \($0.inWords)." } ?? ""
      return "Takes \(field.schema.onPage).\(usual)\n"
    }
    return DictionaryPages.header(["key", "takes", "without it", "meaning"])
      + fields.flatMap { rows($0, "") }.joined()
  }

  /// The line of a key, and those of what is in it and has no section of its own.
  private func rows(_ field: Field, _ prefix: String) -> [String] {
    let name = prefix + field.key
    let hasSection = prefix.isEmpty && field.example != nil
    let takes =
      hasSection
      ? "see [\(title).\(name)](#\(anchor)\(name))"
      : title == "mechanisms" && field.schema.innerFields != nil
        ? "on or off, or [its parameters](parameters.md#\(name))" : field.schema.onPage
    let without = field.isRequired ? "**required**" : field.usual.map(\.onPage) ?? ""
    let beside =
      field.beside.isEmpty
      ? "" : " Only beside " + field.beside.map { "`\($0)`" }.joined(separator: " or ") + "."
    let line = DictionaryPages.line(["`\(name)`", takes, without, field.doc + beside])
    guard !hasSection, let (inner, path) = field.schema.fieldsOnPage else { return [line] }
    return [line] + inner.flatMap { rows($0, name + path) }
  }

  private var reference: String {
    switch title {
    case "mechanisms", "uncertainties", "regimes.set":
      " [Parameters](parameters.md) has all of them, with their priors, ranges and sources."
    case "metrics", "thresholds", "observations": " [Metrics](metrics.md) has all of them."
    default: ""
    }
  }
}

extension Default {
  fileprivate var onPage: String {
    switch self {
    case .key(let key): "as `\(key)`"
    case .holder, .stated: inWords
    default: "`\(inWords)`"
    }
  }
}

extension Schema {
  /// What may stand there, for a cell of a table.
  fileprivate var onPage: String {
    switch self {
    case .mapping: "a mapping"
    case .records(_, let key, _): "a list of mappings, each with its own `\(key)`"
    case .list(let item, _): "a list of \(item.inPlural)"
    case .dictionary(_, .identifier): "a mapping of names to values"
    case .dictionary: "a mapping of paths to values"
    case .identifier, .reference: "an identifier"
    case .name: "an identifier, which may have dots"
    case .quantity: inWords.replacing("a distribution", with: "[a law](#laws)")
    case .either(let forms): forms.map(\.briefly).joined(separator: ", or ")
    case .worded(_, let words): words
    case .anything: "any value"
    default: inWords
    }
  }

  private var inPlural: String {
    switch self {
    case .text: "texts"
    case .identifier, .reference: "identifiers"
    case .mapping: "mappings"
    default: "items: \(onPage)"
    }
  }

  /// The same where it is one of several forms, whose keys get no lines of their own.
  private var briefly: String {
    guard case .mapping(let fields) = self else { return onPage }
    let keys = fields.map(\.key)
    return keys.count > 4 ? "a mapping" : "`{\(keys.joined(separator: ", "))}`"
  }

  /// The keys that get lines of their own, and what leads to them.
  fileprivate var fieldsOnPage: (fields: [Field], path: String)? {
    switch self {
    case .mapping(let fields): (fields, ".")
    case .list, .records: innerFields.map { ($0, "[].") }
    case .either(let forms): forms.lazy.compactMap { $0.isList ? $0.fieldsOnPage : nil }.first
    default: nil
    }
  }

  private var isList: Bool {
    switch self {
    case .list, .records: true
    default: false
    }
  }
}
