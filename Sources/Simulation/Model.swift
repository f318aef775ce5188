public import Stochastics

/// A simulation that the engine can run: a state, the phases of one step, and what is recorded.
///
/// The engine knows nothing else of it. A model is a value shared by all threads; everything that
/// changes lives in its `State`, of which each replicate of each regime has its own. The engine never
/// copies a state but by ``snapshot(of:)``, so that a state may own memory and be no value.
///
/// Laws that the engine relies on: a run depends on nothing but the model, the parameter draw, and
/// the streams of its ``Replicate``; it records exactly its declared columns, in their order.
public protocol Model: Sendable {
  /// Everything that changes during one run.
  associatedtype State: ~Copyable

  /// What happens to all regimes of a replicate alike; nothing (the default) when each draws its own.
  associatedtype Shocks = Void

  /// How many steps there are, and how long each is.
  var timeline: Timeline { get }

  /// The policy arms, by id; the first is the reference regime.
  var regimes: [String] { get }

  /// What is not known, and is drawn once for each replicate.
  var parameterSpace: ParameterSpace { get }

  /// What happens in one step, in causal order.
  var phases: [Phase<State>] { get }

  /// What is recorded at the end of each step.
  var stepColumns: [Column] { get }

  /// What is recorded once, at the end of a run.
  var outcomeColumns: [Column] { get }

  /// What happens to all regimes of a replicate alike: made once, and handed to each of them.
  ///
  /// Law: it does not depend on the regime of the replicate that is asked for.
  func shocks(of replicate: Replicate) -> Shocks

  /// The state before the first step, of a run by itself.
  func initialState(of replicate: Replicate, under draw: ParameterDraw) -> State

  /// The same, with the shocks that the replicate's regimes share.
  func initialState(
    of replicate: Replicate, under draw: ParameterDraw, amid shocks: Shocks
  ) -> State

  /// A state of its own that is as this one is now. By default the value itself.
  func snapshot(of state: borrowing State) -> State

  /// How a regime begins, when it begins as an earlier one does; nil (the default) when it does not.
  ///
  /// Law: for so many steps both regimes have the same states and records under every draw, but for what
  /// ``carryOn(_:under:)`` changes. The engine computes these steps once.
  func commonBeginning(ofRegime regime: Int) -> CommonBeginning?

  /// The state of a regime, to be carried on under one that began as it did.
  func carryOn(_ state: consuming State, under regime: Int) -> State

  /// How runs are worked out, many at a time, where they are arithmetic alone; nil (the default) where they are
  /// not.
  var arithmetic: (any RunArithmetic)? { get }

  /// Records the values of `stepColumns`, in their order.
  func recordStep(_ state: borrowing State, into recorder: inout Recorder)

  /// Records the values of `outcomeColumns`, in their order.
  func recordOutcomes(_ state: borrowing State, into recorder: inout Recorder)
}

extension Model {
  /// By default every regime is computed from its first step.
  public func commonBeginning(ofRegime regime: Int) -> CommonBeginning? { nil }

  /// By default runs have states.
  public var arithmetic: (any RunArithmetic)? { nil }

  /// By default a state does not know its regime.
  public func carryOn(_ state: consuming State, under regime: Int) -> State { state }
}

extension Model where State: Copyable {
  /// A value is its own snapshot.
  public func snapshot(of state: borrowing State) -> State { copy state }
}

extension Model where Shocks == Void {
  /// By default regimes share nothing but the addresses of their random numbers.
  public func shocks(of replicate: Replicate) {}

  /// Without shocks, the state of a run by itself.
  public func initialState(
    of replicate: Replicate, under draw: ParameterDraw, amid shocks: Void
  ) -> State {
    initialState(of: replicate, under: draw)
  }
}

/// The steps of a run.
public struct Timeline: Hashable, Sendable {
  /// How many steps a run has, 1 to 65,535 (a step is a 16-bit field of a stream's address).
  public let stepCount: Int

  /// The length of one step, in years.
  public let stepYears: Double

  /// Makes a timeline; a count outside 1...65535 or a length that is not positive is a
  /// programming error.
  public init(stepCount: Int, stepYears: Double) {
    precondition((1...65_535).contains(stepCount), "1 to 65535 steps, got \(stepCount)")
    precondition(stepYears > 0, "a step must last, got \(stepYears) years")
    self.stepCount = stepCount
    self.stepYears = stepYears
  }
}

/// One part of a step: a mechanism at work on the whole state.
public struct Phase<State: ~Copyable>: Sendable {
  /// What it is called.
  public let name: String

  /// Does the phase's work for one step.
  public let advance: @Sendable (inout State, StepContext) -> Void

  /// Names a piece of work.
  public init(_ name: String, advance: @escaping @Sendable (inout State, StepContext) -> Void) {
    self.name = name
    self.advance = advance
  }
}

extension Phase where State: ~Copyable {
  /// One phase that does what these do, in their order.
  ///
  /// Called one by one out of an array, each would be counted in and out, and threads would wait for each
  /// other's counting: a tenth of a run on two cores.
  static func sequence(_ phases: [Phase]) -> Phase {
    var advance: @Sendable (inout State, StepContext) -> Void = { _, _ in }
    for phase in phases {
      let (before, next) = (advance, phase.advance)
      advance = { state, context in
        before(&state, context)
        next(&state, context)
      }
    }
    return Phase(phases.map(\.name).joined(separator: ", "), advance: advance)
  }
}

/// Where a run stands, and where its random numbers come from.
public struct StepContext: Sendable {
  /// The step, from 0.
  public let step: Int

  /// The run.
  public let replicate: Replicate

  /// States where a run stands.
  public init(step: Int, replicate: Replicate) {
    self.step = step
    self.replicate = replicate
  }
}

/// One run of one regime, under one parameter draw and one stochastic realisation.
public struct Replicate: Hashable, Sendable {
  /// Which of the design's replicates, from 0.
  public let number: UInt32

  /// Which stochastic realisation: what the streams of the run are addressed by.
  public let realisation: UInt32

  /// The regime's place in ``Model/regimes``.
  public let regime: Int

  /// The seed of the whole scenario.
  public let seed: UInt64

  /// Names a run.
  public init(number: UInt32, realisation: UInt32, regime: Int, seed: UInt64) {
    self.number = number
    self.realisation = realisation
    self.regime = regime
    self.seed = seed
  }

  /// A replicate of a design under one regime; `number` from 0, less than the design's replicates.
  public init(_ number: Int, of design: Design, regime: Int) {
    self.init(
      number: UInt32(number), realisation: UInt32(design.realisation(of: number)),
      regime: regime, seed: design.seed)
  }

  /// The stream of random numbers at an address. Neither the regime nor the parameter draw is part of
  /// it, on purpose: regimes, and draws that share a realisation, meet the same random numbers, so that
  /// they can be compared replicate by replicate.
  @inlinable public func stream(
    _ mechanism: MechanismID, agent: AgentID = .none, step: Int = 0, draw: Int = 0
  ) -> RandomStream {
    RandomStream(
      seed: seed,
      at: StreamAddress(
        replicate: realisation, mechanism: mechanism, agent: agent, month: UInt16(step),
        draw: UInt16(draw)))
  }
}
