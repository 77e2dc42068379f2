// swift-tools-version: 6.2

import PackageDescription

/// Every Swift target is compiled under the same rules: no implicit existential, no leaked import, every unsafe
/// expression marked.
let swiftSettings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .strictMemorySafety(),
]

/// What only some clients need stands behind a trait: the package or the data that it brings.
func when(_ trait: String) -> TargetDependencyCondition? { .when(traits: [trait]) }

/// The systems whose package managers have libstemmer. On others TextAnalysis takes the stems of English itself.
let withLibstemmer: [Platform] = [.linux, .macOS, .android, .openbsd]

let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift", condition: when("Store"))
let yams: Target.Dependency = .product(name: "Yams", package: "Yams", condition: when("Formats"))
let tomlKit: Target.Dependency = .product(name: "TOMLKit", package: "TOMLKit", condition: when("CommandLine"))
let argumentParser: Target.Dependency = .product(
    name: "ArgumentParser", package: "swift-argument-parser", condition: .when(traits: ["CommandLine", "Fetch"]))

/// A part of SwiftNIO, which the HTTP client and the server stand on.
func nio(_ name: String) -> Target.Dependency {
    .product(name: name, package: "swift-nio", condition: .when(traits: ["Fetch", "Server"]))
}

let hummingbird: Target.Dependency = .product(
    name: "Hummingbird", package: "hummingbird", condition: when("Server"))
let httpClient: Target.Dependency = .product(
    name: "AsyncHTTPClient", package: "async-http-client", condition: .when(traits: ["Fetch", "Server"]))

func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: swiftSettings)
}

func example(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(
        name: name, dependencies: dependencies, path: "Examples/\(name)", swiftSettings: swiftSettings)
}

func tests(of name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .testTarget(
        name: "\(name)Tests",
        dependencies: [.byName(name: name), "TestSupport"] + dependencies,
        swiftSettings: swiftSettings
    )
}

