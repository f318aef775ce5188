import ArgumentParser
import Foundation
import Quantities

/// `calibrate`: computes the fitted numbers of the reference world again from what was observed, and
/// holds the file to them; or fits to what was known by a date, and writes a world of that date. How and to what
/// they are fitted: docs/calibration.md.
@main
struct Calibrate: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calibrate",
    abstract: "Compute the fitted numbers of world-2022 again, beside those in the file.",
    discussion: """
      With --cutoff the fit sees nothing of later months, and what the world must hold is written as a built-in \
      world of its own, which says what is different from world-2022.

      Exit 1: some number of the file is not what the observations give.
      """)

  @Option(help: "The folder of the tables of observations.")
  var tables = "Benchmarks/Calibration"

  @Option(help: "Fit to what was known by this December (YYYY-12), and write that world.")
  var cutoff: String?

  @Option(help: "The folder to write it to.")
  var facts = "Sources/Scenarios/Facts"

  @Option(help: "Relative difference that rounding may make.")
  var tolerance = 0.005

  @Flag(help: "Print only what differs.")
  var quiet = false

  func validate() throws {
    guard let cutoff, Month(iso: cutoff)?.number != 12 else { return }
    throw ValidationError("--cutoff \(cutoff): tables are of whole years; write YYYY-12")
  }

  func run() throws {
    let world = try ReferenceWorld()
    if let month = cutoff.flatMap({ Month(iso: $0) }) {
      let observations = try Observations(folder: tables, until: month)
      guard !observations.roadmap.isEmpty else {
        throw ValidationError("roadmap.csv has no line as of \(month)")
      }
      let vintage = try Vintage(observations, world, until: month)
      let path = "\(facts)/\(vintage.name).yaml"
      try vintage.text.write(toFile: path, atomically: true, encoding: .utf8)
      print("\(path): \(vintage.fits.count) numbers, fitted to what was known by \(month)")
      return
    }
    try hold(world, to: try Fits(Observations(folder: tables), world).all)
  }

  /// Prints every number beside the file's; fails where one differs.
  private func hold(_ world: ReferenceWorld, to fits: [Fit]) throws {
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

/// Every fit to what was observed.
struct Fits {
  let dies: DieFit
  let all: [Fit]

  init(_ observations: Observations, _ world: ReferenceWorld) throws {
    dies = try DieFit(observations, world)
    let money = try MoneyFit(observations, world, dies)
    all = try dies.fits + OpeningFit(observations, dies).fits + money.fits
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
  var shown: String {
    guard self != 0 else { return "0" }
    return abs(self) < 1e7 ? String(format: "%.0f", self) : String(format: "%.3e", self)
  }
}
