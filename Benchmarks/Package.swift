// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

// A package of its own, so that building and testing the program never builds a benchmark. It names
// the parent, since a path alone would be known by its folder, which is called what its owner likes.
let package = Package(
  name: "chokepoint-benchmarks",
  dependencies: [
    .package(name: "chokepoint", path: ".."),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
  ],
  targets: [
    .executableTarget(
      name: "calibrate",
      dependencies: [
        .product(name: "PolicyModel", package: "chokepoint"),
        .product(name: "Documents", package: "chokepoint"),
        .product(name: "Scenarios", package: "chokepoint"),
        .product(name: "Quantities", package: "chokepoint"),
        .product(name: "Stochastics", package: "chokepoint"),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: settings),
    .systemLibrary(name: "CFuzz"),
    .executableTarget(
      name: "fuzz",
      dependencies: [
        "CFuzz",
        .product(name: "Batches", package: "chokepoint"),
        .product(name: "Storage", package: "chokepoint"),
        .product(name: "Simulation", package: "chokepoint"),
        .product(name: "PolicyModel", package: "chokepoint"),
        .product(name: "Documents", package: "chokepoint"),
        .product(name: "Scenarios", package: "chokepoint"),
        .product(name: "Analysis", package: "chokepoint"),
        .product(name: "Quantities", package: "chokepoint"),
        .product(name: "Studies", package: "chokepoint"),
        .product(name: "Reporting", package: "chokepoint"),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: settings),
    .executableTarget(
      name: "peer-workload",
      dependencies: [
        .product(name: "Stochastics", package: "chokepoint"),
        .product(name: "Simulation", package: "chokepoint"),
        .product(name: "Analysis", package: "chokepoint"),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: settings),
    .executableTarget(
      name: "benchmark",
      dependencies: [
        .product(name: "Stochastics", package: "chokepoint"),
        .product(name: "Simulation", package: "chokepoint"),
        .product(name: "PolicyModel", package: "chokepoint"),
        .product(name: "Documents", package: "chokepoint"),
        .product(name: "Scenarios", package: "chokepoint"),
        .product(name: "Analysis", package: "chokepoint"),
        .product(name: "Studies", package: "chokepoint"),
        .product(name: "Storage", package: "chokepoint"),
        .product(name: "Reporting", package: "chokepoint"),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: settings),
  ],
  swiftLanguageModes: [.v6]
)
