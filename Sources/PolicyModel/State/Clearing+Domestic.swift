// How the follower's own chips are sold: at home before anything else, and then to others.

extension Clearing {
  /// Sells the follower's own chips at home before anything else.
  ///
  /// - Parameters:
  ///   - chips: these chips, best first.
  ///   - share: of the money at home that goes to them first.
  ///   - intended: US dollars that each market means to spend.
  mutating func buyDomesticFirst(
    _ chips: [ChipIndex], share: Double, intended: borrowing Cells<Double>
  ) {
    for chip in chips where unsold[chip] > Self.crumb {
      var (home, money, price) = (0.0, 0.0, 0.0)
      for row in domesticPlaces.indices where isSoldAtHome(domesticPlaces[row], chip) {
        let place = domesticPlaces[row]
        let all = intended[offers[place].market]
        home += all
        money += max(0, all * share - (all - left[offers[place].market]))
        price = offers[place].price
      }
      guard home > 0 else { continue }
      let units = min(unsold[chip], money / price)
      for row in domesticPlaces.indices where isSoldAtHome(domesticPlaces[row], chip) {
        let place = domesticPlaces[row]
        let market = offers[place].market
        let part = units * intended[market] / home
        offers[place].sold += part
        left[market] -= part * price
      }
      unsold[chip] = max(0, unsold[chip] - units)
    }
  }

  private func isSoldAtHome(_ place: Int, _ chip: ChipIndex) -> Bool {
    offers[place].chip == chip && isAtHome[offers[place].market]
  }

  /// The follower's own chips: at home first, then abroad up to what may be exported.
  mutating func rationDomestic() {
    for row in domesticPlaces.indices {
      let place = domesticPlaces[row]
      atHome[offers[place].chip] = 0
      abroad[offers[place].chip] = 0
    }
    for row in domesticPlaces.indices {
      let place = domesticPlaces[row]
      if isAtHome[offers[place].market] {
        atHome[offers[place].chip] += offers[place].wanted
      } else {
        abroad[offers[place].chip] += offers[place].wanted
      }
    }
    for row in domesticPlaces.indices {
      let place = domesticPlaces[row]
      let chip = offers[place].chip
      let atHomeServed = min(atHome[chip], unsold[chip])
      if isAtHome[offers[place].market] {
        offers[place].wanted *= atHome[chip] > unsold[chip] ? unsold[chip] / atHome[chip] : 1
      } else {
        let limit = min(max(0, unsold[chip] - atHomeServed), exportable[chip])
        offers[place].wanted *= abroad[chip] > limit ? limit / abroad[chip] : 1
      }
    }
  }
}
