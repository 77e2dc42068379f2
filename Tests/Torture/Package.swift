// swift-tools-version: 6.2

import PackageDescription

let swiftSettings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .strictMemorySafety(),
]

/// What `make torture` runs: a driver, and a library that is preloaded into the program under test. They use nothing of
/// the project, so that they build within seconds and test the program as it is installed.
let package = Package(
    name: "akin-torture",
    platforms: [.macOS(.v15)],
    products: [.library(name: "Interpose", type: .dynamic, targets: ["CInterpose"])],
    targets: [
        .executableTarget(name: "Torture", dependencies: ["CTorture"], swiftSettings: swiftSettings),
        .target(name: "CTorture"),
        .target(name: "CInterpose"),
    ]
)
