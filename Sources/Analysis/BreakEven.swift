/// Where a metric, as a function of a lever, meets a target.
///
/// The function need be neither monotone nor continuous. It is looked at on a scan of the range, and every
/// change of side between neighbours of the scan is followed up. What crosses the target twice between two
/// neighbours is not seen.
public struct BreakEven: Sendable {
  /// What is looked for.
  public struct Question: Hashable, Sendable {
    /// The value that the metric is to have.
    public let target: Double
    /// The values of the lever to look at.
    public let range: ClosedRange<Double>
    /// How close is close enough: for the lever as a share of itself (or a thousandth of that share of
    /// the range, near zero), for the metric as a share of the target.
    public let tolerance: Double
    /// Whether the lever takes whole numbers alone.
    public let isWhole: Bool

    /// Asks; the range must have two ends.
    public init(
      target: Double, range: ClosedRange<Double>, tolerance: Double = 1e-3, isWhole: Bool = false
    ) {
      precondition(range.lowerBound < range.upperBound, "nothing to vary: \(range)")
      precondition(tolerance > 0 && tolerance < 1, "a tolerance of \(tolerance)")
      self.target = target
      self.range = range
      self.tolerance = tolerance
      self.isWhole = isWhole
    }
  }

  /// A value of the lever with what the metric comes to there.
  public struct Point: Hashable, Sendable {
    /// The lever.
    public let lever: Double
    /// The metric.
    public let reading: LeverReading
  }

  /// How the metric meets the target.
  public enum Meeting: Hashable, Sendable {
    /// It has the target's value here, within the tolerance.
    case root(Point)
    /// It is on one side of the target at the first point and on the other at the second, which are as
    /// near to each other as makes sense, and does not come closer in between.
    case jump(Point, Point)
    /// It has exactly the target's value at all scanned points from the first to the second.
    case stretch(Point, Point)
    /// It changes sides between these, and in between there are values of the lever at which no
    /// replicate has a value.
    case gap(Point, Point)
  }

  /// Values of the lever between which something lies.
  public struct Span: Hashable, Sendable {
    /// The lower end; nil when it lies below the range, or cannot be told.
    public let low: Double?
    /// The upper end; nil when it lies above the range, or cannot be told.
    public let high: Double?
  }

  /// One place where the target is met.
  public struct Crossing: Hashable, Sendable {
    /// How.
    public let meeting: Meeting
    /// Whether the metric rises through the target there; nil where it only touches it.
    public let rises: Bool?
    /// The Monte Carlo interval of the place: the values of the lever around it at which the interval of
    /// the metric's quantile holds the target. Where the quantile of infinitely many replicates meets the
    /// target is among them with the same probability, whatever the shape of the function.
    public let interval: Span
    /// The values of the lever around it at which the target lies within the band of draws: where a single
    /// draw meets the target once, 90% of draws do so here. Not an error: more replicates do not make it
    /// narrower. Nil where the target is outside the band at the crossing itself, as it is when an outer
    /// quantile is asked for.
    public let draws: Span?
  }

  /// What was asked.
  public let question: Question
  /// The scan, rising.
  public let scan: [Point]
  /// Where the target is met, rising.
  public let crossings: [Crossing]
  /// At how many values of the lever the metric was computed.
  public let evaluations: Int

  /// Looks for all places where a metric meets a target.
  ///
  /// - Parameter reading: computes the metric at a value of the lever; called once for each, and always
  ///   with the same answer for the same value (common random numbers).
  public init(
    _ question: Question, reading: @escaping (Double) async throws -> LeverReading
  ) async throws {
    var search = LeverSearch(question, reading: reading)
    let scan = try await search.scan()
    var crossings: [Crossing] = []
    for side in LeverSearch.sides(of: scan, target: question.target) {
      crossings.append(try await search.crossing(side))
    }
    self.question = question
    self.scan = scan
    self.crossings = crossings
    evaluations = search.points.count
  }

  /// The least and the largest value of the metric on the scan; nil where there is none anywhere.
  public var seen: ClosedRange<Double>? {
    let values = scan.map(\.reading.value).filter { !$0.isNaN }
    return values.min().flatMap { least in values.max().map { least...$0 } }
  }
}

extension BreakEven.Meeting {
  /// The points at its ends: the same twice for a root.
  public var ends: (low: BreakEven.Point, high: BreakEven.Point) {
    switch self {
    case .root(let point): (point, point)
    case .jump(let low, let high), .stretch(let low, let high), .gap(let low, let high): (low, high)
    }
  }
}

extension BreakEven {
  /// Whether the target is only jumped over because replicates are finite: the metric's own Monte Carlo
  /// interval at an end holds the target and is some times wider than the jump. Where draws fall into two
  /// camps, one on each side of the target, the interval spans both and is no wider than the jump.
  public func isWithinError(_ crossing: Crossing) -> Bool {
    guard case .jump(let low, let high) = crossing.meeting else { return false }
    let jump = abs(high.reading.value - low.reading.value)
    return [low, high].contains { point in
      let interval = point.reading.interval
      let width = interval.upperBound - interval.lowerBound
      return interval.contains(question.target) && width.isFinite && width >= 4 * jump
    }
  }
}
