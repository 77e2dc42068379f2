import BenchmarkVectors
import Foundation
import HNSW
import Measuring
import Synchronization

/// Akin's index in a process of its own, asked as the rivals are.
struct AkinWorker {
    /// What is kept of the vectors, and whether all queries are asked in one call, as the rivals are asked, or each in
    /// a call of its own.
    private struct Use {
        var elements: VectorElements
        var isBatched: Bool
    }

    /// The ways to use an index that are compared, by the names of the systems.
    private static let uses = [
        "akin": Use(elements: .int8, isBatched: true),
        "akin-single": Use(elements: .int8, isBatched: false),
        "akin-int8-only": Use(elements: .int8Only, isBatched: true),
        "akin-f32": Use(elements: .float32, isBatched: true),
    ]

    private static let efforts = [
        10, 14, 20, 28, 40, 56, 80, 112, 160, 224, 320, 448, 640, 900, 1_300, 1_800, 2_600, 3_600, 5_200,
    ]

    private let use: Use
    private let version: String
    private var index: VectorIndex?
    private var savedFile = ""
    private var queries: Vectors?

    init(system: String, version: String) throws {
        guard let use = Self.uses[system] else { throw BenchmarkError("there is no system '\(system)'") }
        self.use = use
        self.version = version
    }

    /// Answers requests until there are no more.
    mutating func run() throws {
        try answerRequests { try answer($0, $1) }
        try? FileManager.default.removeItem(atPath: savedFile)
    }

    private mutating func answer(_ command: String, _ request: Data) throws -> any Encodable {
        let decoder = JSONDecoder()
        switch command {
        case "build": return try build(decoder.decode(BuildRequest.self, from: request))
        case "search": return try search(decoder.decode(SearchRequest.self, from: request))
        case "map": return try map(decoder.decode(MapRequest.self, from: request))
        default: throw BenchmarkError("it does not know the command '\(command)'")
        }
    }

    private mutating func build(_ request: BuildRequest) throws -> BuildAnswer {
        let before = ProcessMemory.now
        var vectors: Vectors? = try Vectors(file: URL(filePath: request.vectors))
        guard let input = vectors.take() else { throw BenchmarkError("there are no vectors") }
        let parameters = try HNSWParameters(m: request.m, efConstruction: request.efConstruction)
        var index = try VectorIndex(
            dimensions: input.dimensions, metric: request.metric.metric, elements: use.elements, graph: parameters
        )
        let keys = (0..<UInt64(input.count)).map { $0 }
        let time = try Stopwatch.time { try index.add(input.values, keys: keys, threads: request.threads) }
        let chains = [Self.efforts.map { Point(ef: $0, setting: "ef \($0)") }]
        _ = consume input
        let after = ProcessMemory.now
        try index.save(to: request.file)
        let size = try FileManager.default.attributesOfItem(atPath: request.file)[.size] as? Int
        self.index = index
        savedFile = request.file
        return BuildAnswer(
            version: version, seconds: time.seconds, cpuSeconds: time.cpuSeconds,
            bytes: before.flatMap { before in after.map { $0.own - before.own } }, fileBytes: size ?? 0, chains: chains
        )
    }

    private mutating func search(_ request: SearchRequest) throws -> SearchAnswer {
        guard let index else { throw BenchmarkError("there is no index yet") }
        let queries = try queries(of: request.queries)
        var answers: [Int64] = []
        var passes = 0
        var total = Stopwatch.Time()
        while passes == 0 || total.seconds < request.atLeast {
            total += try Stopwatch.time {
                answers = try search(
                    index, for: queries, k: request.k, ef: Self.efforts[request.point], threads: request.threads
                )
            }
            passes += 1
        }
        if let file = request.ids {
            try Data(elements: answers).write(to: URL(filePath: file))
        }
        return SearchAnswer(
            seconds: total.seconds / Double(passes), cpuSeconds: total.cpuSeconds / Double(passes)
        )
    }

    private mutating func map(_ request: MapRequest) throws -> MapAnswer {
        let queries = try queries(of: request.queries)
        var best = Double.infinity
        for _ in 0..<5 {
            best = min(best, try Stopwatch.time { _ = try VectorIndex(mapping: savedFile) }.seconds)
        }
        let before = ProcessMemory.now
        let mapped = try VectorIndex(mapping: savedFile)
        _ = try search(mapped, for: queries, k: request.k, ef: VectorIndex.defaultEF, threads: 1)
        let after = ProcessMemory.now
        let touched = try ProcessMemory.touched(of: savedFile) {
            _ = try search(mapped, for: queries, k: request.k, ef: VectorIndex.defaultEF, threads: 1)
        }
        return MapAnswer(
            openSeconds: best, bytes: before.flatMap { before in after.map { $0.resident - before.resident } },
            touchedBytes: touched
        )
    }

    private mutating func queries(of file: String) throws -> Vectors {
        if let queries { return queries }
        let read = try Vectors(file: URL(filePath: file))
        queries = read
        return read
    }

    /// The keys that are found for all queries, one list behind the other.
    private func search(_ index: VectorIndex, for queries: Vectors, k: Int, ef: Int, threads: Int) throws -> [Int64] {
        if use.isBatched {
            let lists = try index.search(forEach: queries.values, k: k, ef: ef, threads: threads)
            return lists.neighbors.map { Int64($0.key) }
        }
        return Self.searchSingly(index, for: queries, k: k, ef: ef, threads: threads).flatMap { $0 }
    }

    /// Asks one query after the other; blocks of them are handed out to the threads.
    private static func searchSingly(
        _ index: VectorIndex, for queries: Vectors, k: Int, ef: Int, threads: Int
    ) -> [[Int64]] {
        let block = 32
        let blockCount = (queries.count + block - 1) / block
        @Sendable func answers(_ number: Int) -> [[Int64]] {
            (number * block..<min((number + 1) * block, queries.count)).map { row in
                let query = queries.values.span.extracting(row * queries.dimensions..<(row + 1) * queries.dimensions)
                // A query that is refused has no answer, which the driver finds.
                return ((try? index.search(for: query, k: k, ef: ef)) ?? []).map { Int64($0.key) }
            }
        }
        guard threads > 1 else { return (0..<blockCount).flatMap(answers) }
        let next = Atomic(0)
        let found = Mutex([Int: [[Int64]]]())
        DispatchQueue.concurrentPerform(iterations: threads) { _ in
            while true {
                let number = next.add(1, ordering: .relaxed).oldValue
                guard number < blockCount else { return }
                let answer = answers(number)
                found.withLock { $0[number] = answer }
            }
        }
        return found.withLock { found in (0..<blockCount).flatMap { found[$0] ?? [] } }
    }
}
