import Documents
import PolicyModel
import Quantities

extension Headline {
  /// The figures written out.
  func written(regimes: [String]) -> DocumentValue {
    .fields([
      ("regime", .text(regimes[regime])),
      (
        "figures",
        .list(
          figures.map { figure in
            .fields(
              [
                ("id", .text(figure.id)), ("entity", .text(figure.entity)),
                ("metric", .text(figure.metric)),
              ] + (figure.expectation?.fields(target: "published") ?? []) + [
                ("source", figure.source.map { .text($0) })
              ])
          })
      ),
    ])
  }
}

extension Claim {
  /// The claim written out.
  var written: DocumentValue {
    .fields(
      [("id", .text(id)), ("says", .text(text)), ("entity", .text(entity))]
        + expectation.fields(target: "usd") + [("source", source.map { .text($0) })])
  }
}

extension Expectation {
  fileprivate func fields(target: String) -> [(String, DocumentValue?)] {
    switch self {
    case .about(let value, let tolerance):
      [(target, .number(value)), ("tolerance", .number(tolerance))]
    case .atLeast(let bound): [("at_least", .number(bound))]
    case .atMost(let bound): [("at_most", .number(bound))]
    case .between(let low, let high): [("at_least", .number(low)), ("at_most", .number(high))]
    }
  }
}

extension Threshold {
  /// The threshold written out.
  var written: DocumentValue {
    .fields([
      ("id", .text(id)), ("entity", .text(entity)), ("metric", .text(metric)),
      ("at_least", .number(level)),
    ])
  }
}

extension Observation {
  /// The observation written out.
  var written: DocumentValue {
    .fields([
      ("id", .text(id)), ("entity", .text(entity)), ("metric", .text(metric)),
      ("month", .month(month)), ("from", from.map { .month($0) }),
      ("reduce", .text(reduction.rawValue)), ("observed", .number(observed)),
      ("low", low.map { .number($0) }), ("high", high.map { .number($0) }),
      ("status", .text(status.rawValue)), ("expected", expectedMiss.map { _ in .text("miss") }),
      ("reason", expectedMiss.map { .text($0) }), ("source", source.map { .text($0) }),
    ])
  }
}
