/// The caps of all regimes, each with its place in the state: what is counted under a cap is counted on
/// where a regime goes on from what it has in common with another.
struct CapTable: Sendable {
  /// The caps, each once.
  let caps: [CapOnSales]
  private let places: [CapOnSales: Int]

  /// Every cap that clauses of these books can come to in a world.
  init(of books: [RuleBook], in layout: EconomyLayout) {
    let economy = layout.economy
    let all = books.flatMap { book in
      let addresses = economy.markets.flatMap {
        MarketAddress.parts(of: $0, under: book, in: economy).map(\.address)
      }
      return book.rules.flatMap { rule in
        addresses.flatMap { address in
          rule.review.flatMap { address.caps(under: $0, of: rule) } + address.placeCaps(of: rule)
        }
      }
    }
    var places: [CapOnSales: Int] = [:]
    for cap in all where places[cap] == nil { places[cap] = places.count }
    self.places = places
    caps = places.sorted { $0.value < $1.value }.map(\.key)
  }

  /// Where a cap stands; nil for one of no regime.
  func place(of cap: CapOnSales) -> Int? { places[cap] }
}
