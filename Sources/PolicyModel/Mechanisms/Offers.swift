import Glibc
import Quantities
import Simulation
import Stochastics

/// Phase: what every chip is worth to every market, and how much of a month it may be sold there
/// (docs/ODD.md 7.8).
///
/// Reads `throughput`, `prices`, `indices`, `terms`, `licenses`, `reactions`, `shelf` and last month's
/// `sales`; writes `offers`.
///
///     v = (w F_pre / F_pre(ref) + (1 - w) F_dec / F_dec(ref)) / cost of a month of use
///     weight = v^kappa x willingness
///
/// The cost of a month is what a bought chip with its server and network loses in value, and its
/// electricity. A cut-down part is not offered on days on which its parent, or a stronger cut of the
/// same family, is free: a license for the whole does not take the cut off the market. Buyers whose chips
/// wait for their links learn to hide communication.
struct Offers: Mechanism {
  static let id = MechanismID(rawValue: 13)
  static let name = "offers"
  static let canBeSwitchedOff = false

  struct Parameters: ParameterHandles {
    let trainingWeight = Handle(
      "training_weight", "1", 0...1,
      "Weight of training, against serving, in what a chip is worth.")
    let sharpness = Handle(
      "choice_sharpness", "1", 0...50,
      "Exponent kappa of value per dollar in how spending is spread over chips.")
    let discouraged = Handle(
      "discouraged_effect", "1", 0...1,
      "Share of demand for a chip that buyers drop when their government discourages it.")
    let domesticStack = Handle(
      "domestic_stack_efficiency", "1", 0.01...1,
      "Share of an H100's software maturity that the follower's own chips reach.")
    let learning = Handle(
      "learning_per_year", "per_year", 0...10,
      "Rate at which buyers whose chips wait for their links learn to hide communication.")
  }

  private let parameters: Parameters
  private let ledger: CostLedger.Parameters
  let layout: EconomyLayout
  /// By market: the labs that use its chips, with their owners' spending there, year by year.
  private let labsOfMarket: [[(developer: Developer, spending: [SharedSpending])]]
  let siblings: [[ChipIndex]]
  /// By chip: itself, and those of whose siblings it is one.
  let weaker: [[ChipIndex]]
  /// By cell: whether its supplier sells there at all.
  private let isMarketed: [Bool]
  /// By chip: what its rate in training follows from.
  private let trainers: [Trainer]

  /// What the rate of a chip in training follows from; the chip itself is large, and counted in and out.
  private struct Trainer {
    let peak: FlopPerSecond
    let stackEfficiency, speedOverLinks: Double
    let hasKnownLinks: Bool

    init(_ chip: Chip) {
      peak = chip.peak.bf16
      stackEfficiency = chip.stackEfficiency.value
      speedOverLinks = chip.speedOverLinks
      hasKnownLinks = chip.interconnect != nil
    }
  }

  init(_ blueprint: Blueprint) {
    parameters = Self.parameters(blueprint)
    ledger = CostLedger.parameters(blueprint)
    layout = blueprint.layout
    let layout = layout
    trainers = layout.chips.map(Trainer.init)
    labsOfMarket = layout.economy.markets.map { market in
      layout.developers.map { _, developer in
        let shares = developer.fleetShares.filter { market.owners.contains($0.owner) }
        return (
          developer, shares.flatMap { layout.economy.owners[$0.owner].spending(sharedBy: $0) }
        )
      }
    }
    isMarketed = layout.economy.markets.flatMap { market in
      layout.chipIndices.map { layout.isMarketed($0, in: market) }
    }
    // Stronger cuts of the same family, with the parent.
    siblings = layout.chipIndices.map { chip in
      guard let parent = layout.parentOfChip[chip] else { return [] }
      let family = layout.familyOfChip[chip]
      let cuts = layout.chipIndices.filter {
        $0 != chip && layout.familyOfChip[$0] == family && layout.chips[$0].variantOf != nil
          && layout.tpp[$0] > layout.tpp[chip]
      }
      return [parent] + cuts
    }
    let siblings = siblings
    weaker = layout.chipIndices.map { chip in
      layout.chipIndices.filter { $0 == chip || siblings[$0].contains(chip) }
    }
  }

