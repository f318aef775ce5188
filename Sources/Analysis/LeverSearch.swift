import Glibc
import Stochastics

/// Computes a metric at one value of a lever after the other, until it is known where it meets a target.
struct LeverSearch {
  typealias Point = BreakEven.Point

  /// How many values between the ends of the range a scan looks at.
  static let interior = 8
  /// How much coarser the ends of spans may be than the answer.
  private static let coarser = 10.0
  /// How often a bracket is halved before its gap is looked at again.
  private static let halvings = 10

  private let question: BreakEven.Question
  private let reading: (Double) async throws -> LeverReading
  /// What has been computed.
  private(set) var points: [Double: LeverReading] = [:]

  init(_ question: BreakEven.Question, reading: @escaping (Double) async throws -> LeverReading) {
    self.question = question
    self.reading = reading
  }

  private mutating func point(_ lever: Double) async throws -> Point {
    let lever = settable(lever)
    if let known = points[lever] { return Point(lever: lever, reading: known) }
    let reading = try await reading(lever)
    points[lever] = reading
    return Point(lever: lever, reading: reading)
  }

  /// The nearest value in the range that the lever can be set to, in nine digits: what is told of it is
  /// what was computed.
  private func settable(_ lever: Double) -> Double {
    let range = question.range
    if lever <= range.lowerBound || lever >= range.upperBound {
      return min(max(lever, range.lowerBound), range.upperBound)
    }
    let rounded = question.isWhole ? lever.rounded() : Self.rounded(lever, digits: 9)
    return min(max(rounded, range.lowerBound), range.upperBound)
  }

  private static func rounded(_ value: Double, digits: Double) -> Double {
    guard value != 0 else { return 0 }
    // Powers of ten up to 10^22 are exact, so that no digit comes of the division.
    let places = digits - 1 - log10(abs(value)).rounded(.down)
    let power = pow(10, abs(places))
    let rounded = places > 0 ? (value * power).rounded() / power : (value / power).rounded() * power
    return rounded.isFinite ? rounded : value
  }

  /// Both ends and the values between, spaced by equal factors where the range is above zero and wider
  /// than a factor of ten.
  mutating func scan() async throws -> [Point] {
    let (low, high) = (question.range.lowerBound, question.range.upperBound)
    let isLogarithmic = low > 0 && high / low > 10
    var scanned: [Point] = []
    for place in 0...Self.interior + 1 {
      let share = Double(place) / Double(Self.interior + 1)
      let inner = isLogarithmic ? low * pow(high / low, share) : low + share * (high - low)
      let lever = place == 0 ? low : place == Self.interior + 1 ? high : inner
      let point = try await point(lever)
      if scanned.last?.lever != point.lever { scanned.append(point) }
    }
    return scanned
  }
}

extension LeverSearch {
  /// Points of a scan that the target lies between, or that meet it exactly.
  struct Side {
    let low: Point
    let high: Point
    let isMet: Bool
    let rises: Bool?
  }

  /// Where the target is met, as far as a scan tells.
  static func sides(of scan: [Point], target: Double) -> [Side] {
    func sign(_ place: Int) -> Double? {
      guard scan.indices.contains(place), !scan[place].reading.value.isNaN else { return nil }
      let value = scan[place].reading.value
      return value == target ? 0 : value < target ? -1 : 1
    }
    var sides: [Side] = []
    for place in scan.indices {
      guard let here = sign(place) else { continue }
      if here == 0, sign(place - 1) != 0 {
        let last = scan.indices.suffix(from: place).first { sign($0 + 1) != 0 } ?? place
        let (before, after) = (sign(place - 1) ?? 0, sign(last + 1) ?? 0)
        let rises = before * after < 0 ? after > 0 : nil
        sides.append(Side(low: scan[place], high: scan[last], isMet: true, rises: rises))
      } else if let next = sign(place + 1), here * next < 0 {
        sides.append(
          Side(low: scan[place], high: scan[place + 1], isMet: false, rises: next > 0))
      }
    }
    return sides
  }

  /// Follows up one of them.
  mutating func crossing(_ side: Side) async throws -> BreakEven.Crossing {
    var (low, high) = (side.low, side.high)
    var meeting: BreakEven.Meeting =
      low.lever == high.lever ? .root(low) : .stretch(low, high)
    if !side.isMet { (meeting, low, high) = try await solve(low, high) }
    let interval = try await span(low, high) { $0.interval }
    let bands = [low.reading.draws, high.reading.draws]
    let isWithin =
      bands.contains { $0.lowerBound <= question.target }
      && bands.contains { $0.upperBound >= question.target }
    return BreakEven.Crossing(
      meeting: meeting, rises: side.rises, interval: interval,
      draws: isWithin ? try await span(low, high) { $0.draws } : nil)
  }
}

