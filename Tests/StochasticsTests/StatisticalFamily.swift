import Foundation
import Stochastics

/// One statistic with a known law under the hypothesis that all is well.
struct Check: Sendable {
  let name: String
  /// The chance of a statistic as far off as this one.
  let pValue: Double

  init(_ name: String, pValue: Double) {
    self.name = name
    self.pValue = pValue
  }

  /// A statistic that is standard normal when all is well.
  init(_ name: String, z: Double) {
    self.init(name, pValue: erfc(z.magnitude / 2.0.squareRoot()))
  }
}

/// All statistical checks of the module, judged together: with the seed fixed they pass or fail once
/// and for all, and the threshold allows for their number (Bonferroni), so that a family of sound
/// checks fails for 1 seed in 100.
struct StatisticalFamily: Sendable {
  static let level = 0.01
  static let draws = 20_000
  static let seed: UInt64 = 20_250_120

  let checks: [Check]

  var failures: [Check] { checks.filter { $0.pValue < Self.level / Double(checks.count) } }

  /// Below which p-value one of the whole family fails.
  static let threshold = Result { level / Double(try StatisticalFamily().checks.count) }

  /// The whole family; `bias`, in standard errors, is added to every sample mean, to see whether the
  /// checks would notice.
  init(bias: Double = 0) throws {
    checks =
      try Self.samples.get().flatMap { Self.moments($0.known, $0.values, bias: bias) }
      + Self.transforms.get() + Self.neighbours
  }

  /// A sample of every law and every sampler, each from a mechanism of its own.
  static let samples = Result {
    let laws = try KnownLaw.all.get().map { known in
      Sampler(known) { known.law.sample(from: &$0) }
    }
    return try (laws + Sampler.all()).enumerated().map { index, sampler in
      (known: sampler.known, values: sample(mechanism: index, sampler.draw))
    }
  }

  /// A sample through its own distribution function must be uniform; for laws without jumps, and samplers of
  /// such laws.
  static let transforms = Result {
    try samples.get().filter(\.known.hasTransform).map { known, values in
      uniformity("\(known.testDescription): transform", values.map(known.law.cdf))
    }
  }

  /// One draw from each of many streams, as a model makes them.
  static func sample(
    mechanism: Int, _ draw: (inout RandomStream) -> Double
  ) -> [Double] {
    (0..<draws).map { replicate in
      var stream = RandomStream(
        seed: seed,
        at: StreamAddress(
          replicate: UInt32(replicate), mechanism: MechanismID(rawValue: UInt16(mechanism))))
      return draw(&stream)
    }
  }

  /// Mean and variance against the law's own, by their exact standard errors.
  static func moments(_ known: KnownLaw, _ sample: [Double], bias: Double) -> [Check] {
    let count = Double(sample.count)
    let error = (known.variance / count).squareRoot()
    let mean = sample.reduce(0, +) / count + bias * error
    let spread = sample.reduce(0) { $0 + pow($1 - known.mean, 2) } / count
    let spreadError = ((known.fourth - pow(known.variance, 2)) / count).squareRoot()
    return [
      Check("\(known.testDescription): mean", z: (mean - known.mean) / error),
      Check("\(known.testDescription): variance", z: (spread - known.variance) / spreadError),
    ]
  }

  /// Kolmogorov and Smirnov's test that values are uniform on (0, 1), with Stephens' correction.
  static func uniformity(_ name: String, _ values: [Double]) -> Check {
    let count = Double(values.count)
    var distance = 0.0
    for (index, value) in values.sorted().enumerated() {
      distance = max(distance, value - Double(index) / count, Double(index + 1) / count - value)
    }
    let root = count.squareRoot()
    let scaled = distance * (root + 0.12 + 0.11 / root)
    var series = 0.0
    for k in 1...100 {
      let term = 2 * exp(-2 * pow(Double(k) * scaled, 2))
      series += k % 2 == 1 ? term : -term
    }
    return Check(name, pValue: min(max(series, 0), 1))
  }

  /// Two uniforms from each of many neighbouring addresses must be uncorrelated, in value and in
  /// distance from 1/2; so must neighbouring draws of one stream.
  static let neighbours: [Check] = {
    let base = StreamAddress(
      replicate: 0, mechanism: MechanismID(rawValue: 200), agent: AgentID(rawValue: 77), month: 5)
    let fields: [(String, (inout StreamAddress, Int) -> Void)] = [
      ("replicate", { $0.replicate = UInt32($1) }),
      ("agent", { $0.agent = AgentID(rawValue: UInt32($1)) }),
      ("mechanism", { $0.mechanism = MechanismID(rawValue: UInt16($1)) }),
      ("month", { $0.month = UInt16($1) }),
      ("draw", { $0.draw = UInt16($1) }),
    ]
    var checks: [Check] = []
    for (name, set) in fields {
      let walk = (0..<draws).flatMap { step in
        var address = base
        set(&address, step)
        var stream = RandomStream(seed: seed, at: address)
        return [stream.uniform(), stream.uniform()]
      }
      checks += correlations("neighbours in \(name)", walk)
      checks.append(uniformity("walk over \(name)", walk))
    }
    let seeds = (0..<draws).flatMap { step in
      var stream = RandomStream(seed: UInt64(step), at: base)
      return [stream.uniform(), stream.uniform()]
    }
    checks += correlations("neighbouring seeds", seeds)
    var stream = RandomStream(seed: seed, at: base)
    checks += correlations("one stream", (0..<draws).map { _ in stream.uniform() })
    return checks
  }()

