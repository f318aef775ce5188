import FoundationEssentials
import Glibc

/// The folder of one scenario's results.
///
/// A file appears whole or not at all: everything is written beside its place and put there only
/// when all of it is on the disk, the manifest last. What is there from another input is never
/// overwritten unless told so, and that is found out before anything is computed.
public struct ResultFolder: Sendable {
  /// Where it is.
  public let path: String
  /// The input whose results alone may be written over; nil for any.
  private var onlyInput: String?

  /// The folder at a path.
  public init(_ path: String) { self.path = path }

  private static let manifest = "manifest.json"
  private static let scenario = "scenario.yaml"
  /// The page that tells of a result.
  package static let page = "report.html"
  /// What that page says.
  package static let pageContents = "report.json"
  /// The folder of charts, in that of a result.
  package static let charts = "charts"
  /// How the file of a chart ends.
  package static let chartEnding = ".vl.json"
  /// How images end that were made of it.
  private static let imageEndings = [".svg", ".png", ".pdf"]
  /// Files that tell results, ours or somebody else's.
  private static let signs = [
    "trajectories.csv", "comparison.csv", "regimes.csv", scenario, "datapackage.json",
    manifest,
  ]

  /// The effective scenario beside results, if the path is that of a folder that has one.
  public static func scenarioFile(in path: String) -> String? {
    let file = "\(path)/\(scenario)"
    return FileSystem.isFolder(path) && FileSystem.exists(file) ? file : nil
  }

  /// Whether a folder holds results, whole or begun.
  package static func isWritten(_ path: String) -> Bool {
    signs.contains { $0 != scenario && FileSystem.exists("\(path)/\($0)") }
  }

  /// Makes sure, before computing, that results can be written here.
  ///
  /// - Parameters:
  ///   - inputHash: of the scenario about to be run.
  ///   - force: overwrite results of another input.
  /// - Returns: the folder, which looks again before it puts files in their places: another run may have
  ///   written into it meanwhile.
  @discardableResult
  public func claim(inputHash: String, force: Bool) throws(FileError) -> ResultFolder {
    try FileSystem.makeFolder(path)
    if !force { try requireNothingElse(thanInput: inputHash) }
    removeLeftovers()
    try Interruption.deferred { () throws(FileError) in
      let probe = temporary(for: "probe")
      try FileSystem.write([], to: probe)
      FileSystem.remove(probe)
    }
    var claimed = self
    claimed.onlyInput = force ? nil : inputHash
    return claimed
  }

  /// Fails where there are results of another input, or of somebody else.
  package func requireNothingElse(thanInput inputHash: String) throws(FileError) {
    let sign = Self.signs.first { FileSystem.exists(place(of: $0)) }
    guard let sign else { return }
    guard FileSystem.exists(place(of: Self.manifest)) else {
      // A run of this input was killed while it put its files in their places.
      guard FileLock.word(sharing: runsPath) != inputHash else { return }
      throw FileError(
        "\(place(of: sign)) is there without \(Self.manifest): it is not a result of this program, or "
          + "was not written to the end; give another --output, or --force to write over it")
    }
    guard try recordedHash() != inputHash else { return }
    throw FileError(
      "\(path) holds results of another input; give another --output, or --force to "
        + "overwrite them")
  }

  /// What stands for the runs that are at work here, all of one input.
  private var runsPath: String { place(of: ".chokepoint-run") }

  /// Keeps runs of other inputs away, which would compute what cannot be put here.
  private func holdForOneInput() throws(FileError) -> FileLock? {
    guard let onlyInput else { return nil }
    return try FileLock(
      sharing: runsPath, saying: onlyInput,
      refusal: "a run of another input is at work in \(path); give another --output, or wait for it"
    )
  }

  private static let temporaryPrefix = ".chokepoint-"

  /// Where a file of this process waits until it is put in its place.
  func temporary(for name: String) -> String {
    let isChart = name.hasPrefix("\(Self.charts)/")
    let flat = isChart ? name.replacing("/", with: "-", maxReplacements: 1) : name
    return place(of: "\(Self.temporaryPrefix)\(getpid())-\(flat)")
  }

