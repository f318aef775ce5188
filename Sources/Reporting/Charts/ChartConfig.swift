/// How every chart looks: quiet axes, text of one size, titles at the left.
struct ChartConfig: Encodable {
  private let background = "white"
  private let font = "Helvetica, Arial, sans-serif"
  private let padding = 12
  private let view = View()
  private let title = Title()
  private let axis = Axis()

  private struct View: Encodable {
    let stroke = OrNull<String>.null
  }

  private struct Title: Encodable {
    let anchor = "start"
    let frame = "group"
    let fontSize = 15
    let subtitleFontSize = 12
    let subtitleColor = ChartStyle.quiet
    let subtitlePadding = 6
    let color = ChartStyle.ink
    let offset = 14
  }

  private struct Axis: Encodable {
    let labelColor = ChartStyle.ink
    let titleColor = ChartStyle.quiet
    let labelFontSize = 11
    let titleFontSize = 11
    let titleFontWeight = "normal"
    let gridColor = ChartStyle.grid
    let domainColor = ChartStyle.quiet
    let tickColor = ChartStyle.quiet
  }
}

/// Colours and dashes by which regimes are told apart.
enum ChartStyle {
  /// Text and the reference regime.
  static let ink = "#222222"
  /// Text beside the matter, axes.
  static let quiet = "#595959"
  /// Lines behind everything.
  static let grid = "#e4e4e4"
  /// Dots that lead from a line to its name: no data, so paler than any.
  static let leader = "#8c8c8c"
  /// What was observed, which is no regime's.
  static let observed = "#a3195b"
  /// Regimes that have no colour of their own.
  static let other = "#7b8694"

  /// The colours of Okabe and Ito (2008), which people with any of the usual colour blindnesses tell apart: the
  /// reference regime first. Their yellow is too pale for lines on white.
  private static let colours = [
    ink, "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9",
  ]
  /// Dashes, so that lines are told apart in grey.
  private static let dashes: [[Double]] = [
    [1, 0], [7, 2], [4, 2], [9, 2, 2, 2], [2, 2], [12, 3], [6, 2, 1, 2],
  ]

  /// How many things colours tell apart: as many lines as one panel has.
  static let mostColours = colours.count

  /// The colour of the thing at a place; the same for all beyond those that colours tell apart.
  static func colour(_ place: Int) -> String { place < colours.count ? colours[place] : other }

  /// The fill of an area that is no regime's.
  static func fill(_ place: Int) -> String { colours[1 + place % (colours.count - 1)] }

  /// The dashes of its lines.
  static func dash(_ place: Int) -> [Double] { place < dashes.count ? dashes[place] : dashes[0] }
}

/// The looks of regimes in one chart, the same in all its panels, of whichever regimes each has.
struct RegimeLooks {
  /// What charts call the regimes, the reference first.
  let names: [String]
  /// By regime: which of the colours it has.
  private let places: [Int]

  /// Looks of regimes.
  ///
  /// - Parameter first: the places of those that have colours of their own; of all, if nil, the first ones.
  init(names: [String], first: [Int]? = nil) {
    self.names = names
    places = names.indices.map { name in
      guard let first else { return name }
      return first.firstIndex(of: name) ?? ChartStyle.mostColours
    }
  }

  /// By regime: its colour.
  var colours: [String] { places.map(ChartStyle.colour) }

  /// By regime: the dashes of its lines.
  var dashes: [[Double]] { places.map(ChartStyle.dash) }

  /// Their colours.
  var colour: ChartChannel { channel(.colours(colours)) }

  /// The dashes of their lines.
  var dash: ChartChannel { channel(.dashes(dashes)) }

  private func channel(_ range: ChartRange) -> ChartChannel {
    ChartChannel(
      field: .regime, type: .nominal,
      scale: .some(ChartScale(domain: .names(names), range: range)), legend: .null)
  }
}
