// How a round spreads what is left over offers, and hands over what there is.

extension Clearing {
  /// One round: what is left is spread over offers, and served as far as there is supply.
  ///
  /// - Parameters:
  ///   - accepts: share of the money aimed at barred chips that buyers spend on others.
  ///   - caps: those in force.
  ///   - inquiry: takes down what becomes of the chip that somebody asks of.
  mutating func spend(
    isFirst: Bool, accepts: Double, caps: [CapInForce], inquiry: inout SaleInquiry?
  ) {
    guard isFirst || left.indices.contains(where: { left[$0] > Self.change }) else { return }
    for family in demands.indices { demands[family] = FamilyDemand() }
    forgetWants()
    for market in markets { aim(market, isFirst: isFirst, accepts: accepts) }
    inquiry?.noteWanted(self)
    limit(by: caps)
    inquiry?.noteAllowed(self)
    for market in markets where !isDone[market] { addUpDemand(of: market, isFirst: isFirst) }
    rationFamilies()
    rationParts()
    rationDomestic()
    rationRent()
    for market in markets where !isDone[market] { serve(market) }
    inquiry?.noteServed(self)
    count(under: caps)
    takeFromStock()
  }

  /// Spreads a market's money over its offers: units wanted.
  private mutating func aim(_ market: MarketIndex, isFirst: Bool, accepts: Double) {
    rentAimed[market] = 0
    guard isFirst || left[market] > Self.change else { return finish(market) }
    let total = weigh(market, isFirst: isFirst)
    let row = rows[market].places
    let money = total > 0 && left[market] > Self.change ? left[market] / total : 0
    guard isFirst else {
      for place in row { offers[place].wanted *= money / offers[place].price }
      return
    }
    rentAimed[market] = money * rentWeight[market]
    barred[market] = aimFirst(market, money: money)
    insisting[market] = barred[market] * (1 - accepts * (1 - kept[market]))
    let open = max(0, left[market] - rentAimed[market] - barred[market])
    let substitutes = barred[market] - insisting[market]
    orderFactor[market] = open > Self.change ? 1 + substitutes / open : 1
    left[market] -= insisting[market]
  }

  /// Begins a round in which nobody wants anything yet. Who was done in the round before wanted nothing in it.
  private mutating func forgetWants() {
    for market in markets where !isDone[market] {
      let first = place(market, 0)
      for place in first..<(first + demands.count) { wants[place] = FamilyDemand() }
    }
  }

  /// Takes a market out of the rounds.
  private mutating func finish(_ market: MarketIndex) {
    guard !isDone[market] else { return }
    isDone[market] = true
    for place in rows[market].places {
      offers[place].wanted = 0
      offers[place].served = 0
    }
  }

  /// How much each offer counts in a round, as far as there is anything left of it; barred parts of the
  /// catalogue count at first. Gives what all of them come to, with renting.
  private mutating func weigh(_ market: MarketIndex, isFirst: Bool) -> Double {
    var total = isFirst ? rentWeight[market] : 0
    for place in rows[market].places {
      let chip = offers[place].chip
      let isThere =
        if let family = trades[chip].family { isFirst || !isSoldOut[family] } else {
          unsold[chip] > Self.crumb
        }
      let weight = isFirst ? offers[place].firstWeight : offers[place].laterWeight
      offers[place].wanted = isThere ? weight : 0
      total += offers[place].wanted
    }
    return total
  }

  /// Spreads money over the offers of the first round; gives what was aimed at barred chips.
  private mutating func aimFirst(_ market: MarketIndex, money: Double) -> Double {
    var aimedAtBarred = 0.0
    for place in rows[market].places {
      let (price, buyable) = (offers[place].price, offers[place].buyableFirst)
      let aimed = money * offers[place].wanted
      offers[place].wanted = aimed * buyable / price
      guard buyable < 1, aimed > 0 else { continue }
      let barred = aimed * (1 - buyable)
      aimedAtBarred += barred
      offers[place].refused = barred / price
      refused[market] += barred / price
      refusedH100e[market] += barred / price * trades[offers[place].chip].h100e
    }
    return aimedAtBarred
  }

  /// Adds what a market wants to what is wanted of each family, and at first to what is ordered.
  private mutating func addUpDemand(of market: MarketIndex, isFirst: Bool) {
    let ordersEach = isFirst ? orderFactor[market] : 0
    for row in rows[market].places where offers[row].wanted > 0 {
      let (units, price) = (offers[row].wanted, offers[row].price)
      let trade = trades[offers[row].chip]
      guard let family = trade.family else { continue }
      let (dies, stacks) = (units * trade.diesPerChip, units * trade.memoryStacks)
      let place = place(market, family)
      wants[place].dies += dies
      wants[place].units += units
      wants[place].stacks += stacks
      demands[family].dies += dies
      demands[family].units += units
      demands[family].stacks += stacks
      ordered[family] += dies * ordersEach
      orderedValue[family] += units * price * ordersEach
    }
  }

  private mutating func rationRent() {
    guard figures.monthlyRent > 0 else { return }
    let asked = rentAimed.reduce(0, +) / figures.monthlyRent
    let share = asked > figures.rentable ? figures.rentable / asked : 1
    for market in markets where rentAimed[market] > 0 {
      let chips = rentAimed[market] / figures.monthlyRent * share
      rented[market] += chips
      left[market] -= chips * figures.monthlyRent
    }
    figures.rentable = max(0, figures.rentable - asked * share)
  }

  /// Hands over what a market wanted and was rationed to.
  private mutating func serve(_ market: MarketIndex) {
    var spent = 0.0
    for place in rows[market].places {
      let trade = trades[offers[place].chip]
      let units = offers[place].wanted * (trade.family.map { served(market, $0) } ?? 1)
      offers[place].served = units
      offers[place].sold += units
      spent += units * offers[place].price
    }
    left[market] -= spent
  }

  /// Takes what was handed over out of what there was.
  private mutating func takeFromStock() {
    for family in dies.indices {
      let taken = served[family].dies * partShare[supplierOfFamily[family]]
      dies[family] = max(0, dies[family] - taken)
    }
    for row in domesticPlaces.indices {
      let place = domesticPlaces[row]
      let (chip, units) = (offers[place].chip, offers[place].wanted)
      unsold[chip] = max(0, unsold[chip] - units)
      if !isAtHome[offers[place].market] { exportable[chip] = max(0, exportable[chip] - units) }
    }
  }
}
