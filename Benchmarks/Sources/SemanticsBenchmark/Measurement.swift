import Measuring

/// The stages from papers to answers, in order.
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

/// The measurement of one system at one stage.
struct Measurement: Codable {
    var stage: Stage
    var system: String
    var version: String
    /// Wall time for all papers, or the median query's.
    var seconds: Double
    /// Processor time of all threads for the same.
    var cpuSeconds: Double
    /// The most memory that was resident in the process at once, with its input.
    var peakBytes: Int?
    /// Of a decomposition: ‖A·V‖² / ‖A‖², with V the right singular vectors.
    var energy: Double?
    /// The number of papers.
    var papers: Int
    var threads: Int?
    var rank: Int?
    /// How far VᵀV moves unit vectors. Above a thousandth, the energy means little.
    var deviation: Double?
    /// Of a product of the sparse matrix: billions of multiplications and additions a second and thread, of processor
    /// time.
    var gflops: Double?
    /// The size of the sample, if the seconds are extrapolated from one.
    var sample: Int?
    var queries: Int?
    var percentile99: Double?
    var cpuPercentile99: Double?
    /// The linear algebra library of the system.
    var blas: String?

    /// Creates the measurement of a piece of our own work.
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

/// The measurement of a whole library.
struct LibraryMeasurement: Codable {
    var measure: String
    /// The number of papers in the library.
    var papers: Int
    var seconds: Double
    var cpuSeconds: Double
    var peakBytes: Int?
    /// The seconds of each step that an `add` reports.
    var steps: [String: Double]?
}
