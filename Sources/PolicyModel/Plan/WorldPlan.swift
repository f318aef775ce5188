/// A chip's place in ``WorldPlan/chips``.
public struct ChipIndex: Hashable, Sendable, BitwiseCopyable {
  /// The place, from 0.
  public let position: Int

  /// Points at a place.
  public init(position: Int) { self.position = position }
}

/// The world as a scenario describes it: what does not change during a run.
public struct WorldPlan: Hashable, Sendable {
  /// The chips that anything here refers to.
  public let chips: [Chip]
  /// The chip that throughput is measured against; see ``Throughput``.
  public let referenceChip: ChipIndex
  /// The labs, by id.
  public let labs: [Lab]
  /// The scripted runs; a run comes after those that it waits for.
  public let runs: [ScriptedRun]
  /// Who makes, sells, owns and uses chips; empty in a world of scripted runs alone.
  public let economy: Economy
  /// By jurisdiction: the places, among labs that develop models, of those with headquarters there.
  let developersByPlace: [[Int]]

  /// Describes a world.
  public init(
    chips: [Chip], referenceChip: ChipIndex, labs: [Lab], runs: [ScriptedRun],
    economy: Economy = .empty
  ) {
    self.chips = chips
    self.referenceChip = referenceChip
    self.labs = labs
    self.runs = runs
    self.economy = economy
    let homes = labs.filter { $0.developer != nil }.map(\.headquarters)
    developersByPlace = economy.jurisdictions.map { place in
      homes.indices.filter { homes[$0] == place.id }
    }
  }

  /// Nothing at all: where numbers are worked out from distributions and arithmetic alone.
  public static let empty = WorldPlan(
    chips: [], referenceChip: ChipIndex(position: 0), labs: [], runs: [])

  /// Whether nothing happens in it.
  public var isEmpty: Bool { runs.isEmpty && labs.isEmpty && economy.isEmpty }

  /// A chip by its place.
  public subscript(index: ChipIndex) -> Chip { chips[index.position] }
}
