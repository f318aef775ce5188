import FoundationEssentials
public import Storage

/// Pages made from what stands beside results, without the simulation.
public enum StoredPage {
  /// The page.
  static let file = ResultFolder.page
  /// What it says.
  static let contentsFile = ResultFolder.pageContents
  /// What such a file has at most, in bytes.
  private static let mostBytes = 64 << 20

  /// Makes the page of the results in a folder or, where the folder has none of its own, a page of all results in
  /// the folders in it.
  ///
  /// - Returns: the path of the page.
  public static func write(of folder: String) throws(FileError) -> String {
    let page = "\(folder)/\(file)"
    if FileSystem.exists("\(folder)/\(contentsFile)") {
      try FileSystem.replace(page, bytes(of: folder))
      return page
    }
    let names = FileSystem.names(in: folder).sorted()
      .filter { FileSystem.exists("\(folder)/\($0)/\(contentsFile)") }
    guard !names.isEmpty else {
      throw FileError(
        "\(folder) holds no \(contentsFile), and none of its folders does: name the folder of the results of a "
          + "run, or that of a batch")
    }
    var results: [(folder: String, contents: PageContents)] = []
    for name in names { results.append((name, try contents(of: "\(folder)/\(name)"))) }
    try FileSystem.replace(page, IndexPage(results: results).bytes)
    return page
  }

  private static func bytes(of folder: String) throws(FileError) -> [UInt8] {
    let contents = try contents(of: folder)
    var charts: [String: [UInt8]] = [:]
    for chart in contents.drawnCharts where chart.hasPlainName {
      let path = "\(folder)/\(ResultFolder.charts)/\(chart.name)\(ResultFolder.chartEnding)"
      charts[chart.name] = try FileSystem.read(path, upTo: mostBytes)
    }
    return ReportPage(contents: contents, charts: charts).bytes
  }

  private static func contents(of folder: String) throws(FileError) -> PageContents {
    let path = "\(folder)/\(contentsFile)"
    let bytes = try FileSystem.read(path, upTo: mostBytes)
    do {
      return try JSONDecoder().decode(PageContents.self, from: Data(bytes))
    } catch {
      throw FileError(
        "\(path) is damaged, or of another version of this program: run the scenario again with --force"
      )
    }
  }
}

extension PageChart {
  /// Whether its name is one that this program gives: a stranger's could lead out of the folder.
  fileprivate var hasPlainName: Bool {
    name.utf8.allSatisfy { byte in
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
    }
  }
}
