import CGSL

/// Brent's method (GSL's) for functions whose values take long and must be waited for.
///
/// GSL asks a function for a value and wants it at once. Here a search says which value it needs next;
/// whoever runs it adds the value to those that are known, and asks again. Each time the search goes
/// the same way from the start, which costs nothing beside a value.
public enum RootSearch {
  /// What a search needs, or has found.
  public enum Step: Hashable, Sendable {
    /// The function's value here.
    case value(at: Double)
    /// Nothing more: the sign changes between these, at both of which the value is known.
    case bracket(ClosedRange<Double>)
  }

  /// How narrow a bracket must be: below `absolute` plus `relative` times the end nearer to zero.
  public struct Tolerance: Hashable, Sendable {
    /// In the function's argument.
    public let absolute: Double
    /// As a share of the argument.
    public let relative: Double

    /// States a tolerance; both parts 0 or more, one of them above.
    public init(absolute: Double, relative: Double) {
      precondition(
        absolute >= 0 && relative >= 0 && absolute + relative > 0,
        "a bracket of no width is never found")
      self.absolute = absolute
      self.relative = relative
    }
  }

  /// What comes next, given the values that are known.
  ///
  /// - Parameters:
  ///   - bracket: where to search; the values at its ends are known, and differ in sign or are zero.
  ///   - known: finite values by argument.
  public static func step(
    in bracket: ClosedRange<Double>, to tolerance: Tolerance, known: [Double: Double]
  ) -> Step {
    _ = GSL.errorsAreReturned
    guard let solver = gsl_root_fsolver_alloc(chokepoint_brent_type()) else {
      preconditionFailure("no memory for a root solver")
    }
    defer { gsl_root_fsolver_free(solver) }
    var table = Table(known: known)
    return withUnsafeMutablePointer(to: &table) { table in
      var function = gsl_function(function: Table.value, params: table)
      return withUnsafeMutablePointer(to: &function) { function in
        let status = gsl_root_fsolver_set(
          solver, function, bracket.lowerBound, bracket.upperBound)
        precondition(
          status == GSL_SUCCESS, "no sign change between known values at \(bracket)")
        while true {
          let (low, high) = (gsl_root_fsolver_x_lower(solver), gsl_root_fsolver_x_upper(solver))
          if gsl_root_test_interval(low, high, tolerance.absolute, tolerance.relative)
            == GSL_SUCCESS || low.nextUp >= high
          {
            return .bracket(low...high)
          }
          _ = gsl_root_fsolver_iterate(solver)
          if let missing = table.pointee.missing { return .value(at: missing) }
        }
      }
    }
  }

  /// Known values, as a function that GSL can call.
  private struct Table {
    let known: [Double: Double]
    /// The first argument that was asked for in vain.
    var missing: Double?

    /// What is not known is not a number, which makes GSL give up the step.
    static let value: @convention(c) (Double, UnsafeMutableRawPointer?) -> Double = { x, table in
      guard let table = table?.assumingMemoryBound(to: Table.self) else { return .nan }
      if let value = table.pointee.known[x] { return value }
      if table.pointee.missing == nil { table.pointee.missing = x }
      return .nan
    }
  }
}
