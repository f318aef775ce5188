/// A kind of number that a model records.
public struct Metric: Hashable, Sendable {
  /// Its name in results: lower case, words joined by `_`, ending in its unit where it has one.
  public let name: String

  /// The unit, as written in the `unit` column.
  public let unit: String

  /// What it means, in one sentence.
  public let definition: String

  /// Declares a metric.
  public init(name: String, unit: String, definition: String) {
    self.name = name
    self.unit = unit
    self.definition = definition
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
/// where it stays until its block is put together.
public struct Recorder {
  /// The values so far; NaN where there was nothing to record.
  @usableFromInline var values: [Double] = []

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

  // Inlined into the model: 5 ns a value in the profile of `peer-workload`, else 8.
  @inlinable mutating func append(_ value: Double) { values.append(value) }

  @usableFromInline mutating func fail(_ value: Double) {
    if firstFailure == nil { firstFailure = (values.count - start, value) }
    values.append(.nan)
  }

  /// Room for so many values.
  init(capacity: Int) { values.reserveCapacity(capacity) }

  /// What the recorder has of a run so far.
  struct Mark {
    fileprivate let recorded: Range<Int>
    fileprivate let firstFailure: (cell: Int, value: Double)?
  }

  /// What it has of the run that it records.
  var mark: Mark { Mark(recorded: start..<values.count, firstFailure: firstFailure) }

  /// Takes down again what it had of an earlier run, as the beginning of this one.
  mutating func `repeat`(_ mark: Mark) {
    values.append(contentsOf: Array(values[mark.recorded]))
    firstFailure = mark.firstFailure
  }

  /// How many values the run has recorded.
  var count: Int { values.count - start }

  /// What the run has recorded.
  var recordedByRun: ArraySlice<Double> { values[start...] }

  /// The next run begins.
  mutating func beginRun() {
    start = values.count
    firstFailure = nil
  }

  /// Forgets all values, and keeps their room.
  mutating func clear() { values.removeAll(keepingCapacity: true) }
}
