import Simulation

/// Whether what a stranger's record says could have been recorded here. What could not would end the program
/// further on: counts beyond all numbers, codes of nothing, times that take all memory.
extension CellPlan {
  /// Codes are places in lists, of which none is so long.
  static let largestCode = 10_000

  /// Whether failures are of a block's replicates, in their order, and say what could not be recorded.
  func canHave(_ failures: [ReplicateFailure], in block: Block) -> Bool {
    let areOfBlock = failures.allSatisfy {
      block.replicates.contains($0.replicate) && regimes.indices.contains($0.regime)
        && $0.value.utf8.count <= 40 && $0.value.utf8.allSatisfy(Self.isOfNumber)
    }
    return areOfBlock
      && zip(failures, failures.dropFirst()).allSatisfy {
        ($0.replicate, $0.regime) < ($1.replicate, $1.regime)
      }
  }

  /// Numbers are told in letters, too: `inf`, `nan`, `1e+200`.
  private static func isOfNumber(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
    case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."): true
    default: false
    }
  }

  /// Whether values are such as its cells hold.
  ///
  /// - Parameter count: of how many replicates; values stand column by column.
  func canHave(_ values: [Double], of count: Int) -> Bool {
    values.indices.allSatisfy { place in
      let value = values[place]
      if value.isNaN { return true }
      return switch kinds[place / count % layout.cellCount] {
      case .compared, .alone: abs(value) <= Recorder.largest
      case .time: abs(value) <= Double(layout.stepCount)
      case .code: value == value.rounded() && (0...Double(Self.largestCode)).contains(value)
      }
    }
  }
}

extension Moments {
  /// Whether they can be those of no more than so many recorded values, or of differences between them.
  func canBe(of values: Int) -> Bool {
    guard (0...values).contains(count) else { return false }
    guard count > 0 else { return mean == 0 && squares == 0 }
    let largest = 2 * Recorder.largest
    return abs(mean) <= largest && squares >= 0
      && squares <= Double(count) * 4 * largest * largest
  }

  /// Whether they are numbers at all, which sums of too many blocks are not.
  var isFinite: Bool { mean.isFinite && squares.isFinite }
}

extension Bins {
  /// Whether they can be those of no more than so many recorded values, or of differences between them.
  func canBe(of values: Int) -> Bool {
    guard nearZero <= values, count <= values else { return false }
    guard count > 0 else { return least == .infinity && most == -.infinity }
    let largest = 2 * Recorder.largest
    // What is counted on a side lies on it; edges of bins must be numbers, and a bin of one octave must not be
    // read as that of another.
    return least <= most && abs(least) <= largest && abs(most) <= largest
      && (most > 0 || positive.total == 0) && (least < 0 || negative.total == 0)
      && top < 2047
      && [positive, negative].allSatisfy {
        $0.indices.count <= Self.octaves << bits
          && ($0.first + $0.indices.count) >> bits <= top + 1
      }
  }
}

extension ColumnFold {
  /// How many values its moments are of, where as many are counted; nil where they differ.
  var agreedCount: Int? {
    let count = moments.closed.count
    let isOfGroups = groups.isEmpty || groups.reduce(0) { $0 + $1.closed.count } == count
    return isOfGroups && quantiles.count.map { $0 == count } != false ? count : nil
  }
}

extension PairFold {
  /// Whether what is counted is of as many replicates as what is summed.
  var isInAgreement: Bool {
    guard let both = difference.agreedCount, let ratios = ratio.agreedCount else { return false }
    return ratios <= both && higher + lower <= both && value.closed.count == both
      && reference.closed.count == both
  }
}

extension PassageTally {
  /// Whether no more happened than was watched.
  var isInAgreement: Bool { steps.reduce(0, +) <= count && earlier + later <= count }
}