  /// Removes what processes of this program that were killed had begun to write, and nothing else: files that
  /// are named as ``temporary(for:)`` names them, after a process that is no more.
  private func removeLeftovers() {
    for name in FileSystem.names(in: path) where name.hasPrefix(Self.temporaryPrefix) {
      let parts = name.dropFirst(Self.temporaryPrefix.count).split(separator: "-", maxSplits: 1)
      guard parts.count == 2, let process = Int32(parts[0]), process > 0 else { continue }
      if kill(process, 0) != 0, errno == ESRCH { FileSystem.remove(place(of: name)) }
    }
  }

  /// Whether the results of an input are here, written to the end.
  public func holdsResults(ofInput hash: String) -> Bool {
    FileSystem.exists(place(of: "trajectories.csv")) && (try? recordedHash()) == hash
  }

  /// Whether results of this program are here, written to the end.
  var holdsResults: Bool {
    (try? text(ofManifest: "program")) == "chokepoint"
  }

  private func recordedHash() throws(FileError) -> String {
    try text(ofManifest: "input_sha256")
  }

  /// What a manifest or a description of data has at most, in bytes: a comparison names every input.
  private static let mostBytes = 4 << 20

  /// What the manifest says under a key.
  private func text(ofManifest key: String) throws(FileError) -> String {
    let path = place(of: Self.manifest)
    let bytes = try FileSystem.read(path, upTo: Self.mostBytes)
    let text = String(decoding: bytes, as: UTF8.self)
    guard JSONText.hasOnce(key, in: text), let value = JSONText.string(key, in: text) else {
      throw FileError(
        "\(path) is damaged, or is not this program's: it does not say once, in a text, what its \(key) is; "
          + "give another --output, or --force to write over it")
    }
    return value
  }

  /// Writes files: all of them are put in their places or, when one cannot be written or the program is
  /// told to end, none.
  ///
  /// - Parameter stage: adds the files, the manifest last, and says what came of it.
  package func write<Result>(
    _ stage: (inout StagedResults) async throws -> Result
  ) async throws -> Result {
    try await Interruption.deferred {
      let hold = try holdForOneInput()
      defer { hold?.endSharing() }
      var staged = StagedResults(self)
      do {
        let result = try await stage(&staged)
        try commit(staged)
        return result
      } catch {
        staged.discard()
        throw error
      }
    }
  }

  /// Puts staged files in their places, unless another run has put its own there since the folder was claimed.
  /// Runs that end together do so one after another.
  private func commit(_ staged: StagedResults) throws(FileError) {
    let lock = try FileLock(waitingOn: place(of: ".chokepoint"))
    defer { lock.end() }
    if let onlyInput { try requireNothingElse(thanInput: onlyInput) }
    try staged.commit()
  }

  /// The path of a file in the folder.
  public func place(of name: String) -> String { "\(path)/\(name)" }
}

extension ResultFolder {
  /// The data files of an earlier result of this program in the folder, as its description lists them; none
  /// where there is none. What others list is theirs.
  var listedFiles: [String] {
    struct Listing: Decodable {
      struct Resource: Decodable { let path: String }
      let resources: [Resource]
    }
    guard holdsResults,
      let bytes = try? FileSystem.read(place(of: "datapackage.json"), upTo: Self.mostBytes),
      let listing = try? JSONDecoder().decode(Listing.self, from: Data(bytes))
    else { return [] }
    return listing.resources.map(\.path).flatMap(Self.files)
  }

  /// A file of a result that may go with it, and what was made of it. Tables, charts and their images alone come and
  /// go; nobody's word makes this program remove anything else.
  private static func files(listed path: String) -> [String] {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    switch parts.count {
    case 1: return path.hasSuffix(".csv") || [scenario, pageContents].contains(path) ? [path] : []
    case 2 where parts[0] == charts && path.hasSuffix(chartEnding):
      let stem = path.dropLast(chartEnding.count)
      return [path] + imageEndings.map { stem + $0 }
    default: return []
    }
  }
}
