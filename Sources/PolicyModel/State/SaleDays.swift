/// The days of a month on which a chip may be sold in a market, and what takes the others: made by ``Offers``.
struct SaleDays {
  /// What rules make of it.
  let terms: SaleTerms
  /// The days on which something stronger that is cut from the same parent, or the parent, is free.
  let better: DaySet
  /// The days under review that approvals which are drawn let through.
  let approved: DaySet
  /// Whether the follower's government stops imports under license.
  let isShut: Bool
  /// Whether what is under review passes without a license.
  let isRelieved: Bool

  /// Share of the month in which nobody has to be asked.
  var open: Double { terms.open.subtracting(better).share }

  /// Share of the month in which it may be sold under a license.
  var licensed: Double { underLicense.subtracting(better).share }

  /// The days on which there is a license for it, whatever the importing government does.
  private var granted: DaySet { terms.licensed(approved: approved, isRelieved: isRelieved) }

  private var underLicense: DaySet { isShut && !isRelieved ? .none : granted }

  /// The days on which rules allow no sale at all, whoever asks.
  private var barred: DaySet {
    DaySet.all.subtracting(terms.open).subtracting(terms.granted).subtracting(terms.reviewed)
      .subtracting(terms.refused)
  }

  /// What keeps it from being sold on any day; nil where there is a day on which it may be.
  ///
  /// Of several reasons the one that takes most days.
  var obstacle: SaleFinding.Reason? {
    guard open + licensed == 0 else { return nil }
    let free = terms.open.union(underLicense)
    let waiting = terms.reviewed.subtracting(granted)
    let presumed = waiting.intersection(terms.presumedDenial)
    let candidates: [(reason: SaleFinding.Reason, share: Double)] = [
      (.barred, barred.share),
      (.noLicenseOnRecord, terms.refused.share),
      (.retaliation, granted.subtracting(underLicense).share),
      (.presumptionOfDenial, presumed.share),
      (.licenseNotGranted, waiting.subtracting(presumed).share),
      (.strongerIsFree, free.intersection(better).share),
    ]
    var most = candidates[0]
    for candidate in candidates.dropFirst() where candidate.share > most.share { most = candidate }
    return most.reason
  }
}
