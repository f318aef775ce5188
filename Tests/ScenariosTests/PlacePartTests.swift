import Documents
import PolicyModel
import Scenarios
import Testing

/// Places that stand for several countries: rules that name one of them, and what single places do.
@Suite struct PlacePartTests {
  private typealias Regime = EconomySketch.RegimeSketch

  private static func bar(_ id: String, _ places: String) -> String {
    "{id: \(id), government: US, title: A bar, effective: 2023-03-01, destinations: [\(places)], "
      + "requirement: [{when: {chips: [h100_sxm]}}], review: [{policy: deny}]}"
  }

  private static func permit(of government: String) -> String {
    "{id: permit_\(government.lowercased()), government: \(government), title: A permit, "
      + "effective: 2022-10-01, acts_on: transit, destinations: [CN]}"
  }

  private static func closed(_ hosts: String) -> String {
    "{id: closed, government: US, title: Clouds closed, effective: 2022-10-01, acts_on: cloud, "
      + "destinations: [CN]\(hosts), review: [{policy: deny}]}"
  }

  /// A rule on a member closes a part of what its place buys; one on all members is one on the place.
  @Test func `a rule on a member acts on its share`() async throws {
    let results = try await EconomySketch(
      replicates: 8, mechanisms: "  grey_market: off\n  remote_access: off",
      regimes: [
        Regime(id: "free", variants: "none"),
        Regime(id: "member", rules: [Self.bar("bar", "AE")], variants: "none"),
        Regime(id: "members", rules: [Self.bar("bar", "AE, SA, QA")], variants: "none"),
        Regime(id: "place", rules: [Self.bar("bar", "GULF")], variants: "none"),
      ], metrics: "[refused_chips, flow_chips]"
    ).run()
    for metric in ["refused_chips", "flow_chips"] {
      #expect(
        try results.series(metric, "GULF", "members") == results.series(metric, "GULF", "place"))
    }
    // The wish of the first month for the barred chip: 0.6 of it is 19 of 31 days.
    let part = try results.series("refused_chips", "GULF", "member")[5]
    let whole = try results.series("refused_chips", "GULF", "place")[5]
    for (some, all) in zip(part, whole) {
      #expect(all > 0 && abs(some / all - 19.0 / 31) < 1e-9, "\(some) of \(all)")
    }
    #expect(try results.total("refused_chips", "HUB", "member").allSatisfy { $0 == 0 })
  }

  /// A permit of a member stops less than one of the place, and none at all where it has no effect; a place
  /// that enforces as all do changes nothing to the bit.
  @Test func `places act on what is diverted from them`() async throws {
    let law = "us_2022_10"
    func regime(_ id: String, _ more: [String], _ set: [String: String] = [:]) -> Regime {
      Regime(
        id: id, rules: [law, "us_2023_10"] + more,
        set: set.merging(["grey_market.rerouted_share": "0.5"]) { first, _ in first })
    }
    let results = try await EconomySketch(
      regimes: [
        regime("free", []), regime("member", [Self.permit(of: "MY")]),
        regime("place", [Self.permit(of: "HUB")]),
        regime("idle", [Self.permit(of: "HUB")], ["grey_market.transit_permit_effect": "0"]),
        regime("enforced", [], ["jurisdictions.HUB.enforcement": "5"]),
        regime("as-all", [], ["jurisdictions.HUB.enforcement": "1"]),
      ], metrics: "[smuggled_chips_cumulative, diverted_from_chips, seized_chips_cumulative]"
    ).run()
    func smuggled(_ regime: String) throws -> Double {
      try results.last("smuggled_chips_cumulative", "world", regime).mean
    }
    func fromHub(_ regime: String) throws -> Double {
      try results.total("diverted_from_chips", "HUB", regime).mean
    }
    for same in ["idle", "as-all"] {
      #expect(
        try results.series("smuggled_chips_cumulative", "world", same)
          == results.series("smuggled_chips_cumulative", "world", "free"))
    }
    #expect(try smuggled("place") < smuggled("member") && smuggled("member") < smuggled("free"))
    #expect(try fromHub("place") < fromHub("member") && fromHub("member") < fromHub("free"))
    #expect(try fromHub("enforced") < fromHub("free") && smuggled("enforced") < smuggled("free"))
    #expect(
      try results.last("seized_chips_cumulative", "world", "enforced").mean
        > results.last("seized_chips_cumulative", "world", "free").mean)
  }

  /// Clouds of one place closed are fewer than all; all hosts named are all.
  @Test func `a rule on clouds acts on the hosts that it names`() async throws {
    let results = try await EconomySketch(
      replicates: 8,
      regimes: [
        Regime(id: "open"), Regime(id: "one", rules: [Self.closed(", hosts: [US]")]),
        Regime(id: "part", rules: [Self.closed(", hosts: [MY]")]),
        Regime(id: "named", rules: [Self.closed(", hosts: [US, ALLY, HUB, GULF]")]),
        Regime(id: "all", rules: [Self.closed("")]),
      ], metrics: "[remote_h100e]"
    ).run()
    func rented(_ regime: String) throws -> Double {
      try results.total("remote_h100e", "CN", regime).mean
    }
    #expect(try rented("all") < rented("one") && rented("one") < rented("part"))
    #expect(try rented("part") < rented("open"))
    #expect(
      try results.series("remote_h100e", "CN", "named")
        == results.series("remote_h100e", "CN", "all"))
  }

  @Test func `a country that no place has is told with those that there are`() throws {
    let sketch = EconomySketch(
      replicates: 8, regimes: [Regime(id: "law", rules: [Self.bar("bar", "AQ")])])
    let fault = try #require(throws: ScenarioFaults.self) { try sketch.scenario() }
    #expect("\(fault)".contains("unknown destination \"AQ\""), "\(fault)")
    #expect("\(fault)".contains("AE (a part of GULF)"), "\(fault)")
  }

  @Test func `a note says how much of a place a rule acts on`() throws {
    let sketch = EconomySketch(
      replicates: 8, regimes: [Regime(id: "law", rules: [Self.bar("bar", "AE")])])
    let notes = try [sketch.scenario()].notes.map(\.description)
    #expect(notes.contains { $0.contains("AE is a part of GULF, so bar acts on 60%") }, "\(notes)")
  }

  /// Who writes a rule that asks for a license means to bar, and may not have said so.
  @Test(arguments: [("", true), ("review: [{policy: license}]", false)])
  func `a rule that does not say how applications are judged is told of`(
    review: String, isTold: Bool
  ) throws {
    let rule = Self.bar("ask", "CN").replacing("review: [{policy: deny}]", with: review)
    let sketch = EconomySketch(replicates: 8, regimes: [Regime(id: "law", rules: [rule])])
    let notes = try [sketch.scenario()].notes.map(\.description)
    let words = "ask asks for a license and does not say how applications are judged"
    #expect(notes.contains { $0.contains(words) } == isTold, "\(notes)")
  }
}
