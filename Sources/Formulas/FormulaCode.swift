import Glibc

/// A formula as steps of a stack machine: flat, and evaluated for many draws at a time.
///
/// Division by zero, logarithms of what is not positive and the like give infinities and NaN, which go on
/// through all that is computed from them, comparisons and conditions too; the part of an `if` that is not
/// chosen does not count.
public struct FormulaProgram: Hashable, Sendable {
  /// What a step does with the stack.
  enum Code: UInt8, Sendable {
    case constant, load
    case negate, absolute, squareRoot, exponential, logarithm, logarithm10
    case add, subtract, multiply, divide, power, least, largest
    case less, lessOrEqual, equal, unequal
    case choose

    /// How many values it takes from the stack.
    var takes: Int {
      switch self {
      case .constant, .load: 0
      case .negate, .absolute, .squareRoot, .exponential, .logarithm, .logarithm10: 1
      case .choose: 3
      default: 2
      }
    }
  }

  struct Step: Hashable, Sendable {
    let code: Code
    /// The place of a constant, or of a slot.
    var operand: Int32 = 0
  }

  private(set) var steps: [Step] = []
  private var constants: [Double] = []
  /// How many columns its stack needs.
  public private(set) var depth = 0
  private var height = 0

  /// The number 0.
  init() {}

  mutating func append(constant: Double) {
    constants.append(constant)
    append(Step(code: .constant, operand: Int32(constants.count - 1)))
  }

  mutating func append(slot: Int) { append(Step(code: .load, operand: Int32(slot))) }

  mutating func append(_ code: Code) { append(Step(code: code)) }

  private mutating func append(_ step: Step) {
    steps.append(step)
    height += 1 - step.code.takes
    depth = max(depth, height)
  }

  /// The slots that it reads.
  public var slots: Set<Int> { Set(steps.filter { $0.code == .load }.map { Int($0.operand) }) }

  /// The same reading each slot where it stands elsewhere.
  public func moving(_ place: (Int) -> Int) -> FormulaProgram {
    var moved = self
    for index in steps.indices where steps[index].code == .load {
      moved.steps[index].operand = Int32(place(Int(steps[index].operand)))
    }
    return moved
  }
}

extension FormulaProgram {
  /// Evaluates it for so many draws at a time.
  ///
  /// - Parameters:
  ///   - slots: slot by slot, in it draw by draw.
  ///   - stack: room for `depth` times `count` values.
  ///   - result: where the values go, draw by draw; may be a slot that it does not read.
  public func evaluate(
    _ slots: UnsafePointer<Double>, count: Int, stack: UnsafeMutablePointer<Double>,
    into result: UnsafeMutablePointer<Double>
  ) {
    var top = stack - count
    for step in steps {
      switch step.code {
      case .constant:
        top += count
        top.update(repeating: constants[Int(step.operand)], count: count)
      case .load:
        top += count
        top.update(from: slots + Int(step.operand) * count, count: count)
      case .negate: Self.each(top, count) { -$0 }
      case .absolute: Self.each(top, count) { abs($0) }
      case .squareRoot: Self.each(top, count) { $0.squareRoot() }
      case .exponential: Self.each(top, count) { exp($0) }
      case .logarithm: Self.each(top, count) { log($0) }
      case .logarithm10: Self.each(top, count) { log10($0) }
      case .choose:
        let (yes, no) = (top - count, top)
        top -= 2 * count
        for draw in 0..<count {
          top[draw] = top[draw].isNaN ? .nan : top[draw] != 0 ? yes[draw] : no[draw]
        }
      default:
        top -= count
        Self.pair(step.code, top, count)
      }
    }
    result.update(from: top, count: count)
  }

  @inline(__always) private static func each(
    _ values: UnsafeMutablePointer<Double>, _ count: Int, _ body: (Double) -> Double
  ) {
    for draw in 0..<count { values[draw] = body(values[draw]) }
  }

  @inline(__always) private static func both(
    _ values: UnsafeMutablePointer<Double>, _ count: Int, _ body: (Double, Double) -> Double
  ) {
    let others = values + count
    for draw in 0..<count { values[draw] = body(values[draw], others[draw]) }
  }

  /// 1 or 0, or nothing where one of both is nothing.
  @inline(__always) private static func compare(
    _ values: UnsafeMutablePointer<Double>, _ count: Int, _ body: (Double, Double) -> Bool
  ) {
    both(values, count) { $0.isNaN || $1.isNaN ? .nan : body($0, $1) ? 1 : 0 }
  }

  /// Two columns of the stack become one.
  private static func pair(_ code: Code, _ values: UnsafeMutablePointer<Double>, _ count: Int) {
    switch code {
    case .add: both(values, count) { $0 + $1 }
    case .subtract: both(values, count) { $0 - $1 }
    case .multiply: both(values, count) { $0 * $1 }
    case .divide: both(values, count) { $0 / $1 }
    case .power: both(values, count) { pow($0, $1) }
    case .least: both(values, count) { $0.isNaN ? $0 : $1.isNaN ? $1 : $1 < $0 ? $1 : $0 }
    case .largest: both(values, count) { $0.isNaN ? $0 : $1.isNaN ? $1 : $1 > $0 ? $1 : $0 }
    case .less: compare(values, count) { $0 < $1 }
    case .lessOrEqual: compare(values, count) { $0 <= $1 }
    case .equal: compare(values, count) { $0 == $1 }
    case .unequal: compare(values, count) { $0 != $1 }
    default: preconditionFailure("\(code) takes no two columns")
    }
  }
}
