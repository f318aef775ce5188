import Testing

@testable import PolicyModel

@Suite struct ClearingTests {
  /// Less than a cent is what rounding leaves of billions.
  @Test(arguments: [
    (0, 0), (0.0099, 0), (0.01, 0), (-1e-6, 0), (-5, 0), (0.0101, 0.0101), (1, 1), (2e9, 2e9),
  ])
  func unmetDemandBelowACentIsNone(left: Double, unmet: Double) {
    #expect(Clearing.withoutChange(left) == unmet)
  }
}
