import Glibc
import Simulation
import Stochastics

/// The one mechanism of the workload: what happens to every lab in a quarter.
///
/// A lab's algorithms improve, its budget grows, chips arrive in lots as far as it can pay for them,
/// some are retired, and now and then a training run fails. Four draws of a lab and quarter, from
/// one stream: lognormal, normal, Poisson, Bernoulli.
struct LabQuarter: Sendable {
  /// The mechanism's field in the address of every draw.
  static let id = MechanismID(rawValue: 1)

  private static let efficiencySigma = 0.08
  /// So that efficiency grows by 10% a quarter in the mean.
  private static let efficiencyMu = log(1.1) - 0.5 * efficiencySigma * efficiencySigma
  private static let budgetGrowth = (mean: 0.05, sd: 0.04, least: -0.5)
  /// Chips in a lot.
  private static let lot = 500.0
  /// The share of a budget that may go to chips.
  private static let chipShare = 0.6
  /// The share of deliveries that the restriction lets through.
  private static let letThrough = 0.6
  /// The share of chips that is retired in a quarter.
  private static let retired = 0.02
  /// What a chip's operation costs in a quarter [USD].
  private static let operation = 600.0
  /// A chip's work in a quarter [FLOP].
  private static let chipCompute = 1e15 * 0.35 * 7.889e6
  private static let failure = (probability: 0.07, factor: 0.6)

  /// By lab: its place in the address of a draw.
  private let agents: [AgentID]
  /// By lab: how many lots arrive in a quarter, in the mean.
  private let lots: [Double]
  /// By quarter: what a chip costs [USD].
  private let prices: [Double]

  init(labCount: Int, quarterCount: Int) {
    agents = (0..<labCount).map { AgentID(of: "lab-\($0)") }
    lots = (0..<labCount).map { (3 + Double($0)) * Self.letThrough }
    prices = (1...quarterCount).map { 30_000 * pow(0.97, Double($0)) }
  }

  /// Advances all labs by one quarter.
  @Sendable func advance(_ labs: inout [Lab], _ context: StepContext) {
    for place in labs.indices {
      var stream = context.replicate.stream(Self.id, agent: agents[place], step: context.step)
      advance(&labs[place], lots: lots[place], price: prices[context.step], &stream)
    }
  }

  private func advance(
    _ lab: inout Lab, lots: Double, price: Double, _ stream: inout RandomStream
  ) {
    lab.efficiency *= stream.lognormal(mu: Self.efficiencyMu, sigma: Self.efficiencySigma)
    let (mean, sd, least) = Self.budgetGrowth
    lab.budget *= 1 + max(least, stream.normal(mean: mean, sd: sd))
    let wanted = Double(stream.poisson(mean: lots)) * Self.lot
    let failed = stream.bernoulli(Self.failure.probability)

    let delivered = min(wanted, (Self.chipShare * lab.budget / price).rounded(.down))
    lab.chips = lab.chips * (1 - Self.retired) + delivered
    lab.cost = delivered * price + lab.chips * Self.operation
    lab.effectiveCompute =
      lab.chips * Self.chipCompute * lab.efficiency * (failed ? Self.failure.factor : 1)
    lab.capability = log10(lab.effectiveCompute)
  }
}
