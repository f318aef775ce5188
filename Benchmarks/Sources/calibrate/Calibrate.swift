import ArgumentParser
import Foundation

/// `calibrate`: computes the fitted numbers of the reference world again from what was observed, and
/// holds the file to them. How and to what they are fitted: docs/calibration.md.
@main
struct Calibrate: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calibrate",
    abstract: "Compute the fitted numbers of world-2022 again, beside those in the file.",
    discussion: "Exit 1: some number of the file is not what the observations give.")

  @Option(help: "The folder of the tables of observations.")
  var tables = "Benchmarks/Calibration"

  @Option(help: "Relative difference that rounding may make.")
  var tolerance = 0.005

  @Flag(help: "Print only what differs.")
  var quiet = false

  func run() throws {
    let observations = try Observations(folder: tables)
    let world = try ReferenceWorld()
    let dies = try DieFit(observations, world)
    let money = try MoneyFit(observations, world, dies)
    let fits = try dies.fits + OpeningFit(observations, dies).fits + money.fits
    var table = [["number", "fitted", "in the file", "difference"]]
    var missed = 0
    for fit in fits {
      let written = world.value(of: fit.name)
      let difference = written.map { fit.value == 0 ? $0 : $0 / fit.value - 1 }
      let isMissed = difference.map { abs($0) > tolerance } ?? true
      missed += isMissed ? 1 : 0
      if quiet, !isMissed { continue }
      table.append([
        fit.name, fit.value.shown, written.map(\.shown) ?? "nothing",
        difference.map { String(format: "%+.2f%%", $0 * 100) } ?? "",
      ])
    }
    print(aligned(table))
    print("\(fits.count) numbers, \(missed) of them not as fitted (tolerance \(tolerance))")
    guard missed == 0 else { throw ExitCode(1) }
  }
}

/// A number of the world file and what the observations give for it.
struct Fit {
  /// Where it stands, such as `dies_per_year.GH100.2023.value`.
  let name: String
  let value: Double
}

/// Columns as wide as they need to be; numbers to the right.
private func aligned(_ rows: [[String]]) -> String {
  let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
  return rows.map { row in
    zip(row, widths).enumerated().map { column, cell in
      let padding = String(repeating: " ", count: cell.1 - cell.0.count)
      return column == 0 ? cell.0 + padding : padding + cell.0
    }.joined(separator: "  ")
  }.joined(separator: "\n")
}

extension Double {
  /// Four significant digits, as the file writes them.
  fileprivate var shown: String {
    guard self != 0 else { return "0" }
    return abs(self) < 1e7 ? String(format: "%.0f", self) : String(format: "%.3e", self)
  }
}
