import Testing

@testable import PolicyModel

/// Terms that are held once say what each of them says.
@Suite struct SaleTermsTableTests {
  private static let terms: [SaleTerms] = {
    var taxed = SaleTerms.free
    taxed.duty = 0.25
    return [.free, SaleTerms(), taxed, .free, SaleTerms(), SaleTerms(refused: .all), taxed]
  }()

  @Test func eachCellHasItsOwn() {
    let table = SaleTermsTable(Self.terms)
    #expect(Array(table) == Self.terms && table.count == 7)
    for place in Self.terms.indices {
      #expect(table[Cell(position: place)] == Self.terms[place])
    }
    #expect(SaleTermsTable([]).isEmpty)
  }

  /// Months are held to each other by their tables.
  @Test func tablesAreTheSameWhereAllTermsAre() {
    let table = SaleTermsTable(Self.terms)
    #expect(table == SaleTermsTable(Self.terms))
    for place in Self.terms.indices {
      var other = Self.terms
      other[place].discouraged = 0.5
      #expect(table != SaleTermsTable(other))
    }
    #expect(table != SaleTermsTable(Self.terms.reversed()))
  }
}
