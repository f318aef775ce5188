import Glibc
import Quantities
import Simulation
import Stochastics

/// Phase: the follower's own chip industry makes what buyers want, as far as dies, memory and packaging
/// allow (docs/ODD.md 7.6).
///
/// Reads `terms`, `shelf`, `prices` and last month's `sales` and `clearing`; writes `domestic`, and what is
/// made to `sales.unsold` and `sales.madeCumulative`.
///
///     units      = min(dies / dies per chip, stacks / stacks per chip, packages, demand)
///     d ln wafers   = (growth + pull x shortage of dies) x (1 - bite_L)^n_L (1 - bite_A)^n_A dt - wear dt
///     d ln packages = (growth + pull x shortage of packages) dt, and so home makers of memory
///
/// Wafers, packages and memory each grow faster the further they fall short of what buyers would take, with
/// the lag of an average over some months, and at the rate that each of them can. Rules on tools slow new
/// ones; rules on servicing wear out those that are there. Foreign dies come in until a foundry rule stops
/// them, and less the more the listing of the designer is enforced; foreign memory is bought for what is
/// planned and some months beyond, for more months once a rule is announced that will stop it. Designers
/// share wafers, packages and buyers by fixed shares; each makes a part for each kind of memory that it
/// has, that with its own memory first. Which limit binds is an output. Switched off, nothing is made at home.
struct DomesticProduction: Mechanism {
  static let id = MechanismID(rawValue: 11)
  static let name = "domestic_production"
  static let canBeSwitchedOff = true

  let layout: EconomyLayout
  let parameters: Parameters
  /// The domestic designers' places, the largest first.
  let designers: [Int]
  /// By supplier: its share of wafers, packages and buyers.
  let shares: [Double]
  /// By supplier: its parts with memory that it buys, and with its own, the oldest first.
  private let parts: [(bought: [ChipIndex], own: [ChipIndex])]
  /// By regime and step: share of the month's days on which a memory rule is announced and not in force yet.
  private let memoryNotice: [[Double]]

  init(_ blueprint: Blueprint) {
    parameters = Self.parameters(blueprint)
    layout = blueprint.layout
    let suppliers = layout.economy.suppliers
    let all = suppliers.reduce(0) { $1.isDomestic ? $0 + $1.industryShare : $0 }
    shares = suppliers.map { $0.isDomestic && all > 0 ? $0.industryShare / all : 0 }
    let shares = shares
    designers = suppliers.indices.filter { suppliers[$0].isDomestic }
      .sorted { shares[$0] > shares[$1] }
    parts = suppliers.indices.map { Self.parts(of: $0, blueprint.layout) }
    let follower = layout.economy.jurisdictions[layout.economy.follower].id
    memoryNotice = blueprint.regimes.map { regime in
      let rules = regime.rules.rules.filter { $0.barsMemory(from: follower) }
      return (0..<blueprint.monthCount).map { step in
        rules.reduce(DaySet.none) {
          $0.union($1.daysOfNotice(in: blueprint.start + step))
        }.share
      }
    }
  }

  /// A supplier's domestic parts, the oldest first and of one month the weakest: with memory that it buys, and
  /// with its own.
  private static func parts(
    of supplier: Int, _ layout: EconomyLayout
  ) -> (bought: [ChipIndex], own: [ChipIndex]) {
    let parts = layout.chipIndices.filter {
      layout.isDomestic[$0] && layout.supplierOfChip[$0] == supplier
    }.sorted {
      (layout.chips[$0].available?.index ?? .max, layout.tpp[$0])
        < (layout.chips[$1].available?.index ?? .max, layout.tpp[$1])
    }
    return (
      parts.filter { !layout.chips[$0].hasOwnMemory },
      parts.filter { layout.chips[$0].hasOwnMemory }
    )
  }

  func firstDifference(between first: Int, and second: Int) -> Int {
    zip(memoryNotice[first], memoryNotice[second]).enumerated()
      .first { $0.element.0 != $0.element.1 }?.offset ?? .max
  }

  func advance(_ world: inout World, _ step: StepContext) {
    guard let largest = designers.first else { return }
    if step.step == 0 { begin(&world) }
    seeDemand(in: &world)
    let yield = yield(in: world, step.step)
    makeDies(in: &world, yield: yield, step.step)
    takeInForeignDies(in: &world, of: largest, at: step.step)
    getMemory(in: &world, step.step, notice: memoryNotice[world.regime][step.step])
    produce(in: &world)
    invest(in: &world, yield: yield, step.step)
  }