  func advance(_ world: inout World, _ step: StepContext) {
    let rates = LedgerRates(ledger, world)
    if step.step == 0 { measurePerformance(in: &world, rates) }
    readPrices(in: &world, rates)
    decideSales(in: &world, at: step.step)
    for market in layout.marketIndices {
      learn(in: &world, market)
      weigh(in: &world, market)
    }
    if world.inquiry?.isAsked(in: step.step) == true { takeDown(in: &world) }
  }

  /// Rates of all chips, which change only by learning, and what stands around them.
  private func measurePerformance(in world: inout World, _ rates: LedgerRates) {
    let law = world.throughput
    let reference = layout.chips[layout.referenceChip]
    for chip in layout.chipIndices {
      let part = layout.chips[chip]
      let stack = layout.isDomestic[chip] ? world[parameters.domesticStack] : 1
      world.economy.offers.h100e[chip] = part.peak.bf16 / reference.peak.bf16
      world.economy.offers.watts[chip] = part.power?.value ?? reference.power?.value ?? 0
      world.economy.offers.serverWatts[chip] = rates.serverWatts(
        world.economy.offers.watts[chip], in: part.server)
      world.economy.offers.chipShare[chip] = rates.chipShareInFleets(part.server)
      world.economy.offers.bandwidth[chip] = part.memoryBandwidth.value
      world.economy.offers.decoding[chip] = law.decoding(part).value * stack
    }
    for market in layout.marketIndices {
      world.economy.offers.exposed[market] = exposedCommunication(in: market, world)
      measurePretraining(in: &world, market, hidden: 0)
    }
  }

  /// Share of time that a market's buyers expose to communication on the reference chip: that of the labs
  /// that use its chips, each counted by what its owners' chips there cost, and its share of them.
  private func exposedCommunication(in market: MarketIndex, _ world: borrowing World) -> Double {
    var (sum, weights) = (0.0, 0.0)
    for (developer, spending) in labsOfMarket[market.position] {
      let factor = world[developer.fleetFactor]
      let weight = spending.reduce(0) { $0 + $1.forLab(times: factor) }
      sum += weight * world.throughput.exposed[developer.parallelism]
      weights += weight
    }
    return weights > 0 ? sum / weights : world.throughput.exposed[.unknown]
  }

  private func measurePretraining(in world: inout World, _ market: MarketIndex, hidden: Double) {
    let law = world.throughput
    let exposed = world.economy.offers.exposed[market]
    for chip in layout.chipIndices {
      let stack = layout.isDomestic[chip] ? world[parameters.domesticStack] : 1
      let part = trainers[chip]
      // Links that nobody has published count as fast enough for the chip.
      let rate =
        part.hasKnownLinks
        ? law.pretraining(
          peak: part.peak, stackEfficiency: part.stackEfficiency,
          speedOverLinks: part.speedOverLinks, exposed: exposed, hidden: hidden
        ).value
        : part.peak.value * (part.stackEfficiency * law.mfu)
      let cell = layout.cell(market, chip)
      world.economy.offers.pretraining[cell] = rate * stack
      if hidden == 0 { world.economy.offers.pretrainingAtFirst[cell] = rate * stack }
    }
  }

  private func learn(in world: inout World, _ market: MarketIndex) {
    guard world[parameters.learning] > 0, world.economy.sales.waitsForLinks[market] else {
      return
    }
    world.economy.offers.yearsOfLearning[market] += yearsPerMonth
    world.economy.offers.forgetWorth(ofMarket: market, chips: layout.chipCount)
    let hidden = -expm1(-world[parameters.learning] * world.economy.offers.yearsOfLearning[market])
    measurePretraining(in: &world, market, hidden: hidden)
  }

