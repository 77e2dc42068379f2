import ParallelLoops
import VectorKernels

/// Measures whether codes can tell the neighbors of vectors from others.
///
/// A walk keeps the nearest candidates by their codes and ranks them by their floats. That finds the nearest if they
/// are among the candidates. So the check takes some rows as queries, finds their ten nearest others by floats and
/// their twenty nearest by codes, and counts how many of the ten are among the twenty. A walk keeps ten times as many
/// candidates, but it also finds its way by codes, and the graph is built by them.
///
/// It scans the rows in parts, so that an index can do so in steps.
struct CodeCheck: Sendable {
    /// The queries, and for each its nearest rows by floats and by codes among those scanned.
    private let rows: [NodeID]
    private var exact: [TopK]
    private var coded: [TopK]

    /// The number of rows scanned.
    private(set) var scanned = 0

    /// The number of queries.
    private static let queries = 64

    /// The number of queries that compare a block of rows while it lies in a cache.
    private static let group = 8

    private static let (nearest, kept) = (10, 20)

    /// Takes some rows of a store as queries.
    init(of store: VectorStore) {
        rows = store.sampledRows(Self.queries)
        var top = TopK()
        top.reset(capacity: Self.nearest)
        exact = Array(repeating: top, count: rows.count)
        top.reset(capacity: Self.kept)
        coded = Array(repeating: top, count: rows.count)
    }

    /// Scans the rows up to `end`. All of them must have codes.
    ///
    /// - Complexity: For each row, 64 comparisons of floats and as many of codes.
    mutating func scan(_ store: VectorStore, upTo end: Int, pool: ScratchPool, threads: Int) {
        let (start, exact, coded, queries) = (scanned, exact, coded, rows)
        let found = concurrentFlatMap(queries.count, threads: threads, chunk: Self.group) { indices in
            pool.withScratches(indices.count, for: store) { scratches in
                var found = indices.map { (exact: exact[$0], coded: coded[$0]) }
                for (i, row) in queries[indices].enumerated() {
                    scratches[i].encode(store.vector(row).span, for: store)
                }
                for first in stride(from: start, to: end, by: SearchScratch.blockSize) {
                    let block = first..<min(first + SearchScratch.blockSize, end)
                    for (i, row) in queries[indices].enumerated() {
                        let scratch = scratches[i]
                        unsafe Self.scan(
                            block, of: store, by: store.exactRows, scratch.exactQuery, except: row, with: scratch,
                            into: &found[i].exact)
                        unsafe Self.scan(
                            block, of: store, by: store.codedRows, scratch.codedQuery, except: row, with: scratch,
                            into: &found[i].coded)
                    }
                }
                return found
            }
        }
        self.exact = found.map(\.exact)
        self.coded = found.map(\.coded)
        scanned = end
    }

    /// The share of nearest vectors by floats that are near by codes too.
    func agreement(of store: VectorStore, pool: ScratchPool) -> Double {
        let hits = pool.withScratch(for: store) { scratch in
            rows.indices.map { countHits(of: $0, in: store, with: scratch) }
        }
        return Double(hits.reduce(0, +)) / Double(max(1, rows.count * Self.nearest))
    }

    /// The number of a query's nearest by floats that are near by codes.
    private func countHits(of query: Int, in store: VectorStore, with scratch: SearchScratch) -> Int {
        scratch.encode(store.vector(rows[query]).span, for: store)
        // SAFETY: the entries are rows of the store, and fewer than a block.
        let entries = coded[query].entries
        for (i, entry) in entries.enumerated() { unsafe scratch.rows[i] = entry.row.rawValue }
        unsafe store.exactRows.score(
            scratch.exactQuery, ids: scratch.rows, count: entries.count, into: scratch.distances)
        let limit = exact[query].limit
        return min(
            Self.nearest, entries.indices.count { unsafe Candidate.ordered(scratch.distances[$0]) <= limit })
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
    }
}
