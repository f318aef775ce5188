import Quantities

/// A figure of a chip that rules put thresholds on.
public enum ChipAttribute: String, CaseIterable, Sendable {
  /// Total processing performance.
  case tpp
  /// TPP per mm2 of die.
  case performanceDensity = "performance_density"
  /// Bandwidth to other chips, GB/s, both directions.
  case interconnect = "interconnect_gb_s"
  /// Bandwidth to memory, GB/s.
  case memoryBandwidth = "memory_bandwidth_gb_s"
  /// The sum of the two bandwidths, GB/s.
  case memoryPlusInterconnect = "memory_plus_interconnect_gb_s"

  /// The figure for a chip, or nil when it was never published.
  public func value(of chip: Chip) -> Double? {
    switch self {
    case .tpp: chip.tpp.value
    case .performanceDensity: chip.performanceDensity
    case .interconnect: chip.interconnect?.value
    case .memoryBandwidth: chip.memoryBandwidth.value
    case .memoryPlusInterconnect:
      chip.interconnect.map { $0.value + chip.memoryBandwidth.value }
    }
  }

  /// What people call it.
  package var label: String {
    switch self {
    case .tpp: "TPP"
    case .performanceDensity: "performance density"
    case .interconnect: "interconnect"
    case .memoryBandwidth: "memory bandwidth"
    case .memoryPlusInterconnect: "memory + interconnect bandwidth"
    }
  }

  /// The unit to print after a figure.
  var unit: String {
    switch self {
    case .tpp: ""
    case .performanceDensity: " TPP/mm2"
    case .interconnect, .memoryBandwidth, .memoryPlusInterconnect: " GB/s"
    }
  }
}

/// One thing that must hold of a chip for a clause to reach it.
public enum Condition: Hashable, Sendable {
  /// The attribute is at least `atLeast`, and below `below`, where given. A figure that nobody
  /// published does not meet it.
  case threshold(ChipAttribute, atLeast: Double?, below: Double?)
  /// The chip is, or is not, marketed for data centers.
  case forDataCenters(Bool)
  /// The chip is one of these, by id.
  case named([String])
  /// The chip is sold by one of these.
  case vendors([String])
  /// The chip was designed in one of these jurisdictions.
  case designedIn([String])
  /// A labelled requirement of the same government, in force on that day, catches the chip.
  case classified([String])
  /// No such requirement catches it.
  case notClassified([String])
}

/// A condition held against a chip: whether it is met, and the words for it.
struct ConditionFinding {
  let isMet: Bool
  /// How far the chip is from meeting it, relative to the bound; 0 when it is met, 1 when there is
  /// no telling.
  let gap: Double
  let text: String
}

extension Condition {
  /// Tests a chip; `classes` are the labels that catch it on the day.
  func isMet(by chip: Chip, classes: Set<String>) -> Bool {
    switch self {
    case .threshold(let attribute, let atLeast, let below):
      guard let value = attribute.value(of: chip) else { return false }
      return value >= atLeast ?? -.infinity && value < below ?? .infinity
    case .forDataCenters(let wanted): return chip.isForDataCenters == wanted
    case .named(let ids): return ids.contains(chip.id)
    case .vendors(let vendors): return vendors.contains(chip.vendor)
    case .designedIn(let jurisdictions): return jurisdictions.contains(chip.designedIn)
    case .classified(let labels): return labels.contains { classes.contains($0) }
    case .notClassified(let labels): return !labels.contains { classes.contains($0) }
    }
  }

  /// Tests a chip and says what was found.
  func finding(for chip: Chip, classes: Set<String>) -> ConditionFinding {
    let met = isMet(by: chip, classes: classes)
    return ConditionFinding(
      isMet: met, gap: met ? 0 : gap(for: chip), text: text(for: chip, isMet: met))
  }

  private func gap(for chip: Chip) -> Double {
    guard case .threshold(let attribute, let atLeast, let below) = self,
      let value = attribute.value(of: chip)
    else { return 1 }
    let bound = atLeast.flatMap { value < $0 ? $0 : nil } ?? below ?? value
    return bound == 0 ? 1 : abs(value - bound) / abs(bound)
  }

  private func text(for chip: Chip, isMet: Bool) -> String {
    switch self {
    case .threshold(let attribute, let atLeast, let below):
      return Self.thresholdText(attribute, of: chip, atLeast: atLeast, below: below)
    case .forDataCenters:
      return chip.isForDataCenters ? "marketed for data centers" : "not marketed for data centers"
    case .named: return isMet ? "\(chip.id) is named" : "\(chip.id) is not named"
    case .vendors: return "sold by \(chip.vendor)"
    case .designedIn: return "designed in \(chip.designedIn)"
    case .classified(let labels):
      return (isMet ? "" : "not ") + labels.joined(separator: " or ")
    case .notClassified(let labels):
      return (isMet ? "not " : "already ") + labels.joined(separator: " or ")
    }
  }

  private static func thresholdText(
    _ attribute: ChipAttribute, of chip: Chip, atLeast: Double?, below: Double?
  ) -> String {
    guard let value = attribute.value(of: chip) else {
      return "\(attribute.label) not published"
    }
    // A figure that rounds to its bound would read as if it were equal to it.
    let roundsToBound = [atLeast, below].contains {
      $0.map { $0 != value && grouped($0) == grouped(value) } ?? false
    }
    let figure = "\(attribute.label) \(roundsToBound ? "\(value)" : grouped(value))"
    let bounds = [
      atLeast.map { (isMet: value >= $0, text: "\(value >= $0 ? ">=" : "<") \(grouped($0))") },
      below.map { (isMet: value < $0, text: "\(value < $0 ? "<" : ">=") \(grouped($0))") },
    ].compactMap(\.self)
    // A bound that is met says nothing of why the other was not.
    let broken = bounds.filter { !$0.isMet }
    let sides = (broken.isEmpty ? bounds : broken).map(\.text)
    return "\(figure) \(sides.joined(separator: " and "))\(attribute.unit)"
  }
}

/// A figure for people: whole numbers with thousands separators, others with two decimals.
func grouped(_ value: Double) -> String {
  guard value.magnitude < 1e15 else { return "\(value)" }
  let hundredths = Int((value * 100).rounded())
  // TPP of 15,832 is 1979 x 8; one of 20,919.2 is read as 20,919 by everybody who prints it.
  let isWhole = hundredths % 100 == 0 || value >= 1000
  let whole = isWhole ? Int(value.rounded()) : hundredths / 100
  let digits = DigitGroups.text(String(whole))
  guard !isWhole else { return digits }
  let decimals = hundredths % 100
  return digits + "." + (decimals < 10 ? "0\(decimals)" : "\(decimals)")
}
