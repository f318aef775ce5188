import CGSL

/// Of columns of numbers, how each goes with each other.
public enum CorrelationMatrix {
  /// The inverse of the correlation matrix of standardised columns, row by row.
  ///
  /// - Parameter columns: each with mean 0 and mean square 1, all of one length.
  /// - Returns: nil where one column follows from others, so that there is no inverse.
  public static func inverse(ofStandardised columns: [[Double]]) -> [[Double]]? {
    _ = GSL.errorsAreReturned
    let size = columns.count
    guard size > 0 else { return [] }
    guard let matrix = gsl_matrix_alloc(size, size) else { return nil }
    defer { gsl_matrix_free(matrix) }
    for row in 0..<size {
      for column in 0...row {
        let correlation = correlation(columns[row], columns[column])
        gsl_matrix_set(matrix, row, column, correlation)
        gsl_matrix_set(matrix, column, row, correlation)
      }
    }
    guard gsl_linalg_cholesky_decomp1(matrix) == 0 else { return nil }
    // Rounding alone can keep a matrix apart from one without an inverse.
    for place in 0..<size where gsl_matrix_get(matrix, place, place) < 1e-6 { return nil }
    guard gsl_linalg_cholesky_invert(matrix) == 0 else { return nil }
    return (0..<size).map { row in (0..<size).map { gsl_matrix_get(matrix, row, $0) } }
  }

  /// The mean product of two standardised columns.
  public static func correlation(_ first: [Double], _ second: [Double]) -> Double {
    var sum = 0.0
    for place in first.indices { sum += first[place] * second[place] }
    return sum / Double(first.count)
  }
}
