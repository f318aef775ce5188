// What caps leave of what is wanted, and what is sold under them.

extension Clearing {
  /// A cap serves all that is wanted under it in proportion; what several are on gets what the tightest leaves.
  mutating func limit(by caps: [CapInForce]) {
    var isAnyTight = false
    for cap in caps {
      var wanted = 0.0
      for count in cap.counts where placeOfOffer[count.cell] >= 0 {
        let offer = placeOfOffer[count.cell]
        wanted += counted(offers[offer].wanted, of: offers[offer].chip, as: count, under: cap)
      }
      guard wanted > capLeft[cap.place] else { continue }
      isAnyTight = true
      let part = capLeft[cap.place] / wanted
      for count in cap.counts where placeOfOffer[count.cell] >= 0 {
        let place = placeOfOffer[count.cell]
        // What does not count is not cut.
        let allowed = count.share < 1 ? 1 - count.share * (1 - part) : part
        offers[place].allowed = min(offers[place].allowed, allowed)
      }
    }
    guard isAnyTight else { return }
    for cap in caps {
      for count in cap.counts where placeOfOffer[count.cell] >= 0 {
        offers[placeOfOffer[count.cell]].wanted *= offers[placeOfOffer[count.cell]].allowed
        offers[placeOfOffer[count.cell]].allowed = 1
      }
    }
  }

  /// Counts what was handed over in a round.
  mutating func count(under caps: [CapInForce]) {
    for cap in caps {
      var served = 0.0
      for count in cap.counts where placeOfOffer[count.cell] >= 0 {
        let offer = placeOfOffer[count.cell]
        served += counted(offers[offer].served, of: offers[offer].chip, as: count, under: cap)
      }
      capLeft[cap.place] = max(0, capLeft[cap.place] - served)
    }
  }

  /// What the month's sales have come to under a cap, in units or TPP as it counts.
  func sold(under cap: CapInForce) -> Double {
    cap.counts.reduce(0) { sum, count in
      let offer = placeOfOffer[count.cell]
      guard offer >= 0 else { return sum }
      return sum + counted(offers[offer].sold, of: offers[offer].chip, as: count, under: cap)
    }
  }

  private func counted(
    _ units: Double, of chip: ChipIndex, as count: CapInForce.Count, under cap: CapInForce
  ) -> Double {
    let weight = cap.cap.measure == .units ? 1 : trades[chip].tpp
    return units * count.share * weight
  }
}
