/// What happens to all regimes of a replicate alike, by step and agent: drawn once, read by each of them.
///
/// A stream's address knows no regime, so that each would draw the same numbers. Each list is drawn by the
/// mechanism that reads it (``Mechanism/draw(_:of:)``), and empty where that is switched off.
public struct Shocks: Sendable {
  /// By family: standard normals of output beyond the last known year. Drawn by ``SupplierCapacity``.
  var output: [Double] = []
  /// By owner: standard normals of spending. Drawn by ``SpendingPlans``.
  var spending: [Double] = []
  /// By developer: standard normals of algorithms. Drawn by ``AlgorithmicEfficiency``.
  var algorithms: [Double] = []
}
