// swift-tools-version: 6.2

import PackageDescription

let swiftSettings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .strictMemorySafety(),
]

/// Benchmarks, run by hand and never by the tests. The paths inside are those of the project's folder, from which
/// `make bench` and the other targets of that kind run them.
let package = Package(
    name: "akin-benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "akin", path: "..", traits: ["CommandLine"])],
    targets: [
        .executableTarget(name: "LibraryBenchmark", dependencies: ["Measuring"], swiftSettings: swiftSettings),
        .executableTarget(
            name: "IndexBenchmark",
            dependencies: [
                "BenchmarkVectors", "CProcess", "Measuring", .product(name: "HNSW", package: "akin"),
                .product(name: "VectorFiles", package: "akin"),
            ],
            swiftSettings: swiftSettings
        ),
        .executableTarget(
            name: "SemanticsBenchmark",
            dependencies: [
                "BenchmarkVectors", "CProcess", "Measuring", .product(name: "Akin", package: "akin"),
                .product(name: "PaperFormats", package: "akin"),
                .product(name: "HNSW", package: "akin"), .product(name: "LatentSemantics", package: "akin"),
            ],
            swiftSettings: swiftSettings
        ),
        .executableTarget(
            name: "LatentVectors",
            dependencies: [
                "BenchmarkVectors", .product(name: "Akin", package: "akin"),
                .product(name: "PaperFormats", package: "akin"),
                .product(name: "LatentSemantics", package: "akin"),
            ],
            swiftSettings: swiftSettings
        ),
        .executableTarget(
            name: "ConcurrencyBenchmark",
            dependencies: [.product(name: "Akin", package: "akin"), .product(name: "PaperFormats", package: "akin")],
            swiftSettings: swiftSettings
        ),
        .executableTarget(
            name: "FilterBenchmark",
            dependencies: [.product(name: "Akin", package: "akin")],
            swiftSettings: swiftSettings
        ),
        .executableTarget(
            name: "ModelBenchmark",
            dependencies: [
                "Measuring", .product(name: "Akin", package: "akin"),
                .product(name: "PaperFormats", package: "akin"),
                .product(name: "LatentSemantics", package: "akin"),
                .product(name: "RetrievalEvaluation", package: "akin"),
            ],
            swiftSettings: swiftSettings
        ),
        .executableTarget(
            name: "EncoderBenchmark", dependencies: ["CProcess", "Measuring"], swiftSettings: swiftSettings),
        .executableTarget(
            name: "DocumentBenchmark",
            dependencies: [.product(name: "PaperFormats", package: "akin")],
            swiftSettings: swiftSettings
        ),
        .executableTarget(
            name: "Tokenizing",
            dependencies: [.product(name: "SentenceEncoder", package: "akin")],
            swiftSettings: swiftSettings
        ),
        .target(name: "Measuring", dependencies: ["CProcess"], swiftSettings: swiftSettings),
        .target(
            name: "BenchmarkVectors", dependencies: [.product(name: "VectorFiles", package: "akin")],
            swiftSettings: swiftSettings),
        .target(name: "CProcess"),
    ]
)
