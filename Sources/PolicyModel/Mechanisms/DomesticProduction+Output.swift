import Glibc
import Simulation

// What the follower's industry makes in a month, and what it builds for months to come.

extension DomesticProduction {
  /// What a designer may use this month.
  private struct Room {
    var packages: Double
    var wanted: Double
    var stacks: Double
  }

  /// Makes chips, designer by designer, each within its share of packages, buyers and memory.
  func produce(in world: inout World) {
    world.economy.domestic.made.clear(to: 0)
    let unsold = layout.chipIndices.reduce(0) {
      layout.isDomestic[$1] ? $0 + world.economy.sales.unsold[$1] : $0
    }
    // A month's sales are kept in stock.
    let wanted = max(0, 2 * world.economy.domestic.demand - unsold)
    let (packages, stacks) = (world.economy.domestic.packages, world.economy.domestic.stacks)
    for designer in designers {
      let share = shares[designer]
      var room = Room(packages: packages * share, wanted: wanted * share, stacks: stacks * share)
      var most = 0.0
      // Memory of one's own comes month by month; what is in stock keeps.
      for ownMemory in [true, false] {
        guard let chip = part(of: designer, ownMemory: ownMemory, in: world) else { continue }
        let before = room.packages
        let limit = make(chip, of: designer, within: &room, in: &world)
        // Of two parts the one that there is more of tells what holds the designer back.
        guard designer == designers.first, before - room.packages >= most else { continue }
        most = before - room.packages
        world.economy.domestic.limit = limit
      }
    }
  }

  /// Makes as many of a part as the scarcest of what it takes allows; gives which that is.
  private func make(
    _ chip: ChipIndex, of designer: Int, within room: inout Room, in world: inout World
  ) -> DomesticIndustry.Limit {
    let part = layout.chips[chip]
    let takesForeign = takesForeignDies(chip, of: designer)
    let foreign = takesForeign ? world.economy.domestic.foreignDies[designer] : 0
    let byDies = (world.economy.domestic.dies[designer] + foreign) / part.diesPerChip
    let stacks = part.hasOwnMemory ? world.economy.domestic.ownStacks[designer] : room.stacks
    let byStacks = part.units(within: stacks)
    let units = min(byDies, byStacks, room.packages, room.wanted)
    let fromForeign = min(foreign, units * part.diesPerChip)
    world.economy.domestic.foreignDies.take(fromForeign, at: designer)
    world.economy.domestic.dies.take(units * part.diesPerChip - fromForeign, at: designer)
    if part.hasOwnMemory {
      world.economy.domestic.ownStacks.take(units * part.memoryStacks, at: designer)
    } else {
      room.stacks -= units * part.memoryStacks
      world.economy.domestic.stacks = max(
        0, world.economy.domestic.stacks - units * part.memoryStacks)
    }
    room.packages -= units
    room.wanted -= units
    world.economy.domestic.made[chip] += units
    world.economy.sales.unsold[chip] += units
    world.economy.sales.madeCumulative[chip] += units
    return units == byDies
      ? .dies : units == byStacks ? .memory : units < room.wanted + units ? .packaging : .demand
  }

  /// What falls short of what buyers would take grows faster.
  func invest(in world: inout World, yield: Double, _ step: Int) {
    guard let leading = leadingPart(in: world) else { return }
    let part = layout.trades[leading]
    let demand = world.economy.domestic.demand
    let foreignDies = world.economy.domestic.foreignDies.reduce(0, +)
    let dies =
      world.economy.domestic.wafers * world[parameters.diesPerWafer] * yield + foreignDies / 12
    growWafers(in: &world, shortage: shortage(of: dies, for: demand * part.diesPerChip))
    let packages =
      world[parameters.packagesGrowth] + world[parameters.packagesPull]
      * shortage(of: world.economy.domestic.packages, for: demand)
    world.economy.domestic.packages *= exp(packages * yearsPerMonth)
    growMemory(in: &world, demand: demand * part.memoryStacks, step)
  }

  /// Share of what is wanted that is not there.
  private func shortage(of supply: Double, for wanted: Double) -> Double {
    wanted > 0 ? max(0, 1 - supply / wanted) : 0
  }

