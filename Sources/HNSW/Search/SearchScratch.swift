import ParallelLoops
import Synchronization
import VectorKernels

/// The memory of one search, or of one worker of a build. An index keeps it, so that the next search does not allocate.
@safe
final class SearchScratch {
    /// The query as walks and scans compare it: ``codedQuery`` or ``exactQuery``.
    private(set) var query: EncodedQuery

    /// A second query, to compare candidates with each other.
    private(set) var other: EncodedQuery

    /// The query for codes; the same as ``exactQuery`` for elements without codes.
    let codedQuery: EncodedQuery

    /// The query that reported distances come from.
    let exactQuery: EncodedQuery

    private let codedOther: EncodedQuery
    private let exactOther: EncodedQuery

    /// A vector as the index stores it.
    let vector: UnsafeMutableBufferPointer<Float>

    /// Rows and their distances, with room for ``blockSize``.
    let rows: UnsafeMutablePointer<UInt32>
    let distances: UnsafeMutablePointer<Float>

    /// Lower bounds of distances that come from codes, with room for ``blockSize``.
    let leastDistances: UnsafeMutablePointer<Float>

    /// The candidates that a step of a walk finds, with room for ``GraphWalk/mostFound``.
    let found: UnsafeMutablePointer<UInt64>

    private var visitedBits: UnsafeMutableBufferPointer<UInt64>
    private var visitedList: UnsafeMutableBufferPointer<UInt32>
    private var queueMemory: UnsafeMutableBufferPointer<UInt64>

    /// The residuals and norms of some rows, with room for ``blockSize``.
    let residuals: UnsafeMutablePointer<Float>
    let norms: UnsafeMutablePointer<Float>

    /// The memory of results and of what leads to them.
    var memory = SearchMemory()

    /// A node that walks leave out.
    var leftOut: LeftOutNode?

    /// The number of rows compared since the scratch was created.
    var comparisons = 0

    /// The number of rows that a scan compares before it picks the best of them.
    static let blockSize = 512

    init(for store: VectorStore) {
        let exactLayout = store.elements.hasFloatsBesideCodes ? store.floatLayout : store.primaryLayout
        exactQuery = EncodedQuery(layout: exactLayout, elements: store.elements.exact)
        exactOther = EncodedQuery(layout: exactLayout, elements: store.elements.exact)
        if store.elements.hasFloatsBesideCodes {
            codedQuery = EncodedQuery(layout: store.primaryLayout, elements: .codes)
            codedOther = EncodedQuery(layout: store.primaryLayout, elements: .codes)
        } else {
            (codedQuery, codedOther) = (exactQuery, exactOther)
        }
        (query, other) = (exactQuery, exactOther)
        unsafe vector = .allocate(capacity: store.dimensions)
        unsafe vector.initialize(repeating: 0)
        unsafe rows = .allocate(capacity: Self.blockSize)
        unsafe distances = .allocate(capacity: Self.blockSize)
        unsafe leastDistances = .allocate(capacity: Self.blockSize)
        unsafe residuals = .allocate(capacity: Self.blockSize)
        unsafe norms = .allocate(capacity: Self.blockSize)
        unsafe found = .allocate(capacity: GraphWalk.mostFound)
        unsafe visitedBits = .allocate(capacity: 0)
        unsafe visitedList = .allocate(capacity: 0)
        unsafe queueMemory = .allocate(capacity: 0)
    }

    deinit {
        unsafe vector.deallocate()
        unsafe rows.deallocate()
        unsafe distances.deallocate()
        unsafe leastDistances.deallocate()
        unsafe residuals.deallocate()
        unsafe norms.deallocate()
        unsafe found.deallocate()
        unsafe visitedBits.deallocate()
        unsafe visitedList.deallocate()
        unsafe queueMemory.deallocate()
    }

    /// Makes ready for walks and scans of a store, whose copies may differ in what they compare.
    func prepare(for store: VectorStore) {
        let compares = store.comparesCodes
        (query, other) = compares ? (codedQuery, codedOther) : (exactQuery, exactOther)
    }

