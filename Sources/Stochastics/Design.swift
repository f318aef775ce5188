/// How the uncertain parameters of an ensemble are spread over (0, 1): one uniform for each parameter
/// and replicate.
///
/// - `mc`: independent draws. More replicates keep the first ones.
/// - `lhs`: Latin hypercube sampling; each parameter visits each of N/16 equal strata once.
/// - `sobol`: jittered Sobol points with a digital shift, for the first 40 parameters; Latin hypercube for the
///   rest. Best balanced when N/16 is a power of 2.
///
/// `lhs` and `sobol` run as 16 independent randomisations, interleaved: replicate r is point r / 16 of
/// randomisation r mod 16. The spread of their 16 means gives the Monte Carlo error.
///
/// A replicate is one parameter draw under one stochastic realisation: what is not known, and what merely
/// happens. By default each replicate has its own of both; a ``Crossing`` shares them out otherwise.
///
/// A parameter's address is a hash of its name, so that regimes and sweep points share its draws, and
/// adding a parameter changes no other's (under `sobol`, if it is added at the end). Any replicate can
/// be computed alone, so that shards need nothing from each other.
public struct Design: Sendable {
  /// The three designs, by the names that a scenario gives them.
  public enum Kind: String, CaseIterable, Hashable, Sendable {
    /// Independent draws.
    case mc
    /// Latin hypercube.
    case lhs
    /// Shifted Sobol points.
    case sobol
  }

  /// Which replicates share a parameter draw, and which a stochastic realisation.
  ///
  /// Under all but `paired`, replicates depend on each other, so that the usual standard error of a mean
  /// over them does not hold.
  public enum Crossing: Hashable, Sendable {
    /// Replicate r has draw r and realisation r.
    case paired
    /// Each draw has so many realisations of its own, k: replicate r has draw r / k and realisation r.
    /// The spread within draws is what merely happens, that of their means what is not known.
    case nested(realisations: Int)
    /// Every draw has the same k realisations: replicate r has draw r / k and realisation r mod k. With
    /// 1, all draws share one realisation, so that nothing but the parameters differs.
    case crossed(realisations: Int)
    /// Replicate r has draw r and the realisation that is given for it, 0 or more: draws that are compared with
    /// each other share one.
    case given(realisations: [Int])

    /// Consecutive replicates with one draw.
    public var replicatesPerDraw: Int {
      switch self {
      case .paired, .given: 1
      case .nested(let realisations), .crossed(let realisations): realisations
      }
    }
  }

  /// How many independent randomisations `lhs` and `sobol` run as.
  public static let randomisationCount = 16

  /// Which design this is.
  public let kind: Kind
  /// N, the number of replicates.
  public let replicates: Int
  /// The key of every draw.
  public let seed: UInt64
  /// The parameters, in the order of their uniforms.
  public let parameters: [String]
  /// How parameter draws and stochastic realisations are shared out over the replicates.
  public let crossing: Crossing

  /// The uniforms of each draw, where they are given and not drawn; empty otherwise.
  private let given: [[Double]]
  private let ids: [AgentID]
  private let sobol: SobolSequence?
  private let hypercubes: [LatinHypercube]
  /// Draws of one randomisation of `lhs` or `sobol`.
  private let pointsPerRandomisation: Int

  /// A design for named parameters, in order.
  ///
  /// Fails on a number of replicates outside 1...4,294,967,295 or, for `lhs` and `sobol`, not a
  /// multiple of 16; on draws that it does not fill, where each has several realisations; on a name given
  /// twice; and on two names with the same hash.
  public init(
    _ kind: Kind, replicates: Int, seed: UInt64, parameters: [String],
    crossing: Crossing = .paired
  ) throws(DesignError) {
    try Design.requireReplicates(replicates, for: kind, crossing)
    if case .given(let realisations) = crossing {
      precondition(realisations.count == replicates, "a realisation for each replicate")
    }
    ids = try Design.distinctIDs(parameters)
    self.kind = kind
    self.replicates = replicates
    self.seed = seed
    self.parameters = parameters
    self.crossing = crossing
    given = []
    let points = replicates / crossing.replicatesPerDraw / Design.randomisationCount
    pointsPerRandomisation = points
    let sobolCount = kind == .sobol ? min(ids.count, SobolSequence.dimensionLimit) : 0
    sobol =
      kind == .sobol
      ? SobolSequence(seed: seed, parameters: Array(ids.prefix(sobolCount)), points: points) : nil
    hypercubes =
      kind == .mc
      ? []
      : ids.dropFirst(sobolCount).map {
        LatinHypercube(seed: seed, parameter: $0, strata: points)
      }
  }

