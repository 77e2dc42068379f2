// swift-tools-version: 6.2

import PackageDescription

// A program of somebody else that uses the HNSW library and nothing more of the package. Without traits it fetches no
// other package; `.ci/check-client` sees to that.
let package = Package(
    name: "HNSWClient",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "akin", path: "../..", traits: [])
    ],
    targets: [
        .executableTarget(name: "HNSWClient", dependencies: [.product(name: "HNSW", package: "akin")]),
        // The example of the README, word for word.
        .executableTarget(name: "FirstIndex", dependencies: [.product(name: "HNSW", package: "akin")]),
    ]
)
