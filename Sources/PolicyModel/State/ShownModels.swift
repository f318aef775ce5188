import Glibc

/// Whose models rules can close to the follower.
enum ModelSide: Int, Sendable {
  /// Labs with headquarters in the leader's jurisdiction.
  case leader
  /// Labs of third parties.
  case others
  /// The follower's own: no rule closes them to it.
  case follower

  /// The side of a jurisdiction.
  init(of place: Int, in economy: Economy) {
    self = place == economy.leader ? .leader : place == economy.follower ? .follower : .others
  }
}

/// How far the follower can get at others' models, so far and now. Written by ``CatchUp``.
struct ModelAccess: Hashable, Sendable {
  /// Years from the first month in which models of the leader were open to questions, months in which they
  /// were closed counted by what still got through.
  var leaderServed = 0.0
  /// The same of third parties' models.
  var othersServed = 0.0
  /// Share of what the weights teach that is there for the follower when a lab of the leader releases them now.
  var leaderWeights = 1.0
  /// The same of third parties' weights.
  var othersWeights = 1.0

  /// Years in which models of a side could be asked; those of its own side always can.
  func served(_ side: ModelSide, until step: Int) -> Double {
    switch side {
    case .leader: leaderServed
    case .others: othersServed
    case .follower: Double(step + 1) * yearsPerMonth
    }
  }

  /// What weights of a side that are released now teach the follower.
  func weights(_ side: ModelSide) -> Double {
    switch side {
    case .leader: leaderWeights
    case .others: othersWeights
    case .follower: 1
    }
  }
}

/// A model that others can see, ask or open. Numbers alone, so that no byte of it is without meaning.
struct ShownModel: Sendable {
  /// The month in which it was shown, before 0 for those of the past.
  let step: Int
  /// The developer whose it is; -1 for those of the past.
  let lab: Int
  /// The raw value of its ``ModelSide``.
  let side: Int
  /// Log of the effective compute that it is worth.
  let logEffective: Double
  /// How much of its methods is published, 0 to 1.
  let openness: Double
  /// 1 where its weights were released, else 0.
  let weights: Double
  /// The same for the follower: what rules leave of it.
  let weightsForFollower: Double
  /// ``ModelAccess/served(_:until:)`` when it was shown.
  let servedBefore: Double
}

extension ShownModel {
  /// A model that was just released.
  init(
    _ model: FinishedModel, by lab: Int, in layout: EconomyLayout, at step: Int,
    under access: ModelAccess
  ) {
    let developer = layout.developers[lab].developer
    let side = ModelSide(of: layout.homeOfDeveloper[lab], in: layout.economy)
    self.init(
      step: step, lab: lab, side: side.rawValue, logEffective: model.logEffective,
      openness: developer.openness, weights: developer.releasesWeights ? 1 : 0,
      weightsForFollower: developer.releasesWeights ? access.weights(side) : 0,
      servedBefore: access.served(side, until: step))
  }

  /// A model from before the first month, when nothing was closed.
  init(_ model: ReferenceModel, in economy: Economy) {
    let weights = model.hasOpenWeights ? 1.0 : 0
    self.init(
      step: model.released, lab: -1,
      side: ModelSide(of: model.jurisdiction, in: economy).rawValue,
      logEffective: log(model.effectiveFlop), openness: model.openness, weights: weights,
      weightsForFollower: weights, servedBefore: Double(model.released + 1) * yearsPerMonth)
  }

  /// Whether a later model is no use to anybody: this one was as open in every way, and is as good.
  func teachesAll(that later: ShownModel) -> Bool {
    logEffective >= later.logEffective && side == later.side && openness >= later.openness
      && weights >= later.weights && weightsForFollower >= later.weightsForFollower
  }
}

/// How fast a lab comes to match what others have shown, per year since it was shown.
struct CatchUpRates: Sendable {
  /// Where nothing but the result is known.
  var result = 0.0
  /// Added where all methods are published, and in proportion to what is.
  var methods = 0.0
  /// Added where the weights are there.
  var weights = 0.0
  /// Added while it can be asked.
  var answers = 0.0

  /// What has been learnt of a model, in ln of effective compute.
  ///
  /// - Parameters:
  ///   - years: since it was shown.
  ///   - served: those of them in which the lab could ask it.
  ///   - weights: share of its weights that the lab has.
  @inline(__always) func learnt(
    of model: ShownModel, years: Double, served: Double, weights: Double
  ) -> Double {
    (result + methods * model.openness) * years
      + max(self.weights * weights * years, answers * served)
  }
}

extension Rows<ShownModel> {
  /// What a lab can match, as the log of effective compute: the highest level that somebody has shown and
  /// that its own work, with what it has learnt of that model since, comes to; its own work at the least.
  ///
  ///     max over m of min(ln E_m, ln E_own + learnt_m)
  ///
  /// - Parameters:
  ///   - own: log of the lab's own effective compute.
  ///   - known: what it could match the month before; it forgets nothing.
  ///   - first: how many of the models that were shown first it matched by then (``firstAbove(_:from:)``).
  ///   - access: for a lab of the follower, what rules leave it; nil where all is open.
  @inline(__always) func level(
    matchedBy own: Double, from known: Double, of lab: Int, at rates: CatchUpRates, _ step: Int,
    under access: ModelAccess?, after first: Int = 0
  ) -> Double {
    var level = max(own, known)
    for place in first..<count where self[place].logEffective > level {
      let model = self[place]
      guard model.lab != lab else { continue }
      let years = Double(step - model.step) * yearsPerMonth
      var (served, weights) = (years, model.weights)
      if let access, let side = ModelSide(rawValue: model.side) {
        served = access.served(side, until: step) - model.servedBefore
        weights = model.weightsForFollower
      }
      let learnt = rates.learnt(of: model, years: years, served: served, weights: weights)
      level = max(level, min(model.logEffective, own + learnt))
    }
    return level
  }

  /// The place of the first model beyond a level, looked for from a place on.
  func firstAbove(_ level: Double, from first: Int) -> Int {
    var place = first
    while place < count, self[place].logEffective <= level { place += 1 }
    return place
  }
}
