import Documents
import PolicyModel

extension RuleIdleness {
  /// What is told of a rule that changes nothing.
  func fault(of rule: Rule, _ node: DocumentNode, in scenario: Scenario) -> Fault {
    let id = quoted(rule.id)
    let run = scenario.run
    switch self {
    case .unenforced:
      return (node["enforced"] ?? node).fault(
        "\(id) is not enforced, so it changes nothing", advice: "leave it out, or enforced")
    case .tooLate(let day):
      return (node["compliance_from"] ?? node["effective"] ?? node).fault(
        "\(id) binds from \(day), after the last month \(run.end), so it changes nothing",
        advice: "let it bind earlier, or run.end be later")
    case .over(let day):
      return (node["ends"] ?? node).fault(
        "\(id) binds no more from \(day) on, and the first month is \(run.start), so it changes nothing",
        advice: "leave it out, or let it end later")
    case .reachesNobody:
      return (node["destinations"] ?? node).fault(
        "no buyer of this world is in \(rule.destinations.joined(separator: ", ")), so \(id) changes "
          + "nothing",
        advice: rule.reachesHeadquarters
          ? "name a place of a buyer" : "name a place of a buyer, or set reaches_headquarters: true"
      )
    case .missesFollower(let follower):
      return (node["destinations"] ?? node).fault(
        "\(id) does not reach \(follower), so it changes nothing: a rule on \(rule.subject.rawValue) "
          + (rule.subject == .cloud
            ? "names where the customers are, not where the clouds stand"
            : "acts on that side alone"),
        advice: rule.subject == .cloud
          ? "write destinations: [\(follower)]; to close the clouds of a place, set its hosts_remote: "
            + "false under world.jurisdictions"
          : "write destinations: [\(follower)]")
    case .mechanismOff(let name):
      return (node["acts_on"] ?? node).fault(
        "\(id) changes nothing: rules on \(rule.subject.rawValue) act through \(name), which is off in "
          + "this scenario", advice: "leave it out, or mechanisms.\(name): off")
    case .ofFollower(let follower):
      return (node["government"] ?? node).fault(
        "\(id) changes nothing: labs of \(follower) keep their own models, which no other government can close",
        advice: "name the government whose labs are to close theirs")
    case .leavesOpen:
      return (node["review"] ?? node).fault(
        "\(id) changes nothing: its review leaves open what it acts on",
        advice: "leave review out, or write review: [{policy: deny}]")
    case .notOf(let government):
      return (node["government"] ?? node).fault(
        "\(id) changes nothing: minerals are held back by \(government) alone",
        advice: "write government: \(government)")
    case .namesNoTransit:
      return (node["government"] ?? node).fault(
        "\(id) changes nothing: no chips are diverted from \(rule.government)",
        advice: "name a place that transships under world.jurisdictions, or a member of one")
    case .namesNobody:
      return (node["entities"] ?? node).fault(
        "\(id) changes nothing: the companies it names buy nothing that it covers, or are listed already",
        advice: "leave it out, or name others")
    case .namesNoChip:
      return (node["requirement"] ?? node["review"] ?? node).fault(
        "\(id) names no chip that is made, held or used in this world, so it changes nothing",
        advice: "its chips are \(scenario.chipsInWords)")
    case .requiredByNobody:
      return (node["review"] ?? node).fault(
        "\(id) reviews licenses that no rule of \(rule.government) requires, so it changes nothing",
        advice: "give it a requirement")
    case .overruled(let ids):
      return node.fault(
        "\(id) changes nothing: \(ids.joined(separator: ", ")) "
          + "\(ids.count == 1 ? "decides" : "decide") about the chips that it names, as before",
        advice:
          "let it take effect later than \(ids.count == 1 ? "that" : "those"), or leave it out")
    case .unknown:
      return node.fault(
        "\(id) changes nothing in this world from \(run.start) to \(run.end): without it every sale "
          + "is under the same terms", advice: "leave it out, or change what it says")
    }
  }
}

extension Scenario {
  /// The chips of its world, or the first of them.
  var chipsInWords: String {
    let ids = blueprint.world.chips.filter { $0.responseTo == nil }.map(\.id)
    return ids.count > 12
      ? ids.prefix(12).joined(separator: ", ") + " and \(ids.count - 12) more"
      : ids.joined(separator: ", ")
  }
}