    /// An empty candidate queue.
    ///
    /// SAFETY: valid until the next call.
    @unsafe
    func queue(capacity: Int) -> CandidateQueue {
        // SAFETY: a queue has room for one candidate more than it keeps, and for at least 1.
        if unsafe queueMemory.count <= capacity {
            unsafe queueMemory.deallocate()
            unsafe queueMemory = .allocate(capacity: capacity + 1)
        }
        guard let memory = unsafe queueMemory.baseAddress else {
            preconditionFailure("A queue has room for a candidate")
        }
        return unsafe CandidateQueue(memory: memory, capacity: max(capacity, 1))
    }

    /// An empty set of rows out of `count`.
    ///
    /// SAFETY: valid until the next call. The caller must clear it after use.
    @unsafe
    func visitedRows(count: Int) -> VisitedRows {
        if unsafe visitedList.count < count + GraphWalk.mostFound {
            unsafe visitedBits.deallocate()
            unsafe visitedList.deallocate()
            let capacity = count + count / 4
            unsafe visitedBits = .allocate(capacity: capacity / 64 + 1)
            unsafe visitedBits.initialize(repeating: 0)
            // Memory costs nothing until it is written: the system provides pages on the first write.
            unsafe visitedList = .allocate(capacity: capacity + GraphWalk.mostFound)
        }
        guard let bits = unsafe visitedBits.baseAddress, let list = unsafe visitedList.baseAddress else {
            preconditionFailure("There is a bit and a place for each row")
        }
        return unsafe VisitedRows(bits: bits, list: list)
    }

    /// Encodes a validated vector for both queries.
    func encode(_ vector: Span<Float>, for store: VectorStore) {
        guard let target = unsafe self.vector.baseAddress else { return }
        precondition(vector.count == store.dimensions)
        // SAFETY: there is room for the dimensions of the store.
        unsafe storeVector(vector, metric: store.metric, into: target)
        exactQuery.encode(unsafe UnsafeBufferPointer(self.vector).span, in: store.frame.rows)
        if codedQuery !== exactQuery {
            codedQuery.encode(unsafe UnsafeBufferPointer(self.vector).span, in: store.frame.rows)
        }
    }
}

/// The memory of arrays that a search needs for a time.
struct SearchMemory {
    /// For results.
    var results = SpareMemory<Neighbor>()

    /// For the bits of candidates.
    var candidates = SpareMemory<UInt64>()

    /// For the entries of a ``TopK``.
    var rankedRows = SpareMemory<TopK.Entry>()

    /// For lists of rows.
    var rows = SpareMemory<UInt32>()
}

/// The memory of arrays of one type that are no longer needed.
///
/// A step of a search takes an array for what it finds and returns it. Whoever needs it last gives it back; without
/// that, the next search allocates another.
struct SpareMemory<Element> {
    private var arrays: [[Element]] = []

    /// An empty array.
    mutating func take() -> [Element] {
        var array = arrays.popLast() ?? []
        array.removeAll(keepingCapacity: true)
        return array
    }

    /// Takes the memory of an array back.
    mutating func giveBack(_ array: consuming [Element]) {
        if array.capacity > 0, arrays.count < Self.mostKept { arrays.append(array) }
    }

    /// More arrays are never in use at once.
    private static var mostKept: Int { 4 }
}

/// The scratches of an index and its copies: as many as have ever searched at once.
final class ScratchPool: Sendable {
    private let idle = LockedValue<[Idle]>([])

    /// SAFETY: a scratch is either in the pool or with the one call that took it out.
    private struct Idle: @unchecked Sendable {
        let scratch: SearchScratch
    }

    /// The number of rows that calls with a scratch of the pool have compared. It counts calls that have ended.
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

    /// Takes a scratch out. The caller must give it back.
    func take(for store: VectorStore) -> SearchScratch {
        let scratch = idle.withLock { $0.popLast()?.scratch } ?? SearchScratch(for: store)
        scratch.prepare(for: store)
        return scratch
    }

    /// Takes a scratch back.
    func giveBack(_ scratch: SearchScratch) {
        let back = Idle(scratch: scratch)
        idle.withLock { $0.append(back) }
    }
}
