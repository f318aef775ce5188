import ArgumentParser
import Reporting
import Scenarios
import Storage
import Studies

/// `chokepoint diff A B`
struct Diff: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show how two scenarios differ: first in their inputs, then in their results.",
    discussion: """
      Lists every key in which the effective scenarios differ, except `about`; then runs both on the same \
      draws and compares each regime of B with the regime of A that has the same id, replicate by \
      replicate. A and B are scenario files or result folders. --inputs skips the results. A sweep is \
      compared as an input; the files are run without it, or at the point that --point names in both.
      """)

  @Argument(help: "A scenario file, or a folder of results.", completion: .file())
  var first: String

  @Argument(help: "Another scenario file or result folder.", completion: .file())
  var second: String

  @Flag(help: "Compare only the inputs.")
  var inputs = false

  @OptionGroup var question: ComparisonOptions
  @OptionGroup var options: ScenarioOptions
  @OptionGroup var keeping: ComparingOptions

  mutating func run() async throws {
    let scenarios = try [first, second].map { path in
      try options.scenario(ResultFolder.scenarioFile(in: path) ?? path)
    }
    if !inputs { _ = try tellingFaults { try ArmSet(of: scenarios, labels: [first, second]) } }
    let difference = InputDifference(between: scenarios[0], and: scenarios[1])
    let question = try question.question()
    if !keeping.json { try printResult(difference.text(of: (first, second))) }
    guard !inputs, !difference.entries.isEmpty else {
      if keeping.json { try printResult(difference.json(results: nil)) }
      return
    }
    if !keeping.json { try printResult("\nWhat differs in the results\n") }
    try await keeping.compare(
      scenarios, labels: [first, second], question, options, heldTo: .namesake
    ) { keeping.json ? difference.json(results: $0) : $0.text }
  }
}
