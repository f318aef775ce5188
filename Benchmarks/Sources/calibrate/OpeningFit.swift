/// What owners held when October 2022 began: A100s bought since January, without the last quarter's.
struct OpeningFit {
  let fits: [Fit]

  init(_ observations: Observations, _ dies: DieFit) throws {
    var fits: [Fit] = []
    let late = dies.shares("GA100", 2022)[9...].reduce(0, +)
    for owner in ["microsoft", "meta", "amazon", "google", "oracle"] {
      let mix = NVIDIAMix(of: try observations.holding(owner, "nvidia", 2022), in: 2022)
      fits.append(Fit(name: "opening.\(owner).a100_80", value: mix.older * (1 - late)))
    }
    let others = NVIDIAMix(of: try observations.holding("others", "nvidia", 2022), in: 2022)
    for owner in MoneyFit.pooled {
      let share = try observations.judged("pool.2022.\(owner)")
      guard share > 0 else { continue }
      fits.append(
        Fit(name: "opening.\(owner).a100_80", value: others.older * share * (1 - late)))
    }
    let china = try observations.judged("china.a100_bought_before_october_2022")
    for owner in ["high-flyer", "alibaba", "bytedance", "tencent", "cn-other"] {
      let share = try observations.judged("china.opening_share.\(owner)")
      fits.append(Fit(name: "opening.\(owner).a100_80", value: china * share))
    }
    fits.append(
      Fit(name: "opening.google.tpu_v4", value: try observations.judged("tpu.opening")))
    self.fits = fits
  }
}

/// Which two chips an owner's units of a year are, from their number and their H100e.
struct NVIDIAMix {
  /// A100s until 2023, H100s in 2024.
  let older: Double
  /// H100s until 2023, GB200s in 2024.
  let newer: Double

  /// 8-bit peaks over the H100's, by which the source counts.
  private static let a100 = 624.0 / 1979
  private static let gb200 = 5000.0 / 1979

  init(of holding: Holding, in year: Int) {
    let (low, high) = year < 2024 ? (Self.a100, 1) : (1, Self.gb200)
    newer = (holding.h100e - low * holding.units) / (high - low)
    older = holding.units - newer
  }
}
