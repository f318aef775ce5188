import Documents
import PolicyModel
public import Quantities
public import Stochastics

/// How much is computed.
public struct RunSettings: Hashable, Sendable {
  /// The first month.
  public let start: Month
  /// The last month.
  public let end: Month
  /// Runs of each regime.
  public let replicates: Int
  /// The seed of all random numbers.
  public let seed: UInt64
  /// How uncertainties are spread over replicates.
  public let design: Design.Kind
  /// The most recorded values, over replicates, cells and regimes, from which exact quantiles are made;
  /// beyond it they come from counts in bins, and memory does not grow with replicates.
  public let exactValues: Int

  /// The keys of the `run` section.
  static let schema = Schema.mapping(
    [
      .required("start", .month, "The first month."),
      .required("end", .month, "The last month."),
    ] + fields)

  /// The same of a file without a world, in which nothing happens in time.
  static let schemaWithoutWorld = Schema.mapping(
    [
      .optional("start", .month, default: .stated("no month"), "The first month."),
      .optional("end", .month, default: .stated("no month"), "The last month."),
    ] + fields)

  private static let fields: [Field] = [
    .optional(
      "replicates", .integer(1...1_000_000_000), default: .integer(1000), "Runs of each regime."),
    .optional("seed", .integer(0...Int.max), default: .integer(1), "Seed of all random numbers."),
    .optional(
      "design", .word(of: Design.Kind.self), default: .word(Design.Kind.mc),
      "How uncertainties are spread over replicates."),
    .optional(
      "exact_values", .integer(0...1_000_000_000_000), default: .integer(1 << 25),
      "The most recorded values (replicates x cells) from which exact quantiles are made, each 8 bytes "
        + "of memory; beyond it they come from counts in bins."),
  ]

  /// The month that stands for none, where nothing happens in time.
  static let noMonth = Month.december(of: 1999)
}

extension RunSettings {
  private static let mostMonths = 1200

  /// Reads the settings; nil without months.
  ///
  /// - Parameters:
  ///   - world: may say which month it describes.
  ///   - isTimeless: whether there is no world, in which anything could happen in time.
  ///   - uncertainties: the names of what is drawn.
  init?(
    _ node: DocumentNode?, world: DocumentNode?, isTimeless: Bool = false,
    uncertainties: [String], faults: inout [Fault]
  ) {
    let (first, last) = (node?["start"]?.month, node?["end"]?.month)
    let otherwise = isTimeless ? first ?? last ?? Self.noMonth : nil
    guard let run = node, let start = first ?? otherwise, let end = last ?? otherwise,
      let replicates = run["replicates"]?.integer, let seed = run["seed"]?.integer,
      let design: Design.Kind = run.word("design"),
      let exactValues = run["exact_values"]?.integer
    else { return nil }
    self.init(
      start: start, end: end, replicates: replicates, seed: UInt64(seed), design: design,
      exactValues: exactValues)
    checkMonths(run, world: world, faults: &faults)
    do throws(DesignError) {
      _ = try Design(design, replicates: replicates, seed: self.seed, parameters: uncertainties)
    } catch {
      faults.append((run.written("replicates") ?? run).fault(error.description))
    }
  }

  /// Whether a rule binds on some day of its months.
  func has(_ rule: Rule) -> Bool {
    guard rule.isEnforced, let effective = rule.effective else { return false }
    let first = max(effective, rule.complianceFrom ?? effective)
    return first < (end + 1).firstDay && rule.ends.map { start.firstDay < $0 } ?? true
  }

  private func checkMonths(_ run: DocumentNode, world: DocumentNode?, faults: inout [Fault]) {
    if end < start, let last = run["end"] {
      faults.append(last.fault("end \(end) is before start \(start)", advice: "swap them"))
    }
    if end - start >= Self.mostMonths, let last = run["end"] {
      faults.append(
        last.fault("more than \(Self.mostMonths / 12) years", advice: "end it earlier"))
    }
    if let month = world?["as_of"]?.month, month != start, let first = run["start"] {
      faults.append(
        first.fault(
          "the run starts in \(start), and the world is described as of \(month)",
          advice: "start it then, or give the world of \(start) with world.as_of: \(start)"))
    }
  }
}
