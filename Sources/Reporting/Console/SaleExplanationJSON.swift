import PolicyModel
import Quantities
import Scenarios
public import Studies

extension SaleExplanation {
  /// The same as JSON, in plain numbers.
  public var json: String {
    let answer = SaleJSON(
      scenario: scenario.name, regime: regime.id, chip: chip.id, place: place.id,
      month: month.firstDay.description, soldShare: soldShare,
      reasons: reasons.map {
        ReasonJSON(reason: $0.reason.rawValue, words: words($0.reason), share: $0.share)
      },
      soldChips: band(of: \.sold).map(BandJSON.init),
      soldChipsWhereSold: band { $0.reason == .sold ? $0.sold : nil }.map(BandJSON.init),
      soldLicensedChips: band(of: \.licensed).map(BandJSON.init),
      soldOwnBuiltChips: band(of: \.ownBuilt).map(BandJSON.init),
      divertedChips: band(of: \.diverted).map(BandJSON.init),
      barredChips: band(of: \.refused).map(BandJSON.init),
      cutByCapsChips: band(of: \.cutByCaps).map(BandJSON.init),
      soldOutChips: band(of: \.short).map(BandJSON.init),
      leftUnderCapsChips: band(of: \.capLeft).map(BandJSON.init),
      instead: insteads.map {
        InsteadJSON(chip: $0.chip.id, share: $0.share, valuePerDollarRatio: $0.value)
      },
      rules: rules.map(RuleJSON.init))
    return SimulatedJSON(answer, scenario.run, failedReplicates: 0).text
  }
}

private struct SaleJSON: Encodable {
  let scenario: String
  let regime: String
  let chip: String
  let place: String
  let month: String
  let soldShare: Double
  let reasons: [ReasonJSON]
  let soldChips: BandJSON?
  let soldChipsWhereSold: BandJSON?
  let soldLicensedChips: BandJSON?
  let soldOwnBuiltChips: BandJSON?
  let divertedChips: BandJSON?
  let barredChips: BandJSON?
  let cutByCapsChips: BandJSON?
  let soldOutChips: BandJSON?
  let leftUnderCapsChips: BandJSON?
  let instead: [InsteadJSON]
  let rules: [RuleJSON]

  enum CodingKeys: String, CodingKey {
    case scenario, regime, chip, place, month, reasons, instead, rules
    case soldShare = "sold_share"
    case soldChips = "sold_chips"
    case soldChipsWhereSold = "sold_chips_where_sold"
    case soldLicensedChips = "sold_licensed_chips"
    case soldOwnBuiltChips = "sold_own_built_chips"
    case divertedChips = "diverted_chips"
    case barredChips = "barred_chips"
    case cutByCapsChips = "cut_by_caps_chips"
    case soldOutChips = "sold_out_chips"
    case leftUnderCapsChips = "left_under_caps_chips"
  }
}

private struct ReasonJSON: Encodable {
  let reason: String
  let words: String
  let share: Double
}

private struct BandJSON: Encodable {
  let p05: Double
  let median: Double
  let p95: Double
  let replicates: Int

  init(_ band: SaleExplanation.Band) {
    (p05, median, p95, replicates) = (band.p05, band.median, band.p95, band.count)
  }
}

private struct InsteadJSON: Encodable {
  let chip: String
  let share: Double
  let valuePerDollarRatio: Double?

  enum CodingKeys: String, CodingKey {
    case chip, share
    case valuePerDollarRatio = "value_per_dollar_ratio"
  }
}

private struct RuleJSON: Encodable {
  let from: String
  let to: String
  let buyers: String
  let member: String?
  let government: String
  let policy: String
  let requiredBy: String?
  let reviewedBy: String?
  let clause: String
  let noLicenseOnRecord: Bool

  init(_ rule: RuleOnSale) {
    (from, to) = (rule.days.lowerBound.description, rule.days.upperBound.description)
    (buyers, member, noLicenseOnRecord) = (rule.buyers, rule.member, rule.isKnown)
    (government, policy) = (rule.decision.government, rule.decision.policy.rawValue)
    (requiredBy, reviewedBy) = (rule.decision.requiredBy, rule.decision.reviewedBy)
    clause = rule.decision.explanation
  }

  enum CodingKeys: String, CodingKey {
    case from, to, buyers, member, government, policy, clause
    case requiredBy = "required_by"
    case reviewedBy = "reviewed_by"
    case noLicenseOnRecord = "no_license_on_record"
  }
}
