import CGSL

/// A stream of random numbers that is a pure function of a seed and an address.
///
/// The generator is Philox4x32-10 of Random123 (Salmon et al., SC11). Its key is the 64-bit seed; its
/// 128-bit counter is, from the first word to the last,
/// `replicate 32 | agent 32 | mechanism 16, month 16 | draw 16, block 16`, where the block counts
/// inside this one stream. A stream serves 65,536 blocks of four words and then stops the process,
/// since one block more would be the next draw's.
///
/// The traps that this design avoids, all seen in the wild:
/// - GSL's own generators keep 32 bits of seed, and taus2's seeds 0 and 1 are one stream.
/// - Random123's ready-made GSL adapter also keeps 32 bits, and gets the counter's carry wrong.
/// - `gsl_rng_env_setup` lets the environment change the science: it is never called.
/// - A copied generator repeats itself: a stream is `~Copyable`.
/// - `seed + replicate` makes experiments with neighbouring seeds overlap: here both have own fields.
///
/// A `gsl_rng` is built on the stack around this value whenever a GSL sampler wants one, so a stream
/// never allocates. To make one and draw one uniform takes 26 ns; `@inlinable` would save 2 of them
/// and show C's headers to every floor above, so nothing here is.
public struct RandomStream: ~Copyable {
  var state: chokepoint_stream

  /// The stream at an address. Costs nothing until the first draw.
  public init(seed: UInt64, at address: StreamAddress) {
    state = chokepoint_stream()
    state.key = seed
    state.low = UInt64(address.agent.rawValue) << 32 | UInt64(address.replicate)
    let purpose = UInt64(address.mechanism.rawValue) << 16 | UInt64(address.month)
    state.high = UInt64(address.draw) << 48 | purpose
  }

  /// The next 32 bits.
  public mutating func bits() -> UInt32 {
    chokepoint_stream_bits(&state)
  }

  /// A uniform in the open interval (0, 1): (k + 1/2) / 2^52 for a 52-bit k, never 0 or 1.
  public mutating func uniform() -> Double {
    chokepoint_stream_uniform(&state)
  }
}
