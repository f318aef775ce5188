/// A chart in Vega-Lite, with its data: one or more panels under one title.
///
/// Built from typed values alone, so that what scenarios write (titles, names of regimes and places) can only
/// be data or literal text: names of fields and expressions are literals of this program (``ChartField``,
/// ``ChartExpression``), and text is always a list of lines, which Vega-Lite never reads as a signal.
struct VegaLite: Encodable {
  private let schema = "https://vega.github.io/schema/vega-lite/v6.json"
  /// What it shows, for those who do not see it.
  let description: String
  let title: ChartTitle
  /// How many panels stand side by side.
  let columns: Int
  let panels: [ChartPanel]
  private let spacing = 28
  private let config = ChartConfig()

  private enum CodingKeys: String, CodingKey {
    case schema = "$schema"
    case description, title, columns
    case panels = "concat"
    case spacing, config
  }

  init(_ title: ChartTitle, columns: Int, panels: [ChartPanel]) {
    description = (title.text + (title.subtitle ?? [])).joined(separator: " ")
    self.title = title
    self.columns = columns
    self.panels = panels
  }
}

/// Text over a chart or a panel, line by line.
struct ChartTitle: Encodable {
  let text: [String]
  var subtitle: [String]?
  var fontSize: Int?
  var subtitleFontSize: Int?

  /// Over one panel of several.
  ///
  /// - Parameter caption: what stands below the text, in small.
  static func ofPanel(_ text: [String], _ caption: [String] = []) -> ChartTitle? {
    text.isEmpty
      ? nil
      : ChartTitle(
        text: text, subtitle: caption.isEmpty ? nil : caption, fontSize: 12,
        subtitleFontSize: caption.isEmpty ? nil : 11)
  }
}

/// One pair of axes.
struct ChartPanel: Encodable {
  var title: ChartTitle?
  var width: Int
  var height: Int
  var data: ChartData
  var layers: [ChartLayer]

  private enum CodingKeys: String, CodingKey {
    case title, width, height, data
    case layers = "layer"
  }
}

/// Marks of one kind.
struct ChartLayer: Encodable {
  /// Other data than the panel's.
  var data: ChartData?
  var params: [ChartSelection]?
  var mark: ChartMark
  var encoding: ChartEncoding
}

/// What is drawn for each row, and how.
struct ChartMark: Encodable {
  enum Kind: String, Encodable { case area, bar, line, point, rect, rule, text, tick }

  var type: Kind
  var opacity: Double?
  var color: String?
  var filled: Bool?
  var size: Double?
  var strokeWidth: Double?
  var strokeDash: [Double]?
  var interpolate: String?
  var clip: Bool?
  var align: String?
  var baseline: String?
  var dx: Double?
  var dy: Double?
  var xOffset: Double?
  var x2Offset: Double?
  var fontSize: Double?
  var fontWeight: String?
  var limit: Double?
  var cornerRadius: Double?
  var shape: String?
}

/// What of a row decides where its mark stands and how it looks.
struct ChartEncoding: Encodable {
  var x: ChartChannel?
  var x2: ChartChannel?
  var y: ChartChannel?
  var y2: ChartChannel?
  var yOffset: ChartChannel?
  var color: ChartChannel?
  var strokeDash: ChartChannel?
  var shape: ChartChannel?
  var opacity: ChartChannel?
  var text: ChartChannel?
  var order: ChartChannel?
  var tooltip: [ChartChannel]?
}

/// One property of a mark.
struct ChartChannel: Encodable {
  enum Kind: String, Encodable { case quantitative, temporal, nominal, ordinal }

  var field: ChartField?
  var type: Kind?
  var value: Double?
  var condition: ChartCondition?
  var title: OrNull<[String]>?
  var scale: OrNull<ChartScale>?
  var axis: OrNull<ChartAxis>?
  var legend: OrNull<ChartLegend>?
  var sort: OrNull<[String]>?
  var stack: OrNull<Bool>?
  var timeUnit: String?
  var format: String?

  /// A column of the data.
  static func field(_ field: ChartField, _ kind: Kind) -> ChartChannel {
    ChartChannel(field: field, type: kind)
  }
}

/// How values become places or looks.
struct ChartScale: Encodable {
  var type: String?
  var domain: ChartDomain?
  var range: ChartRange?
  var nice: Bool?
  var zero: Bool?
  var paddingInner: Double?
  var paddingOuter: Double?
}

/// What a scale covers.
enum ChartDomain: Encodable {
  case numbers([Double])
  case names([String])

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .numbers(let numbers): try container.encode(numbers)
    case .names(let names): try container.encode(names)
    }
  }
}

/// What a scale gives.
enum ChartRange: Encodable {
  case colours([String])
  case dashes([[Double]])

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .colours(let colours): try container.encode(colours)
    case .dashes(let dashes): try container.encode(dashes)
    }
  }
}

/// How a scale is told at the edge of a panel.
struct ChartAxis: Encodable {
  var title: OrNull<[String]>?
  var values: [Double]?
  var labelExpr: ChartExpression?
  var format: String?
  var tickCount: ChartTicks?
  var labelLimit: Double?
  var labelAngle: Double?
  var labelFlush: Bool?
  var labelOverlap: Bool?
  var grid: Bool?
  var ticks: Bool?
  var domain: Bool?
  var titleAngle: Double?
  var titleAlign: String?
  var titleAnchor: String?
  var titleX: Double?
  var titleY: Double?
  var orient: String?
}

/// Ticks of a calendar.
struct ChartTicks: Encodable {
  let interval: String
  let step: Int
}

/// How looks are explained.
struct ChartLegend: Encodable {
  var title: OrNull<[String]>?
  var orient: String?
  var values: [String]?
  var columns: Int?
  var labelLimit: Double?
  var symbolType: String?
  var symbolOpacity: Double?
}

/// The mark nearest to the pointer, or the one that was chosen.
struct ChartSelection: Encodable {
  /// Unlike that of any other panel.
  let name: String
  let select: Kind

  struct Kind: Encodable {
    private let type = "point"
    private let on = "pointerover"
    private let nearest = true
    private let clear = "pointerout"
  }

  /// For the panel at a place.
  init(panel place: Int) { (name, select) = ("nearest_\(place)", Kind()) }
}

/// A value for the mark that is nearest to the pointer.
struct ChartCondition: Encodable {
  let param: String
  let value: Double
  private let empty = false

  init(nearest selection: ChartSelection, value: Double) {
    (param, self.value) = (selection.name, value)
  }
}
