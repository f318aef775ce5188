// swift-tools-version: 6.2
import PackageDescription

/// The floors of the house, lowest first. A target imports only what is listed for it here;
/// `Tests/LayeringTests` reads the sources and holds them to it.
let package = Package(
  name: "chokepoint",
  products: [
    .executable(name: "chokepoint", targets: ["chokepoint"]),
    .library(name: "Quantities", targets: ["Quantities"]),
    .library(name: "Stochastics", targets: ["Stochastics"]),
    .library(name: "Formulas", targets: ["Formulas"]),
    .library(name: "Simulation", targets: ["Simulation"]),
    .library(name: "Analysis", targets: ["Analysis"]),
    .library(name: "PolicyModel", targets: ["PolicyModel"]),
    .library(name: "Scenarios", targets: ["Scenarios"]),
    .library(name: "Documents", targets: ["Documents"]),
    .library(name: "Studies", targets: ["Studies"]),
    .library(name: "Storage", targets: ["Storage"]),
    .library(name: "Batches", targets: ["Batches"]),
    .library(name: "Reporting", targets: ["Reporting"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    .systemLibrary(
      name: "CGSL", pkgConfig: "gsl", providers: [.apt(["libgsl-dev", "librandom123-dev"])]),
    .systemLibrary(name: "CSHA256", pkgConfig: "nettle", providers: [.apt(["nettle-dev"])]),
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .target(name: "CFacts"),
    .target(name: "CPages"),
    .target(name: "Quantities"),
    .target(name: "Stochastics", dependencies: ["CGSL"]),
    // A model's state may own memory, and then it must not be copied by itself (`Model.State`). Protocols
    // cannot say so yet without this flag, which nobody who imports the target needs.
    .target(
      name: "Simulation", dependencies: ["Stochastics"],
      swiftSettings: [.enableExperimentalFeature("SuppressedAssociatedTypes")]),
    .target(name: "Formulas", dependencies: ["Quantities"]),
    .target(
      name: "PolicyModel", dependencies: ["Formulas", "Quantities", "Stochastics", "Simulation"]),
    .target(name: "Wording", dependencies: ["Quantities"]),
    .target(name: "Documents", dependencies: ["Stochastics", "Quantities", "Wording", "Yams"]),
    .target(
      name: "Scenarios",
      dependencies: [
        "Documents", "PolicyModel", "Formulas", "Simulation", "Stochastics", "Quantities", "CFacts",
      ],
      exclude: [
        "Facts/chips.yaml", "Facts/rules.yaml", "Facts/parameters.yaml", "Facts/world-2022.yaml",
        "Facts/world-2022-at-2024-12.yaml", "Facts/backcast.csv", "Starter/starter.yaml",
      ]),
    .target(name: "Analysis", dependencies: ["Simulation", "Stochastics"]),
    .target(
      name: "Studies",
      dependencies: [
        "Analysis", "Scenarios", "Documents", "PolicyModel", "Simulation", "Stochastics",
        "Quantities", "Wording",
      ]),
    .target(
      name: "Storage",
      dependencies: [
        "Analysis", "Scenarios", "Simulation", "Stochastics", "Wording", "CSHA256", "CSQLite",
      ]),
    .target(
      name: "Batches",
      dependencies: [
        "Studies", "Storage", "Analysis", "Scenarios", "Documents", "PolicyModel", "Simulation",
        "Stochastics", "Wording",
      ]),
    .target(
      name: "Reporting",
      dependencies: [
        "Studies", "Storage", "Analysis", "Scenarios", "Documents", "PolicyModel", "Simulation",
        "Stochastics", "Quantities", "Wording", "CPages",
      ],
      exclude: ["Pages/report.css", "Pages/report.js"]),
    .executableTarget(
      name: "chokepoint",
      dependencies: [
        "Reporting", "Batches", "Studies", "Storage", "Scenarios", "Documents", "Quantities",
        "Wording",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .target(name: "TestSupport", path: "Tests/TestSupport"),
    .testTarget(name: "FormulasTests", dependencies: ["Formulas", "Quantities"]),
    .testTarget(name: "QuantitiesTests", dependencies: ["Quantities"]),
    .testTarget(name: "StochasticsTests", dependencies: ["Stochastics", "TestSupport"]),
    .testTarget(name: "SimulationTests", dependencies: ["Simulation", "Stochastics"]),
    .testTarget(
      name: "PolicyModelTests",
      dependencies: ["PolicyModel", "Quantities", "Simulation", "Stochastics", "TestSupport"]),
    .testTarget(
      name: "DocumentsTests",
      dependencies: ["Documents", "Stochastics", "Quantities", "TestSupport"],
      exclude: ["Goldens"]),
    .testTarget(
      name: "ScenariosTests",
      dependencies: [
        "Studies", "Analysis", "Scenarios", "Documents", "PolicyModel", "Simulation", "Stochastics",
        "Quantities", "TestSupport",
      ],
      exclude: ["Goldens"]),
    .testTarget(name: "AnalysisTests", dependencies: ["Analysis", "Simulation", "Stochastics"]),
    .testTarget(
      name: "ReportingTests",
      dependencies: [
        "Reporting", "Batches", "Studies", "Storage", "Wording", "Analysis", "Scenarios",
        "Documents", "PolicyModel", "Simulation", "Stochastics", "Quantities", "TestSupport",
      ],
      exclude: ["Goldens"]),
    .testTarget(name: "LayeringTests"),
    .testTarget(
      name: "EndToEndTests", dependencies: ["chokepoint"], exclude: ["recompute_deepseek.py"]),
  ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .c2x
)

for target in package.targets
where target.type != .system && !["CFacts", "CPages"].contains(target.name) {
  target.swiftSettings =
    (target.swiftSettings ?? []) + [
      .enableUpcomingFeature("ExistentialAny"),
      .enableUpcomingFeature("InternalImportsByDefault"),
      .enableUpcomingFeature("MemberImportVisibility"),
      .treatAllWarnings(as: .error),
    ]
}
