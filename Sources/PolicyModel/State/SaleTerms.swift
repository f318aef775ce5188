import Quantities

/// What the rules of a regime make of one chip in one market in one month.
///
/// Days inside a month weight its flows: a chip that is open on ten of thirty days sells a third of
/// what it would.
struct SaleTerms: Hashable, Sendable {
  /// The days on which nobody has to be asked.
  var open = DaySet.none
  /// The days on which it may be sold under a license that is on record.
  var granted = DaySet.none
  /// The days on which it depends on a license for which approvals are drawn.
  var reviewed = DaySet.none
  /// The days on which it would need a license, and it is on record that there was none.
  var refused = DaySet.none
  /// Of those, the days on which governments that the chip leaves judge case by case.
  var exportLicense = DaySet.none
  /// Of those, the days on which the government where it goes to judges case by case.
  var importLicense = DaySet.none
  /// Of those, the days on which a government presumes denial.
  var presumedDenial = DaySet.none
  /// Share of the revenue that goes to the exporting government.
  var revenueShare = 0.0
  /// Duty on the value.
  var duty = 0.0
  /// Share of the month's days on which buyers are told not to want it.
  var discouraged = 0.0
  /// The days on which it is on sale and open, and a rule that has been announced will close it.
  var closing = DaySet.none

  /// Nobody has anything to say.
  static let free = SaleTerms(open: .all)
}

/// One sale as one day's rules see it.
struct DayTerms: Hashable {
  var policyOfExporter = ReviewPolicy.free
  var policyOfImporter = ReviewPolicy.free
  /// Whether it is known that no license was granted that one of the reviews asks for.
  var isRefused = false
  var revenueShare = 0.0
  var duty = 0.0
  var caps: [CapOnSales] = []

  var isOpen: Bool { policyOfExporter.isOpen && policyOfImporter.isOpen }
  var isBarred: Bool { policyOfExporter == .deny || policyOfImporter == .deny }
  var isGranted: Bool { max(policyOfExporter, policyOfImporter) == .granted }
}

extension SaleTerms {
  mutating func add(_ day: DayTerms, on days: DaySet) {
    revenueShare = max(revenueShare, day.revenueShare)
    duty = max(duty, day.duty)
    if day.isOpen {
      open = open.union(days)
    } else if day.isGranted {
      granted = granted.union(days)
    } else if day.isRefused {
      refused = refused.union(days)
    } else {
      reviewed = reviewed.union(days)
      if day.policyOfExporter == .license { exportLicense = exportLicense.union(days) }
      if day.policyOfImporter == .license { importLicense = importLicense.union(days) }
      if max(day.policyOfExporter, day.policyOfImporter) == .presumptionOfDenial {
        presumedDenial = presumedDenial.union(days)
      }
    }
  }

  /// Adds what holds for a part of the market, whose days these are. Governments' shares and duties are
  /// means over the whole.
  mutating func add(_ part: SaleTerms, on days: DaySet, share: Double) {
    open = open.union(part.open.intersection(days))
    granted = granted.union(part.granted.intersection(days))
    reviewed = reviewed.union(part.reviewed.intersection(days))
    refused = refused.union(part.refused.intersection(days))
    closing = closing.union(part.closing.intersection(days))
    exportLicense = exportLicense.union(part.exportLicense.intersection(days))
    importLicense = importLicense.union(part.importLicense.intersection(days))
    presumedDenial = presumedDenial.union(part.presumedDenial.intersection(days))
    revenueShare += share * part.revenueShare
    duty += share * part.duty
    discouraged += share * part.discouraged
  }

  /// Takes days off, on which nothing may be sold.
  mutating func close(on days: DaySet) {
    open = open.subtracting(days)
    granted = granted.subtracting(days)
    reviewed = reviewed.subtracting(days)
    exportLicense = exportLicense.subtracting(days)
    importLicense = importLicense.subtracting(days)
    presumedDenial = presumedDenial.subtracting(days)
    refused = refused.subtracting(days)
    closing = closing.subtracting(days)
  }

  /// The days on which it may be sold by those who have a license.
  ///
  /// - Parameters:
  ///   - approved: the days under review that approvals which are drawn let through.
  ///   - isRelieved: whether what is under review passes without a license.
  func licensed(approved: DaySet, isRelieved: Bool) -> DaySet {
    isRelieved ? granted.union(reviewed).union(refused) : granted.union(approved)
  }
}
