import Documents
import PolicyModel
import Quantities

/// The form in which rules are written: in the built-in file and in scenarios alike.
enum RuleSchema {
  /// The keys of a rule.
  static let fields: [Field] =
    [
      .required("id", .identifier, "Its id."),
      .required("government", .text, "Who issued it."),
      .required("title", .text, "What it is called."),
      .optional("kind", .text, default: .text("rule"), "What sort of measure it is."),
      .optional("announced", .date, "When it was made known."),
      .optional("effective", .date, "From when it binds; without it, it never did."),
      .optional("ends", .date, "The first day on which it binds no more."),
      .optional("compliance_from", .date, "From when it must be complied with, where later."),
      .optional("enforced", .flag, default: .flag(true), "Whether it is enforced."),
      .optional(
        "acts_on", .word(of: RuleSubject.self), default: .word(RuleSubject.chips),
        "What it bears on."),
      .required("destinations", .list(of: .text, minimum: 1), "Where it reaches; world for all."),
      .optional(
        "reaches_headquarters", .flag, default: .flag(false),
        "Whether it also binds buyers headquartered in a destination, anywhere."),
      .optional(
        "entities", .list(of: .identifier, minimum: 1),
        "Suppliers and owners that it names, where it acts on entities."),
      .optional(
        "hosts", .list(of: .text, minimum: 1), default: .stated("all that host"),
        "Places, or members of places, whose clouds it is about, where it acts on cloud."),
      .optional(
        "closes", .list(of: .word(of: ModelChannel.self), minimum: 1),
        default: .stated("both, where it acts on models"),
        "What it closes to its destinations, where it acts on models."),
      .optional(
        "requirement",
        .list(
          of: .mapping([
            .optional("class", .text, "The class it puts a chip in."),
            .required("when", conditions, "What must hold of the chip, all of it."),
          ])), "Which chips need a license: any clause catches."),
      .optional(
        "review",
        .list(
          of: .mapping(
            [
              .required(
                "policy", .word(of: ReviewPolicy.self), "How applications are judged."),
              .optional(
                "when", conditions, default: .stated("those that the requirement catches"),
                "Which chips it names."),
              .optional(
                "buyers", .list(of: .identifier, minimum: 1), default: .stated("all"),
                "The owners that it names, each of which is then a market of its own."),
            ] + terms)),
        "How applications are judged: the first clause that names the chip and the buyer decides."),
      .optional(
        "licenses_known_until", .date, default: .stated("approvals are drawn from its first day"),
        "The first day for which it is not known which licenses were granted. Before it nothing passes "
          + "a review of policy `license`; what was granted is written as a rule of policy `granted`."
      ),
      .optional("supersedes", .list(of: .identifier), "Rules whose review it replaces."),
      .optional("note", .text, "What a reader should know."),
    ] + SourceSchema.provenance

  private static let terms: [Field] = [
    .optional(
      "cap_units", Plausible.chips.orNothing,
      "At most so many in all, over every buyer and chip that the clause governs."),
    .optional(
      "units_per_firm", Plausible.chips.orNothing,
      "At most so many for each firm (`firms` of owners)."),
    .optional(
      "firms", .number(.above(0, atMost: 1e6), unit: "firms"),
      default: .stated("all that the clause reaches"), beside: ["units_per_firm"],
      "How many firms get that."),
    .optional(
      "cap_tpp", .number(.between(0, 1e18), unit: "TPP"),
      "At most so much TPP in all; for each country, where the rule acts on tiers."),
    .optional(
      "cap_share_of_sales", .number(.between(0, 1)),
      "At most this share, in TPP, of what has been sold into the leader's jurisdiction."),
    .optional(
      "share_of", .list(of: .reference, minimum: 1),
      default: .stated("all that the clause governs"), beside: ["cap_share_of_sales"],
      "The chips whose sales there count."),
    .optional(
      "delivery_months", .number(.above(0, atMost: 1200), unit: "months"),
      "Over how many months the units, or the TPP, are delivered, evenly, from the first on in which they "
        + "may be."),
    .optional("revenue_share", .number(.between(0, 1)), "Share that goes to the government."),
    .optional("duty", .number(.between(0, 10)), "Duty on the value: 0.25 for 25%."),
  ]

  private static func threshold(_ bound: Schema) -> Schema {
    .worded(
      .mapping([
        .optional("at_least", bound, "Caught from this value on."),
        .optional("below", bound, "Caught below this value."),
      ]), "a bound, as {at_least: 4800} or {below: 4800}")
  }

  private static let conditions = Schema.mapping(
    ChipAttribute.allCases.map {
      .optional($0.rawValue, threshold($0.bounds), "Bounds of its \($0.label).")
    }
      + [
        .optional("data_center", .flag, "Whether it is marketed for data centers."),
        .optional("chips", .list(of: .reference, minimum: 1), "Named chips."),
        .optional("vendors", .list(of: .text, minimum: 1), "Who sells it."),
        .optional("designed_in", .list(of: .text, minimum: 1), "Where it was designed."),
        .optional("class", .list(of: .text, minimum: 1), "Classes that a clause put it in."),
        .optional("not_class", .list(of: .text, minimum: 1), "Classes that it is not in."),
      ])
}

/// Reads rules, built-in or from a scenario.
struct RuleReader {
  private(set) var faults: [Fault] = []

