import Documents

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
