/// The form of jurisdictions and governments: capitals, so that `China` or `cn` cannot pass for `CN`
/// and leave every rule without effect.
func codeFault(_ node: DocumentNode?, allowing words: [String] = []) -> Fault? {
  guard let node, let code = node.text, !words.contains(code) else { return nil }
  let isCode = code.allSatisfy { $0.isASCII && ($0.isUppercase || $0.isNumber || $0 == "_") }
  guard !isCode || code.first?.isUppercase != true else { return nil }
  return node.fault(
    "\(quoted(code)) is not a code of a jurisdiction",
    advice: "write it in capitals, as CN, US, or GULF for one of your own")
}
