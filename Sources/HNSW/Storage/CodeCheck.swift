import ParallelLoops
import VectorKernels

/// Measures whether codes can tell the neighbors of vectors from others.
///
/// A walk keeps the nearest candidates by their codes and ranks them by their floats. That finds the nearest if they
/// are among the candidates. So the check takes some rows as queries, finds their ten nearest others by floats and
/// their twenty nearest by codes, and counts how many of the ten are among the twenty. A walk keeps ten times as many
/// candidates, but it also finds its way by codes, and the graph is built by them.
struct CodeCheck {
    let store: VectorStore
    let pool: ScratchPool
    let threads: Int

    /// The number of queries.
    private static let queries = 64

    /// The number of queries that compare a block of rows while it lies in a cache.
    private static let group = 8

    private static let (nearest, kept) = (10, 20)

    /// The share of nearest vectors by floats that are near by codes too.
    ///
    /// - Complexity: 64 · *n* comparisons of floats and as many of codes.
    func agreement() -> Double {
        let rows = store.sampledRows(Self.queries)
        let hits = concurrentFlatMap(rows.count, threads: threads, chunk: Self.group) { indices in
            pool.withScratches(indices.count, for: store) { countHits(of: Array(rows[indices]), with: $0) }
        }
        return Double(hits.reduce(0, +)) / Double(max(1, rows.count * Self.nearest))
    }

    /// For each row, the number of its nearest by floats that are near by codes.
    private func countHits(of rows: [NodeID], with scratches: [SearchScratch]) -> [Int] {
        var exact = rows.map { _ in TopK() }
        var coded = exact
        for (i, row) in rows.enumerated() {
            scratches[i].encode(store.vector(row).span, for: store)
            exact[i].reset(capacity: Self.nearest)
            coded[i].reset(capacity: Self.kept)
        }
        for first in stride(from: 0, to: store.count, by: SearchScratch.blockSize) {
            let block = first..<min(first + SearchScratch.blockSize, store.count)
            for (i, row) in rows.enumerated() {
                let scratch = scratches[i]
                unsafe scan(block, by: store.exactRows, scratch.exactQuery, except: row, with: scratch, into: &exact[i])
                unsafe scan(block, by: store.codedRows, scratch.codedQuery, except: row, with: scratch, into: &coded[i])
            }
        }
        return rows.indices.map { i in
            // SAFETY: the entries are rows of the store, and fewer than a block.
            let scratch = scratches[i]
            for (j, entry) in coded[i].entries.enumerated() { unsafe scratch.rows[j] = entry.row.rawValue }
            let count = coded[i].entries.count
            unsafe store.exactRows.score(
                scratch.exactQuery, ids: scratch.rows, count: count, into: scratch.distances)
            let limit = exact[i].limit
            return min(Self.nearest, (0..<count).count { unsafe Candidate.ordered(scratch.distances[$0]) <= limit })
        }
    }

    @unsafe
    private func scan(
        _ block: Range<Int>, by rows: RowComparator, _ query: EncodedQuery, except own: NodeID,
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
