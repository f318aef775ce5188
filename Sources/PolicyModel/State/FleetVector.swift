/// What a number of chips amounts to, added up over kinds of chips: eight sums in one SIMD value, so
/// that a fleet's month is a handful of instructions.
public struct FleetVector: Hashable, Sendable, BitwiseCopyable {
  var lanes: SIMD8<Double>

  init(lanes: SIMD8<Double>) { self.lanes = lanes }

  /// What one chip amounts to.
  ///
  /// - Parameters:
  ///   - h100e: BF16 peak over that of the reference chip.
  ///   - pretraining: FLOP/s in training.
  ///   - decoding: FLOP/s in serving and rollouts.
  ///   - watts: what its server draws in training, before the building.
  ///   - price: US dollars to buy it, which is what it is worth at first.
  ///   - rent: US dollars an hour.
  init(
    h100e: Double, pretraining: Double, decoding: Double, watts: Double, price: Double,
    rent: Double
  ) {
    lanes = [1, h100e, pretraining, decoding, watts, price, rent, price]
  }

  /// No chips.
  public static let zero = FleetVector(lanes: .zero)

  /// How many chips.
  public var chips: Double { lanes[0] }
  /// BF16 peak in chips of the reference kind.
  public var h100e: Double { lanes[1] }
  /// FLOP/s in training.
  public var pretraining: Double { lanes[2] }
  /// FLOP/s in serving and rollouts.
  public var decoding: Double { lanes[3] }
  /// What their servers draw in training, watts, before what the building adds; 0 of rented ones.
  public var watts: Double { lanes[4] }
  /// US dollars that they cost when they were bought, servers left out; 0 of rented ones.
  public var price: Double { lanes[5] }
  /// US dollars an hour at the rents of the month in which they were bought; of rented ones what is paid.
  public var rent: Double { lanes[6] }
  /// US dollars that they are worth to their owner by now: what they cost, less what they have lost since.
  public internal(set) var value: Double {
    get { lanes[7] }
    set { lanes[7] = newValue }
  }

  // A call would hand over eight numbers through memory, twice.
  @inline(__always) static func + (left: Self, right: Self) -> Self {
    Self(lanes: left.lanes + right.lanes)
  }
  @inline(__always) static func - (left: Self, right: Self) -> Self {
    Self(lanes: left.lanes - right.lanes)
  }
  @inline(__always) static func * (left: Self, factor: Double) -> Self {
    Self(lanes: left.lanes * factor)
  }
  @inline(__always) static func += (left: inout Self, right: Self) { left.lanes += right.lanes }
  @inline(__always) static func -= (left: inout Self, right: Self) { left.lanes -= right.lanes }

  /// The same fleet when so much of its worth is left.
  func aged(_ left: Double) -> Self {
    var aged = self
    aged.lanes[7] *= left
    return aged
  }

  /// The same fleet in the hands of who rents it: in use it amounts to a share of what it is, and costs a rent,
  /// US dollars an hour. It has no price and no value to them, and its power is in the rent.
  func rented(inUse share: Double, rent: Double) -> Self {
    Self(
      lanes: [chips, h100e * share, pretraining * share, decoding * share, 0, 0, rent, 0])
  }

  /// The same fleet, faster or slower in training.
  func learning(_ gain: Double) -> Self {
    var learnt = self
    learnt.lanes[2] *= gain
    return learnt
  }
}
