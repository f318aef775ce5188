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

  /// The colours of Okabe and Ito (2008), which people with any of the usual colour blindnesses tell apart: the
  /// reference regime first. Their yellow is too pale for lines on white.
  private static let colours = [
    ink, "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9",
  ]
  /// Dashes, so that lines are told apart in grey: of other number than the colours, so that a pair of both
  /// comes again after 42 regimes only.
  private static let dashes: [[Double]] = [
    [1, 0], [7, 2], [4, 2], [9, 2, 2, 2], [2, 2], [12, 3],
  ]

  /// The colour of the thing at a place, round and round.
  static func colour(_ place: Int) -> String { colours[place % colours.count] }

  /// The fill of an area that is no regime's.
  static func fill(_ place: Int) -> String { colours[1 + place % (colours.count - 1)] }

  /// The dashes of its lines.
  static func dash(_ place: Int) -> [Double] { dashes[place % dashes.count] }
}

/// The looks of regimes in one chart, the same in all its panels, of whichever regimes each has.
struct RegimeLooks {
  /// What charts call the regimes, the reference first.
  let names: [String]

  /// Their colours.
  var colour: ChartChannel {
    channel(.colours(names.indices.map(ChartStyle.colour)))
  }

  /// The dashes of their lines.
  var dash: ChartChannel { channel(.dashes(names.indices.map(ChartStyle.dash))) }

  private func channel(_ range: ChartRange) -> ChartChannel {
    ChartChannel(
      field: .regime, type: .nominal,
      scale: .some(ChartScale(domain: .names(names), range: range)), legend: .null)
  }
}
