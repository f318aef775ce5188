import Analysis
import PolicyModel
import Scenarios
import Simulation
import Studies
import Wording

// The tree, and what a reader must know.
extension DiscoveryAnswer {
  var treeText: String? {
    guard let tree else { return nil }
    guard case .split = tree.root else {
      return
        "A tree of questions: no question about one number sorts the outcomes better than chance would."
    }
    var leaves = heldOutLeaves[...]
    return
      "A tree of questions, asked one after the other (grown on one half of the draws; shares of the other)\n"
      + lines(of: tree.root, depth: 1, &leaves).joined(separator: "\n")
  }

  /// The lines of a node, one question each: what two numbers say together stands on two lines.
  private func lines(
    of node: DecisionTree.Node, depth: Int, _ leaves: inout ArraySlice<[Int]>
  ) -> [String] {
    guard case .split(let number, let value, let low, let high) = node else { return [] }
    let indent = String(repeating: "  ", count: depth)
    return [(DrawBox.End.upper, low), (.lower, high)].flatMap { end, child in
      let limit = DrawBox.Limit(number: number, end: end, value: value)
      let question = indent + words(of: limit)
      guard case .leaf = child else {
        return [question + ":"] + lines(of: child, depth: depth + 1, &leaves)
      }
      return [question + ": " + shares(leaves.popFirst() ?? [])]
    }
  }

  private func shares(_ counts: [Int]) -> String {
    let all = counts.reduce(0, +)
    guard all > 0 else { return "no draw of the other half" }
    let parts = question.aim.outcomes.filter { counts[$0.rawValue] > 0 }.map {
      "\(Self.word($0)) \(NumberWords.percent(Double(counts[$0.rawValue]) / Double(all)))"
    }
    return parts.joined(separator: ", ") + " (\(NumberWords.counted(all, "draw")))"
  }

  func notes(_ command: ReplayCommand) -> [String] {
    var notes = [
      Paragraph.text(
        "Conditions hold given the stated priors. They say where outcomes lie, not what causes them. What was found by "
          + "trying many limits looks better on the draws that found it: go by the others.")
    ]
    if withheldNumbers > 0 {
      notes.append(
        Paragraph.text(
          "\(NumberWords.counted(withheldNumbers, "number")) that \(withheldNumbers == 1 ? "says" : "say") how diverted chips "
            + "are moved \(withheldNumbers == 1 ? "is" : "are") varied, and never a condition (docs/responsible-use.md)."
        ))
    }
    if conditions.count < question.aim.outcomes.count, question.outcome == nil {
      notes.append(
        Paragraph.text(
          "\(column.metric.name) measures what gets around rules: conditions under which the aim fails are not looked for "
            + "(docs/responsible-use.md)."))
    }
    if missingReplicates > 0 {
      notes.append(
        "\(NumberWords.counted(missingReplicates, "replicate")) without a value, or with 0 where a share of it is asked "
          + "for, left out.")
    }
    if failedReplicates > 0 {
      notes.append(
        "\(NumberWords.counted(failedReplicates, "replicate")) could not be computed and are left out; `run` lists them."
      )
    }
    return notes + example(command)
  }

  /// A draw of the first box, to be looked at.
  private func example(_ command: ReplayCommand) -> [String] {
    for found in conditions {
      guard let box = found.boxes.first?.box else { continue }
      let inside = draws.indices.first { row in
        draws[row].outcome == found.outcome
          && box.limits.allSatisfy { $0.allows(probabilities[$0.number][row]) }
      }
      guard let inside else { continue }
      let regimes = question.figure.regimes(of: scenario)
      let story = command.text(
        replicate: draws[inside].replicate, regime: regimes[regimes.count - 1])
      return ["One draw in which it is \(Self.word(found.outcome)), month by month: \(story)"]
    }
    return []
  }
}