  private func begin(_ world: inout World) {
    world.economy.domestic.wafers = world[parameters.wafers]
    world.economy.domestic.packages = world[parameters.packages]
    world.economy.domestic.demand = world[parameters.packages]
  }

  /// The part that a designer makes for a kind of memory: the latest on sale, the strongest of several.
  func part(
    of designer: Int, ownMemory: Bool, in world: borrowing World
  ) -> ChipIndex? {
    let candidates = ownMemory ? parts[designer].own : parts[designer].bought
    for chip in candidates.reversed() where world.economy.shelf.isOnSale[chip] { return chip }
    return nil
  }

  /// Foreign fabs were sent one design: the designer's first family.
  func takesForeignDies(_ chip: ChipIndex, of designer: Int) -> Bool {
    guard let first = parts[designer].bought.first ?? parts[designer].own.first else {
      return false
    }
    return layout.familyOfChip[first] == layout.familyOfChip[chip]
  }

  /// What buyers would take in a month: what they took, and what those had left who take substitutes.
  private func seeDemand(in world: inout World) {
    guard let part = leadingPart(in: world), let price = world.prices[part].purchase?.value
    else { return }
    var wanted = 0.0
    for market in layout.marketIndices {
      for chip in layout.chipIndices where layout.isDomestic[chip] {
        wanted += world.economy.sales.sold[layout.cell(market, chip)]
      }
      guard layout.isFollowerHome[market] else { continue }
      wanted += max(0, world.economy.clearing.left[market]) / price
    }
    let demand = world.economy.domestic.demand
    world.economy.domestic.demand += (wanted - demand) / world[parameters.demandMonths]
  }

  /// What the largest designer makes for the memory that anybody can buy, or else with its own.
  func leadingPart(in world: borrowing World) -> ChipIndex? {
    guard let largest = designers.first else { return nil }
    return part(of: largest, ownMemory: false, in: world)
      ?? part(of: largest, ownMemory: true, in: world)
  }

  private func yield(in world: borrowing World, _ step: Int) -> Double {
    let along = (Double(step) - world[parameters.yieldMiddle]) / world[parameters.yieldRise]
    let rise = 1 / (1 + exp(-along))
    return world[parameters.yieldStart]
      + (world[parameters.yieldEnd] - world[parameters.yieldStart]) * rise
  }

  /// Fabs make the dies that are planned to be packaged, and those of some months beyond, as far as wafers go;
  /// what is not wanted of them is for other customers.
  private func makeDies(in world: inout World, yield: Double, _ step: Int) {
    let planned = min(world.economy.domestic.demand, world.economy.domestic.packages)
    let months = 1 + world[parameters.dieCover]
    for designer in designers {
      let capacity = world.economy.domestic.wafers * world[parameters.diesPerWafer] * yield
      let use = plannedDies(
        for: planned * shares[designer], of: designer,
        ownStacks: ownMemory(of: designer, in: world, step), in: world)
      let foreign = world.economy.domestic.foreignDies[designer]
      let wanted =
        use.homeOnly * months + max(0, use.either * months - foreign)
        - world.economy.domestic.dies[designer]
      let made = min(capacity * shares[designer], max(0, wanted))
      world.economy.domestic.diesMade[designer] = made
      world.economy.domestic.dies[designer] += made
    }
  }

  /// The dies that a month's planned chips of a designer take: those that only home fabs make, and those that
  /// may be foreign ones. As many chips as there is memory for are planned with the designer's own.
  private func plannedDies(
    for chips: Double, of designer: Int, ownStacks: Double, in world: borrowing World
  ) -> (homeOnly: Double, either: Double) {
    var (left, homeOnly, either) = (chips, 0.0, 0.0)
    for ownMemory in [true, false] {
      guard let chip = part(of: designer, ownMemory: ownMemory, in: world) else { continue }
      let part = layout.chips[chip]
      let units = ownMemory ? min(left, part.units(within: ownStacks)) : left
      left -= units
      if takesForeignDies(chip, of: designer) {
        either += units * part.diesPerChip
      } else {
        homeOnly += units * part.diesPerChip
      }
    }
    return (homeOnly, either)
  }

  /// Foreign fabs work for the largest designer: it is whom rules and reports name.
  private func takeInForeignDies(in world: inout World, of designer: Int, at step: Int) {
    guard Double(step) >= world[parameters.leakFrom] else { return }
    let listed = world.economy.terms.measures.listedSuppliers[designer]
    let evading = 1 - world[parameters.enforcement] * listed
    world.economy.domestic.foreignDies[designer] +=
      world[parameters.leak] * evading
      * (1 - world[parameters.foundryEffect] * world.economy.terms.measures.foundry)
  }
}
