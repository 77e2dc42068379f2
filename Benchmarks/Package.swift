// swift-tools-version: 6.2

import PackageDescription

let swiftSettings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .strictMemorySafety(),
]

/// Benchmarks, run by hand and never by the tests. The paths inside are those of the project's folder, from which
/// `make bench` and `make bench-hnsw` run them.
let package = Package(
    name: "akin-benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "akin", path: "..")],
    targets: [
        .executableTarget(name: "LibraryBenchmark", swiftSettings: swiftSettings),
        .executableTarget(
            name: "IndexBenchmark",
            dependencies: ["CProcess", "VectorFiles", .product(name: "HNSW", package: "akin")],
            swiftSettings: swiftSettings
        ),
        .executableTarget(
            name: "LatentVectors",
            dependencies: [
                "VectorFiles", .product(name: "Akin", package: "akin"),
                .product(name: "LatentSemantics", package: "akin"),
            ],
            swiftSettings: swiftSettings
        ),
        .target(name: "VectorFiles", swiftSettings: swiftSettings),
        .target(name: "CProcess"),
    ]
)
