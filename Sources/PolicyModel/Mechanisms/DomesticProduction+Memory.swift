import Simulation

// The memory of the follower's industry: made at home, by designers for themselves, and bought.

extension DomesticProduction {
  /// Stacks that home makers of memory make in a month for anybody.
  func homeMemory(in world: borrowing World, _ step: Int) -> Double {
    Double(step) >= world[parameters.homeFrom]
      ? world[parameters.homeStacks] * world.economy.domestic.homeMemoryGrown : 0
  }

  /// Stacks that designers make in a month for themselves; none before they have a part that takes them.
  func ownMemory(in world: borrowing World, _ step: Int) -> Double {
    guard Double(step) >= world[parameters.ownFrom],
      designers.contains(where: { part(of: $0, ownMemory: true, in: world) != nil })
    else { return 0 }
    return world[parameters.ownStacks] * world.economy.domestic.ownMemoryGrown
  }

  /// A designer's part of them, by its share among those that have such a part.
  func ownMemory(of designer: Int, in world: borrowing World, _ step: Int) -> Double {
    guard part(of: designer, ownMemory: true, in: world) != nil else { return 0 }
    let all = designers.reduce(0) {
      part(of: $1, ownMemory: true, in: world) == nil ? $0 : $0 + shares[$1]
    }
    return ownMemory(in: world, step) * shares[designer] / all
  }

  func getMemory(in world: inout World, _ step: Int, notice: Double) {
    world.economy.domestic.stacks += homeMemory(in: world, step)
    for designer in designers {
      world.economy.domestic.ownStacks[designer] += ownMemory(of: designer, in: world, step)
    }
    buyMemory(in: &world, notice: notice)
  }

  /// Foreign memory is bought until there is enough for some months of what is planned.
  private func buyMemory(in world: inout World, notice: Double) {
    world.economy.domestic.stacksBought = 0
    guard let part = leadingPart(in: world) else { return }
    let stacks = layout.chips[part].hasOwnMemory ? 0 : layout.chips[part].memoryStacks
    let use = min(world.economy.domestic.demand, world.economy.domestic.packages) * stacks
    let months =
      world[parameters.cover] + notice * (world[parameters.stockpile] - world[parameters.cover])
    let wanted = max(0, use * (1 + months) - world.economy.domestic.stacks)
    let offered =
      world[parameters.stacks] * (1 + notice * (world[parameters.surge] - 1))
      * (1 - world[parameters.memoryEffect] * world.economy.terms.measures.memory)
    let bought = min(wanted, offered)
    world.economy.domestic.stacksBought = bought
    world.economy.domestic.stacks += bought
  }
}
