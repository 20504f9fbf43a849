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
  targets: [
    .target(name: "WenzeSyntax", swiftSettings: strict),
    .target(name: "WenzeModel", dependencies: ["WenzeSyntax"], swiftSettings: strict),
    .target(
      name: "WenzeSemantics", dependencies: ["WenzeSyntax", "WenzeModel"], swiftSettings: strict),
    .target(
      name: "WenzeEngine", dependencies: ["WenzeSyntax", "WenzeModel", "WenzeSemantics"],
      swiftSettings: strict),
    .testTarget(name: "WenzeSyntaxTests", dependencies: ["WenzeSyntax"], swiftSettings: strict),
    .testTarget(
      name: "WenzeModelTests", dependencies: ["WenzeModel", "WenzeSyntax"], swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
