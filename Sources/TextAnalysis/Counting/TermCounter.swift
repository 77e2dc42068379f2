import ParallelLoops
import Synchronization

/// Counts the terms of documents that arrive in batches, so that no more than a batch of texts is in memory at once.
///
/// ```swift
/// var counter = TermCounter(analyzer, threads: 2)
/// while let batch = try source.next() {
///     counter.count(batch.count) { index in [TextField(batch[index].title, weight: 3), TextField(batch[index].abstract)] }
/// }
/// let counts = counter.finish()
/// ```
///
/// The counts are those of ``Analyzer/countTerms(documentCount:threads:keepsOrder:fields:)`` for all documents in their
/// order. They do not depend on how batches divide the documents.
public struct TermCounter: ~Copyable {
    private let analyzer: Analyzer
    private let keepsOrder: Bool
    /// Each worker's number is used by one thread at a time, so that no lock is ever waited for.
    private let slots: [WorkerSlot]

    /// The number of documents that have been counted.
    public private(set) var documentCount = 0

    /// Gets ready to count.
    ///
    /// - Parameters:
    ///   - analyzer: What cuts texts into terms.
    ///   - threads: The most threads to use, at least 1.
    ///   - keepsOrder: Whether the order of the terms is kept too, as ``TermCounts/sequences``.
    public init(_ analyzer: Analyzer, threads: Int, keepsOrder: Bool = false) {
        precondition(threads > 0, "counting needs a thread, was given \(threads)")
        self.analyzer = analyzer
        self.keepsOrder = keepsOrder
        slots = (0..<threads).map { _ in WorkerSlot() }
    }

    /// Counts the terms of the next documents.
    ///
    /// - Parameters:
    ///   - count: How many documents there are.
    ///   - fields: The fields of a document, by its place in the batch, whose terms are counted together. It is called
    ///     once for each document, from several threads and in any order.
    public mutating func count(_ count: Int, fields: @Sendable (_ index: Int) -> [TextField]) {
        precondition(count >= 0, "cannot count the terms of \(count) documents")
        let (first, analyzer, keepsOrder, slots) = (documentCount, analyzer, keepsOrder, slots)
        concurrentChunks(of: count, threads: slots.count, chunk: 64) { number, indices in
            slots[number].worker.withLock { worker in
                var current = worker.take() ?? CountingWorker(analyzer, keepsOrder: keepsOrder)
                for index in indices { current.count(first + index, fields: fields(index)) }
                worker = consume current
            }
        }
        documentCount += count
    }

    /// Puts together what has been counted.
    ///
    /// - Returns: The terms in ascending byte order and their counts in each document.
    public consuming func finish() -> TermCounts {
        let (keepsOrder, threads) = (keepsOrder, slots.count)
        return TermCounts(merged(), keepsOrder: keepsOrder, threads: threads)
    }

    /// What the workers gathered. They give it back.
    private func merged() -> MergedForms {
        let results = slots.compactMap { slot in
            slot.worker.withLock { worker -> WorkerResult? in
                guard let finished = worker.take() else { return nil }
                return finished.finish()
            }
        }
        return MergedForms(results, documentCount: documentCount, threads: slots.count)
    }
}

/// The place of one worker between its chunks of documents.
private final class WorkerSlot: Sendable {
    let worker = LockedValue<CountingWorker?>(nil)
}
