/// Who makes chips.
public struct Supplier: Hashable, Sendable {
  /// Its id in scenarios; the `vendor` of its chips.
  public let id: String
  /// What people call it; nil where the id says it.
  public let name: String?
  /// Where it has its seat: a place in ``Economy/jurisdictions``.
  public let jurisdiction: Int
  /// Whether its output follows from its own fabs, stocks and yields (``DomesticProduction``)
  /// instead of a history of capacity (``SupplierCapacity``).
  public let isDomestic: Bool
  /// Of the domestic industry's wafers, packages and buyers, the part that is its own, against the other
  /// domestic suppliers' figures; above 0.
  public let industryShare: Double

  /// Describes a supplier.
  public init(
    id: String, name: String? = nil, jurisdiction: Int, isDomestic: Bool, industryShare: Double = 1
  ) {
    self.id = id
    self.name = name
    self.jurisdiction = jurisdiction
    self.isDomestic = isDomestic
    self.industryShare = industryShare
  }
}

/// Silicon that several chips are cut from: what one of them does not use, the others get.
public struct DieFamily: Hashable, Sendable {
  /// Its id: the `die_family` of its chips.
  public let id: String
  /// Who makes it: a place in ``Economy/suppliers``.
  public let supplier: Int
  /// The only owner that gets its chips, where a company builds for itself.
  public let captiveTo: Int?
  /// Dies by calendar year, with 5% and 95% points; years that lie ahead are a roadmap. Empty for
  /// domestic suppliers.
  public let diesPerYear: [YearlyFigure]

  /// Describes a family.
  public init(id: String, supplier: Int, captiveTo: Int?, diesPerYear: [YearlyFigure]) {
    self.id = id
    self.supplier = supplier
    self.captiveTo = captiveTo
    self.diesPerYear = diesPerYear
  }
}
