import Foundation
import Stochastics
import Testing

@Suite("Gaussian copula")
struct GaussianCopulaTests {
  /// Correlated uniforms of four parameters, one row for each replicate.
  static func rows(_ copula: GaussianCopula, count: Int = 20_000) throws -> [[Double]] {
    let design = try Design(.mc, replicates: count, seed: 21, parameters: ["a", "b", "c", "d"])
    var rows: [[Double]] = []
    design.forEachReplicate(in: 0..<count) {
      copula.transform(&$1)
      rows.append($1)
    }
    return rows
  }

  static func correlation(_ x: [Double], _ y: [Double]) -> Double {
    let count = Double(x.count)
    let (meanX, meanY) = (x.reduce(0, +) / count, y.reduce(0, +) / count)
    var (xx, yy, xy) = (0.0, 0.0, 0.0)
    for (a, b) in zip(x, y) {
      xx += (a - meanX) * (a - meanX)
      yy += (b - meanY) * (b - meanY)
      xy += (a - meanX) * (b - meanY)
    }
    return xy / (xx * yy).squareRoot()
  }

  @Test("Correlations of the scores are recovered, and the uniforms stay uniform")
  func recovered() throws {
    let wanted = [(0, 1, 0.6), (1, 3, -0.5), (0, 3, 0.1)]
    let rows = try Self.rows(
      GaussianCopula(wanted.map { Correlation($0, $1, rho: $2) }, parameters: 4))
    let normal = try Distribution.normal(mean: 0, sd: 1)
    let scores = (0..<4).map { column in rows.map { normal.quantile($0[column]) } }
    let count = Double(rows.count)
    // 6 pairs and 4 means: Bonferroni at 1% asks for 3.3 standard errors; Fisher's z for the pairs.
    for i in 0..<4 {
      for j in 0..<i {
        let rho = wanted.first { Set([$0.0, $0.1]) == [i, j] }?.2 ?? 0
        let z =
          (atanh(Self.correlation(scores[i], scores[j])) - atanh(rho)) * (count - 3).squareRoot()
        #expect(z.magnitude < 3.3, "pair \(j), \(i)")
      }
      let mean = rows.reduce(0) { $0 + $1[i] } / count
      #expect(((mean - 0.5) * (12 * count).squareRoot()).magnitude < 3.3)
    }
  }

  @Test("Uncorrelated parameters, and the first of each group, keep their uniforms to the bit")
  func untouched() throws {
    let copula = try GaussianCopula([Correlation(3, 1, rho: 0.9)], parameters: 4)
    let design = try Design(.mc, replicates: 100, seed: 21, parameters: ["a", "b", "c", "d"])
    for (replicate, row) in try Self.rows(copula, count: 100).enumerated() {
      let plain = design.uniforms(replicate: replicate)
      #expect(row.prefix(3) == plain.prefix(3))
      #expect(row[3] != plain[3])
    }
    var uniforms = [0.3, 0.7]
    try GaussianCopula([], parameters: 2).transform(&uniforms)
    #expect(uniforms == [0.3, 0.7])
  }

  @Test("Extreme uniforms stay inside (0, 1)")
  func extremes() throws {
    let copula = try GaussianCopula([Correlation(0, 1, rho: 0.8)], parameters: 2)
    for u in [0x1p-53, 1.0.nextDown] {
      var uniforms = [u, u]
      copula.transform(&uniforms)
      #expect(uniforms[1] > 0 && uniforms[1] < 1)
    }
  }

  @Test("Two parameters follow the closed form")
  func closedForm() throws {
    var uniforms = [0.975, 0.5]
    try GaussianCopula([Correlation(0, 1, rho: 0.6)], parameters: 2).transform(&uniforms)
    let normal = try Distribution.normal(mean: 0, sd: 1)
    #expect((uniforms[1] - normal.cdf(0.6 * 1.959_963_984_540_054)).magnitude < 1e-14)
  }

