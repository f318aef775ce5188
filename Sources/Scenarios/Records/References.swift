import Documents

/// The place of what a node names among known ids, or a fault that tells which there are.
///
/// - Parameters:
///   - ids: nil when some of them could not be read, so that nothing can be said.
///   - own: the id of what names it, which cannot be meant.
func lookUp(
  _ node: DocumentNode?, among ids: [String]?, _ what: String, notBeing own: String? = nil,
  faults: inout [Fault]
) -> Int? {
  guard let node, let id = node.text, let ids else { return nil }
  if let place = ids.firstIndex(of: id) { return place }
  let others = ids.filter { $0 != own }
  faults.append(
    node.fault(
      "unknown \(what) \(quoted(id))", suggestion: likelyWords(for: id, among: others),
      advice: others.isEmpty
        ? "there is no \(own == nil ? "" : "other ")\(what)"
        : "known here: \(others.joined(separator: ", "))"))
  return nil
}

extension DocumentNode {
  /// Items of a list in the order of their ids, so that results do not depend on file order.
  var itemsByID: [DocumentNode] {
    items.sorted { ($0["id"]?.text ?? "") < ($1["id"]?.text ?? "") }
  }

  /// The ids of a list of records, sorted; nil when some of them could not be read.
  func ids(under key: String) -> [String]? {
    guard let list = self[key] else { return refused.contains(key) ? nil : [] }
    return list.refused.isEmpty ? list.itemsByID.compactMap { $0["id"]?.text } : nil
  }
}

/// Whether a text has the form of jurisdictions and governments: capitals, so that `China` or `cn` cannot
/// pass for `CN` and leave every rule without effect.
public func isJurisdictionCode(_ text: String) -> Bool {
  text.first?.isUppercase == true
    && text.allSatisfy { $0.isASCII && ($0.isUppercase || $0.isNumber || $0 == "_") }
}

/// The fault of a text that is not of that form.
func codeFault(_ node: DocumentNode?, allowing words: [String] = []) -> Fault? {
  guard let node, let code = node.text, !words.contains(code) else { return nil }
  guard !isJurisdictionCode(code) else { return nil }
  return node.fault(
    "\(quoted(code)) is not a code of a jurisdiction",
    advice: "write it in capitals, as CN, US, or GULF for one of your own")
}
