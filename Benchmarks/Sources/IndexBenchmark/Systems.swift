/// The systems by name, and which of them a run takes where nothing is said.
enum Systems {
    /// All, those that matter most first: where time runs out it is the last that are left out.
    static let all =
        [
            "akin", "hnswlib", "symphonyqg", "scann", "faiss-ivf", "akin-single", "svs-lvq4x8", "faiss-hnsw-sq8",
            "faiss-hnsw", "usearch-i8", "svs", "usearch-f16", "usearch-f32",
        ] + ofFullRunsAlone

    static let ofFullRunsAlone = ["akin-f32", "symphonyqg-random", "scann-plain", "faiss-hnsw-sq8-refined"]

    /// Those that stand beside Akin on every set, and with more than one thread.
    static let main = ["akin", "hnswlib", "symphonyqg", "scann", "faiss-ivf"]

    /// How long a build takes, in builds of hnswlib, for a run that has an end to keep. Measured on latent semantic vectors;
    /// a little too much is safe.
    static func expectedBuildTime(of system: String) -> Double {
        switch system {
        case "akin", "akin-single", "scann": 0.5
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
