public import Quantities

/// An accelerator, as its maker and the price lists describe it.
///
/// What rules are written in (TPP, performance density) is derived from these figures, never typed
/// in. Specifications that nobody has published are nil.
public struct Chip: Hashable, Sendable {
  /// The id that scenarios use.
  public let id: String
  /// The name that people use.
  public let name: String
  /// Who sells it.
  public let vendor: String
  /// The jurisdiction it was designed in.
  public let designedIn: String
  /// Parts that are cut from the same silicon share a die family.
  public let dieFamily: String?
  /// Dies that compute in one package.
  public let diesPerChip: Double
  /// Stacks of high-bandwidth memory in one package; 0 for parts without.
  public let memoryStacks: Double
  /// Whether these are its designer's own, and not bought from makers of memory.
  public let hasOwnMemory: Bool
  /// The chip that it was cut down from, to be sold where that one is barred.
  public let variantOf: String?
  /// Whether it is marketed for data centers, which some rules turn on.
  public let isForDataCenters: Bool
  /// The first month in which it could be bought; nil when it is not on sale yet.
  public let available: Month?
  /// Peak dense rates.
  public let peak: PeakRates
  /// Area of all dies that compute.
  public let dieArea: SquareMillimetres?
  /// Memory in the package.
  public let memory: Gigabytes?
  /// Bandwidth to that memory.
  public let memoryBandwidth: GigabytesPerSecond
  /// Bandwidth to other chips: all links, both directions added.
  public let interconnect: GigabytesPerSecond?
  /// Thermal design power.
  public let power: Watts?
  /// Share of an H100's software maturity, 0 to 1: how much of the peak its stack can reach.
  public let stackEfficiency: Fraction
  /// What stands around it.
  public let server: ChipServer
  /// What one costs, by date.
  public let purchasePrices: PriceHistory
  /// What an hour of one costs, by date.
  public let rentalPrices: PriceHistory
  /// Where each figure comes from, by its key in the data file.
  public let provenance: [String: Provenance]
  /// The rules that it was designed for in a simulated regime; nil for chips of the catalogue.
  public let responseTo: DesignResponse?

  /// Describes a chip.
  public init(
    id: String, name: String, vendor: String, designedIn: String, dieFamily: String?,
    diesPerChip: Double = 1, memoryStacks: Double = 0, hasOwnMemory: Bool = false,
    variantOf: String? = nil,
    isForDataCenters: Bool, available: Month?, peak: PeakRates, dieArea: SquareMillimetres?,
    memory: Gigabytes?, memoryBandwidth: GigabytesPerSecond, interconnect: GigabytesPerSecond?,
    power: Watts?, stackEfficiency: Fraction, server: ChipServer = .usual,
    purchasePrices: PriceHistory, rentalPrices: PriceHistory, provenance: [String: Provenance],
    responseTo: DesignResponse? = nil
  ) {
    self.id = id
    self.name = name
    self.vendor = vendor
    self.designedIn = designedIn
    self.dieFamily = dieFamily
    self.diesPerChip = diesPerChip
    self.memoryStacks = memoryStacks
    self.hasOwnMemory = hasOwnMemory
    self.variantOf = variantOf
    self.isForDataCenters = isForDataCenters
    self.available = available
    self.peak = peak
    self.dieArea = dieArea
    self.memory = memory
    self.memoryBandwidth = memoryBandwidth
    self.interconnect = interconnect
    self.power = power
    self.stackEfficiency = stackEfficiency
    self.server = server
    self.purchasePrices = purchasePrices
    self.rentalPrices = rentalPrices
    self.provenance = provenance
    self.responseTo = responseTo
  }
}

/// A format that a chip computes in.
public enum NumberFormat: String, CaseIterable, Sendable {
  /// 16-bit brain floating point.
  case bf16
  /// 8-bit floating point, or 8-bit integers where a part has only those.
  case fp8
  /// 4-bit floating point.
  case fp4

  /// Bits of one operand.
  public var bitLength: Double {
    switch self {
    case .bf16: 16
    case .fp8: 8
    case .fp4: 4
    }
  }
}

/// Peak dense rates by format; nil where a part does not support one.
public struct PeakRates: Hashable, Sendable {
  /// Dense BF16 (or FP16 where they are equal).
  public let bf16: FlopPerSecond
  /// Dense FP8 or INT8.
  public let fp8: FlopPerSecond?
  /// Dense FP4.
  public let fp4: FlopPerSecond?

  /// States the rates.
  public init(bf16: FlopPerSecond, fp8: FlopPerSecond?, fp4: FlopPerSecond?) {
    self.bf16 = bf16
    self.fp8 = fp8
    self.fp4 = fp4
  }

  /// The rate in a format, or nil where it is not supported.
  public subscript(format: NumberFormat) -> FlopPerSecond? {
    switch format {
    case .bf16: bf16
    case .fp8: fp8
    case .fp4: fp4
    }
  }
}

extension Chip {
  /// Total processing performance: the largest, over formats, of dense TOPS x bit length.
  ///
  /// Source: 15 CFR 774, Supplement 1, ECCN 3A090, Technical Notes.
  public var tpp: TotalProcessingPerformance {
    TotalProcessingPerformance(
      NumberFormat.allCases.reduce(0) { most, format in
        peak[format].map { max(most, $0.value / 1e12 * format.bitLength) } ?? most
      })
  }

  /// Peak BF16 FLOP/s for each GB/s of links; not a number where nobody published the links.
  var speedOverLinks: Double { interconnect.map { peak.bf16.value / $0.value } ?? .nan }

  /// TPP for each square millimetre of die, or nil when the area is not known.
  public var performanceDensity: Double? { dieArea.map { tpp.value / $0.value } }
}

/// Why a responsive part was designed.
public struct DesignResponse: Hashable, Sendable {
  /// The regime whose rules it was designed for.
  public let regime: String
  /// When the rule was announced that closed its parent.
  public let announced: Month
}
