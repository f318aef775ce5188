import Quantities
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
  /// What was probably meant, when the fault looks like a slip of the keyboard.
  public let suggestion: Suggestion?
  /// What is allowed, or what to do.
  public let advice: String?
  /// Whether it is the command line that asks for what the file has not.
  public let isOfCommandLine: Bool
  /// How many faults of the file it stands for, which are not told one by one; 0 for one that is told.
  let more: Int

  /// Describes one fault.
  public init(
    at location: SourceLocation, path: String, _ problem: String, suggestion: Suggestion? = nil,
    advice: String? = nil
  ) {
    self.location = location
    self.path = path
    self.problem = problem
    self.suggestion = suggestion
    self.advice = advice
    (isOfCommandLine, more) = (false, 0)
  }

  /// Stands for so many faults of a file that are not told, after those that are.
  init(more count: Int, in file: String) {
    location = SourceLocation(file: file, line: .max, column: 1)
    problem = "and \(DigitGroups.text("\(count)")) more"
    (path, suggestion, advice, isOfCommandLine, more) = ("", nil, nil, false, count)
  }

  /// A file that has not what the command line asks for.
  package init(_ fault: CommandLineFault, file: String) {
    location = .start(of: file)
    (path, problem, suggestion, advice) = ("", fault.description, nil, nil)
    (isOfCommandLine, more) = (true, 0)
  }
}

extension Fault: CustomStringConvertible {
  /// `file:line:column: path: problem; did you mean "…"? advice`, on one line.
  public var description: String { inWords() }

  /// The same, with a word for what it is after the place.
  fileprivate func inWords(as kind: String = "") -> String {
    // Nothing of it stands in a line of the file.
    var text =
      isOfCommandLine || more > 0 ? "\(location.shownFile): \(kind)" : "\(location): \(kind)"
    if !path.isEmpty { text += "\(path): " }
    text += problem
    if let suggestion { text += "; did you mean \(suggestion)?" }
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

/// Something about a valid file that its reader should know, and that asks for nothing: where, and what.
public struct Note: Hashable, Sendable, CustomStringConvertible {
  private let fault: Fault

  /// Takes down what is to be known.
  package init(at location: SourceLocation, path: String, _ words: String) {
    fault = Fault(at: location, path: path, words)
  }

  /// Where it stands.
  public var location: SourceLocation { fault.location }

  /// `file:line:column: note: path: words`, on one line.
  public var description: String { fault.inWords(as: "note: ") }
}

/// Every fault found in a scenario, in the order of its files and lines.
public struct ScenarioFaults: Error, Hashable, Sendable, CustomStringConvertible {
  /// The faults, sorted by location: of each file the first ``mostOfFile``, and one that says how many more
  /// there are.
  public let faults: [Fault]

  /// Nobody mends more of a file at a time.
  static let mostOfFile = 50

  /// Gathers `faults`, each once, and sorts them by location; faults of one place keep their order.
  public init(_ faults: [Fault]) {
    var told: Set<Fault> = []
    let sorted = faults.filter { $0.more > 0 || told.insert($0).inserted }.enumerated()
      .sorted { ($0.element.location, $0.offset) < ($1.element.location, $1.offset) }
      .map(\.element)
    var (kept, ofFile, more) = ([Fault](), 0, 0)
    for (place, fault) in sorted.enumerated() {
      let file = fault.location.file
      if fault.more == 0, ofFile < Self.mostOfFile {
        kept.append(fault)
        ofFile += 1
      } else {
        more += max(1, fault.more)
      }
      guard place + 1 == sorted.count || sorted[place + 1].location.file != file else { continue }
      if more > 0 { kept.append(Fault(more: more, in: file)) }
      (ofFile, more) = (0, 0)
    }
    self.faults = kept
  }

  /// How many there are, those included that are not told one by one.
  public var count: Int { faults.reduce(0) { $0 + max(1, $1.more) } }

  /// One fault per line.
  public var description: String { faults.map(\.description).joined(separator: "\n") }
}

/// `text` in double quotes, shortened and with control characters and odd blanks escaped, so that a message
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
      let isEscaped = isControl(scalar) || InvisibleCharacters.isOddBlank(scalar)
      body +=
        isEscaped ? "\\u{\(InvisibleCharacters.hex(scalar.value))}" : String(scalar)
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
