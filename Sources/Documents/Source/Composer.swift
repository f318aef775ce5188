import Wording
internal import Yams

/// Turns text into a tree of `SourceNode`, collecting what the YAML itself has wrong with it.
///
/// Scalars keep their characters and whether they were quoted: no tag is resolved, so that `on`,
/// `010` or `1:30` reach the schema as they were written.
struct Composer {
  private let lines: SourceLines
  private let text: String
  private let limits: DocumentLimits
  private var found = FaultList()
  var faults: [Fault] { found.faults }
  private var mask = KeyMask()
  private var visited = 0
  private var aliasFaults = 0
  /// So many anchors and aliases are told.
  private static let mostAliasFaults = 20

  init(_ text: String, file: String, limits: DocumentLimits) {
    self.text = text
    self.lines = SourceLines(text, file: file)
    self.limits = limits
  }

  /// The tree of the text, faults being left in `faults`; throws what leaves no tree to look at.
  mutating func compose() throws(ScenarioFaults) -> SourceNode {
    var text = AliasMask.hidden(text)
    // Yams hands the parser a pointer into the string; a string of less than 16 bytes has no
    // storage of its own for it to point to.
    if text.utf8.count < 16 { text += String(repeating: "\n", count: 16) }
    while true {
      do {
        return try tree(of: text)
      } catch let faults as ScenarioFaults {
        throw faults
      } catch YamlError.duplicatedKeysInMapping(_, let context) {
        guard let masked = mask.hide(line: context.mark.line, column: context.mark.column, of: text)
        else {
          throw ScenarioFaults([
            Fault(
              at: place(context.mark), path: "", "many keys are given twice, one of them here",
              advice: "keep one of each")
          ])
        }
        text = masked
      } catch {
        throw ScenarioFaults([syntaxFault(error, in: lines)])
      }
    }
  }

  private mutating func tree(of text: String) throws -> SourceNode {
    (found, visited, aliasFaults) = (FaultList(), 0, 0)
    let parser = try Parser(yaml: text, resolver: .basic, encoding: .utf8)
    // Nodes hold their anchors weakly: they live as long as the parser.
    return try withExtendedLifetime(parser) {
      guard let root = try parser.nextRoot() else {
        throw ScenarioFaults([
          Fault(
            at: place(nil), path: "", "the document is empty", advice: "write its keys")
        ])
      }
      if let second = try parser.nextRoot() {
        report(
          place(second.mark), "", "a second document begins here",
          "keep one document in a file, with no further --- line")
      }
      return try node(root, at: place(root.mark), path: "", depth: 0)
    }
  }

  // MARK: - Nodes

  private mutating func node(_ node: Node, at location: SourceLocation, path: String, depth: Int)
    throws(ScenarioFaults) -> SourceNode
  {
    visited += 1
    guard visited <= limits.values else {
      throw fatal(location, path, "the document holds too many values", HazardScan.countAdvice)
    }
    guard depth <= limits.depth else {
      throw fatal(
        location, path, "lists and mappings are nested too deeply", HazardScan.nestingAdvice)
    }
    guard node.anchor == nil else {
      return refusedAlias(place(node.mark), path)
    }
    switch node {
    case .scalar(let scalar): return self.scalar(scalar, path)
    case .sequence(let sequence): return try list(sequence, location, path, depth)
    case .mapping(let mapping): return try self.mapping(mapping, location, path, depth)
    case .alias: return refusedAlias(location, path)
    }
  }

  private mutating func scalar(_ scalar: Node.Scalar, _ path: String) -> SourceNode {
    let location = place(scalar.mark)
    let isPlain = scalar.style == .plain
    if isPlain, AliasMask.isAlias(scalar.string) { return refusedAlias(location, path) }
    let text = AliasMask.shown(scalar.string)
    let tag = scalar.tag.rawValue
    guard tag == Tag.Name.implicit.rawValue || (!isPlain && tag == Tag.Name.str.rawValue) else {
      return refusedTag(tag, location, path)
    }
    guard isVisible(text, location, path) else {
      return SourceNode(content: .refused, location: location)
    }
    return SourceNode(content: .scalar(text, isPlain: isPlain), location: location)
  }

  private mutating func list(
    _ sequence: Node.Sequence, _ location: SourceLocation, _ path: String, _ depth: Int
  ) throws(ScenarioFaults) -> SourceNode {
    guard sequence.tag.rawValue.isEmpty else {
      return refusedTag(sequence.tag.rawValue, location, path)
    }
    var items: [SourceNode] = []
    for (index, item) in sequence.enumerated() {
      items.append(
        try node(item, at: place(item.mark), path: "\(path)[\(index)]", depth: depth + 1))
    }
    return SourceNode(content: .list(items), location: begin(sequence.mark, location))
  }

