/// Which two sorts of chip an owner's units of a year are, from their number and their H100e.
struct ChipMix {
  /// A100s until 2023, H100s and their kin from 2024 on.
  let older: Double
  /// H100s until 2023, GB200s and their kin from 2024 on.
  let newer: Double

  /// 8-bit peaks over the H100's, by which the source counts.
  private static let a100 = 624.0 / 1979
  private static let gb200 = 5000.0 / 1979

  init(older: Double, newer: Double) { (self.older, self.newer) = (older, newer) }

  init(of holding: Holding, in year: Int) {
    let (low, high) = year < 2024 ? (Self.a100, 1) : (1, Self.gb200)
    newer = (holding.h100e - low * holding.units) / (high - low)
    older = holding.units - newer
  }
}
