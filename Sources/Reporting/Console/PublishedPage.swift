import Scenarios
import Studies

extension PublishedReport {
  /// One page of Markdown: first what is missed, then each case by itself.
  public var markdown: String {
    let missed = missTable?.markdown ?? "Nothing."
    return """
      # Published cases

      \(answer)

      Made by `chokepoint verify`; change the cases in `scenarios/published/` or the program, not this page. \
      \(Self.note) A *tolerance* in percent is relative to what was published. *Missed, as expected*: the case \
      says why. *Shown* figures are neither met nor missed.

      ## What is missed

      \(missed)

      \(checks.map(\.section).joined(separator: "\n\n"))

      """
  }
}

extension PublishedCheck {
  /// Heading, citation, remarks and every figure.
  fileprivate var section: String {
    let table = PublishedTable(
      findings.map { $0.row + [$0.treatment.source ?? ""] }, trailing: ["source"])
    let remarks = remarks.map { "- \($0)" }.joined(separator: "\n")
    let parts =
      ["## \(scenario.about.title)", "`\(scenario.name)`. \(citation ?? "")"]
      + (remarks.isEmpty ? [] : [remarks]) + [table.markdown]
    return parts.joined(separator: "\n\n")
  }
}
