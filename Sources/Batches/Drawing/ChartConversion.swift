package import Storage
import Wording

/// Turns the charts of a result into images, by `vl-convert`, which draws Vega-Lite without a browser.
package struct ChartConversion {
  /// What an image is.
  package enum Format: String, CaseIterable, Sendable {
    case svg, png, pdf
  }

  /// Why there are no images.
  package enum Failure: Error, CustomStringConvertible {
    /// There is no vl-convert.
    case notInstalled
    /// It said this.
    case failed(String)

    package var description: String {
      switch self {
      case .notInstalled:
        "images are drawn by vl-convert, which no python3 or python on PATH has: "
          + "`pip install vl-convert-python`, then run this again"
      case .failed(let words): "vl-convert could not draw the charts: \(words)"
      }
    }
  }

  /// The folder of the charts.
  private let folder: String
  /// The names of the charts, without their ending.
  private let names: [String]

  /// The charts beside results.
  ///
  /// - Parameter path: the folder of the results.
  package init(ofResultsIn path: String) throws(FileError) {
    folder = "\(path)/\(ResultFolder.charts)"
    names = FileSystem.names(in: folder).filter { $0.hasSuffix(ResultFolder.chartEnding) }.sorted()
      .map { String($0.dropLast(ResultFolder.chartEnding.count)) }
    guard !names.isEmpty else {
      throw FileError(
        "\(folder) holds no charts (NAME\(ResultFolder.chartEnding)): name the folder of the results of a run"
      )
    }
  }

  /// Draws every chart in every format.
  ///
  /// - Returns: the paths of the images.
  package func draw(_ formats: [Format]) throws(Failure) -> [String] {
    guard let python = Self.python else { throw .notInstalled }
    let formats = Format.allCases.filter(formats.contains)
    let arguments = [folder, formats.map(\.rawValue).joined(separator: ",")] + names
    let outcome: ChildProcess.Outcome
    do throws(ProcessError) {
      outcome = try ChildProcess.run(python, ["-c", Self.script] + arguments, limit: 1 << 20)
    } catch {
      throw .failed("\(error)")
    }
    guard outcome.ending == .exit(0) else {
      let lines = outcome.errors.split(separator: "\n")
      throw .failed(lines.last.map { String($0.prefix(400)) } ?? "\(outcome.ending)")
    }
    return names.flatMap { name in formats.map { "\(folder)/\(name).\($0.rawValue)" } }
  }

  /// A Python that has it.
  private static var python: String? {
    ["python3", "python"].first { name in
      let outcome = try? ChildProcess.run(name, ["-c", "import vl_convert"], limit: 1 << 20)
      return outcome?.ending == .exit(0)
    }
  }

  /// Every image is whole or not there. Nothing is fetched: a chart holds its data.
  private static let script =
    "import os, sys, vl_convert\n" + """
      folder, formats, names = sys.argv[1], sys.argv[2].split(","), sys.argv[3:]
      draw = {
          "svg": lambda spec: vl_convert.vegalite_to_svg(spec, allowed_base_urls=[]).encode(),
          "png": lambda spec: vl_convert.vegalite_to_png(spec, scale=2, allowed_base_urls=[]),
          "pdf": lambda spec: vl_convert.vegalite_to_pdf(spec, allowed_base_urls=[]),
      }
      for name in names:
          with open(os.path.join(folder, name + ".vl.json"), encoding="utf-8") as file:
              spec = file.read()
          for format in formats:
              path = os.path.join(folder, name + "." + format)
              try:
                  image = draw[format](spec)
              except ValueError as error:
                  sys.exit(f"{path}: {error}")
              with open(path + ".new", "wb") as file:
                  file.write(image)
              os.replace(path + ".new", path)
      """
}
