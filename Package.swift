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
    .testTarget(
      name: "WenzeSyntaxTests", dependencies: ["WenzeSyntax"], exclude: ["Golden", "Tools"],
      swiftSettings: strict),
    .testTarget(
      name: "WenzeModelTests", dependencies: ["WenzeModel", "WenzeSyntax"], swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
