import ArgumentParser
import Batches
import Storage

/// `chokepoint charts DIR`
struct Charts: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Draw the charts of a result as images.",
    discussion: """
      A run writes its charts as charts/NAME.vl.json: Vega-Lite with the data inside, which Jupyter, VS Code, \
      Observable and Altair show as they are. This draws each of them beside it as charts/NAME.svg and so on, \
      by vl-convert, which needs no browser: pip install vl-convert-python.
      """)

  @Argument(help: "The folder of the results.", completion: .directory)
  var folder: String

  @Option(
    help: ArgumentHelp("What images to make: svg, png, pdf.", valueName: "format,..."),
    transform: { text in
      try text.split(separator: ",").map { word in
        guard let format = ChartConversion.Format(rawValue: String(word)) else {
          throw ValidationError("\(word) is not svg, png or pdf")
        }
        return format
      }
    })
  var format: [ChartConversion.Format] = [.svg]

  func run() throws {
    let conversion = try tellingFileErrors { () throws(FileError) in
      try ChartConversion(ofResultsIn: folder)
    }
    let images: [String]
    do throws(ChartConversion.Failure) {
      images = try conversion.draw(format)
    } catch {
      printError("chokepoint: \(shown(error.description))")
      throw ExitCode.cannotDraw
    }
    try printResult(images.map { "\(shown($0))\n" }.joined())
  }
}
