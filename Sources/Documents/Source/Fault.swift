import Wording

/// Where something stands in a file.
public struct SourceLocation: Hashable, Sendable {
  /// The file's name as the user gave it.
  public let file: String
  /// Line, counted from 1.
  public let line: Int
  /// Column in Unicode scalars, counted from 1.
  public let column: Int

  /// Places something at `line` and `column` of `file`, both counted from 1.
  public init(file: String, line: Int, column: Int) {
    self.file = file
    self.line = line
    self.column = column
  }

  /// The first character of `file`, for what concerns the whole of it.
  public static func start(of file: String) -> SourceLocation {
    SourceLocation(file: file, line: 1, column: 1)
  }
}

extension SourceLocation: Comparable, CustomStringConvertible {
  /// Orders by file, then line, then column.
  public static func < (a: SourceLocation, b: SourceLocation) -> Bool {
    (a.file, a.line, a.column) < (b.file, b.line, b.column)
  }

  /// `file:line:column`, which editors and terminals turn into a link.
  public var description: String { "\(shownFile):\(line):\(column)" }

  /// The file's name, whatever is in it, as a part of a line.
  var shownFile: String { InvisibleCharacters.escaped(file, as: .name) }
}

/// One thing wrong in a file: where, what, and what to write instead.
public struct Fault: Hashable, Sendable {
  /// Where the offending value stands.
  public let location: SourceLocation
  /// Its path from the top of the document (`regimes.h20-only.rules[1]`); empty for the document.
  public let path: String
  /// What is wrong.
  public let problem: String
  /// The nearest known word, when the fault looks like a slip of the keyboard.
  public let suggestion: String?
  /// What is allowed, or what to do.
  public let advice: String?
  /// Whether it is the command line that asks for what the file has not.
  public let isOfCommandLine: Bool

  /// Describes one fault.
  public init(
    at location: SourceLocation, path: String, _ problem: String, suggestion: String? = nil,
    advice: String? = nil
  ) {
    self.location = location
    self.path = path
    self.problem = problem
    self.suggestion = suggestion
    self.advice = advice
    isOfCommandLine = false
  }

  /// A file that has nothing of the name that the command line asks for.
  package init(_ word: UnknownWord, file: String) {
    location = .start(of: file)
    (path, problem, suggestion, advice) = ("", word.description, nil, nil)
    isOfCommandLine = true
  }
}

extension Fault: CustomStringConvertible {
  /// `file:line:column: path: problem; did you mean "…"? advice`, on one line.
  public var description: String { inWords() }

  /// The same, with a word for what it is after the place.
  fileprivate func inWords(as kind: String = "") -> String {
    // Nothing of it stands in a line of the file.
    var text = isOfCommandLine ? "\(location.shownFile): \(kind)" : "\(location): \(kind)"
    if !path.isEmpty { text += "\(path): " }
    text += problem
    if let suggestion { text += "; did you mean \(quoted(suggestion))?" }
    if let advice { text += (suggestion == nil ? "; " : " ") + advice }
    return text
  }
}

/// One thing in a valid file that does nothing, or not what it looks like: where, what, and what to
/// write instead.
public struct Warning: Hashable, Sendable, CustomStringConvertible {
  /// What it would be if it were taken for an error.
  public let fault: Fault

  /// Warns of what would be a fault if it were worse.
  package init(_ fault: Fault) { self.fault = fault }

  /// `file:line:column: warning: path: problem; advice`, on one line.
  public var description: String { fault.inWords(as: "warning: ") }
}

/// Every fault found in a scenario, in the order of its files and lines.
public struct ScenarioFaults: Error, Hashable, Sendable, CustomStringConvertible {
  /// The faults, sorted by location.
  public let faults: [Fault]

  /// Gathers `faults`, each once, and sorts them by location; faults of one place keep their order.
  public init(_ faults: [Fault]) {
    var told: Set<Fault> = []
    self.faults = faults.filter { told.insert($0).inserted }.enumerated()
      .sorted { ($0.element.location, $0.offset) < ($1.element.location, $1.offset) }
      .map(\.element)
  }

  /// One fault per line.
  public var description: String { faults.map(\.description).joined(separator: "\n") }
}

/// `text` in double quotes, shortened and with control characters escaped, so that a message
/// stays one readable line whatever the file holds.
package func quoted(_ text: some StringProtocol, limit: Int = 60) -> String {
  var body = ""
  for scalar in text.unicodeScalars.prefix(limit) {
    switch scalar {
    case "\n": body += "\\n"
    case "\r": body += "\\r"
    case "\t": body += "\\t"
    case "\"": body += "\\\""
    case "\\": body += "\\\\"
    default:
      body += isControl(scalar) ? "\\u{\(InvisibleCharacters.hex(scalar.value))}" : String(scalar)
    }
  }
  return text.unicodeScalars.count > limit ? "\"\(body)…\"" : "\"\(body)\""
}

/// A scalar that a terminal or a parser may act upon instead of showing.
package func isControl(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.properties.generalCategory {
  case .control, .lineSeparator, .paragraphSeparator, .format, .surrogate: true
  default: false
  }
}
