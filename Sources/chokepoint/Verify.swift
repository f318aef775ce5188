import ArgumentParser
import Batches
import Documents
import Reporting
import Scenarios
import Storage
import Studies

/// `chokepoint verify [FILE…]`
struct Verify: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Compute published figures again, and say which of them are met.",
    discussion: """
      A case is a scenario file with a `published` section: what a source has published, with its citation, \
      and how near ours has to be. Its headline figures count too. Misses come first. A miss that the case \
      explains (expected: miss with its reason, or a contradiction inside the source) is reported and is no \
      failure; what is only shown is not judged.

      Without files: the published cases that come with the program, from scenarios/published here or \
      beside the program.

      Exits 1 when a figure is missed and nothing explains it, 2 when replicates failed. Writes no files.
      """)

  @Argument(
    help: "Case files, or folders of them; the shipped ones by default.",
    completion: .file(extensions: ["yaml", "yml"]))
  var files: [String] = []

  @OptionGroup var options: ScenarioOptions
  @OptionGroup var threads: ThreadOptions

  @Flag(help: "Print JSON.")
  var json = false

  @Flag(help: "Print a page of Markdown.")
  var markdown = false

  func validate() throws {
    if json, markdown { throw ValidationError("give either --json or --markdown") }
  }

  func run() async throws {
    let cases = try read()
    for scenario in cases where PublishedCheck.needsDraws(scenario) {
      try options.requireMemory(for: scenario, threads: threads.threads, quiet: true)
    }
    var checks: [PublishedCheck] = []
    for scenario in cases { checks.append(try await check(scenario)) }
    let report = PublishedReport(checks)
    try printResult(json ? report.json : markdown ? report.markdown : report.text)
    try judge(report, failed: checks.reduce(0) { $0 + $1.failedReplicates })
  }

  private func check(_ scenario: Scenario) async throws -> PublishedCheck {
    var progress = Progress(total: scenario.run.replicates)
    defer { progress.finish() }
    return try await tellingFaults {
      try await PublishedCheck(of: scenario, threads: threads.threads) { progress.tell(done: $0) }
    }
  }

  /// Every case; tells of files that are none, and everything that is wrong with all of them at once.
  private func read() throws -> [Scenario] {
    let paths = try paths()
    let input = BatchInput(paths, try options.overrides())
    if !input.faults.isEmpty {
      throw told(ScenarioFaults(input.faults.flatMap(\.faults.faults)))
    }
    var cases: [Scenario] = []
    for (file, whole, _) in input.scenarios {
      try options.refuseSweep(of: whole)
      if PublishedCheck.isCase(whole) {
        cases.append(whole)
      } else {
        printError("note: \(shown(file)) has nothing published to compare with, and is left out")
      }
    }
    guard !cases.isEmpty else {
      throw ValidationError(
        "no file has a `published` section, nor headline figures that say what was published")
    }
    return cases
  }

  private func paths() throws -> [String] {
    var named = files
    if named.isEmpty {
      guard let folder = ShippedFiles.publishedCases else {
        throw ValidationError(
          "there is no scenarios/published here or beside the program: name case files, or a folder of them; "
            + "the tarball, the Debian package and the source have the shipped ones")
      }
      named = [folder]
    }
    do { return try BatchInput.expanding(named, besides: "notebooks-output") } catch {
      printError("chokepoint: \(error.description)")
      throw ExitCode.badScenario
    }
  }

  private func judge(_ report: PublishedReport, failed: Int) throws {
    let misses = report.unexplainedMisses
    if misses > 0 {
      printError(
        "\(misses) published figure\(misses == 1 ? " is" : "s are") missed, and nothing explains why"
      )
      throw ExitCode.checkFailed
    }
    if failed > 0 {
      printError("some replicates could not be computed, and are left out; `run` lists them")
      throw ExitCode.replicatesFailed
    }
  }
}
