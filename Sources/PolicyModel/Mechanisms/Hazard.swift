import Glibc

/// The probability that something with an annual hazard happens within a month.
func monthlyProbability(ofAnnualHazard rate: Double) -> Double { -expm1(-rate * yearsPerMonth) }

/// A switch that turns on and off at annual rates: one uniform a month, through which a higher rate
/// can only turn it sooner.
func switched(
  _ isOn: Bool, onRate: Double, offRate: Double, uniform: Double
) -> Bool {
  isOn
    ? uniform < 1 - monthlyProbability(ofAnnualHazard: offRate)
    : uniform < monthlyProbability(ofAnnualHazard: onRate)
}
