import Measuring

/// The way from papers to answers, in the order gone.
enum Stage: String, Codable, CaseIterable {
    /// Records out of JSON Lines.
    case read
    /// Texts into counts of terms.
    case tokenize
    /// Counts into a matrix of weights.
    case weigh
    /// The matrix into a space.
    case svd
    /// Papers into vectors of the space.
    case embed
    /// Terms and vectors into indexes.
    case index
    /// Papers into a store.
    case store
    /// A question into the best ten papers.
    case query
}

/// What one system took for one stage.
struct Measurement: Codable {
    var stage: Stage
    var system: String
    var version: String
    /// Wall time for all papers, or the median query's.
    var seconds: Double
    /// Processor time of all threads for the same.
    var cpuSeconds: Double
    /// The most that was resident in the process at once, its input included.
    var peakBytes: Int?
    /// Of a decomposition: ‖A·V‖² / ‖A‖², with V the right singular vectors.
    var energy: Double?
    /// The papers at hand.
    var papers: Int
    var threads: Int?
    var rank: Int?
    /// How far VᵀV moves unit vectors: where it is above a thousandth the energy means little.
    var deviation: Double?
    /// Of a product of the sparse matrix: billions of multiplications and additions a second and thread, of processor time.
    var gflops: Double?
    /// The papers that were worked on where the seconds are reckoned from a sample.
    var sample: Int?
    var queries: Int?
    var percentile99: Double?
    var cpuPercentile99: Double?
    /// The library of linear algebra under the system.
    var blas: String?

    /// Takes what a piece of work of ours cost.
    init(_ stage: Stage, _ system: String, _ time: Stopwatch.Time, papers: Int, threads: Int?) {
        self.stage = stage
        self.system = system
        version = revision
        seconds = time.seconds
        cpuSeconds = time.cpuSeconds
        peakBytes = ProcessMemory.peak
        self.papers = papers
        self.threads = threads
    }
}

/// What a whole library costs.
struct LibraryMeasurement: Codable {
    var measure: String
    /// The papers that the library has.
    var papers: Int
    var seconds: Double
    var cpuSeconds: Double
    var peakBytes: Int?
    /// The seconds of each step that an `add` tells of.
    var steps: [String: Double]?
}
