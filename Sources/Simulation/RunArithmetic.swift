import Stochastics

/// Runs that are arithmetic on a parameter draw, and nothing else: no state, no steps, and no chance inside.
///
/// Many of them are worked out at a time, which takes a tenth of what it takes one by one.
public protocol RunArithmetic: Sendable {
  /// What the runs of many draws record under a regime: cell by cell, in it draw by draw.
  ///
  /// Law: to the bit what the runs would record one by one. What is not a number, or beyond
  /// ``Recorder/largest``, fails the run.
  func values(of draws: DrawColumns, under regime: Int) -> [Double]
}

/// Parameter draws as columns.
public struct DrawColumns: Sendable {
  /// How many draws there are.
  public let count: Int
  /// Uncertainty by uncertainty its probabilities, in (0, 1), after correlation; in it draw by draw.
  public let uniforms: [Double]
  /// The same for its values under its own distribution.
  public let values: [Double]

  /// The column of an uncertainty.
  public func column(_ uncertainty: Int) -> Range<Int> {
    uncertainty * count..<(uncertainty + 1) * count
  }
}

extension ParameterSpace {
  /// The draws of consecutive replicates.
  func columns(of replicates: Range<Int>, in design: Design) -> DrawColumns {
    let (count, width) = (replicates.count, uncertainties.count)
    var uniforms = [Double](repeating: 0, count: count * width)
    var row = 0
    design.forEachReplicate(in: replicates) { _, drawn in
      copula?.transform(&drawn)
      for place in 0..<width { uniforms[place * count + row] = drawn[place] }
      row += 1
    }
    let values = [Double](unsafeUninitializedCapacity: count * width) { values, filled in
      for (place, uncertainty) in uncertainties.enumerated() {
        for index in place * count..<(place + 1) * count {
          values.initializeElement(
            at: index, to: uncertainty.distribution.quantile(uniforms[index]))
        }
      }
      filled = count * width
    }
    return DrawColumns(count: count, uniforms: uniforms, values: values)
  }
}

extension Engine {
  /// Runs a slice whose runs are arithmetic alone; its draws can be drawn again.
  func run(_ slice: Slice, by arithmetic: any RunArithmetic) -> SliceResult {
    let draws = model.parameterSpace.columns(of: slice.replicates, in: design)
    var values: [Double] = []
    values.reserveCapacity(model.regimes.count * layout.cellCount * draws.count)
    for regime in model.regimes.indices {
      values += arithmetic.values(of: draws, under: regime)
    }
    precondition(
      values.count == model.regimes.count * layout.cellCount * draws.count,
      "the model declares \(layout.cellCount) cells and worked out others")
    let failures = takeFailures(of: slice, from: &values)
    return SliceResult(slice: slice, draws: [], values: values, failures: failures)
  }

  /// Of every run the first value that is none, in the order of runs; what is none becomes missing.
  private func takeFailures(of slice: Slice, from values: inout [Double]) -> [ReplicateFailure] {
    guard !values.allSatisfy({ abs($0) <= Recorder.largest }) else { return [] }
    var failures: [ReplicateFailure] = []
    let (count, cells) = (slice.replicates.count, layout.cellCount)
    for (row, number) in slice.replicates.enumerated() {
      for regime in model.regimes.indices {
        var isFirst = true
        for cell in 0..<cells {
          let place = (regime * cells + cell) * count + row
          let value = values[place]
          guard !(abs(value) <= Recorder.largest) else { continue }
          values[place] = .nan
          guard isFirst else { continue }
          isFirst = false
          let (step, column) = layout.place(of: cell)
          failures.append(
            ReplicateFailure(
              replicate: number, regime: regime, step: step, column: column, value: "\(value)"))
        }
      }
    }
    return failures
  }
}
