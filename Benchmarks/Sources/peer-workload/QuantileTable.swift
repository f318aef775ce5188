import Analysis
import Glibc
import Simulation

/// Quantiles of every column of an ensemble of one regime, as tidy CSV.
struct QuantileTable {
  /// The probabilities of the quantiles, and their names in the header.
  static let probabilities = [0.05, 0.5, 0.95]

  private let layout: CellLayout
  /// By cell: the quantiles.
  private let quantiles: [[Double]]

  /// Sums up an ensemble in which every replicate recorded every value.
  ///
  /// - Parameter threads: how many columns are worked on at the same time.
  init(of ensemble: EnsembleResult, threads: Int) async {
    layout = ensemble.layout
    quantiles = await concurrentMap(0..<layout.cellCount, threads: threads) { cell in
      var values = ensemble.values(regime: 0, cell: cell)
      return Quantiles.select(Self.probabilities, from: &values) ?? []
    }
  }

  /// One row for each lab, step (from 1) and metric, in this order.
  var csv: String {
    var text = "lab,step,metric,p5,p50,p95\n"
    let metricCount = Lab.metrics.count
    for first in stride(from: 0, to: layout.stepColumns.count, by: metricCount) {
      for step in 0..<layout.stepCount {
        for column in first..<first + metricCount {
          let (lab, metric) = (layout.stepColumns[column].entity, layout.stepColumns[column].metric)
          let cells = quantiles[layout.cell(step: step, column: column)].map { "\($0)" }
          text += "\(lab),\(step + 1),\(metric.name),\(cells.joined(separator: ","))\n"
        }
      }
    }
    return text
  }

  /// Writes the file, over an older one.
  ///
  /// Fails when it cannot be written in full.
  func write(to path: String) throws(WritingError) {
    guard let file = fopen(path, "w") else { throw WritingError(path: path, code: errno) }
    let isWritten = fputs(csv, file) >= 0
    guard fclose(file) == 0, isWritten else { throw WritingError(path: path, code: errno) }
  }
}

/// A file that could not be written.
struct WritingError: Error, CustomStringConvertible {
  let path: String
  /// The system's error number.
  let code: Int32

  var description: String { "cannot write \(path): \(String(cString: strerror(code)))" }
}
