import Glibc

/// What a quantity is multiplied by in a year that was multiplied by so much in so many years.
package func yearlyFactor(_ factor: Double, years: Double) -> Double { pow(factor, 1 / years) }
