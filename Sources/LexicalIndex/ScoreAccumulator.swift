import MappedFiles
import ParallelLoops
import Synchronization

/// The scores of the documents of one block while they are added up. One search at a time uses it, and leaves it filled
/// with zeros.
@safe
final class ScoreAccumulator: Sendable {
    /// The number of documents: a power of two from 16 to ``blockSize``.
    private let capacity: Int

    nonisolated(unsafe) private let scores: UnsafeMutablePointer<Float>

    /// Creates an accumulator for blocks of `documentCount` documents.
    init(documentCount: Int) {
        var capacity = 16
        while capacity < min(documentCount, blockSize) { capacity *= 2 }
        self.capacity = capacity
        unsafe scores = .allocate(capacity: capacity)
        unsafe scores.initialize(repeating: 0, count: capacity)
    }

    deinit { unsafe scores.deallocate() }

    /// The score of a document.
    ///
    /// - Precondition: `document` is in the block.
    subscript(document: Int) -> Float {
        get {
            precondition(document >= 0 && document < capacity, "No document \(document) among \(capacity)")
            // SAFETY: the line above.
            return unsafe scores[document]
        }
        set {
            precondition(document >= 0 && document < capacity, "No document \(document) among \(capacity)")
            // SAFETY: the line above.
            unsafe scores[document] = newValue
        }
    }

    /// Adds the postings of a run to the scores of their documents.
    ///
    /// - Precondition: `range` lies in `postings`.
    func add(_ postings: FrozenArray<Posting>, _ range: Range<Int>, weight: Float, _ table: FactorTable) {
        precondition(range.lowerBound >= 0 && range.upperBound <= postings.count, "No postings \(range)")
        precondition(table.values.count == FactorTable.count)
        let mask = capacity - 1
        // SAFETY: `range` lies in the postings, as was checked; a pair is a number of 16 bits, and the table has a
        // value for each of these; a document is cut to the capacity, a power of two, by the mask.
        unsafe table.values.withUnsafeBufferPointer { values in
            guard let values = values.baseAddress else { return }
            var next = unsafe postings.baseAddress + range.lowerBound
            let end = unsafe postings.baseAddress + range.upperBound
            while unsafe next < end {
                let posting = unsafe next.pointee
                unsafe scores[posting.document & mask] += weight * values[posting.pair]
                unsafe next += 1
            }
        }
    }

    /// Moves the scores of a block to an array, and sets all scores to zero.
    ///
    /// - Parameters:
    ///   - count: The number of documents in the block.
    ///   - first: The ordinal of the first.
    ///   - all: The scores of all documents by their ordinals.
    func move(_ count: Int, from first: Int, to all: inout [Float]) {
        for document in 0..<count { all[first + document] = self[document] }
        // SAFETY: the pointer has `capacity` scores. This also clears scores that a damaged file has added behind the
        // last document.
        unsafe scores.update(repeating: 0, count: capacity)
    }

    /// Shows the documents of a block to a selection, in ascending order, and sets all scores to zero.
    ///
    /// - Parameters:
    ///   - count: The number of documents in the block.
    ///   - first: The ordinal of the first.
    ///   - best: The selection.
    ///   - filter: Which documents may be in it.
    func drain(_ count: Int, from first: Int, into best: inout TopHits, _ filter: borrowing KeyFilter) {
        precondition(count >= 0 && count <= capacity, "No \(count) documents among \(capacity)")
        filter.withCondition { admits in
            var threshold = best.threshold
            var start = 0
            while start < count {
                // Numbers from zero upwards are ordered as their bits are. So the sign of a difference shows whether
                // any of sixteen scores is above the threshold. It may also show scores below zero, which the second
                // comparison excludes.
                let limit = Int32(bitPattern: threshold.bitPattern)
                var differences: Int32 = 0
                // SAFETY: `start` is a multiple of 16 below `count`. The capacity is a multiple of 16 and at least
                // `count`.
                for lane in 0..<16 { differences |= limit &- Int32(bitPattern: unsafe scores[start + lane].bitPattern) }
                if differences < 0 {
                    for document in start..<min(start + 16, count) {
                        let score = unsafe scores[document]
                        // The documents so far have lower ordinals, so an equal score is not enough.
                        if score > threshold, admits(first + document) {
                            best.insert(first + document, score: score)
                            threshold = best.threshold
                        }
                    }
                }
                start += 16
            }
        }
        // This also clears scores that a damaged file has added behind the last document.
        unsafe scores.update(repeating: 0, count: capacity)
    }

    /// Shows the documents of a run to a selection, and sets their scores to zero.
    ///
    /// - Parameters:
    ///   - run: The place of the run in `postings`, which have been added.
    ///   - postings: The postings.
    ///   - first: The ordinal of the first document of the block.
    ///   - best: The selection.
    ///   - filter: Which documents may be in it.
    func drain(
        _ run: Range<Int>,
        of postings: FrozenArray<Posting>,
        from first: Int,
        into best: inout TopHits,
        _ filter: borrowing KeyFilter
    ) {
        let mask = capacity - 1
        filter.withCondition { admits in
            postings.withSpan { postings in
                for place in run {
                    let document = postings[place].document & mask
                    // SAFETY: the document is cut to the capacity, a power of two, by the mask.
                    let score = unsafe scores[document]
                    unsafe scores[document] = 0
                    if score > 0, score >= best.threshold, admits(first + document) {
                        best.insert(first + document, score: score)
                    }
                }
            }
        }
    }
}

/// Which documents a search may find.
struct KeyFilter: ~Copyable {
    let keys: FrozenArray<UInt64>
    let predicate: ((UInt64) -> Bool)?

    /// Calls `body` with a function that says whether the document with an ordinal may be found. An ordinal beyond the
    /// index, as a damaged file may hold, may not.
    @inline(__always)
    func withCondition(_ body: (_ admits: (Int) -> Bool) -> Void) {
        keys.withSpan { keys in
            if let predicate {
                body { ordinal in ordinal < keys.count && predicate(keys[ordinal]) }
            } else {
                body { ordinal in ordinal < keys.count }
            }
        }
    }
}

extension LexicalIndex {
    /// Calls `body` with an accumulator that no other search uses at the same time.
    func withAccumulator<Result>(_ body: (ScoreAccumulator) -> Result) -> Result {
        let accumulator =
            shared.accumulators.withLock { $0.popLast() } ?? ScoreAccumulator(documentCount: documentCount)
        defer { shared.accumulators.withLock { $0.append(accumulator) } }
        return body(accumulator)
    }
}
