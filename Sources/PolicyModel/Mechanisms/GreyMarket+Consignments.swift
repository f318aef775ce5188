import Glibc
import Quantities
import Simulation
import Stochastics

// What a month's consignments are made of, and what becomes of them.

extension GreyMarket {
  /// Sends the consignments of a month, and settles what became of them.
  func ship(mean: Double, money: Double, _ world: inout World, _ step: StepContext) {
    let mix = mix(&world)
    guard mix.available > 0 else { return }
    var arrivals = step.replicate.stream(Self.id, agent: agent, step: step.step)
    let count = arrivals.poisson(mean: mean)
    guard count > 0 else { return }
    var available = mix.available
    var affordable = money / (mix.price * world.economy.grey.multiple)
    let isSeizedBelow = seizure(world)
    let mu = log(world[parameters.size])
    let (sigma, again) = (world[parameters.spread], world[parameters.reattempted])
    for draw in 1...count {
      var stream = step.replicate.stream(Self.id, agent: agent, step: step.step, draw: draw)
      let (first, second) = (stream.uniform(), stream.uniform())
      let wanted = stream.lognormal(mu: mu, sigma: sigma)
      let sent = min(wanted, available, affordable)
      guard sent > 0 else { break }
      let trip = Consignment(
        sent: sent, isSeized: first < isSeizedBelow, isSeizedAgain: second < isSeizedBelow,
        reattempted: again, available: available)
      world.economy.grey.add(trip)
      available -= trip.taken
      affordable -= trip.delivered
      tell(trip, &world)
    }
    settle(money: money, &world)
  }

  /// What a month's consignments are made of: notes each chip's share; gives how many chips there are at
  /// most, and the price of their mean. A chip counts by what can be diverted of it, and by what it is worth
  /// to buyers at home for a dollar.
  private func mix(_ world: inout World) -> (available: Double, price: Double) {
    var (sum, price, most) = (0.0, 0.0, Double.infinity)
    for chip in wares {
      measureDivertible(chip, in: &world)
      let weight =
        world.economy.grey.available[chip]
        * world.economy.offers.weight[layout.cell(layout.homeMarket, chip)]
      world.economy.grey.share[chip] = weight
      sum += weight
    }
    guard sum > 0 else { return (0, 0) }
    for chip in wares where world.economy.grey.share[chip] > 0 {
      world.economy.grey.share[chip] /= sum
      price += world.economy.grey.share[chip] * world.economy.offers.price[chip]
      most = min(most, world.economy.grey.available[chip] / world.economy.grey.share[chip])
    }
    return (most, price)
  }

  /// Chips leave the places they were sold to, buyers pay, and what arrives is on its way to the pool.
  private func settle(money: Double, _ world: inout World) {
    let taken = world.economy.grey.delivered + world.economy.grey.seized
    guard taken > 0 else { return }
    var (value, delivered) = (0.0, 0.0)
    for chip in wares where world.economy.grey.share[chip] > 0 {
      let price = world.economy.offers.price[chip]
      let units = taken * world.economy.grey.share[chip]
      take(units, of: chip, price: price, &world)
      value += units * price
      let arrived = world.economy.grey.delivered * world.economy.grey.share[chip]
      world.economy.grey.arrived[chip] = arrived
      world.economy.grey.seizedOfChip[chip] += units - arrived
      delivered += arrived * price
      world.economy.grey.deliveredH100eCumulative += arrived * world.economy.offers.h100e[chip]
    }
    let paid = delivered * world.economy.grey.multiple
    world.economy.grey.paid = paid
    world.economy.grey.premium = paid - value
    for buyer in buyers {
      let market = layout.marketOfOwner[buyer]
      let part = paid * world.economy.grey.offered[buyer] / money
      world.economy.sales.unmet[market] = Clearing.withoutChange(
        world.economy.sales.unmet[market] - part)
      world.economy.grey.paidByMarket[market] += part
      world.economy.grey.paidByOwner[buyer] = part
      world.economy.purses.spent[buyer] += part
    }
  }

  /// Takes chips from those who bought them this month, in proportion to what can be diverted from each.
  private func take(_ units: Double, of chip: ChipIndex, price: Double, _ world: inout World) {
    let all = world.economy.grey.divertible[chip]
    for source in sources {
      let market = source.market
      let cell = layout.cell(market, chip)
      let part = units * world.economy.sales.sold[cell] * world.economy.grey.ease[market] / all
      guard part > 0 else { continue }
      world.economy.grey.takenFrom[cell] += part
      world.economy.sales.bought[market] -= world.economy.offers.unit(chip, cell: cell) * part
      for owner in layout.economy.markets[market].owners {
        world.economy.purses.resold[owner] += part * price * world.economy.sales.claim[owner]
      }
    }
  }

  /// How likely a consignment is to be seized: the mean over where its chips come from.
  private func seizure(_ world: borrowing World) -> Double {
    var (sum, all) = (0.0, 0.0)
    for chip in wares where world.economy.grey.share[chip] > 0 {
      let total = world.economy.grey.divertible[chip]
      for source in sources {
        let part =
          world.economy.grey.share[chip]
          * world.economy.sales.sold[layout.cell(source.market, chip)]
          * world.economy.grey.ease[source.market] / total
        sum += part * world.economy.grey.seizure[source.market]
        all += part
      }
    }
    return all > 0 ? sum / all : 0
  }

  /// How much of a chip is barred at home, by the month's days and the money of each market there.
  private func barredShare(_ chip: ChipIndex, _ world: borrowing World) -> Double {
    var (barred, all) = (0.0, 0.0)
    for owner in buyers {
      let cell = layout.cell(layout.marketOfOwner[owner], chip)
      let money = world.economy.grey.offered[owner]
      barred += money * (1 - world.economy.offers.sellable[cell])
      all += money
    }
    return all > 0 ? barred / all : 0
  }

  /// Notes how many of a chip can be diverted of the month's sales: each market's as easily as they are diverted.
  private func measureDivertible(_ chip: ChipIndex, in world: inout World) {
    world.economy.grey.divertible[chip] = 0
    world.economy.grey.available[chip] = 0
    let share = world[parameters.divertible] * barredShare(chip, world)
    guard share != 0 else { return }
    var sum = 0.0
    for source in sources {
      sum +=
        world.economy.sales.sold[layout.cell(source.market, chip)]
        * world.economy.grey.ease[source.market]
    }
    world.economy.grey.divertible[chip] = sum
    world.economy.grey.available[chip] = share * sum
  }

  private func tell(_ trip: Consignment, _ world: inout World) {
    guard world.story != nil, trip.seized > 0 else { return }
    world.story?.tell(
      world.month, .seizure, of: followerName,
      "\(wholeText(trip.seized)) chips bound for it are seized")
  }
}
