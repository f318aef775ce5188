import Documents
import PolicyModel
import Quantities

extension Rule {
  /// The rule written out in full.
  var written: DocumentValue {
    .fields(
      [
        ("id", .text(id)), ("government", .text(government)), ("title", .text(title)),
        ("kind", .text(kind)), ("announced", announced.map { .date($0) }),
        ("effective", effective.map { .date($0) }),
        ("ends", ends.map { .date($0) }),
        ("compliance_from", complianceFrom.map { .date($0) }),
        ("enforced", .flag(isEnforced)), ("acts_on", .text(subject.rawValue)),
        ("destinations", .list(destinations.map { .text($0) })),
        ("reaches_headquarters", .flag(reachesHeadquarters)),
        ("entities", .nonEmpty(entities.map { .text($0) })),
        ("requirement", .nonEmpty(requirement.map(\.written))),
        ("review", .nonEmpty(review.map(\.written))),
        ("supersedes", .nonEmpty(supersedes.map { .text($0) })),
      ] + (provenance?.fields ?? []) + [("note", note.map { .text($0) })])
  }
}

extension RequirementClause {
  fileprivate var written: DocumentValue {
    .fields([
      ("class", label.map { .text($0) }), ("when", .mapping(conditions.map(\.pair))),
    ])
  }
}

extension ReviewClause {
  fileprivate var written: DocumentValue {
    .fields([
      ("policy", .text(policy.rawValue)), ("when", conditions.map { .mapping($0.map(\.pair)) }),
      ("cap_units", terms.capUnits.map { .number($0) }),
      ("cap_tpp", terms.capTPP.map { .number($0) }),
      ("cap_share_of_sales", terms.capShareOfSales.map { .number($0) }),
      ("revenue_share", terms.revenueShare.map { .number($0) }),
      ("duty", terms.duty.map { .number($0) }),
    ])
  }
}

extension Condition {
  fileprivate var pair: DocumentValue.Pair {
    switch self {
    case .threshold(let attribute, let atLeast, let below):
      .init(
        attribute.rawValue,
        .fields([
          ("at_least", atLeast.map { .number($0) }), ("below", below.map { .number($0) }),
        ]))
    case .forDataCenters(let wanted): .init("data_center", .flag(wanted))
    case .named(let ids): .init("chips", words(ids))
    case .vendors(let names): .init("vendors", words(names))
    case .designedIn(let places): .init("designed_in", words(places))
    case .classified(let labels): .init("class", words(labels))
    case .notClassified(let labels): .init("not_class", words(labels))
    }
  }

  private func words(_ texts: [String]) -> DocumentValue { .list(texts.map { .text($0) }) }
}
