/// What owners held when October 2022 began: A100s bought since January, without the last quarter's.
struct OpeningFit {
  let fits: [Fit]

  init(_ observations: Observations, _ dies: DieFit) throws {
    var fits: [Fit] = []
    let late = dies.shares("GA100", 2022)[9...].reduce(0, +)
    for owner in ["microsoft", "meta", "amazon", "google", "oracle"] {
      let mix = ChipMix(of: try observations.holding(owner, "nvidia", 2022), in: 2022)
      fits.append(Fit(name: "opening.\(owner).a100_80", value: mix.older * (1 - late)))
    }
    let others = ChipMix(of: try observations.holding("others", "nvidia", 2022), in: 2022)
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
