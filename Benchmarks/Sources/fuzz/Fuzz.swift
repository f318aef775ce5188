import ArgumentParser
import Foundation

/// `fuzz`: spoiled scenarios, or spoiled shards and plans, until one of them breaks the program.
///
/// The inputs follow from the seed and their number alone. They are read by workers, processes with bounds on
/// memory and time; a parent watches them, keeps the input that one died of, and starts another one.
@main
struct Fuzz: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fuzz",
    abstract: "Read spoiled inputs, and keep those that break the program.",
    discussion: "Exit 1: some input crashed it, took too long, or came to what cannot be.")

  @Option(help: "What to spoil: scenarios, or shards (with plans and manifests).")
  var kind = InputKind.scenarios

  @Option(help: "How many inputs.")
  var inputs = 1_000_000

  @Option(help: "The number of the first input: to go on with, or to look at one again.")
  var from = 0

  @Option(help: "What the inputs follow from.")
  var seed: UInt64 = 1

  @Option(help: "How many are read at the same time.")
  var workers = ProcessInfo.processInfo.activeProcessorCount

  @Option(help: "After so many minutes no more are read; 0 for no limit.")
  var minutes = 0

  @Option(help: "Where inputs are kept that broke it.")
  var keep = ".build/fuzz"

  @Flag(help: ArgumentHelp("Read inputs, as the parent asks.", visibility: .hidden))
  var worker = false

  @Option(help: ArgumentHelp("Read every n-th of them.", visibility: .hidden))
  var every = 1

  func validate() throws {
    guard inputs > 0, from >= 0 else { throw ValidationError("give a number of inputs from 1 on") }
    guard workers > 0, every > 0 else { throw ValidationError("at least one has to read them") }
    guard minutes >= 0 else { throw ValidationError("give a number of minutes, or 0 for no limit") }
  }

  mutating func run() async throws {
    let numbers = from..<from + inputs
    if worker {
      let those = stride(from: from, to: numbers.upperBound, by: every)
      return try await Worker(kind.spoiler(seed: seed)).read(those)
    }
    var parent = Parent(
      kind, seed: seed, keep: keep, workers: workers,
      budget: minutes > 0 ? .seconds(60 * minutes) : nil)
    guard try await parent.watch(numbers) else { throw ExitCode(1) }
  }
}

/// What is spoiled.
enum InputKind: String, ExpressibleByArgument, CaseIterable {
  case scenarios, shards

  /// What makes inputs of it, and reads them.
  func spoiler(seed: UInt64) async throws -> any Spoiler {
    switch self {
    case .scenarios: try SpoiledScenarios(seed: seed)
    case .shards: try await SpoiledShards(seed: seed)
    }
  }

  /// What the name of a kept input ends in.
  var ending: String { self == .scenarios ? ".yaml" : ".bytes" }
}

/// Makes inputs, and reads them.
protocol Spoiler {
  /// The input of a number: the same each time.
  func input(_ number: Int) async throws -> [UInt8]

  /// Reads an input as the program does.
  func read(_ number: Int, _ input: [UInt8]) async throws -> Verdict
}

/// What came of an input.
enum Verdict {
  case accepted, refused
  /// It came to what cannot be.
  case wrong(String)
}
