import CGSL

/// What has to be true of the library before it is called.
enum GSL {
  /// Touched before any call that can fail: GSL's own handler aborts the process, so it is turned off,
  /// once and for the whole process. Arguments are validated on this side instead.
  static let errorsAreReturned: Void = {
    gsl_set_error_handler_off()
  }()

  /// The standard normal's distribution function.
  static func normalCDF(_ z: Double) -> Double {
    gsl_cdf_ugaussian_P(z)
  }

  /// The standard normal's quantile, for a probability in (0, 1).
  static func normalQuantile(_ probability: Double) -> Double {
    gsl_cdf_ugaussian_Pinv(probability)
  }
}

extension Double {
  /// The largest double below 1, where a probability that rounded up to 1 is put back.
  static let belowOne = 1.0.nextDown
}