  /// Correlations at lags 1 to 4, of values and of squared distances from 1/2.
  static func correlations(_ name: String, _ uniforms: [Double]) -> [Check] {
    let values = uniforms.map { ($0 - 0.5) * 12.0.squareRoot() }
    let squares = uniforms.map { (pow($0 - 0.5, 2) - 1.0 / 12) * 180.0.squareRoot() }
    var checks: [Check] = []
    for lag in 1...4 {
      for (kind, series) in [("values", values), ("squares", squares)] {
        let products = zip(series, series.dropFirst(lag)).map { $0 * $1 }
        let z = products.reduce(0, +) / Double(products.count).squareRoot()
        checks.append(Check("\(name), lag \(lag), \(kind)", z: z))
      }
    }
    return checks
  }
}

/// A sampler of `RandomStream` with the law that it claims.
struct Sampler: Sendable {
  let known: KnownLaw
  let draw: @Sendable (inout RandomStream) -> Double

  init(_ known: KnownLaw, _ draw: @escaping @Sendable (inout RandomStream) -> Double) {
    self.known = known
    self.draw = draw
  }

  static func all() throws -> [Sampler] {
    let any = try Distribution.constant(0)
    func beta(_ a: Double, _ b: Double) throws -> Distribution {
      try .beta(mean: a / (a + b), sd: (a * b / (a + b + 1)).squareRoot() / (a + b))
    }
    func gamma(_ shape: Double, _ scale: Double) -> KnownLaw {
      KnownLaw(
        "gamma \(shape)", any, mean: shape * scale, variance: shape * pow(scale, 2),
        fourth: (3 * pow(shape, 2) + 6 * shape) * pow(scale, 4))
    }
    func poisson(_ mean: Double) -> KnownLaw {
      KnownLaw(
        "poisson \(mean)", any, mean: mean, variance: mean, fourth: mean + 3 * pow(mean, 2))
    }
    func binomial(_ n: Double, _ p: Double) -> KnownLaw {
      let variance = n * p * (1 - p)
      let fourth = 3 * pow(variance, 2) + variance * (1 - 6 * p * (1 - p))
      return KnownLaw("binomial \(n) \(p)", any, mean: n * p, variance: variance, fourth: fourth)
    }
    return [
      Sampler(
        KnownLaw(
          "sampler uniform", try .uniform(0, 1), mean: 0.5, variance: 1 / 12.0, fourth: 1 / 80.0)
      ) { $0.uniform() },
      Sampler(
        KnownLaw(
          "sampler uniform 3...7", try .uniform(3, 7), mean: 5, variance: 16 / 12.0,
          fourth: 256 / 80.0)
      ) { $0.uniform(3, 7) },
      Sampler(
        KnownLaw(
          "sampler normal", try .normal(mean: 2, sd: 3), mean: 2, variance: 9, fourth: 243)
      ) { $0.normal(mean: 2, sd: 3) },
      Sampler(
        .lognormal(
          "sampler lognormal", try .lognormal(median: exp(1), sigma: 0.3), mu: 1, sigma: 0.3)
      ) { $0.lognormal(mu: 1, sigma: 0.3) },
      Sampler(KnownLaw("exponential", any, mean: 4, variance: 16, fourth: 9 * 256)) {
        $0.exponential(mean: 4)
      },
      Sampler(gamma(0.4, 2)) { $0.gamma(shape: 0.4, scale: 2) },
      Sampler(gamma(6, 0.5)) { $0.gamma(shape: 6, scale: 0.5) },
      Sampler(.beta("sampler beta 2 5", try beta(2, 5), a: 2, b: 5)) { $0.beta(a: 2, b: 5) },
      Sampler(.beta("sampler beta 0.3 0.6", try beta(0.3, 0.6), a: 0.3, b: 0.6)) {
        $0.beta(a: 0.3, b: 0.6)
      },
      Sampler(binomial(1, 0.3)) { $0.bernoulli(0.3) ? 1 : 0 },
      Sampler(poisson(2.5)) { Double($0.poisson(mean: 2.5)) },
      Sampler(poisson(80)) { Double($0.poisson(mean: 80)) },
      Sampler(binomial(12, 0.2)) { Double($0.binomial(n: 12, p: 0.2)) },
      Sampler(binomial(500, 0.7)) { Double($0.binomial(n: 500, p: 0.7)) },
    ]
  }
}