  /// A design whose parameter draws are given: the points at which a study looks at a model.
  ///
  /// All of them meet the same stochastic realisations, so that nothing else differs between them.
  ///
  /// - Parameters:
  ///   - points: for each draw a uniform in (0, 1) for each parameter, in order; 1 point or more.
  ///   - realisations: how many, 1 or more: replicate r has point r / realisations.
  public init(
    points: [[Double]], realisations: Int, seed: UInt64, parameters: [String]
  ) throws(DesignError) {
    guard realisations >= 1 else { throw .realisations(realisations) }
    try self.init(
      points: points, .crossed(realisations: realisations), seed: seed, parameters: parameters)
  }

  /// A design whose parameter draws are given, and with each the stochastic realisation that it meets.
  ///
  /// Points with one realisation differ by their parameters alone.
  ///
  /// - Parameters:
  ///   - points: for each draw a uniform in (0, 1) for each parameter, in order; 1 point or more.
  ///   - realisations: that of each point, from 0.
  public init(
    points: [[Double]], meeting realisations: [Int], seed: UInt64, parameters: [String]
  ) throws(DesignError) {
    precondition(realisations.count == points.count, "a realisation for each point")
    try self.init(
      points: points, .given(realisations: realisations), seed: seed, parameters: parameters)
  }

  private init(
    points: [[Double]], _ crossing: Crossing, seed: UInt64, parameters: [String]
  ) throws(DesignError) {
    precondition(
      points.allSatisfy { $0.count == parameters.count && $0.allSatisfy { 0 < $0 && $0 < 1 } },
      "a point has a uniform within (0, 1) for each parameter")
    self.crossing = crossing
    replicates = points.count * crossing.replicatesPerDraw
    try Design.requireReplicates(replicates, for: .mc, crossing)
    ids = try Design.distinctIDs(parameters)
    (kind, self.seed, self.parameters, given) = (.mc, seed, parameters, points)
    (pointsPerRandomisation, sobol, hypercubes) = (points.count, nil, [])
  }

  /// Whether its replicates are the first ones of another design, to the bit: those of `mc` do not depend on how
  /// many there are.
  public func isBeginning(of other: Design) -> Bool {
    let isDrawnAlike =
      kind == other.kind && seed == other.seed && parameters == other.parameters
      && crossing == .paired && other.crossing == .paired && given.isEmpty && other.given.isEmpty
    return isDrawnAlike
      && (replicates == other.replicates || kind == .mc && replicates < other.replicates)
  }

  /// The parameters spread by Sobol points: the first 40 of a `sobol` design.
  public var sobolParameters: ArraySlice<String> {
    kind == .sobol ? parameters.prefix(SobolSequence.dimensionLimit) : []
  }

  /// The parameters spread by Latin hypercube: all of an `lhs` design, those after 40 of a `sobol` one.
  public var latinHypercubeParameters: ArraySlice<String> {
    kind == .mc ? [] : parameters.suffix(hypercubes.count)
  }

  /// How many independent randomisations the replicates belong to: 16, or 1 under `mc`, where each
  /// replicate is independent by itself.
  public var randomisations: Int { kind == .mc ? 1 : Design.randomisationCount }

  /// Which parameter draw a replicate has, from 0. Replicates with the same have the same uniforms.
  public func draw(of replicate: Int) -> Int { replicate / crossing.replicatesPerDraw }