  @Test("Refusals name the pair")
  func refusals() {
    let cases: [([Correlation], String)] = [
      ([Correlation(0, 4, rho: 0.1)], "correlation 1 names parameter 5 of 4"),
      ([Correlation(2, 2, rho: 0.1)], "correlation 1 pairs parameter 3 with itself"),
      ([Correlation(0, 1, rho: 1)], "correlation 1 needs -1 < rho < 1, got 1"),
      ([Correlation(0, 1, rho: .nan)], "correlation 1 needs -1 < rho < 1, got nan"),
      (
        [Correlation(0, 1, rho: 0.1), Correlation(1, 0, rho: 0.1)],
        "correlation 2 repeats the pair of correlation 1"
      ),
      (
        [
          Correlation(0, 1, rho: 0.6), Correlation(2, 3, rho: 0.99), Correlation(1, 2, rho: 0.6),
          Correlation(0, 2, rho: -0.6), Correlation(0, 3, rho: -0.5),
        ],
        "correlation 3, 0.6 between parameters 2 and 3, is impossible given the others: "
          + "the matrix is no longer positive definite"
      ),
    ]
    for (correlations, message) in cases {
      let error = #expect(throws: CopulaError.self) {
        _ = try GaussianCopula(correlations, parameters: 4)
      }
      #expect(error?.description == message)
    }
  }

  @Test("A pair that only a later one makes possible is not refused, nor blamed")
  func laterRescue() throws {
    let chain = [
      Correlation(0, 1, rho: 0.9), Correlation(1, 2, rho: 0.9), Correlation(0, 2, rho: 0.8),
    ]
    _ = try GaussianCopula(chain, parameters: 4)
    let broken = Correlation(0, 3, rho: 0.9)
    #expect(throws: CopulaError.notPositiveDefinite(position: 4, broken)) {
      _ = try GaussianCopula(chain + [Correlation(2, 3, rho: -0.1), broken], parameters: 4)
    }
  }
}

/// Uniforms before and after correlation.
@Suite struct UndoneCopulaTests {
  @Test("What is undone is what was correlated")
  func roundTrip() throws {
    let copula = try GaussianCopula(
      [Correlation(0, 1, rho: 0.6), Correlation(1, 3, rho: -0.5)], parameters: 4)
    let wanted = [0.5, 0.95, 0.3, 0.02]
    var uniforms = wanted
    copula.undo(&uniforms)
    #expect(uniforms[1] != wanted[1] && uniforms[3] != wanted[3])
    #expect(uniforms[2] == wanted[2])
    copula.transform(&uniforms)
    for (uniform, wanted) in zip(uniforms, wanted) { #expect(abs(uniform - wanted) < 1e-12) }
  }
}

/// Inverses that are known in closed form.
@Suite struct CorrelationMatrixTests {
  @Test("Two columns follow the closed form, and columns that follow from others have no inverse")
  func inverse() throws {
    let first = [1.0, 1, -1, -1]
    let second = [1.2, 0.4, 0.4, -2].map { ($0) / 1.2 }
    let mean = second.reduce(0, +) / 4
    let centred = second.map { $0 - mean }
    let size = (centred.reduce(0) { $0 + $1 * $1 } / 4).squareRoot()
    let columns = [first, centred.map { $0 / size }]
    let rho = CorrelationMatrix.correlation(columns[0], columns[1])
    let inverse = try #require(CorrelationMatrix.inverse(ofStandardised: columns))
    let scale = 1 / (1 - rho * rho)
    for (row, expected) in [[scale, -rho * scale], [-rho * scale, scale]].enumerated() {
      for column in 0..<2 { #expect(abs(inverse[row][column] - expected[column]) < 1e-12) }
    }
    #expect(CorrelationMatrix.inverse(ofStandardised: [first, first]) == nil)
    #expect(CorrelationMatrix.inverse(ofStandardised: [])?.isEmpty == true)
  }
}
