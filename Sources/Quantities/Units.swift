/// The units that the model computes in. Each is a type without values; see ``Measure``.
public enum Units {
  /// Floating-point operations: an amount of computing.
  public enum FlopUnit: MeasureUnit {}
  /// Floating-point operations per second: a rate.
  public enum FlopPerSecondUnit: MeasureUnit {}
  /// One FLOP per byte moved: arithmetic intensity.
  public enum FlopPerByteUnit: MeasureUnit {}
  /// Gigabytes (1e9 bytes) per second.
  public enum GigabytesPerSecondUnit: MeasureUnit {}
  /// Gigabytes (1e9 bytes).
  public enum GigabytesUnit: MeasureUnit {}
  /// Square millimetres of die.
  public enum SquareMillimetresUnit: MeasureUnit {}
  /// Watts.
  public enum WattsUnit: MeasureUnit {}
  /// Kilowatt-hours.
  public enum KilowattHoursUnit: MeasureUnit {}
  /// Hours of wall-clock time.
  public enum HoursUnit: MeasureUnit {}
  /// One accelerator in use for one hour ("GPU-hour").
  public enum ChipHoursUnit: MeasureUnit {}
  /// Accelerators.
  public enum ChipsUnit: MeasureUnit {}
  /// Nominal US dollars.
  public enum USDollarsUnit: MeasureUnit {}
  /// Nominal US dollars for one chip-hour.
  public enum USDollarsPerChipHourUnit: MeasureUnit {}
  /// Nominal US dollars for one kilowatt-hour.
  public enum USDollarsPerKilowattHourUnit: MeasureUnit {}
  /// Total processing performance: TOPS x bit length of the operation (15 CFR 774, ECCN 3A090).
  public enum TotalProcessingPerformanceUnit: MeasureUnit {}
}

/// An amount of computing.
public typealias Flop = Measure<Units.FlopUnit>
/// A rate of computing.
public typealias FlopPerSecond = Measure<Units.FlopPerSecondUnit>
/// Operations done for each byte that is moved from memory.
public typealias FlopPerByte = Measure<Units.FlopPerByteUnit>
/// A bandwidth, in 1e9 bytes a second.
public typealias GigabytesPerSecond = Measure<Units.GigabytesPerSecondUnit>
/// An amount of memory, in 1e9 bytes.
public typealias Gigabytes = Measure<Units.GigabytesUnit>
/// An area of silicon.
public typealias SquareMillimetres = Measure<Units.SquareMillimetresUnit>
/// Electrical power.
public typealias Watts = Measure<Units.WattsUnit>
/// Electrical energy.
public typealias KilowattHours = Measure<Units.KilowattHoursUnit>
/// A span of wall-clock time.
public typealias Hours = Measure<Units.HoursUnit>
/// Accelerators x hours.
public typealias ChipHours = Measure<Units.ChipHoursUnit>
/// A number of accelerators; real, not whole, since shares of orders are real.
public typealias Chips = Measure<Units.ChipsUnit>
/// Nominal US dollars.
public typealias USDollars = Measure<Units.USDollarsUnit>
/// A rental price.
public typealias USDollarsPerChipHour = Measure<Units.USDollarsPerChipHourUnit>
/// A price of electricity.
public typealias USDollarsPerKilowattHour = Measure<Units.USDollarsPerKilowattHourUnit>
/// Total processing performance (TPP) of a chip.
public typealias TotalProcessingPerformance = Measure<Units.TotalProcessingPerformanceUnit>

extension Measure where Unit == Units.FlopPerSecondUnit {
  /// A rate given in 1e12 operations a second, as datasheets print it.
  @inlinable public init(tera value: Double) { self.init(value * 1e12) }

  /// The computing done by `chips` in `hours` at this rate each.
  @inlinable public static func * (rate: Self, chipHours: ChipHours) -> Flop {
    Flop(rate.value * chipHours.value * 3600)
  }
}

extension Measure where Unit == Units.FlopUnit {
  /// The chip-hours that this much computing takes at `rate` a chip.
  @inlinable public static func / (work: Self, rate: FlopPerSecond) -> ChipHours {
    ChipHours(work.value / (rate.value * 3600))
  }
}

extension Measure where Unit == Units.ChipHoursUnit {
  /// How long `chips` accelerators take for this many chip-hours.
  @inlinable public static func / (work: Self, chips: Chips) -> Hours {
    Hours(work.value / chips.value)
  }

  /// What these chip-hours cost at a rental price.
  @inlinable public static func * (work: Self, price: USDollarsPerChipHour) -> USDollars {
    USDollars(work.value * price.value)
  }
}

extension Measure where Unit == Units.ChipsUnit {
  /// Chip-hours of this many accelerators over a span of time.
  @inlinable public static func * (chips: Self, span: Hours) -> ChipHours {
    ChipHours(chips.value * span.value)
  }
}

extension Measure where Unit == Units.KilowattHoursUnit {
  /// What this energy costs.
  @inlinable public static func * (energy: Self, price: USDollarsPerKilowattHour) -> USDollars {
    USDollars(energy.value * price.value)
  }
}