// Between two values of the lever.
extension LeverSearch {
  private func tolerance(times factor: Double) -> RootSearch.Tolerance {
    let width = question.range.upperBound - question.range.lowerBound
    let relative = question.tolerance * factor
    return RootSearch.Tolerance(absolute: relative * 1e-3 * width, relative: relative)
  }

  /// Narrows a bracket down by Brent's method; nil where a value that it asks for is not there.
  private mutating func narrowed(
    _ low: Point, _ high: Point, times factor: Double,
    _ curve: (LeverReading) -> Double
  ) async throws -> (low: Point, high: Point)? {
    let tolerance = tolerance(times: factor)
    func height(_ point: Point) -> Double {
      let height = curve(point.reading) - question.target
      return min(max(height, -Self.farthest), Self.farthest)
    }
    var known = [low.lever: height(low), high.lever: height(high)]
    while true {
      switch RootSearch.step(in: low.lever...high.lever, to: tolerance, known: known) {
      case .value(let lever):
        let point = try await point(lever)
        guard !point.reading.value.isNaN else { return nil }
        known[lever] = height(point)
      case .bracket(let bracket):
        return (try await point(bracket.lowerBound), try await point(bracket.upperBound))
      }
    }
  }

  /// Stands for infinity where a solver needs numbers.
  private static let farthest = 1e300

  /// Finds where the metric changes sides between two points.
  private mutating func solve(
    _ low: Point, _ high: Point
  ) async throws -> (meeting: BreakEven.Meeting, low: Point, high: Point) {
    let width = abs(high.reading.value - low.reading.value)
    let scale = question.target == 0 ? min(width, Self.farthest) : abs(question.target)
    guard var (low, high) = try await narrowed(low, high, times: 1, { $0.value }) else {
      return (.gap(low, high), low, high)
    }
    while true {
      let nearest = [low, high].min { distance($0) < distance($1) } ?? low
      if distance(nearest) <= question.tolerance * scale { return (.root(nearest), low, high) }
      let gap = abs(high.reading.value - low.reading.value)
      for _ in 0..<Self.halvings {
        let middle = try await point(low.lever + (high.lever - low.lever) / 2)
        if middle.reading.value.isNaN { return (.gap(low, high), low, high) }
        if middle.lever == low.lever || middle.lever == high.lever {
          return (.jump(low, high), low, high)
        }
        if isBelow(middle) == isBelow(low) { low = middle } else { high = middle }
        if distance(middle) <= question.tolerance * scale { return (.root(middle), low, high) }
      }
      // What is continuous gives way when the bracket shrinks a thousandfold.
      if abs(high.reading.value - low.reading.value) > gap / 2 {
        return (.jump(low, high), low, high)
      }
    }
  }

  private func distance(_ point: Point) -> Double { abs(point.reading.value - question.target) }

  private func isBelow(_ point: Point) -> Bool { point.reading.value < question.target }

  /// How far around a bracket a band holds the target.
  private mutating func span(
    _ low: Point, _ high: Point, _ band: (LeverReading) -> ClosedRange<Double>
  ) async throws -> BreakEven.Span {
    let below = points.keys.filter { $0 <= low.lever }.sorted(by: >)
    let above = points.keys.filter { $0 >= high.lever }.sorted()
    let lower = try await edge(along: below, band)
    return BreakEven.Span(low: lower, high: try await edge(along: above, band))
  }

  /// The last value of the lever, going outward over computed ones, at which a band holds the target, and a
  /// little more: the end of the bracket in which it stops to.
  private mutating func edge(
    along levers: [Double], _ band: (LeverReading) -> ClosedRange<Double>
  ) async throws -> Double? {
    var last: Point?
    for lever in levers {
      let point = try await point(lever)
      guard !point.reading.value.isNaN else { return nil }
      let range = band(point.reading)
      if !range.contains(question.target) {
        guard let last else { return lever }
        let isAbove = range.lowerBound > question.target
        let (low, high) = lever < last.lever ? (point, last) : (last, point)
        let bracket = try await narrowed(low, high, times: Self.coarser) {
          isAbove ? band($0).lowerBound : band($0).upperBound
        }
        return bracket.map { lever < last.lever ? $0.low.lever : $0.high.lever }
      }
      last = point
    }
    return nil
  }
}
