/// A small generator of fixed numbers.
struct SplitMix: RandomNumberGenerator {
  private var state: UInt64

  /// A generator for one input.
  init(seed: UInt64, input: Int) {
    state = seed &* 0xD129_0C6B_37A4_95E3 &+ UInt64(truncatingIfNeeded: input)
    state = next()
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// One of some things.
  mutating func choice<Choices: Collection>(of choices: Choices) -> Choices.Element {
    let place = Int(next() % UInt64(choices.count))
    return choices[choices.index(choices.startIndex, offsetBy: place)]
  }

  /// Whether something of a chance happens.
  mutating func happens(_ chance: Double) -> Bool { Double(next() >> 11) * 0x1p-53 < chance }
}
