import ArraySpans
import ParallelLoops
import VectorKernels

/// The nearest others of some rows, by a scan that goes on in parts, so that an index can do it in steps.
struct NearestRows: Sendable {
    private let queries: [NodeID]

    /// Whether codes are compared, even where searches compare floats.
    private let byCodes: Bool

    /// For each query its nearest rows among those scanned.
    private(set) var found: [TopK]

    /// The number of rows scanned.
    private(set) var scanned = 0

    /// The number of queries that compare a block of rows while it lies in a cache.
    private static let group = 8

    /// - Parameters:
    ///   - queries: The rows whose nearest are wanted.
    ///   - k: How many of them; at least 1.
    ///   - byCodes: Whether codes are compared; floats otherwise.
    init(of queries: [NodeID], k: Int, byCodes: Bool = false) {
        self.queries = queries
        self.byCodes = byCodes
        found = Array(repeating: TopK(capacity: k), count: queries.count)
    }

    /// Scans the rows up to `end`.
    ///
    /// - Complexity: A comparison for each query and row.
    mutating func scan(_ store: VectorStore, upTo end: Int, pool: ScratchPool, threads: Int) {
        let (start, before, queries, byCodes) = (scanned, found, queries, byCodes)
        found = concurrentFlatMap(queries.count, threads: threads, chunk: Self.group) { indices in
            pool.withScratches(indices.count, for: store) { scratches in
                var found = Array(before[indices])
                for (query, scratch) in zip(queries[indices], scratches) {
                    scratch.encode(store.vector(query).span, for: store)
                }
                for first in stride(from: start, to: end, by: SearchScratch.blockSize) {
                    let block = first..<min(first + SearchScratch.blockSize, end)
                    for (i, query) in queries[indices].enumerated() {
                        let scratch = scratches[i]
                        unsafe Self.scan(
                            block, of: store, by: byCodes ? store.codedRows : store.exactRows,
                            byCodes ? scratch.codedQuery : scratch.exactQuery, except: query, with: scratch,
                            into: &found[i])
                    }
                }
                return found
            }
        }
        scanned = end
    }

    @unsafe
    private static func scan(
        _ block: Range<Int>, of store: VectorStore, by rows: RowComparator, _ query: EncodedQuery, except own: NodeID,
        with scratch: SearchScratch, into nearest: inout TopK
    ) {
        // SAFETY: a block ends at the last row, and is no longer than the scratch has room for.
        let distances = unsafe scratch.distances
        unsafe rows.scan(query, first: block.lowerBound, count: block.count, into: distances)
        var limit = nearest.limit
        for (i, row) in block.enumerated() {
            let ordered = unsafe Candidate.ordered(distances[i])
            guard ordered < limit, row != own.index, store.isLive(NodeID(row)) else { continue }
            nearest.offer(NodeID(row), key: UInt64(row), ordered: ordered)
            limit = nearest.limit
        }
        scratch.comparisons += block.count
    }
}
