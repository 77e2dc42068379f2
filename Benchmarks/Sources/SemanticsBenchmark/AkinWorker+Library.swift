import Akin
import Foundation
import HNSW
import LatentSemantics
import LinearAlgebra
import Measuring
import PaperFormats
import Papers
import Ranking
import Synchronization
import TextAnalysis

// MARK: - A library

extension AkinWorker {
    /// Makes a library as `akin add` does, and measures its steps.
    func add(_ request: StageRequest) throws -> StageAnswer {
        let path = Self.libraryPath(request)
        try? FileManager.default.removeItem(atPath: path)
        let start = Stopwatch.Moment()
        let events = Mutex<[(progress: AddProgress, time: Stopwatch.Time)]>([])
        var paperCount = 0
        let time = try measure {
            let library = try Library(creatingAt: path)
            let options = ImportOptions(format: .jsonLines, threads: request.threads)
            let source = PaperFiles([request.file], options: options)
            paperCount = try library.add(from: source, options: AddOptions(threads: request.threads)) { progress in
                events.withLock { $0.append((progress, start.elapsed)) }
                return true
            }.paperCount
        }
        var answer = StageAnswer()
        answer.library = LibraryMeasurement(
            measure: "add", papers: paperCount, seconds: time.seconds, cpuSeconds: time.cpuSeconds,
            peakBytes: ProcessMemory.peak
        )
        let told = events.withLock { $0 }
        let end = start.elapsed
        var steps: [String: Double] = [:]
        for stage in AddProgress.Stage.allCases {
            guard let first = told.firstIndex(where: { $0.progress.stage == stage }) else { continue }
            let next = told[first...].first { $0.progress.stage != stage }?.time ?? end
            steps[stage.rawValue] = next.seconds - (stage == .reading ? 0 : told[first].time.seconds)
        }
        answer.library?.steps = steps

        func note(_ system: String, from first: Stopwatch.Time?, to last: Stopwatch.Time?) {
            guard let first, let last else { return }
            var part = Stopwatch.Time()
            part.seconds = last.seconds - first.seconds
            part.cpuSeconds = last.cpuSeconds - first.cpuSeconds
            answer.rows.append(
                Measurement(.index, system, part, papers: paperCount, threads: request.threads))
        }
        // The lexical index is written and the papers are embedded before the first report of progress.
        let indexing = told.filter { $0.progress.stage == .indexing }
        note("akin", from: indexing.first?.time, to: indexing.last?.time)
        note(
            "akin-lexical", from: indexing.first?.time,
            to: indexing.first { $0.progress.fraction.map { $0 > 0 } ?? false }?.time)
        return answer
    }

    /// Measures what storing the papers takes of adding them to a library: from the beginning to the analysis of the
    /// texts, and from the writing of the generation to the end, when the papers are committed.
    func store(_ request: StageRequest) throws -> StageAnswer {
        let papers = try Self.papers(in: request)
        let path = request.folder + "/store"
        try? FileManager.default.removeItem(atPath: path)
        defer { try? FileManager.default.removeItem(atPath: path) }
        let start = Stopwatch.Moment()
        let events = Mutex<[(stage: AddProgress.Stage, time: Stopwatch.Time)]>([])
        try Library(creatingAt: path).add(papers, options: AddOptions(threads: request.threads)) { progress in
            events.withLock { $0.append((progress.stage, start.elapsed)) }
            return true
        }
        let end = start.elapsed
        let told = events.withLock { $0 }
        var time = told.first { $0.stage == .analysing }?.time ?? end
        let committing = told.first { $0.stage == .writing }?.time ?? end
        time.seconds += end.seconds - committing.seconds
        time.cpuSeconds += end.cpuSeconds - committing.cpuSeconds
        return StageAnswer(rows: [Measurement(.store, "akin", time, papers: papers.count, threads: 1)])
    }

    // MARK: - Vectors

    /// Embeds the papers from their texts with the library's model, and builds the vector index.
    func embed(_ request: StageRequest) throws -> StageAnswer {
        let model = try LatentSemanticModel(mapping: Self.modelPath(request))
        let analyzer = try Analyzer(model.settings)
        let papers = try Self.papers(in: request)
        var vectors = DenseMatrix(rowCount: 0, columnCount: 0)
        let embedding = try measure {
            vectors = try model.embed(
                Self.counts(of: papers, analyzer, request.threads), threads: request.threads)
        }
        var row = Measurement(.embed, "akin", embedding, papers: papers.count, threads: request.threads)
        row.rank = model.rank
        var answer = StageAnswer(rows: [row])

        let keys = papers.indices.map { UInt64($0) }
        let indexing = try measure {
            var index = try VectorIndex(dimensions: vectors.columnCount, metric: .innerProduct)
            try index.add(vectors.values, keys: keys, threads: request.threads)
        }
        answer.rows.append(
            Measurement(.index, "akin-vectors", indexing, papers: papers.count, threads: request.threads))
        return answer
    }

    // MARK: - Questions

    /// Searches the library for every query: for papers by both scores, and for ids by each score alone.
    func query(_ request: StageRequest) throws -> StageAnswer {
        let library = try Library(at: Self.libraryPath(request))
        func row(_ system: String, _ ask: (String) throws -> Int) throws -> Measurement {
            // A first pass fills the caches.
            let found = try request.queries.count { try ask($0) > 0 }
            guard found > request.queries.count / 2 else {
                throw BenchmarkError("only \(found) of \(request.queries.count) queries found a paper")
            }
            ProcessMemory.forgetPeak()
            let times = try request.queries.map { query in
                try (0..<request.passes).map { _ in try Stopwatch.time { _ = try ask(query) } }.percentile(0.5)
            }
            var row = Measurement(.query, system, times.percentile(0.5), papers: request.papers, threads: 1)
            row.queries = times.count
            row.percentile99 = times.percentile(0.99).seconds
            row.cpuPercentile99 = times.percentile(0.99).cpuSeconds
            return row
        }
        func ids(_ mode: SearchMode) -> (String) throws -> Int {
            { try library.rankedIDs(for: $0, options: SearchOptions(k: 10, mode: mode)).count }
        }
        return try StageAnswer(rows: [
            row("akin") { try library.search(for: $0).hits.count },
            row("akin-lexical", ids(.lexical)),
            row("akin-semantic", ids(.semantic)),
        ])
    }

    // MARK: - Places

    static func libraryPath(_ request: StageRequest) -> String { request.folder + "/library" }

    private static func modelPath(_ request: StageRequest) throws -> String {
        let library = libraryPath(request)
        guard
            let generation = try FileManager.default.contentsOfDirectory(atPath: library)
                .filter({ $0.hasPrefix("generation-") }).max()
        else { throw BenchmarkError("there is no generation in '\(library)'") }
        return "\(library)/\(generation)/model.lsa"
    }
}

extension [Stopwatch.Time] {
    /// The wall time and the processor time that a share of the times do not exceed.
    func percentile(_ share: Double) -> Stopwatch.Time {
        func value(_ part: (Stopwatch.Time) -> Double) -> Double {
            let sorted = map(part).sorted()
            return sorted.isEmpty ? 0 : sorted[Swift.min(sorted.count - 1, Int(share * Double(sorted.count)))]
        }
        var time = Stopwatch.Time()
        time.seconds = value(\.seconds)
        time.cpuSeconds = value(\.cpuSeconds)
        return time
    }
}
