/// The module that a line imports, or nil if it imports none.
///
/// Any attribute, access level and kind of declaration is seen through; submodules count as their
/// module.
func moduleImported(by line: some StringProtocol) -> String? {
  let pattern =
    /^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:public|package|internal|fileprivate|private)\s+)?import\s+(?:(?:typealias|struct|class|enum|protocol|let|var|func)\s+)?(\w+)/
  return String(line).firstMatch(of: pattern).map { String($0.1) }
}

/// The targets of a package manifest with what each depends on, both as they are written there; or its test targets.
func dependencies(inManifest text: String, ofTests: Bool = false) -> [String: Set<String>] {
  // A product is known by its name, whatever the package that it comes from.
  let manifest = text.replacing(/\.product\(name: ("\w+"), package: "[^"]*"\)/) { $0.1 }
  let declaration =
    ofTests
    ? /\.testTarget\(\s*name: "(\w+)"((?:[^()]|\([^()]*\))*)\)/
    : /\.(?:target|executableTarget|systemLibrary)\(\s*name: "(\w+)"((?:[^()]|\([^()]*\))*)\)/
  var found: [String: Set<String>] = [:]
  for target in manifest.matches(of: declaration) {
    let list = target.2.firstMatch(of: /dependencies: \[([^\]]*)\]/)?.1 ?? ""
    found[String(target.1)] = Set(list.matches(of: /"(\w+)"/).map { String($0.1) })
  }
  return found
}
