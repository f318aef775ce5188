/// A kind of number that a model records.
public struct Metric: Hashable, Sendable {
  /// Its name in results: lower case, words joined by `_`, ending in its unit where it has one.
  public let name: String

  /// The unit, as written in the `unit` column.
  public let unit: String

  /// What it means, in one sentence.
  public let definition: String

  /// What it is called, in a few words; nil where the model's own list of words has it, or nobody says.
  public let title: String?

  /// Whether its mean stands for all replicates, and not its median.
  public let isShownByMean: Bool

  /// Declares a metric.
  public init(
    name: String, unit: String, definition: String, title: String? = nil,
    isShownByMean: Bool = false
  ) {
    (self.name, self.unit, self.definition) = (name, unit, definition)
    (self.title, self.isShownByMean) = (title, isShownByMean)
  }
}

/// One metric of one entity: a column of results.
public struct Column: Hashable, Sendable {
  /// Whose number it is: a run, a lab, a jurisdiction.
  public let entity: String

  /// What is recorded.
  public let metric: Metric

  /// Declares a column.
  public init(entity: String, metric: Metric) {
    self.entity = entity
    self.metric = metric
  }
}

/// Takes down the values of runs, one run after another, each in the order of the model's columns.
///
/// One recorder serves many runs: the room for their values is made once, and a value is written
/// where it stays until its stripe is put together. It owns that room itself, so that there is one of
/// it: an array would ask at every value whether anybody shares it.
public struct Recorder: ~Copyable {
  /// Room for the values, the first of which are there; NaN where there was nothing to record.
  @usableFromInline let room: UnsafeMutableBufferPointer<Double>
  /// How many values there are.
  @usableFromInline private(set) var filled = 0

  /// Where the run's first value stands.
  private var start = 0

  /// Where the first value of the run stands that could not be recorded, counted from its start.
  private(set) var firstFailure: (cell: Int, value: Double)?

  /// The largest magnitude that is recorded: the squares of a hundred million such values still
  /// add up to a number, so whatever is recorded has a mean and a standard deviation.
  public static let largest = 1e150

  /// Records a value. One that is not a number, or beyond ``largest``, fails the replicate: it is
  /// reported as a failure, and is in no summary.
  @inlinable public mutating func record(_ value: Double) {
    // The literal of `largest`, which is looked up anew for every value otherwise.
    if abs(value) <= 1e150 { append(value) } else { fail(value) }
  }

  /// Records that there is no value: the column's cell stays empty for this replicate.
  @inlinable public mutating func recordMissing() { append(.nan) }

  @inlinable mutating func append(_ value: Double) {
    precondition(filled < room.count, "more values recorded than the model declares")
    room[filled] = value
    filled += 1
  }

  @usableFromInline mutating func fail(_ value: Double) {
    if firstFailure == nil { firstFailure = (filled - start, value) }
    append(.nan)
  }

  /// Room for so many values, and no more.
  init(capacity: Int) {
    room = .allocate(capacity: capacity)
    room.initialize(repeating: .nan)
  }

  deinit { room.deallocate() }

  /// All values so far.
  var values: UnsafeBufferPointer<Double> { UnsafeBufferPointer(rebasing: room[..<filled]) }

  /// What the recorder has of a run so far.
  struct Mark {
    fileprivate let recorded: Range<Int>
    fileprivate let firstFailure: (cell: Int, value: Double)?
  }

  /// What it has of the run that it records.
  var mark: Mark { Mark(recorded: start..<filled, firstFailure: firstFailure) }

  /// Takes down again what it had of an earlier run, as the beginning of this one.
  mutating func `repeat`(_ mark: Mark) {
    for place in mark.recorded { append(room[place]) }
    firstFailure = mark.firstFailure
  }

  /// How many values the run has recorded.
  var count: Int { filled - start }

  /// What the run has recorded.
  var recordedByRun: [Double] { Array(room[start..<filled]) }

  /// The next run begins.
  mutating func beginRun() {
    start = filled
    firstFailure = nil
  }

  /// Forgets all values, and keeps their room.
  mutating func clear() { filled = 0 }
}
