import Akin
import Synchronization

/// The topics and the map of a library, which take seconds to minutes: made once for each generation of the library, in
/// the background, however many requests ask for them. Tags and notes make no generation. Until those of a new generation
/// are made, the former ones are given.
final class Explorations: Sendable {
    /// How far something is.
    enum Progress<Result: Sendable>: Sendable {
        /// It is being made; the share that is done.
        case running(Double)
        case done(Result)
    }

    private let library: Library
    private let threads: Int?
    private let topics = Mutex<Job<TopicIndex>?>(nil)
    private let map = Mutex<Job<PaperMap>?>(nil)
    /// The last generation that was read, and the state of the library then.
    private let lastTag = Mutex<(state: String, generation: String)?>(nil)

    init(_ library: Library, threads: Int?) {
        self.library = library
        self.threads = threads
    }

    /// The topics of all papers.
    ///
    /// - Parameter patience: How long to wait for them.
    /// - Returns: The topics, or how far they are.
    /// - Throws: The error of an attempt that failed. The next call tries again.
    func topics(patience: Duration) async throws -> Progress<TopicIndex> {
        let threads = threads
        return try await result(of: topics, patience) { library, progress in
            TopicIndex(try library.topics(ExplorationOptions(threads: threads), progress: progress))
        }
    }

    /// The topics, as far as they are known: those of the library now, or of a generation before.
    var knownTopics: TopicIndex? { topics.withLock { $0 }?.lastResult }

    /// The map of all papers; see ``topics(patience:)``.
    func map(patience: Duration) async throws -> Progress<PaperMap> {
        let threads = threads
        return try await result(of: map, patience) { library, progress in
            try library.map(ExplorationOptions(threads: threads), progress: progress)
        }
    }

    /// What tells the generation in force from others. The store is read only after a change of the library.
    private var tag: String {
        let state = library.stateTag
        if let last = lastTag.withLock({ $0 }), last.state == state { return last.generation }
        guard let generation = try? library.generationTag() else { return state }
        lastTag.withLock { $0 = (state, generation) }
        return generation
    }

    private func result<Result: Sendable>(
        of place: borrowing Mutex<Job<Result>?>, _ patience: Duration,
        _ work: @escaping @Sendable (Library, @escaping @Sendable (AddProgress) -> Bool) throws -> Result
    ) async throws -> Progress<Result> {
        let tag = tag
        let job = place.withLock { job in
            if let running = job, running.tag == tag || !running.isOver { return running }
            let next = Job<Result>(tag: tag, after: job?.lastResult, library, work)
            job = next
            return next
        }
        if let result = job.lastResult { return .done(result) }
        let end = ContinuousClock.now + patience
        while !job.isOver, ContinuousClock.now < end { try await Task.sleep(for: .milliseconds(20)) }
        switch job.outcome {
        case nil: return .running(job.fraction)
        case .success(let result)?: return .done(result)
        case .failure(let error)?:
            place.withLock { if $0 === job { $0 = nil } }
            throw error
        }
    }

    /// Something that is being made, or was.
    private final class Job<Result: Sendable>: Sendable {
        /// The generation that it is of.
        let tag: String
        /// What the job before it made.
        private let former: Result?
        private let state = Mutex<(fraction: Double, outcome: Swift.Result<Result, any Error>?)>((0, nil))

        init(
            tag: String, after former: Result?, _ library: Library,
            _ work: @escaping @Sendable (Library, @escaping @Sendable (AddProgress) -> Bool) throws -> Result
        ) {
            self.tag = tag
            self.former = former
            Task {
                do {
                    let result = try await library.inBackground { library in
                        try work(library) { step in
                            self.state.withLock { $0.fraction = step.fraction ?? $0.fraction }
                            return true
                        }
                    }
                    self.state.withLock { $0.outcome = .success(result) }
                } catch {
                    self.state.withLock { $0.outcome = .failure(error) }
                }
            }
        }

        var fraction: Double { state.withLock { $0.fraction } }
        var outcome: Swift.Result<Result, any Error>? { state.withLock { $0.outcome } }
        var isOver: Bool { outcome != nil }

        /// What it made, or what the job before it did.
        var lastResult: Result? {
            if case .success(let result)? = outcome { result } else { former }
        }
    }
}