  private func growWafers(in world: inout World, shortage: Double) {
    let left =
      pow(1 - world[parameters.leaderBite], world.economy.terms.measures.leaderTools)
      * pow(1 - world[parameters.alliedBite], world.economy.terms.measures.alliedTools)
    let unserviced = min(
      1,
      world[parameters.leaderServicing] * world.economy.terms.measures.leaderServicing
        + world[parameters.alliedServicing] * world.economy.terms.measures.alliedServicing)
    let rate =
      (world[parameters.growth] + world[parameters.pull] * shortage) * left
      - world[parameters.wear] * unserviced
    world.economy.domestic.wafers *= exp(rate * yearsPerMonth)
  }

  private func growMemory(in world: inout World, demand: Double, _ step: Int) {
    let (home, own) = (homeMemory(in: world, step), ownMemory(in: world, step))
    let supply =
      home + own + world.economy.domestic.stacksBought + world.economy.domestic.stacks / 12
    let rate =
      world[parameters.memoryGrowth] + world[parameters.memoryPull]
      * shortage(of: supply, for: demand)
    let growth = exp(rate * yearsPerMonth)
    if home > 0 { world.economy.domestic.homeMemoryGrown *= growth }
    if own > 0 { world.economy.domestic.ownMemoryGrown *= growth }
  }
}

extension DomesticProduction {
  private static func figure(
    _ name: String, _ unit: String, _ definition: String, isHeadline: Bool = false,
    _ value: @escaping @Sendable (borrowing DomesticIndustry) -> Double
  ) -> MetricDeclaration {
    MetricDeclaration(
      metric: Metric(
        name: name, unit: unit, definition: "The follower's own industry: " + definition),
      entity: .world, occasion: .everyMonth, isHeadline: isHeadline,
      value: { world, _, _ in value(world.economy.domestic) })
  }

  static let metrics: [MetricDeclaration] =
    [
      figure(
        "domestic_chips_made", "chips_per_month", "chips that it made in the month.",
        isHeadline: true
      ) { $0.chipsMade },
      figure(
        "domestic_chips_wanted", "chips_per_month",
        "chips that buyers would take in a month, averaged over some months."
      ) { $0.demand },
      figure("domestic_wafers", "wafers_per_month", "wafers that it can start in the next month.") {
        $0.wafers
      },
      figure("domestic_packages", "chips_per_month", "chips that it can package in the next month.")
      {
        $0.packages
      },
      figure(
        "domestic_dies_unused", "dies",
        "dies that it has and has not packaged yet, foreign ones too."
      ) { $0.dies.reduce(0, +) + $0.foreignDies.reduce(0, +) },
      figure(
        "domestic_memory_unused", "stacks",
        "stacks of memory that it has and has not used yet, designers' own too."
      ) { $0.stacks + $0.ownStacks.reduce(0, +) },
      figure(
        "domestic_memory_bought", "stacks_per_month",
        "foreign stacks of memory bought in the month."
      ) { $0.stacksBought },
    ]
    + [
      (DomesticIndustry.Limit.dies, "dies"), (.memory, "memory"), (.packaging, "packaging"),
      (.demand, "demand"),
    ].map { limit, name in
      MetricDeclaration(
        metric: Metric(
          name: "domestic_limit_\(name)_share", unit: "1",
          definition:
            "1 in months in which \(name) held the largest domestic designer back, else 0: "
            + "its mean is the share of replicates."),
        entity: .world, occasion: .everyMonth,
        value: { world, _, _ in world.economy.domestic.limit == limit ? 1 : 0 })
    }
}

extension Cells<Double> {
  /// Takes something out of a stock, of which rounding leaves no less than nothing.
  fileprivate mutating func take(_ amount: Double, at place: Int) {
    self[place] = Swift.max(0, self[place] - amount)
  }
}

extension Chip {
  /// For how many of it so much memory is enough.
  func units(within stacks: Double) -> Double {
    memoryStacks > 0 ? stacks / memoryStacks : .infinity
  }
}