let package = Package(
    name: "akin",
    platforms: [.macOS(.v15), .iOS(.v18)],
    products: [
        .library(
            name: "Akin", targets: ["Akin", "Papers", "QueryLanguage", "Ranking", "ReleasedModels", "TextEncoding"]),
        .library(name: "PaperFormats", targets: ["PaperFormats", "Papers"]),
        .library(
            name: "LatentSemantics", targets: ["LatentSemantics", "LinearAlgebra", "TextAnalysis", "TextEncoding"]),
        .library(name: "TextAnalysis", targets: ["TextAnalysis"]),
        .library(name: "LexicalIndex", targets: ["LexicalIndex", "TextAnalysis"]),
        .library(name: "HNSW", targets: ["HNSW", "VectorKernels"]),
        .library(name: "VectorFiles", targets: ["VectorFiles"]),
        .library(name: "RetrievalEvaluation", targets: ["RetrievalEvaluation", "TextEncoding"]),
        .library(name: "SentenceEncoder", targets: ["SentenceEncoder"]),
        .executable(name: "akin", targets: ["AkinCLI"]),
        .executable(name: "akin-fetch", targets: ["AkinFetch"]),
        .executable(name: "akin-serve", targets: ["AkinServe"]),
    ],
    traits: [
        .default(enabledTraits: ["CommandLine", "Fetch", "Server"]),
        .trait(name: "Store", description: "The engine, which keeps papers in SQLite: fetches GRDB."),
        .trait(
            name: "Formats",
            description: "Papers of files: fetches Yams, and GRDB for Zotero's database.", enabledTraits: ["Store"]),
        .trait(name: "ReleasedModel", description: "The model that small libraries start from: 12 MB of the program."),
        .trait(
            name: "CommandLine", description: "The command akin: fetches swift-argument-parser and TOMLKit.",
            enabledTraits: ["Formats", "ReleasedModel"]),
        .trait(
            name: "Fetch", description: "The program akin-fetch: fetches async-http-client, which is twenty packages.",
            enabledTraits: ["Formats"]),
        .trait(
            name: "Server", description: "The program akin-serve: fetches Hummingbird and swift-mustache.",
            enabledTraits: ["Formats", "ReleasedModel"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.81.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0", traits: []),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.14.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.34.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // The application.
        .executableTarget(
            name: "AkinCLI",
            dependencies: [
                "Akin", "AkinAgents", "AkinPostgres", "AkinReports", "EditDistances", "HNSW", "LibraryEncoders",
                "PaperFormats", "Papers", "QueryLanguage", "Ranking", "RetrievalEvaluation", "SentenceEncoder",
                "ServerSettings", "TextAnalysis", "TextEncoding", "VectorFiles", argumentParser, tomlKit,
            ],
            swiftSettings: swiftSettings
        ),
        .executableTarget(
            name: "AkinFetch",
            dependencies: [
                "Gunzip", "PaperFormats", "Papers", argumentParser,
                httpClient,
                nio("NIOCore"), nio("NIOHTTP1"), nio("NIOPosix"),
            ],
            swiftSettings: swiftSettings
        ),
        .executableTarget(
            name: "AkinServe", dependencies: ["Akin", "AkinServer", "ServerSettings", nio("NIOCore")],
            swiftSettings: swiftSettings),
        .target(
            name: "AkinServer",
            dependencies: [
                "Akin", "AkinAgents", "AkinPostgres", "AkinReports", "CZlib", "LibraryEncoders", "PaperFormats",
                "Papers", "ParallelLoops", "QueryLanguage", "Ranking", "SentenceEncoder", "ServerSettings",
                "TextEncoding",
                hummingbird,
                .product(name: "Mustache", package: "swift-mustache", condition: when("Server")),
                .product(name: "Logging", package: "swift-log", condition: when("Server")),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle", condition: when("Server")),
                nio("NIOCore"), nio("NIOHTTP1"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras", condition: when("Server")),
                .product(name: "HTTPTypes", package: "swift-http-types", condition: when("Server")),
            ],
            // The page is compiled into the program.
            resources: [.embedInCode("Page/Resources")],
            swiftSettings: swiftSettings
        ),
        library("ServerSettings"),
        library(
            "AkinAgents",
            ["Akin", "AkinReports", "JSONReading", "LibraryEncoders", "Papers", "QueryLanguage", "Ranking"]),
        library(
            "LibraryEncoders",
            ["Akin", "ParallelLoops", "QueryLanguage", "Ranking", "SentenceEncoder", "TextEncoding"]),
        library(
            "AkinReports",
            ["Akin", "Papers", "QueryLanguage", "Ranking", "RetrievalEvaluation", "SystemCalls", "TextEncoding"]),
        library(
            "AkinPostgres",
            [
                "Akin", "HNSW", "LatentSemantics", "LexicalIndex", "MappedFiles", "PaperStore", "Papers",
                "ParallelLoops", "PostgresClient", "Ranking", "SystemCalls",
            ]),
        library(
            "Akin",
            [
                "ArraySpans", "Bisection", "Exploration", "HNSW", "LatentSemantics", "LexicalIndex", "LinearAlgebra",
                "LinearClassification", "MappedFiles", "Papers", "PaperStore", "ParallelLoops", "QueryLanguage",
                "Ranking", "ReleasedModels", "SeededRandom", "SystemCalls", "TextAnalysis", "TextEncoding",
                "VectorKernels",
            ]
        ),
        library(
            "Ranking",
            [
                "LatentSemantics", "LexicalIndex", "Papers", "ParallelLoops", "SeededRandom", "TextAnalysis",
                "TextEncoding",
            ]),
        library("RetrievalEvaluation", ["Gunzip", "ParallelLoops", "SeededRandom", "SystemCalls", "TextEncoding"]),
        library(
            "PaperStore",
            [
                "CChecksum", "EditDistances", "Papers", "ParallelLoops", "SystemCalls", "TextAnalysis",
                grdb,
            ]),
        library(
            "PaperFormats",
            [
                "CLZMA", "CZlib", "CZstd", "Gunzip", "JSONReading", "Papers", "ParallelLoops", "SystemCalls", grdb,
                yams,
            ]),
        library("QueryLanguage", ["Papers"]),
        library("Papers", ["JSONReading"]),

        // The model that small libraries start from, compiled in from a file of Models/.
        library(
            "ReleasedModels",
            [
                .target(name: "CReleasedModels", condition: when("ReleasedModel")), "LatentSemantics", "MappedFiles",
            ]),
        .target(name: "CReleasedModels", path: "Models", exclude: ["README.md", "language-and-learning.lsa"]),

        // The two indexes and the embedding.
        library("LexicalIndex", ["ArraySpans", "Bisection", "MappedFiles", "ParallelLoops", "TextAnalysis"]),
        library(
            "LatentSemantics",
            [
                "ArraySpans", "EditDistances", "LinearAlgebra", "MappedFiles", "ParallelLoops", "SeededRandom",
                "TextAnalysis", "TextEncoding",
            ]),
        library("HNSW", ["ArraySpans", "CPages", "MappedFiles", "ParallelLoops", "SeededRandom", "VectorKernels"]),

        // Models of the BERT kind.
        library(
            "SentenceEncoder",
            [
                "ArraySpans", "Bisection", "CEncoderKernels", "JSONReading", "MappedFiles", "ParallelLoops",
                "SystemCalls", "TextEncoding", "VectorKernels",
            ]),

        // Communities and layouts of graphs.
        library("Exploration", ["ArraySpans", "ParallelLoops", "SeededRandom"]),

        // Files of vectors.
        library("VectorFiles", ["ArraySpans", "MappedFiles", "SystemCalls"]),

        // Classes of examples.
        library("LinearClassification", ["ArraySpans", "SeededRandom"]),

        // What they stand on.
        library("TextEncoding"),
        library(
            "TextAnalysis",
            [
                "ArraySpans", "Bisection", .target(name: "CSnowball", condition: .when(platforms: withLibstemmer)),
                "ParallelLoops",
            ]),
        library(
            "LinearAlgebra",
            ["ArraySpans", "Bisection", "COpenBLAS", "CVectorKernels", "ParallelLoops", "SeededRandom"]),
        library("MappedFiles", ["ArraySpans", "Bisection", "CChecksum", "CPages", "SystemCalls"]),
        library("VectorKernels", ["ArraySpans", "CVectorKernels"]),
        library("ParallelLoops"),
        library("JSONReading"),
        library("SeededRandom"),
        library("Bisection"),
        .target(
            name: "ArraySpans", swiftSettings: swiftSettings + [.enableExperimentalFeature("Lifetimes")]),
        library("EditDistances"),
        library("SystemCalls", ["ArraySpans"]),
        library("Gunzip", ["CZlib"]),
        library("PostgresClient", ["CPostgres", "ParallelLoops"]),
        .target(name: "CVectorKernels"),
        .target(name: "CEncoderKernels"),
        .target(name: "CChecksum"),
        .target(name: "CPages"),
        .target(name: "CPostgres"),
        .target(
            name: "COpenBLAS",
            linkerSettings: [
                .linkedLibrary("openblas", .when(platforms: [.linux, .android])),
                .linkedLibrary("lapacke", .when(platforms: [.linux, .android])),
                .linkedFramework("Accelerate", .when(platforms: [.macOS, .macCatalyst, .iOS])),
            ]
        ),
        .systemLibrary(
            name: "CSnowball",
            providers: [.apt(["libstemmer-dev"]), .brew(["snowball"])]
        ),
        .systemLibrary(
            name: "CZlib",
            providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]
        ),
        .systemLibrary(name: "CZstd", providers: [.apt(["libzstd-dev"]), .brew(["zstd"])]),
        .systemLibrary(name: "CLZMA", providers: [.apt(["liblzma-dev"]), .brew(["xz"])]),

        // Small programs for readers, compiled with everything else.
        example("AskPapers", ["Akin", "Papers", "Ranking"]),
        example("OwnSource", ["Akin", "Papers"]),
        example("EmbedTexts", ["LatentSemantics"]),
        example("MeasureRankings", ["RetrievalEvaluation"]),
        example("FirstIndex", ["HNSW"]),
        example("SearchNotes", ["Akin", "Papers"]),
        example("CompareEmbeddings", ["LatentSemantics", "RetrievalEvaluation"]),
        example("ShipModel", ["LatentSemantics", "ReleasedModels", "TextAnalysis"]),
        example("ReadVectors", ["HNSW", "VectorFiles"]),
        example("UseTasks", ["Akin", "HNSW", "Papers"]),
        example("ChooseSpace", ["Akin", "Papers", "Ranking", "TextEncoding"]),

        // What encodes in a benchmark, as a process of its own.
        .executableTarget(
            name: "EncoderWorker", dependencies: ["SentenceEncoder", "VectorFiles"], path: "Benchmarks/EncoderWorker",
            swiftSettings: swiftSettings),

        // Tests.
        .target(
            name: "TestSupport", dependencies: ["SeededRandom"], path: "Tests/TestSupport", swiftSettings: swiftSettings
        ),
        .target(
            name: "RankingTestSupport",
            dependencies: ["LatentSemantics", "LexicalIndex", "Ranking", "TextAnalysis"],
            path: "Tests/RankingTestSupport", swiftSettings: swiftSettings),
        .target(
            name: "EncoderTestSupport", dependencies: ["SentenceEncoder", "TestSupport"],
            path: "Tests/EncoderTestSupport", swiftSettings: swiftSettings),
        .target(
            name: "PostgresTestSupport", dependencies: ["PostgresClient"], path: "Tests/PostgresTestSupport",
            swiftSettings: swiftSettings),
        tests(
            of: "AkinPostgres",
            [
                "Akin", "Papers", "PostgresClient", "PostgresTestSupport", "QueryLanguage", "Ranking", "TextEncoding",
            ]),
        tests(of: "PostgresClient", ["ParallelLoops", "PostgresTestSupport"]),
        tests(of: "MappedFiles"),
        tests(of: "ParallelLoops"),
        tests(of: "SeededRandom"),
        tests(of: "ArraySpans"),
        tests(of: "Bisection"),
        tests(of: "EditDistances"),
        tests(of: "VectorKernels", ["CVectorKernels"]),
        tests(of: "LinearAlgebra", ["COpenBLAS", "CVectorKernels"]),
        tests(of: "TextAnalysis"),
        tests(of: "LatentSemantics", ["LinearAlgebra", "MappedFiles", "TextAnalysis"]),
        tests(of: "ReleasedModels", ["LatentSemantics", "TextAnalysis"]),
        tests(of: "LexicalIndex", ["MappedFiles", "TextAnalysis"]),
        .target(name: "CAllocationCounter", path: "Tests/CAllocationCounter"),
        tests(of: "HNSW", ["CAllocationCounter", "MappedFiles", "ParallelLoops", "VectorKernels"]),
        tests(of: "SentenceEncoder", ["CEncoderKernels", "EncoderTestSupport", "TextEncoding"]),
        tests(of: "Exploration", ["SeededRandom"]),
        tests(of: "LinearClassification", ["SeededRandom"]),
        tests(of: "VectorFiles"),
        tests(of: "JSONReading"),
        tests(of: "TextEncoding"),
        tests(of: "Papers"),
        tests(of: "QueryLanguage", ["Papers"]),
        tests(of: "PaperFormats", ["Papers", grdb]),
        tests(
            of: "PaperStore",
            ["PaperFormats", "Papers", grdb]),
        tests(of: "RetrievalEvaluation", ["TextEncoding"]),
        tests(of: "Gunzip"),
        tests(
            of: "Akin",
            [
                "HNSW", "LatentSemantics", "LexicalIndex", "LinearAlgebra", "MappedFiles", "PaperFormats", "Papers",
                "PaperStore", "QueryLanguage", "Ranking", "RankingTestSupport", "ReleasedModels", "SeededRandom",
                "TextAnalysis", "TextEncoding", "VectorKernels", grdb,
            ]),
        tests(of: "Ranking", ["LatentSemantics", "Papers", "RankingTestSupport", "SeededRandom", "TextAnalysis"]),
        tests(
            of: "AkinReports", ["Akin", "MappedFiles", "PaperStore", "Papers", "Ranking", "RetrievalEvaluation"]),
        tests(of: "AkinAgents", ["Akin", "Papers", "QueryLanguage"]),
        tests(
            of: "AkinServer",
            [
                "Akin", "AkinAgents", "EncoderTestSupport", "LibraryEncoders", "Papers", "Ranking", "ServerSettings",
                "TextEncoding", httpClient, nio("NIOCore"), nio("NIOEmbedded"), nio("NIOHTTP1"),
            ]),
        tests(of: "AkinCLI", ["EncoderTestSupport", "PostgresTestSupport", "VectorFiles"]),
        tests(of: "AkinFetch", ["PaperFormats", "Papers", nio("NIOCore"), nio("NIOHTTP1"), nio("NIOPosix")]),
    ]
)
