// swift-tools-version: 6.2

import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

let package = Package(
  name: "wenze",
  products: [
    .executable(name: "wenze", targets: ["WenzeCLI"]),
    .executable(name: "wenze-synth", targets: ["WenzeSynth"]),
    .library(name: "Wenze", targets: ["Wenze"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    // Exactly, since the events behind its parser are read too.
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
  ],
  targets: [
    .target(name: "WenzeSyntax", swiftSettings: strict),
    .target(name: "WenzeModel", dependencies: ["WenzeSyntax"], swiftSettings: strict),
    .target(
      name: "WenzeSemantics", dependencies: ["WenzeSyntax", "WenzeModel"], swiftSettings: strict),
    .target(
      name: "WenzeEngine", dependencies: ["WenzeSyntax", "WenzeModel", "WenzeSemantics"],
      swiftSettings: strict),
    // What rule sets say of themselves: which conditions can hold, by decision diagrams.
    .target(
      name: "WenzeAnalysis",
      dependencies: ["WenzeSyntax", "WenzeModel", "WenzeSemantics", "WenzeEngine"],
      swiftSettings: strict),
    .systemLibrary(
      name: "CZlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .systemLibrary(
      name: "CExpat", providers: [.apt(["libexpat1-dev"]), .brew(["expat"])]),
    // What files of office programs are made of: archives and XML.
    .target(
      name: "WenzeOffice", dependencies: ["WenzeSyntax", "CZlib", "CExpat"],
      swiftSettings: strict),
    .target(
      name: "WenzeInput",
      dependencies: [
        "WenzeSyntax", "WenzeModel", "CZlib", .product(name: "Yams", package: "Yams"),
      ],
      swiftSettings: strict),
    .target(
      name: "WenzeReport",
      dependencies: [
        "WenzeSyntax", "WenzeModel", "WenzeSemantics", "WenzeEngine", "WenzeAnalysis",
        .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: strict),
    .executableTarget(name: "EmbedRules", swiftSettings: strict),
    .plugin(
      name: "EmbedRulesPlugin", capability: .buildTool(), dependencies: ["EmbedRules"],
      path: "Sources/EmbedRulesPlugin"),
    .target(name: "WenzeRules", swiftSettings: strict, plugins: ["EmbedRulesPlugin"]),
    .target(
      name: "Wenze",
      dependencies: [
        "WenzeSyntax", "WenzeModel", "WenzeSemantics", "WenzeEngine", "WenzeAnalysis",
        "WenzeInput", "WenzeReport", "WenzeRules",
        .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "WenzeCLI",
      dependencies: [
        "Wenze", "WenzeSyntax", "WenzeModel", "WenzeSemantics", "WenzeEngine", "WenzeAnalysis",
        "WenzeInput", "WenzeReport",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),
    // Synthetic archives with planted patterns, to measure the rules over groups by.
    .target(name: "WenzeSynthesis", swiftSettings: strict),
    .executableTarget(
      name: "WenzeSynth",
      dependencies: [
        "WenzeSynthesis", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "WenzeBenchmark",
      dependencies: [
        "Wenze", "WenzeSyntax", "WenzeModel", "WenzeSemantics", "WenzeEngine", "WenzeInput",
        "WenzeReport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "WenzeSyntaxTests", dependencies: ["WenzeSyntax", "TestSupport"],
      exclude: ["Golden", "Formatting", "Tools"],
      swiftSettings: strict),
    .testTarget(
      name: "WenzeOfficeTests", dependencies: ["WenzeOffice", "WenzeSyntax", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "WenzeInputTests",
      dependencies: ["WenzeInput", "WenzeModel", "WenzeSyntax", "TestSupport"],
      exclude: ["Tools"], swiftSettings: strict),
    .testTarget(
      name: "WenzeTests",
      dependencies: [
        "Wenze", "WenzeReport", "WenzeInput", "WenzeEngine", "WenzeSemantics", "WenzeModel",
        "WenzeSyntax", "TestSupport",
      ],
      exclude: ["BadPacks", "Defects", "Scores", "Tools"],
      swiftSettings: strict),
    // The tests run the program, so that it has to be built.
    .testTarget(name: "WenzeCLITests", dependencies: ["WenzeCLI"], swiftSettings: strict),
    .testTarget(
      name: "WenzeSynthTests",
      dependencies: [
        "WenzeSynthesis", "Wenze", "WenzeReport", "WenzeInput", "WenzeEngine", "WenzeSemantics",
        "WenzeModel", "WenzeSyntax",
      ],
      swiftSettings: strict),
    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
    .testTarget(
      name: "WenzeSemanticsTests",
      dependencies: ["WenzeSemantics", "WenzeModel", "WenzeSyntax", "TestSupport"],
      exclude: ["Golden"], swiftSettings: strict),
    .testTarget(
      name: "WenzeEngineTests",
      dependencies: ["WenzeEngine", "WenzeSemantics", "WenzeModel", "WenzeSyntax", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "WenzeAnalysisTests",
      dependencies: [
        "WenzeAnalysis", "Wenze", "WenzeEngine", "WenzeSemantics", "WenzeModel", "WenzeSyntax",
        "TestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "WenzeReportTests",
      dependencies: [
        "WenzeReport", "WenzeInput", "WenzeEngine", "WenzeSemantics", "WenzeModel", "WenzeSyntax",
        "TestSupport",
      ],
      exclude: ["Golden", "Pack"], swiftSettings: strict),
    .testTarget(
      name: "WenzeModelTests", dependencies: ["WenzeModel", "WenzeSyntax", "TestSupport"],
      swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
