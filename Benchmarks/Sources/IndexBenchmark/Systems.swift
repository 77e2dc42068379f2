/// The names of the systems, and those of a default run.
enum Systems {
    /// All systems, the most important first. If time runs out, the last ones are left out.
    static let all =
        [
            "akin", "hnswlib", "symphonyqg", "scann", "faiss-ivf", "akin-single", "svs-lvq4x8", "faiss-hnsw-sq8",
            "faiss-hnsw", "usearch-i8", "svs", "usearch-f16", "usearch-f32",
        ] + ofFullRunsAlone

    static let ofFullRunsAlone = [
        "akin-f32", "akin-int8-only", "symphonyqg-random", "scann-plain", "faiss-hnsw-sq8-refined",
    ]

    /// The systems that are compared with Akin on every set and with several threads.
    static let main = ["akin", "hnswlib", "symphonyqg", "scann", "faiss-ivf"]

    /// The expected time of a build, as a multiple of hnswlib's, for a run with a time limit. It was measured on latent
    /// semantic vectors, and may be a little too long.
    static func expectedBuildTime(of system: String) -> Double {
        switch system {
        case "akin", "akin-single", "akin-int8-only", "scann": 0.5
        case "akin-f32", "hnswlib", "symphonyqg", "faiss-hnsw-sq8", "usearch-i8": 1.1
        case "faiss-ivf": 0.2
        case "faiss-hnsw", "usearch-f16": 1.6
        default: 2.5
        }
    }

    static func isOurs(_ system: String) -> Bool {
        system == "akin" || system.hasPrefix("akin-")
    }
}
