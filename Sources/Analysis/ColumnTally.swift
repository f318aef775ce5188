import Simulation

/// What is kept of a column whose values are too many to be kept.
///
/// Laws: moments are summed slice by slice, slices to blocks, and blocks to the whole, in order; the rest
/// are counts. So the result is the same to the bit whoever computed which blocks.
struct ColumnTally: Sendable {
  private var moments = Moments()
  private var block = Moments()
  /// The same by randomisation; empty for plain Monte Carlo.
  private var groups: [Moments]
  private var blockGroups: [Moments]
  private var bins: Bins

  init(bits: Int, randomisations: Int) {
    let count = randomisations == 1 ? 0 : randomisations
    groups = Array(repeating: Moments(), count: count)
    blockGroups = groups
    bins = Bins(bits: bits)
  }

  /// Adds a stretch of values, NaN where missing, and says what its moments are.
  ///
  /// - Parameter randomisations: of each value; not looked at under plain Monte Carlo.
  @discardableResult
  mutating func fold(_ values: ArraySlice<Double>, randomisations: [Int]) -> Moments {
    bins.add(values)
    if !groups.isEmpty {
      for (value, group) in zip(values, randomisations) where !value.isNaN {
        blockGroups[group].add(value)
      }
    }
    let moments = Moments(at: values)
    block.combine(moments)
    return moments
  }

  /// Closes the block under way, and hands over its numbers.
  mutating func endBlock(_ numbers: inout [Double]) {
    for moments in [block] + blockGroups { numbers += moments.numbers }
    combineBlock()
  }

  /// Takes over the numbers of a block that was closed elsewhere; its counts come by ``merge(_:)``.
  mutating func fold(block numbers: inout ArraySlice<Double>) {
    block = .next(in: &numbers)
    for group in blockGroups.indices { blockGroups[group] = .next(in: &numbers) }
    combineBlock()
  }

  private mutating func combineBlock() {
    moments.combine(block)
    block = Moments()
    for group in groups.indices {
      groups[group].combine(blockGroups[group])
      blockGroups[group] = Moments()
    }
  }

  /// How many numbers a block comes to.
  var numbersOfBlock: Int { 3 * (1 + groups.count) }

  /// What the column amounts to; nil without values.
  var summary: Summary? {
    bins.quantiles(Summary.probabilities).map {
      Summary(moments: moments, groups: groups, quantiles: $0)
    }
  }

  /// Adds the counts of another part of the same column.
  mutating func merge(_ counts: Bins) { bins.merge(counts) }

  /// The counts so far.
  var counts: Bins { bins }
}

extension Moments {
  /// Takes the next moments off a list of numbers.
  static func next(in numbers: inout ArraySlice<Double>) -> Moments {
    defer { numbers.removeFirst(3) }
    return Moments(numbers: numbers.prefix(3))
  }
}

/// What is kept of a column under a regime and under the reference.
struct PairTally: Sendable {
  private var difference: ColumnTally
  private var ratio: ColumnTally
  /// Both sides over replicates that have both values.
  private var value = Moments()
  private var reference = Moments()
  private var blockValue = Moments()
  private var blockReference = Moments()
  private var higher = 0

  init(bits: Int, randomisations: Int) {
    difference = ColumnTally(bits: bits, randomisations: randomisations)
    ratio = difference
  }

  /// Adds a stretch of both columns.
  ///
  /// - Parameter moments: of both, each by itself.
  mutating func fold(
    _ values: ArraySlice<Double>, _ references: ArraySlice<Double>,
    moments: (value: Moments, reference: Moments), randomisations: [Int]
  ) {
    let pairs = zip(values, references)
    let differences = pairs.map(Comparison.difference)
    let both = difference.fold(differences[...], randomisations: randomisations).count
    ratio.fold(pairs.map(Comparison.ratio)[...], randomisations: randomisations)
    for difference in differences where difference > 0 { higher += 1 }
    // Columns without gaps, which most are, have been summed already.
    let isWhole = both == moments.value.count && both == moments.reference.count
    blockValue.combine(
      isWhole ? moments.value : Moments(at: pairs.map { $1.isNaN ? .nan : $0 }[...]))
    blockReference.combine(
      isWhole ? moments.reference : Moments(at: pairs.map { $0.isNaN ? .nan : $1 }[...]))
  }

  /// Closes the block under way, and hands over its numbers.
  mutating func endBlock(_ numbers: inout [Double]) {
    difference.endBlock(&numbers)
    ratio.endBlock(&numbers)
    numbers += blockValue.numbers + blockReference.numbers
    combineBlock()
  }

  /// Takes over the numbers of a block that was closed elsewhere.
  mutating func fold(block numbers: inout ArraySlice<Double>) {
    difference.fold(block: &numbers)
    ratio.fold(block: &numbers)
    blockValue = .next(in: &numbers)
    blockReference = .next(in: &numbers)
    combineBlock()
  }

  private mutating func combineBlock() {
    value.combine(blockValue)
    reference.combine(blockReference)
    (blockValue, blockReference) = (Moments(), Moments())
  }

  /// How many numbers a block comes to.
  var numbersOfBlock: Int { difference.numbersOfBlock + ratio.numbersOfBlock + 6 }

  /// How the regime compares; nil when no replicate has both values.
  var comparison: Comparison? {
    difference.summary.map {
      Comparison(
        difference: $0, ratio: ratio.summary, higher: higher, value: value, reference: reference)
    }
  }

  /// The counts so far: of differences, of ratios, and in how many replicates the regime is higher.
  var counts: (difference: Bins, ratio: Bins, higher: Int) {
    (difference.counts, ratio.counts, higher)
  }

  /// Adds the counts of another part of the same columns.
  mutating func merge(_ counts: (difference: Bins, ratio: Bins, higher: Int)) {
    difference.merge(counts.difference)
    ratio.merge(counts.ratio)
    higher += counts.higher
  }
}