  private mutating func mapping(
    _ mapping: Node.Mapping, _ location: SourceLocation, _ path: String, _ depth: Int
  ) throws(ScenarioFaults) -> SourceNode {
    guard mapping.tag.rawValue.isEmpty else {
      return refusedTag(mapping.tag.rawValue, location, path)
    }
    var entries: [SourceEntry] = []
    var lines: [String: Int] = [:]
    for (keyNode, valueNode) in mapping {
      let keyPlace = place(keyNode.mark)
      guard let key = key(keyNode, keyPlace, path) else { continue }
      let valuePath = joined(path, key)
      let value = try node(valueNode, at: keyPlace, path: valuePath, depth: depth + 1)
      if let line = lines[key] {
        report(
          keyPlace, valuePath, "the key \(quoted(key)) is already given on line \(line)",
          "keep one of the two")
      } else {
        lines[key] = keyPlace.line
        entries.append(SourceEntry(key: key, keyLocation: keyPlace, value: value))
      }
    }
    return SourceNode(content: .mapping(entries), location: begin(mapping.mark, location))
  }

  private mutating func key(_ node: Node, _ place: SourceLocation, _ path: String) -> String? {
    guard case .scalar(let scalar) = node else {
      report(place, path, "a key is a list or a mapping", "write a word as the key")
      return nil
    }
    let written = mask.shown(scalar.string)
    guard scalar.anchor == nil, scalar.style != .plain || !AliasMask.isAlias(written) else {
      _ = refusedAlias(place, path)
      return nil
    }
    guard ["", Tag.Name.str.rawValue].contains(scalar.tag.rawValue) else {
      _ = refusedTag(scalar.tag.rawValue, place, path)
      return nil
    }
    if scalar.style == .plain, scalar.string == "<<" {
      report(
        place, path, "merge keys (<<) are not allowed",
        "use base: to share values between files, or repeat the values")
      return nil
    }
    let text = AliasMask.shown(written)
    return isVisible(text, place, path) ? text : nil
  }

  // MARK: - Faults

  /// Where a collection begins: at its own bracket when that is on its key's line, else at its key,
  /// since the first character of one in block form is that of its first item.
  private func begin(_ mark: Mark?, _ key: SourceLocation) -> SourceLocation {
    let own = place(mark)
    return own.line == key.line ? own : key
  }

  private func place(_ mark: Mark?) -> SourceLocation { lines.location(of: mark) }

  private mutating func report(
    _ location: SourceLocation, _ path: String, _ problem: String, _ advice: String
  ) {
    found.append(Fault(at: location, path: path, problem, advice: advice))
  }

  /// Whether a text shows all that is in it; tells it otherwise. Escapes can write what the file itself may
  /// not hold.
  private mutating func isVisible(
    _ text: String, _ location: SourceLocation, _ path: String
  ) -> Bool {
    guard let found = InvisibleCharacters.first(in: text) else { return true }
    report(
      location, path,
      "the text contains the invisible character U+\(InvisibleCharacters.hex(found.value))",
      "remove it")
    return false
  }

  private func fatal(
    _ location: SourceLocation, _ path: String, _ problem: String,
    _ advice: (DocumentLimits) -> String
  ) -> ScenarioFaults {
    ScenarioFaults([Fault(at: location, path: "", problem, advice: advice(limits))])
  }

  private mutating func refusedAlias(_ location: SourceLocation, _ path: String) -> SourceNode {
    aliasFaults += 1
    if aliasFaults <= Self.mostAliasFaults {
      report(location, path, HazardScan.aliasProblem, HazardScan.aliasAdvice)
    }
    return SourceNode(content: .refused, location: location)
  }

  private mutating func refusedTag(_ tag: String, _ location: SourceLocation, _ path: String)
    -> SourceNode
  {
    let standard = "tag:yaml.org,2002:"
    let name = tag.hasPrefix(standard) ? "!!" + tag.dropFirst(standard.count) : tag
    report(location, path, "the tag \(quoted(name)) is not allowed", "remove it")
    return SourceNode(content: .refused, location: location)
  }
}

/// `path` with one more key.
package func joined(_ path: String, _ key: String) -> String {
  let word = isPathWord(key) ? key : quoted(key)
  return path.isEmpty ? word : "\(path).\(word)"
}

/// Whether a key can stand in a path without quotes.
func isPathWord(_ key: String) -> Bool {
  // Nearly all keys are of these bytes alone.
  if key.utf8.allSatisfy({ isDigit($0) || isLowerCaseLetter($0) || $0 == UInt8(ascii: "_") }) {
    return (1...60).contains(key.utf8.count)
  }
  return !key.isEmpty && key.count <= 60
    && key.unicodeScalars.allSatisfy { $0.properties.isAlphabetic || $0.isASCII && $0.value > 32 }
    && !key.contains("\"")
}
