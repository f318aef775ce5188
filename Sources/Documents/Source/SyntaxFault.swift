internal import Yams

/// What the YAML reader could not read, told to someone who does not know how it works.
func syntaxFault(_ error: any Error, in lines: SourceLines) -> Fault {
  let unknown = "the file cannot be read as YAML"
  switch error as? YamlError {
  case .scanner(let context, let problem, let mark, _),
    .parser(let context, let problem, let mark, _),
    .composer(let context, let problem, let mark, _):
    var told = tell(problem, context?.text ?? "")
    if problem.contains("cannot start any token") { told = badStart(lines.scalar(at: mark)) }
    let place = lines.location(of: told.isAtStart ? context?.mark ?? mark : mark)
    return Fault(at: place, path: "", told.problem, advice: told.advice)
  case .reader(let problem, _, _, _):
    return Fault(at: .start(of: lines.file), path: "", "\(unknown): \(problem)")
  default:
    return Fault(
      at: .start(of: lines.file), path: "", unknown, advice: "check its indentation and quotes")
  }
}

/// A message of the reader, retold; `isAtStart` when the place to look at is where the thing
/// being read began and not where the reader gave up.
private struct Retold {
  let problem: String
  let advice: String
  var isAtStart = false
}

/// Retells `problem`, which the reader met while doing what `context` says.
private func tell(_ problem: String, _ context: String) -> Retold {
  for (part, reading, retold) in retellings
  where problem.contains(part) && context.contains(reading) {
    return retold
  }
  return Retold(problem: "the file cannot be read as YAML here: \(problem)", advice: yamlAdvice)
}

/// Tells of a character that no value can begin with.
private func badStart(_ character: Unicode.Scalar?) -> Retold {
  guard let character, character != "\t" else {
    return Retold(problem: "a tab is used as indentation", advice: "indent with spaces")
  }
  return Retold(
    problem: "a value cannot begin with \(quoted(String(character)))",
    advice: "put the text in quotes")
}

private let yamlAdvice = "check the indentation, colons and quotes here and on the line above"

private let retellings: [(problem: String, context: String, Retold)] = [
  (
    "tab character", "",
    Retold(problem: "a tab is used as indentation", advice: "indent with spaces")
  ),
  (
    "unexpected end of stream", "quoted scalar",
    Retold(
      problem: "the quotes opened here are never closed", advice: "close them on the same line",
      isAtStart: true)
  ),
  (
    "document indicator", "quoted scalar",
    Retold(
      problem: "the quotes opened here are never closed", advice: "close them on the same line",
      isAtStart: true)
  ),
  (
    "unknown escape", "",
    Retold(
      problem: "an unknown escape after a backslash in double quotes",
      advice: "write \\\\ for a backslash, or use single quotes")
  ),
  (
    "mapping values are not allowed", "",
    Retold(
      problem: "a key is not expected here",
      advice: "line it up with its neighbours, or put text that holds a colon in quotes")
  ),
  (
    "',' or ']'", "",
    Retold(
      problem: "the list opened here with [ is not closed", advice: "close it with ]",
      isAtStart: true)
  ),
  (
    "',' or '}'", "",
    Retold(
      problem: "the mapping opened here with { is not closed", advice: "close it with }",
      isAtStart: true)
  ),
  (
    "could not find expected ':'", "",
    Retold(
      problem: "this key has no value", advice: "write a colon and a space after it",
      isAtStart: true)
  ),
  (
    "did not find expected key", "block mapping",
    Retold(
      problem: "a key is expected here",
      advice: "line it up with the keys above, and do not mix keys with the dashes of a list")
  ),
  (
    "did not find expected '-' indicator", "",
    Retold(
      problem: "an item of a list is expected here",
      advice: "begin it with a dash in line with the dashes above")
  ),
  (
    "block sequence entries are not allowed", "",
    Retold(
      problem: "a list cannot begin here", advice: "begin it on its own line, under its key")
  ),
  (
    "expected node content", "",
    Retold(
      problem: "a value is missing here",
      advice: "close the brackets that are open, and leave no sign without its value")
  ),
  (
    "undefined alias", "",
    Retold(problem: HazardScan.aliasProblem, advice: HazardScan.aliasAdvice)
  ),
  (
    "expected alphabetic or numeric", "",
    Retold(problem: HazardScan.aliasProblem, advice: HazardScan.aliasAdvice)
  ),
  (
    "Maximum nesting level", "",
    Retold(
      problem: "lists and mappings are nested too deeply",
      advice: HazardScan.nestingAdvice(.standard))
  ),
  (
    "", "tag",
    Retold(problem: "tags (!name) are not allowed", advice: "remove it, or put the text in quotes")
  ),
  (
    "", "directive",
    Retold(
      problem: "a line cannot begin with %", advice: "remove it, or put the text in quotes",
      isAtStart: true)
  ),
]
