import Storage
import ArgumentParser
import Reporting
import Stochastics

/// `benchmark samplers`: nanoseconds for one stream, one quantile of each law, and one call of each
/// sampler.
struct Samplers: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Nanoseconds for one stream, quantile or sample.")

  @Option(help: "Calls in one measurement.")
  var calls = 500_000

  @OptionGroup var options: MeasurementOptions

  func validate() throws {
    guard (1...1_000_000_000).contains(calls) else {
      throw ValidationError("--calls takes 1 to 1000000000, not \(calls)")
    }
  }

  func run() async throws {
    let cases = Self.streams(calls) + (try Self.quantiles(calls)) + Self.samplers(calls)
    let measurements = try await measure(cases, rounds: options.rounds)
    if options.json {
      let report = Report(calls: calls, measurements: measurements)
      print(String(decoding: JSONText.bytes(of: report), as: UTF8.self), terminator: "")
    } else {
      print(text(of: measurements))
    }
  }

  private struct Report: Encodable {
    let calls: Int
    let measurements: [Measurement]
  }

  private func text(of measurements: [Measurement]) -> String {
    var table = ReportTable(["call", "CPU ns", "(least to most)"])
    for measurement in measurements {
      let time = Spread(measurement.cpuSeconds.map { $0 / Double(calls) * 1e9 })
      table.append([
        measurement.name, time.median.rounded(to: 1),
        "(\(time.least.rounded(to: 1)) to \(time.most.rounded(to: 1)))",
      ])
    }
    return table.text
  }

  private static func streams(_ calls: Int) -> [Case] {
    [
      Case(name: "stream at a new address, one uniform") {
        (0..<calls).reduce(0) { sum, call in
          var stream = stream(ofReplicate: call)
          return sum + stream.uniform()
        }
      },
      sampler("one more uniform of a stream", calls) { $0.uniform() },
    ]
  }

  private static func stream(ofReplicate replicate: Int) -> RandomStream {
    RandomStream(
      seed: 1, at: StreamAddress(replicate: UInt32(replicate), mechanism: .parameters))
  }

  /// The laws of scenario files, each at evenly spread probabilities.
  private static func quantiles(_ calls: Int) throws -> [Case] {
    let lognormal = try Distribution.ci90(5, 20)
    let laws: [(name: String, law: Distribution)] = [
      ("uniform", try .uniform(1, 2)),
      ("triangular", try .triangular(1, 2, 4)),
      ("normal", try .normal(mean: 10, sd: 2)),
      ("ci90 (lognormal)", lognormal),
      ("ci90, truncated", try lognormal.truncated(min: 6, max: 18)),
      ("pert", try .pert(1, 2, 4)),
      ("beta", try .beta(mean: 0.3, sd: 0.1)),
      ("discrete, 3 values", try .discrete([1, 2, 3], weights: [2, 3, 5])),
      ("mixture of 2", try .mixture([lognormal, .normal(mean: 10, sd: 2)], weights: [1, 1])),
    ]
    return laws.map { name, law in
      Case(name: "quantile: \(name)") {
        (0..<calls).reduce(0) { sum, call in
          sum + law.quantile((Double(call) + 0.5) / Double(calls))
        }
      }
    }
  }

  /// The samplers of GSL.
  private static func samplers(_ calls: Int) -> [Case] {
    [
      sampler("sample: normal", calls) { $0.normal() },
      sampler("sample: lognormal", calls) { $0.lognormal(mu: 0, sigma: 1) },
      sampler("sample: exponential", calls) { $0.exponential(mean: 1) },
      sampler("sample: gamma", calls) { $0.gamma(shape: 2, scale: 1) },
      sampler("sample: beta", calls) { $0.beta(a: 2, b: 5) },
    ]
  }

  private static func sampler(
    _ name: String, _ calls: Int, sample: @escaping (inout RandomStream) -> Double
  ) -> Case {
    // A stream ends after 65,536 blocks of numbers, so each serves only so many calls.
    let callsPerStream = 1000
    return Case(name: name) {
      stride(from: 0, to: calls, by: callsPerStream).reduce(0) { sum, start in
        var stream = stream(ofReplicate: start)
        return (start..<min(start + callsPerStream, calls)).reduce(sum) { sum, _ in
          sum + sample(&stream)
        }
      }
    }
  }
}