  /// Which stochastic realisation a replicate has, from 0: what its streams inside a run are addressed
  /// by. Replicates with the same meet the same random numbers, whatever their parameters.
  public func realisation(of replicate: Int) -> Int {
    switch crossing {
    case .paired, .nested: replicate
    case .crossed(let realisations): replicate % realisations
    case .given(let realisations): realisations[replicate]
    }
  }

  /// The randomisation that a replicate belongs to, 0..<randomisations.
  public func randomisation(of replicate: Int) -> Int { draw(of: replicate) % randomisations }

  /// The randomisation of each of some replicates; empty under `mc`, where values are independent.
  public func randomisations(of replicates: [Int]) -> [Int] {
    kind == .mc ? [] : replicates.map { randomisation(of: $0) }
  }

  /// One uniform in (0, 1) for each parameter, in order.
  public func uniforms(replicate: Int) -> [Double] {
    var uniforms: [Double] = []
    fill(&uniforms, replicate: replicate)
    return uniforms
  }

  /// Hands over the uniforms of each replicate in a range, in ascending order. The array is reused, and
  /// may be changed in place (by a copula, say).
  public func forEachReplicate<Failure: Error>(
    in range: Range<Int>, _ body: (Int, inout [Double]) throws(Failure) -> Void
  ) throws(Failure) {
    var uniforms: [Double] = []
    uniforms.reserveCapacity(parameters.count)
    for replicate in range {
      fill(&uniforms, replicate: replicate)
      try body(replicate, &uniforms)
    }
  }

  private func fill(_ uniforms: inout [Double], replicate: Int) {
    precondition((0..<replicates).contains(replicate), "replicate \(replicate) of \(replicates)")
    uniforms.removeAll(keepingCapacity: true)
    let draw = draw(of: replicate)
    if !given.isEmpty { return uniforms.append(contentsOf: given[draw]) }
    let (index, randomisation) = draw.quotientAndRemainder(dividingBy: randomisations)
    let sobolCount = sobolParameters.count
    for (place, id) in ids.enumerated() {
      var stream = RandomStream(
        seed: seed, at: DesignDraw.value.address(of: id, at: UInt32(draw)))
      if kind == .mc {
        uniforms.append(stream.uniform())
      } else if let sobol, place < sobolCount {
        let stratum = sobol.stratum(index, dimension: place, in: randomisation)
        uniforms.append(Design.jittered(stratum, of: sobol.strata, by: stream.bits()))
      } else {
        let stratum = hypercubes[place - sobolCount].stratum(index, in: randomisation)
        uniforms.append(Design.jittered(stratum, of: pointsPerRandomisation, by: stream.bits()))
      }
    }
  }

  /// A random point of one of the equal strata of (0, 1).
  ///
  /// Strata go up to 2^28, and 24 bits of jitter with the half added to them still fit a double, so
  /// that no point rounds into the next stratum.
  private static func jittered(_ stratum: Int, of strata: Int, by bits: UInt32) -> Double {
    (Double(stratum) + (Double(bits >> 8) + 0.5) * 0x1p-24) / Double(strata)
  }
}

/// The draws that a design makes of one parameter, by their place in the address. Append-only, like
/// mechanism ids.
enum DesignDraw: UInt16 {
  /// The uniform itself, or the jitter of a point: one for each parameter draw.
  case value = 0
  /// The keys of a Latin hypercube's permutation: one for each randomisation.
  case stratumKeys = 1
  /// The shift of a Sobol dimension: one for each randomisation.
  case sobolShift = 2
  /// What a parameter is sorted by into the order of a trajectory: one for each trajectory.
  case trajectoryOrder = 3
  /// The places of a bootstrap sample, of no parameter: one for each resample.
  case resample = 4

  func address(of parameter: AgentID, at draw: UInt32) -> StreamAddress {
    StreamAddress(
      replicate: draw, mechanism: .parameters, agent: parameter, month: 0, draw: rawValue)
  }
}
