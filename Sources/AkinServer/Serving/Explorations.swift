import Akin
import Synchronization

/// The topics and the map of a library, which take seconds to minutes: made once for each generation of the library, in
/// the background, however many requests ask for them. Tags and notes make no generation.
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

    /// The topics, if they were made since the library changed.
    var knownTopics: TopicIndex? {
        guard let job = topics.withLock({ $0 }), case .success(let index)? = job.outcome, job.tag == tag else {
            return nil
        }
        return index
    }

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
            let next = Job<Result>(tag: tag, library, work)
            job = next
            return next
        }
        let end = ContinuousClock.now + patience
        while !job.isOver, ContinuousClock.now < end { try await Task.sleep(for: .milliseconds(20)) }
        switch job.outcome {
        case nil: return .running(job.fraction)
        case .success(let result)?:
            // The library has changed meanwhile, and the next request begins anew.
            return job.tag == self.tag ? .done(result) : .running(0)
        case .failure(let error)?:
            place.withLock { if $0 === job { $0 = nil } }
            throw error
        }
    }

    /// Something that is being made, or was.
    private final class Job<Result: Sendable>: Sendable {
        /// The state of the library that it is of.
        let tag: String
        private let state = Mutex<(fraction: Double, outcome: Swift.Result<Result, any Error>?)>((0, nil))

        init(
            tag: String, _ library: Library,
            _ work: @escaping @Sendable (Library, @escaping @Sendable (AddProgress) -> Bool) throws -> Result
        ) {
            self.tag = tag
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
    }
}
