import ParallelLoops
import Synchronization
import VectorKernels

/// The memory that a search or one worker of a build needs, kept from one to the next so that neither allocates.
@safe
final class SearchScratch {
    /// The query as walks and scans compare it, and as reported distances come from it: two only for `int8`.
    let query: EncodedQuery
    let exactQuery: EncodedQuery

    /// A second query, for comparing candidates with each other.
    let other: EncodedQuery

    /// A vector as the index keeps it.
    let vector: UnsafeMutableBufferPointer<Float>

    /// Rows, and their distances; room for ``blockSize``.
    let rows: UnsafeMutablePointer<UInt32>
    let distances: UnsafeMutablePointer<Float>

    /// The least that the distances may be, where they come from codes.
    let leastDistances: UnsafeMutablePointer<Float>

    /// What a step of a walk finds; room for ``GraphWalk/mostFound``.
    let found: UnsafeMutablePointer<UInt64>

    private var visitedBits: UnsafeMutableBufferPointer<UInt64>
    private var visitedList: UnsafeMutableBufferPointer<UInt32>
    private var beamMemory: UnsafeMutableBufferPointer<UInt64>

    /// Where results are ranked.
    let ranking = RankingScratch()

    /// A node that walks pass over, as if it were not there.
    var leftOut: Int?

    /// The rows compared since the scratch was made.
    var comparisons = 0

    /// The rows that are scanned before the best are picked from them.
    static let blockSize = 512

    init(for store: VectorStore) {
        query = EncodedQuery(layout: store.primaryLayout, elements: store.elements)
        other = EncodedQuery(layout: store.primaryLayout, elements: store.elements)
        exactQuery =
            store.elements == .int8 ? EncodedQuery(layout: store.floatLayout, elements: .float32) : query
        unsafe vector = .allocate(capacity: store.dimensions)
        unsafe vector.initialize(repeating: 0)
        unsafe rows = .allocate(capacity: Self.blockSize)
        unsafe distances = .allocate(capacity: Self.blockSize)
        unsafe leastDistances = .allocate(capacity: Self.blockSize)
        unsafe found = .allocate(capacity: GraphWalk.mostFound)
        unsafe visitedBits = .allocate(capacity: 0)
        unsafe visitedList = .allocate(capacity: 0)
        unsafe beamMemory = .allocate(capacity: 0)
    }

    deinit {
        unsafe vector.deallocate()
        unsafe rows.deallocate()
        unsafe distances.deallocate()
        unsafe leastDistances.deallocate()
        unsafe found.deallocate()
        unsafe visitedBits.deallocate()
        unsafe visitedList.deallocate()
        unsafe beamMemory.deallocate()
    }

    /// An empty beam.
    ///
    /// SAFETY: valid until the next call.
    @unsafe
    func beam(capacity: Int) -> Beam {
        // SAFETY: a beam has room for one more than it keeps, at least 2 elements.
        if unsafe beamMemory.count <= capacity {
            unsafe beamMemory.deallocate()
            unsafe beamMemory = .allocate(capacity: capacity + 1)
        }
        guard let memory = unsafe beamMemory.baseAddress else { preconditionFailure("A beam has room for an element") }
        return unsafe Beam(memory: memory, capacity: max(capacity, 1))
    }

    /// An empty set of rows, out of `count`.
    ///
    /// SAFETY: valid until the next call. It must be cleared when it is no longer used.
    @unsafe
    func visitedRows(count: Int) -> VisitedRows {
        if unsafe visitedList.count < count + GraphWalk.mostFound {
            unsafe visitedBits.deallocate()
            unsafe visitedList.deallocate()
            let capacity = count + count / 4
            unsafe visitedBits = .allocate(capacity: capacity / 64 + 1)
            unsafe visitedBits.initialize(repeating: 0)
            // Memory that is never written to costs nothing: the system gives it when it is touched.
            unsafe visitedList = .allocate(capacity: capacity + GraphWalk.mostFound)
        }
        guard let bits = unsafe visitedBits.baseAddress, let list = unsafe visitedList.baseAddress else {
            preconditionFailure("There is a bit and a place for each row")
        }
        return unsafe VisitedRows(bits: bits, list: list)
    }

    /// Encodes a vector that has been validated, for both of the queries.
    func encode(_ vector: Span<Float>, for store: VectorStore) {
        guard let target = unsafe self.vector.baseAddress else { return }
        precondition(vector.count == store.dimensions)
        // SAFETY: there is room for the dimensions of the store.
        unsafe storeVector(vector, metric: store.metric, into: target)
        query.encode(unsafe UnsafeBufferPointer(self.vector).span)
        if exactQuery !== query { exactQuery.encode(unsafe UnsafeBufferPointer(self.vector).span) }
    }
}

/// The scratch that an index and its copies have at hand: as many as have ever searched at once.
final class ScratchPool: Sendable {
    private let idle = LockedValue<[Idle]>([])

    /// SAFETY: a scratch is either in the pool or with the one call that took it out.
    private struct Idle: @unchecked Sendable {
        let scratch: SearchScratch
    }

    /// The rows that were compared with the help of the pool, by calls that have ended.
    var comparisonCount: Int { idle.withLock { $0.reduce(0) { $0 + $1.scratch.comparisons } } }

    /// Lends a scratch for the time of a call.
    func withScratch<Result, Failure: Error>(
        for store: VectorStore, _ body: (SearchScratch) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let scratch = take(for: store)
        defer { giveBack(scratch) }
        return try body(scratch)
    }

    /// Lends several scratches for the time of a call.
    func withScratches<Result>(_ count: Int, for store: VectorStore, _ body: ([SearchScratch]) -> Result) -> Result {
        let scratches = (0..<count).map { _ in take(for: store) }
        defer { scratches.forEach(giveBack) }
        return body(scratches)
    }

    /// Takes a scratch out, which must be given back.
    func take(for store: VectorStore) -> SearchScratch {
        idle.withLock { $0.popLast()?.scratch } ?? SearchScratch(for: store)
    }

    /// Takes a scratch back.
    func giveBack(_ scratch: SearchScratch) {
        let back = Idle(scratch: scratch)
        idle.withLock { $0.append(back) }
    }
}
