import PolicyModel
import Quantities
import Studies
import Wording

extension SaleExplanation {
  /// What decided, in plain words.
  func words(_ reason: SaleFinding.Reason) -> String {
    switch reason {
    case .sold: "it is sold"
    case .notOnSale: notOnSale
    case .builtForOwner: "its owner builds it for itself alone, and takes none here"
    case .notMade: "there is none to be had: its maker makes none in the month"
    case .noPrice: "no price is known for it"
    case .notMarketed: "its supplier does not sell it here"
    case .discouraged: "buyers are discouraged from buying it"
    case .tightening: "the exporting government closes it for a time, beyond the rules"
    case .barred: "a rule bars it\(named { $0.policy == .deny })"
    case .noLicenseOnRecord:
      "it needs a license, and it is on record that none was granted\(named { !$0.policy.isOpen })"
    case .licenseNotGranted:
      "it needs a license, and a government has granted none\(named { $0.policy == .license })"
    case .presumptionOfDenial:
      "it needs a license that will most likely be refused, and none is granted"
        + named { $0.policy == .presumptionOfDenial }
    case .retaliation: "there is a license, and the importing government lets none in for a time"
    case .strongerIsFree:
      "the chip that it is cut down from, or a stronger cut, needs no license, so this one is not offered"
    case .noMoney: "buyers have no money left for chips"
    case .capReached:
      "it may be sold, and the cap on it is used up\(named { $0.terms.hasCap })"
    case .soldOut: "it is sold out: others got what there was"
    case .dearer: dearer
    }
  }

  /// Why it is on no shelf.
  private var notOnSale: String {
    if let date = chip.available, month < date { return "it is on sale only from \(date.words) on" }
    return "no supplier makes this part for the market under \(regime.id)"
  }

  private var dearer: String {
    guard let most = insteads.first else { return "too few would buy it at its price" }
    return "it may be sold, and costs more per unit of use than what is bought instead, "
      + "such as the \(most.chip.name)"
  }

  /// The rules that say so, by id.
  private func named(where says: (Decision) -> Bool) -> String {
    let ids = rules.map(\.decision).filter(says).compactMap { $0.reviewedBy ?? $0.requiredBy }
    let told = ids.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    return told.isEmpty ? "" : " (\(told.joined(separator: ", ")))"
  }
}
