import Quantities
import Testing

@testable import PolicyModel

/// What rules make of sales, month by month.
@Suite struct MonthlyTermsTests {
  private static let economy = SmallEconomy(
    families: [.init(id: "hopper")],
    chips: [.init(id: "chip", family: "hopper"), .init(id: "other", family: "hopper")],
    markets: [.init(id: "buyer", location: 1, headquarters: 1, money: 1e6, wants: [:])])

  /// The terms of a year under a rule, by month and in it by chip.
  private static func terms(
    under rule: Rule, onSale: @escaping (Chip) -> Month? = { $0.onSale }
  ) throws -> [MonthlyTerms] {
    let blueprint = try economy.blueprint([:], rules: [rule])
    return MonthlyTerms.all(
      under: RuleBook([rule]), onSale: onSale, layout: blueprint.layout, caps: blueprint.caps,
      start: blueprint.start, months: blueprint.monthCount)
  }

  /// A clause without conditions names what the rule's own requirement catches, and all where there is none.
  @Test(arguments: [(["chip"], [0.25, 0]), ([], [0.25, 0.25])])
  func `a duty is on the chips that its rule is about`(named: [String], duties: [Double]) throws {
    var terms = LicenseTerms()
    terms.duty = 0.25
    let rule = Rule.made(
      "duty", by: "AA", subject: .duty, to: ["BB"],
      requires: named.isEmpty ? [] : [.when(.named(named))],
      reviews: [.init(policy: .free, conditions: nil, terms: terms)])
    #expect(try Self.terms(under: rule)[3].sales.map(\.duty) == duties)
  }

  /// Buyers hurry to what they can still have: a part that nobody makes under a regime gives no notice.
  @Test func `there is notice of what can be bought alone`() throws {
    let rule = Rule(
      id: "bar", government: "AA", title: "bar", kind: "rule", announced: Day(iso: "2023-04-01"),
      effective: Day(iso: "2023-05-01"), ends: nil, complianceFrom: nil, isEnforced: true,
      subject: .chips, destinations: ["BB"], reachesHeadquarters: false,
      requirement: [.when(.named(["chip"]))],
      review: [.init(policy: .deny, conditions: nil)], supersedes: [], provenance: nil, note: nil)
    #expect(try Self.terms(under: rule)[3].notice == [1])
    #expect(try Self.terms(under: rule) { $0.id == "chip" ? nil : $0.onSale }[3].notice == [0])
  }

  /// Parts that are cut down from others follow what a regime says of variants.
  @Test func `parts are on sale under the regimes whose suppliers make them`() {
    let month = Month(index: 2023 * 12 + 3)
    func cut(answering response: DesignResponse? = nil) -> Chip {
      let whole = Self.economy.chips[0].chip
      return Chip(
        id: "cut", name: "cut", vendor: whole.vendor, designedIn: "AA", dieFamily: "hopper",
        variantOf: "chip", isForDataCenters: true, available: response == nil ? month : nil,
        peak: whole.peak, dieArea: nil, memory: nil, memoryBandwidth: whole.memoryBandwidth,
        interconnect: nil, power: nil, stackEfficiency: Fraction(1),
        purchasePrices: whole.purchasePrices, rentalPrices: whole.rentalPrices, provenance: [:],
        responseTo: response)
    }
    let answer = DesignResponse(regime: "one", announced: month)
    let expectations: [(String, VariantPolicy, known: Bool, answer: Bool)] = [
      ("one", .historical, true, false), ("one", .none, false, false),
      ("one", .responsive, false, true), ("another", .responsive, false, false),
    ]
    for (id, variants, isKnownMade, isAnswerMade) in expectations {
      let regime = Regime(id: id, rules: RuleBook([]), variants: variants)
      #expect(regime.onSale(cut()) == (isKnownMade ? month : nil))
      #expect(regime.onSale(cut(answering: answer)) == (isAnswerMade ? month : nil))
      #expect(regime.onSale(Self.economy.chips[0].chip) == Month(index: 0))
    }
  }
}
