// swift-tools-version: 6.2

import PackageDescription

// A program that uses the HNSW library and nothing else of the package. Without traits it fetches no other package, and
// `import HNSW` is the only import that it needs, even where each member needs the import of its own module.
// `.ci/check-client` checks both.
let package = Package(
    name: "HNSWClient",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "akin", path: "../..", traits: [])
    ],
    targets: [
        .executableTarget(
            name: "HNSWClient",
            dependencies: [.product(name: "HNSW", package: "akin")],
            swiftSettings: [.enableUpcomingFeature("MemberImportVisibility")]
        ),
        // The example of the README, word for word.
        .executableTarget(
            name: "FirstIndex",
            dependencies: [.product(name: "HNSW", package: "akin")],
            swiftSettings: [.enableUpcomingFeature("MemberImportVisibility")]
        ),
    ]
)
