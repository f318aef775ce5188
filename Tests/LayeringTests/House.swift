/// The house, lowest floor first: each target with all that its sources import.
///
/// This table is the architecture. `LayeringTests` holds the sources and `Package.swift` to it, to
/// the letter: an import that is not here is a fault, and so is one that nothing uses any more.
let house = [
  // C libraries, behind one header each.
  Floor("CGSL"),
  Floor("CSHA256"),

  // The data files of the facts, as bytes.
  Floor("CFacts"),

  // Units as types.
  Floor("Quantities"),

  // Random streams and laws; alone with GSL. Glibc for exp, log and the like, which the standard
  // library of Swift does not have.
  Floor("Stochastics", on: ["CGSL"], system: ["Glibc"]),

  // The engine: knows no lab and no chip.
  Floor("Simulation", on: ["Stochastics"]),

  // The model: knows no file, thread, clock or environment. Glibc for exp, log and pow alone.
  Floor("PolicyModel", on: ["Simulation", "Stochastics", "Quantities"], system: ["Glibc"]),

  // Files into scenarios; alone with Yams. FoundationEssentials to read files.
  Floor(
    "Scenarios", on: ["PolicyModel", "Simulation", "Stochastics", "Quantities", "CFacts"],
    packages: ["Yams"], system: ["FoundationEssentials"]),

  // Pure functions on results. Glibc for powers.
  Floor("Analysis", on: ["Simulation", "Stochastics"], system: ["Glibc"]),

  // Results into tables, text and files; alone with Nettle, with GRDB for files of shards, and with
  // Subprocess for the commands of a scheduler. FoundationEssentials for JSON, Glibc to write files
  // that are either whole or not there, Synchronization for the signal that comes meanwhile.
  Floor(
    "Reporting",
    on: [
      "Analysis", "Scenarios", "PolicyModel", "Simulation", "Stochastics", "Quantities", "CSHA256",
    ],
    packages: ["GRDB", "Subprocess"], system: ["FoundationEssentials", "Glibc", "Synchronization"]),

  // The command line; alone with ArgumentParser. Glibc to know a terminal and the number of cores,
  // FoundationEssentials for the time of day in the manifest.
  Floor(
    "chokepoint", on: ["Reporting", "Scenarios", "Quantities"], packages: ["ArgumentParser"],
    system: ["FoundationEssentials", "Glibc"]),
]

/// A target, and what it may import.
struct Floor {
  let name: String
  /// Targets of this package.
  let targets: Set<String>
  /// Products of other packages.
  let packages: Set<String>
  /// Modules of the toolchain.
  let system: Set<String>

  init(
    _ name: String, on targets: Set<String> = [], packages: Set<String> = [],
    system: Set<String> = []
  ) {
    self.name = name
    self.targets = targets
    self.packages = packages
    self.system = system
  }

  var imports: Set<String> { targets.union(packages).union(system) }
}
