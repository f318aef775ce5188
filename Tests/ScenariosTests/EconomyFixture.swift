/// Scenarios with an economy, for tests.
enum EconomyFixture {
  /// Two jurisdictions, two suppliers, two owners and a lab on the fleet of each. The broken
  /// economies among the goldens are this one, each with something wrong.
  static let small = """
    about:
      title: A small economy
      question: What is wrong with it?
    run:
      start: 2022-10
      end: 2023-12
      replicates: 8
    world:
      as_of: 2022-10
      compared: {leader: US, follower: CN}
      jurisdictions:
        - {id: US, name: United States, hosts_remote: true}
        - {id: CN, tier: 3}
      suppliers:
        - id: nvidia
          jurisdiction: US
          families:
            - id: GH100
              dies_per_year:
                - {year: 2022, value: 40000, low: 30000, high: 50000}
                - {year: 2023, value: 1000000}
        - id: huawei
          jurisdiction: CN
          domestic: true
          families:
            - {id: ASCEND910B}
      owners:
        - id: west
          jurisdiction: US
          spending_usd_per_year:
            - {year: 2022, value: 1e9}
            - {year: 2023, value: 3e9}
          opening: [{chip: a100_80, count: 1000}]
        - id: east
          jurisdiction: CN
          spending_usd_per_year:
            - {year: 2022, value: 1e8}
            - {year: 2023, value: 3e8}
          spending_factor: {lognormal: {median: 1, sigma: 0.2}}
      reference_models:
        - {id: gpt-3, jurisdiction: US, released: 2020-05, effective_flop: 3.14e23}
      labs:
        - id: alpha
          jurisdiction: US
          fleet_of: [west]
          fleet_share: {beta: {mean: 0.2, sd: 0.1}}
        - id: omega
          jurisdiction: CN
          fleet_of: [east]
          fleet_share: 0.5
    regimes:
      - id: oct-2022
        rules: [{use: us_2022_10, open_ended: true}]
      - id: free

    """

  /// What a scenario says that takes the built-in world.
  static func using(_ changes: String, more: String = "") -> String {
    """
    about: {title: A reference, question: What is different?}
    run: {start: 2022-10, end: 2023-12, replicates: 8}
    world: {use: world-2022\(changes.isEmpty ? "" : ", " + changes)}
    regimes: [{id: free}]
    \(more)

    """
  }

  /// Everything that an economy can have, and two runs from the record beside it.
  static let everything =
    small
    .replacing(
      "    - {id: CN, tier: 3}",
      with: """
            - {id: CN, tier: 3}
            - id: HUB
              name: "Hubs: several"
              countries: 6.5
              tier: 2
              hosts_remote: true
              transships: 1
              imports_domestic_chips: true
        """
    )
    .replacing("        - id: GH100\n", with: "        - id: GH100\n          captive_to: west\n")
    .replacing(
      "  labs:\n",
      with: """
          chips_left_out: [h200, ascend_910b1]
          chips:
            - {id: h20, hbm_stacks: 5, dies_per_chip: 1, variant_of: h100_sxm}
            - {id: ascend_910c, dies_per_chip: 2, hbm_stacks: 8}
          runs:
            - id: past
              lab: alpha
              start: 2022-11-01
              documented_on: h100_sxm
              chips: 100
              stages: [{id: pretraining, chip_hours: 1e5}]
          labs:
            - id: hosted
              jurisdiction: HUB
              headquarters: CN
              fleet_of: [west, east]
              fleet_share: {uniform: [0, 0.2], source: "a guess: ours", confidence: judgement}
              active_from: 2023-02
              openness: 0.25
              open_weights: true
              distils: true
              parallelism: co_designed

        """
    )
    .replacing(
      "value: 40000, low: 30000, high: 50000",
      with: """
        value: 40000, low: 30000, high: 50000, source: "NO, 010", confidence: derived
        """
    )
    .replacing(
      "  - id: free\n",
      with: """
          - id: quick
            variants: responsive
            rules: [{use: us_2022_10, open_ended: true}]
          - id: free
            variants: none
            rules:
              - us_2022_10_tools
              - id: named
                government: US
                title: Ours
                effective: 2022-11-01
                destinations: [CN]
                acts_on: entities
                entities: [east, huawei]
            set: {owners.east.spending_factor: 2, labs.alpha.fleet_share: {uniform: [0, 0.5]}}

        """)
      + """
      uncertainties:
        owners.west.spending_factor: {ci90: [0.5, 2], source: ours}
        chips.h20.purchase_price_usd: {uniform: [9000, 12000]}
      metrics: all
      thresholds:
        - {id: early, entity: past, metric: chip_hours_cumulative, at_least: 1000}
      observations:
        - id: hours
          entity: past
          metric: chip_hours_cumulative
          from: 2022-11
          month: 2023-01
          reduce: growth_per_year
          observed: 2
          low: 1
          high: 3.5
          status: informed_prior
          expected: miss
          reason: "It is: made up"
          source: Nobody

      """
}
