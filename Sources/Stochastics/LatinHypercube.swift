/// One parameter's Latin hypercube: for each randomisation, a permutation of equal strata of (0, 1).
struct LatinHypercube: Sendable {
  private let permutations: [KeyedPermutation]

  /// A hypercube of `strata` cells for each randomisation, keyed by seed and parameter.
  init(seed: UInt64, parameter: AgentID, strata: Int) {
    permutations = (0..<Design.randomisationCount).map { randomisation in
      var stream = RandomStream(
        seed: seed, at: DesignDraw.stratumKeys.address(of: parameter, at: UInt32(randomisation)))
      return KeyedPermutation(count: strata, keyedBy: &stream)
    }
  }

  /// The stratum of one index within one randomisation, 0..<strata.
  func stratum(_ index: Int, in randomisation: Int) -> Int {
    permutations[randomisation][index]
  }
}

/// A permutation of 0..<count that can be evaluated at any place without the others: a Feistel network
/// over the next power of 4, walked along its cycle until it lands inside.
struct KeyedPermutation: Sendable {
  private let count: Int
  private let halfBits: Int
  private let keys: SIMD8<UInt32>

  /// A permutation of 1 or more places, up to 2^62, keyed by the next eight words of a stream.
  init(count: Int, keyedBy stream: inout RandomStream) {
    self.count = count
    let bits = Int.bitWidth - (count - 1).leadingZeroBitCount
    halfBits = max((bits + 1) / 2, 1)
    var keys = SIMD8<UInt32>()
    for round in keys.indices { keys[round] = stream.bits() }
    self.keys = keys
  }

  /// Where a place goes. The walk is short: fewer than 4 steps on average, as the network's domain is
  /// less than 4 times the count.
  subscript(place: Int) -> Int {
    var image = place
    repeat { image = network(image) } while image >= count
    return image
  }

  /// Eight rounds, each a bijection whatever its function: more than the four that suffice for wide
  /// words, since a dozen strata make half-words of two bits.
  private func network(_ value: Int) -> Int {
    let mask = UInt32(1) << UInt32(halfBits) - 1
    var left = UInt32(truncatingIfNeeded: value >> halfBits)
    var right = UInt32(truncatingIfNeeded: value) & mask
    for round in keys.indices {
      (left, right) = (right, left ^ (scrambled(right ^ keys[round]) & mask))
    }
    return Int(left) << halfBits | Int(right)
  }

  /// Spreads each bit over the whole word, by the usual alternation of shifts and odd multipliers.
  private func scrambled(_ word: UInt32) -> UInt32 {
    var word = word
    word = (word ^ word >> 16) &* 0x85eb_ca6b
    word = (word ^ word >> 13) &* 0xc2b2_ae35
    return word ^ word >> 16
  }
}
