import Foundation
import Quantities

/// How the model spreads yearly figures over months; see SupplierCapacity and SpendingPlans.
enum ModelCurves {
  /// The first month of the reference world.
  static let start = Month(index: 2022 * 12 + 9)

  /// Share of a year's dies that can be sold within it: what is made before the first sale ages in
  /// stock, and what is made before the first month of the world is not there.
  static func sellable(
    _ shares: [Double], year: Int, firstSale: Month, keptPerMonth: Double
  ) -> Double {
    shares.enumerated().reduce(0) { sum, share in
      let month = Month(index: year * 12 + share.offset)
      guard month >= start else { return sum }
      return sum + share.element * pow(keptPerMonth, Double(max(0, firstSale - month)))
    }
  }

  /// What is spent in a month by figures for the years' middles: straight lines between their logs.
  static func spending(_ figures: [Double], from first: Int, in month: Month) -> Double {
    let time = Double(month.index) / 12 + 1.0 / 24 - Double(first) - 0.5
    guard time > 0 else { return figures[0] / 12 }
    let place = Int(time)
    guard place + 1 < figures.count else { return figures[figures.count - 1] / 12 }
    let share = time - Double(place)
    return exp(log(figures[place]) * (1 - share) + log(figures[place + 1]) * share) / 12
  }

  /// Yearly figures from 2022 on under which the last quarter of 2022 and each later year add up to what was
  /// spent; one more follows by the growth that is given.
  static func figures(spent: [Double], growth: Double) -> [Double] {
    var figures = [spent[0] * 4] + spent.dropFirst()
    figures.append(figures[figures.count - 1] * growth)
    for _ in 0..<2000 {
      for (place, seen) in spent.enumerated() {
        let months = place == 0 ? 9...11 : 0...11
        let sum = months.reduce(0) {
          $0 + spending(figures, from: 2022, in: Month(index: (2022 + place) * 12 + $1))
        }
        figures[place] *= pow(seen / sum, 0.5)
      }
      figures[spent.count] = spent[spent.count - 1] * growth
    }
    return figures
  }
}
