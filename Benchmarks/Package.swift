// swift-tools-version: 6.2

import PackageDescription

/// Benchmarks, run by hand and never by the tests. The paths inside are those of the project's folder, from which
/// `make bench` runs them.
let package = Package(
    name: "akin-benchmarks",
    platforms: [.macOS(.v15)],
    targets: [
        .executableTarget(
            name: "LibraryBenchmark",
            swiftSettings: [
                .enableUpcomingFeature("ExistentialAny"),
                .enableUpcomingFeature("InternalImportsByDefault"),
                .enableUpcomingFeature("MemberImportVisibility"),
                .strictMemorySafety(),
            ]
        )
    ]
)