  /// What chips cost this month: the dated price times what scarcity makes of it, of foreign suppliers that
  /// sell to others.
  private func readPrices(in world: inout World, _ rates: LedgerRates) {
    for row in world.economy.shelf.onSale.indices {
      let chip = world.economy.shelf.onSale[row]
      let prices = world.prices[chip]
      let index = layout.supplierOfChip[chip].map { world.economy.indices.prices[$0] } ?? 1
      let purchase = (prices.purchase?.value ?? 0) * index
      if world.economy.offers.price[chip] != purchase {
        if (purchase > 0) != (world.economy.offers.price[chip] > 0) {
          world.economy.offers.pricings += 1
        }
        world.economy.offers.price[chip] = purchase
        // Nobody chooses among chips that owners build for themselves, and a power costs as much as an offer.
        if layout.captiveTo[chip] == nil {
          world.economy.offers.thrift[chip] = thrift(of: chip, in: world, rates)
        }
      }
      let rent = prices.rent(orBy: world.prices[layout.referenceChip], byDollar: true)
      world.economy.offers.rent[chip] = (rent?.value ?? 0) * world.economy.indices.rents
    }
  }

  /// What each chip is worth in a market.
  private func weigh(in world: inout World, _ market: MarketIndex) {
    let (w, kappa) = (world[parameters.trainingWeight], world[parameters.sharpness])
    let reference = layout.referenceChip
    let preReference = world.economy.offers.pretraining[layout.cell(market, reference)]
    let decReference = world.economy.offers.decoding[reference]
    for row in world.economy.shelf.inMarkets.indices {
      let chip = world.economy.shelf.inMarkets[row]
      let cell = layout.cell(market, chip)
      guard isMarketed[cell], world.economy.offers.price[chip] > 0 else {
        world.economy.offers.weight[cell] = 0
        continue
      }
      if world.economy.offers.worth[cell] == 0 {
        let value =
          w * world.economy.offers.pretraining[cell] / preReference
          + (1 - w) * world.economy.offers.decoding[chip] / decReference
        world.economy.offers.worth[cell] = exp(kappa * log(value))
      }
      let told = world.economy.terms.sales[cell].discouraged * world[parameters.discouraged]
      world.economy.offers.weight[cell] =
        world.economy.offers.worth[cell] * world.economy.offers.thrift[chip] * (1 - told)
    }
  }

  /// Values per dollar are about 1e-3; scaled, their powers stay near 1.
  static let dollars = 1e3

  /// What a chip's price makes of its weight in every market.
  private func thrift(
    of chip: ChipIndex, in world: borrowing World, _ rates: LedgerRates
  ) -> Double {
    guard world.economy.offers.price[chip] > 0 else { return 0 }
    return exp(
      -world[parameters.sharpness] * log(monthlyCost(of: chip, in: world, rates) / Self.dollars))
  }

  /// What a bought chip costs for a month of use, US dollars.
  private func monthlyCost(
    of chip: ChipIndex, in world: borrowing World, _ rates: LedgerRates
  )
    -> Double
  {
    let price = USDollars(world.economy.offers.price[chip])
    let month = ChipHours(hoursPerMonth)
    let hardware = rates.writeOff(month, of: price)
    let energy = rates.energy(watts: world.economy.offers.watts[chip], hours: hoursPerMonth)
    return hardware * rates.clusterFactor + (energy * rates.energyPrice).value
  }
}

extension EconomyLayout {
  /// Whether a supplier sells a chip in a market: foreign ones everywhere, captive ones nowhere, and
  /// domestic ones at home and where imports of them are taken.
  fileprivate func isMarketed(_ chip: ChipIndex, in market: Market) -> Bool {
    guard familyOfChip[chip] != nil, captiveTo[chip] == nil else { return false }
    guard isDomestic[chip] else { return true }
    return market.location == economy.follower
      || economy.jurisdictions[market.location].importsDomesticChips
  }
}
