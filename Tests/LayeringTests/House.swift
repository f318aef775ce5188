/// The house, lowest floor first: each target with all that its sources import, and its rooms.
///
/// This table is the architecture. `LayeringTests` holds the sources and `Package.swift` to it, to
/// the letter: an import that is not here is a fault, and so is one that nothing uses any more.
let house = [
  // C libraries, behind one header each.
  Floor("CGSL"),
  Floor("CSHA256"),
  Floor("CSQLite"),

  // The data files of the facts, as bytes.
  Floor("CFacts"),

  // What pages are made of besides Swift, as bytes: their style, their program, and the runtime of Vega.
  Floor("CPages"),

  // Units as types.
  Floor("Quantities"),

  // Numbers, tables and commands as people read them, and what no reader sees: one way of writing each.
  Floor("Wording", on: ["Quantities"]),

  // Random streams and laws; alone with GSL. Glibc for exp, log and the like, which the standard
  // library of Swift does not have.
  Floor("Stochastics", on: ["CGSL"], system: ["Glibc"], rooms: [".", "Laws"]),

  // The engine: knows no lab and no chip.
  Floor("Simulation", on: ["Stochastics"]),

  // Formulas: text to checked steps with units, and their values. Knows no metric and no chip. Glibc for
  // exp, log and pow alone.
  Floor("Formulas", on: ["Quantities"], system: ["Glibc"]),

  // Text to checked nodes and back; alone with Yams. Knows no chip. Glibc to read files.
  Floor(
    "Documents", on: ["Stochastics", "Quantities", "Wording"], packages: ["Yams"],
    system: ["Glibc"],
    rooms: ["Source", "Schema", "Writing"]),

  // The model: knows no file, thread, clock or environment. Glibc for exp, log and pow alone.
  Floor(
    "PolicyModel", on: ["Formulas", "Simulation", "Stochastics", "Quantities"], system: ["Glibc"],
    rooms: [
      "Chips", "Parameters", "Rules", "Plan", "Memory", "Costs", "State", "Mechanisms",
      "RuleEffects", ".",
    ]),

  // Pure functions on results. Glibc for powers.
  Floor("Analysis", on: ["Simulation", "Stochastics"], system: ["Glibc"]),

  // Checked nodes into scenarios, section by section.
  Floor(
    "Scenarios",
    on: [
      "Documents", "PolicyModel", "Formulas", "Simulation", "Stochastics", "Quantities", "CFacts",
    ],
    rooms: [
      "Records", "Facts", "Parameters", "Estimates", "World", "Regimes", "Run", "Metrics",
      "Targets", "File",
      "Meaning",
    ]),

  // Questions put to the engine, answered by values: knows no file, terminal or format.
  Floor(
    "Studies",
    on: [
      "Analysis", "Scenarios", "Documents", "PolicyModel", "Simulation", "Stochastics",
      "Quantities",
      "Wording",
    ],
    rooms: [
      "Running", "Replays", "Explanations", "Comparisons", "BreakEven", "Drivers", "Sensitivity",
      "Discovery", "Rules", ".", "Published",
    ]),

  // Folders, locks, atomic results, shard files; alone with Nettle, and with SQLite. Glibc to write files
  // that are either whole or not there, Synchronization for the signal that comes meanwhile.
  Floor(
    "Storage",
    on: ["Analysis", "Scenarios", "Simulation", "Stochastics", "Wording", "CSHA256", "CSQLite"],
    system: ["FoundationEssentials", "Glibc", "Synchronization"],
    rooms: ["Files", "Results", "Shards"]),

  // Plans, shards, status, merge and Slurm; the only one that starts other programs, for which it has Glibc.
  Floor(
    "Batches",
    on: [
      "Studies", "Storage", "Analysis", "Scenarios", "Documents", "PolicyModel", "Simulation",
      "Stochastics", "Wording",
    ],
    system: ["FoundationEssentials", "Glibc"],
    rooms: ["Processes", "Planning", "Running", "Slurm", "Drawing"]),

  // Values in, tables, charts, text and bytes out: runs nothing. Beside Batches: neither knows the other.
  // Glibc for the logarithms of axes.
  Floor(
    "Reporting",
    on: [
      "Studies", "Storage", "Analysis", "Scenarios", "Documents", "PolicyModel", "Simulation",
      "Stochastics", "Quantities", "Wording", "CPages",
    ],
    system: ["FoundationEssentials", "Glibc"],
    rooms: ["Answer", "Tables", "Charts", "Pages", "Results", "ReferencePages", "Console"]),

  // The command line; alone with ArgumentParser. Glibc to know a terminal and the number of cores,
  // FoundationEssentials for the time of day in the manifest.
  Floor(
    "chokepoint",
    on: [
      "Reporting", "Batches", "Studies", "Storage", "Scenarios", "Documents", "Quantities",
      "Wording",
    ],
    packages: ["ArgumentParser"], system: ["FoundationEssentials", "Glibc"]),
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
  /// Its folders, lowest first: what is in one names types of its own and of those before it alone.
  /// `.` is for files beside the folders. Empty where all is one room.
  let rooms: [String]

  init(
    _ name: String, on targets: Set<String> = [], packages: Set<String> = [],
    system: Set<String> = [], rooms: [String] = []
  ) {
    self.name = name
    self.targets = targets
    self.packages = packages
    self.system = system
    self.rooms = rooms
  }

  var imports: Set<String> { targets.union(packages).union(system) }
}