  /// Reads a rule that is written out in full.
  mutating func rule(_ node: DocumentNode) -> Rule? {
    guard let id = node["id"]?.text, let government = node["government"]?.text,
      let title = node["title"]?.text, let kind = node["kind"]?.text,
      let isEnforced = node["enforced"]?.flag, let subject: RuleSubject = node.word("acts_on"),
      let reachesHeadquarters = node["reaches_headquarters"]?.flag
    else { return nil }
    faults += [codeFault(node["government"])].compactMap(\.self)
    faults += (node["destinations"]?.items ?? []).compactMap { codeFault($0, allowing: ["world"]) }
    faults += (node["hosts"]?.items ?? []).compactMap { codeFault($0) }
    return Rule(
      id: id, government: government, title: title, kind: kind,
      announced: node["announced"]?.date, effective: node["effective"]?.date,
      ends: node["ends"]?.date, complianceFrom: node["compliance_from"]?.date,
      isEnforced: isEnforced, subject: subject,
      destinations: node["destinations"]?.items.compactMap(\.text) ?? [],
      reachesHeadquarters: reachesHeadquarters,
      entities: node["entities"]?.items.compactMap(\.text) ?? [],
      hosts: node["hosts"]?.items.compactMap(\.text) ?? [],
      closes: closes(node, subject),
      requirement: (node["requirement"]?.items ?? []).map { requirement($0) },
      review: (node["review"]?.items ?? []).compactMap { review($0) },
      licensesKnownUntil: node["licenses_known_until"]?.date,
      supersedes: node["supersedes"]?.items.compactMap(\.text) ?? [],
      provenance: node.provenance, note: node["note"]?.text)
  }

  /// A rule on models closes both ways to them unless it says which.
  private func closes(_ node: DocumentNode, _ subject: RuleSubject) -> [ModelChannel] {
    guard subject == .models else { return [] }
    let named = (node["closes"]?.items ?? []).compactMap { $0.text.flatMap(ModelChannel.init) }
    return named.isEmpty ? ModelChannel.allCases : named
  }

  /// Bounds that no chip, or every chip, would meet.
  private mutating func checkBounds(of conditions: DocumentNode?) {
    for entry in conditions?.entries ?? [] where ChipAttribute(rawValue: entry.key) != nil {
      if entry.value.lacks("at_least"), entry.value.lacks("below") {
        faults.append(entry.value.fault("has no bound", advice: "give at_least or below"))
      }
      if let low = entry.value["at_least"]?.number, let high = entry.value["below"]?.number,
        low >= high
      {
        faults.append(
          entry.value.fault(
            "nothing is at least \(low.inFull) and below \(high.inFull)",
            advice: low > high ? "swap them" : "raise below, or leave out one of the two"))
      }
    }
  }

  private mutating func requirement(_ node: DocumentNode) -> RequirementClause {
    let label = node["class"]?.text
    checkBounds(of: node["when"])
    let conditions = node["when"].map { Self.conditions($0) } ?? []
    if label != nil, let inner = node["when"]?["class"] ?? node["when"]?["not_class"] {
      faults.append(
        inner.fault(
          "a clause that names a class cannot ask for one",
          advice: "leave out the clause's own class, or these conditions"))
    }
    return RequirementClause(label: label, conditions: conditions)
  }

  private mutating func review(_ node: DocumentNode) -> ReviewClause? {
    checkBounds(of: node["when"])
    guard let policy: ReviewPolicy = node.word("policy") else { return nil }
    var terms = LicenseTerms()
    terms.capUnits = node["cap_units"]?.number
    terms.unitsPerFirm = node["units_per_firm"]?.number
    terms.firms = node["firms"]?.number
    terms.capTPP = node["cap_tpp"]?.number
    terms.capShareOfSales = node["cap_share_of_sales"]?.number
    terms.shareOf = node["share_of"]?.items.compactMap(\.text) ?? []
    terms.deliveryMonths = node["delivery_months"]?.number
    checkDelivery(node, terms)
    terms.revenueShare = node["revenue_share"]?.number
    terms.duty = node["duty"]?.number
    return ReviewClause(
      policy: policy, conditions: node["when"].map { Self.conditions($0) },
      buyers: node["buyers"]?.items.compactMap(\.text) ?? [], terms: terms)
  }

  /// A delivery of what has no amount.
  private mutating func checkDelivery(_ node: DocumentNode, _ terms: LicenseTerms) {
    guard let months = node.written("delivery_months"),
      terms.capUnits == nil, terms.unitsPerFirm == nil, terms.capTPP == nil
    else { return }
    faults.append(
      months.fault(
        "there is no amount to deliver", advice: "give cap_units, units_per_firm or cap_tpp"))
  }

  /// The conditions of a `when`, in the order of the file.
  private static func conditions(_ node: DocumentNode) -> [Condition] {
    node.entries.compactMap { entry in
      let words = entry.value.items.compactMap(\.text)
      return switch entry.key {
      case "data_center": entry.value.flag.map { .forDataCenters($0) }
      case "chips": .named(words)
      case "vendors": .vendors(words)
      case "designed_in": .designedIn(words)
      case "class": .classified(words)
      case "not_class": .notClassified(words)
      default:
        ChipAttribute(rawValue: entry.key).map {
          .threshold(
            $0, atLeast: entry.value["at_least"]?.number, below: entry.value["below"]?.number)
        }
      }
    }
  }
}
