import Testing

@testable import PolicyModel

@Suite("The layout of the ledger")
struct LedgerLayoutTests {
  @Test("stages and categories stand where allCases has them")
  func positions() {
    #expect(Stage.allCases.map(\.index) == Array(Stage.allCases.indices))
    #expect(CostCategory.allCases.map(\.index) == Array(CostCategory.allCases.indices))
  }
}
