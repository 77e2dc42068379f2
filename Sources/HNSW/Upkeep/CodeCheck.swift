import ArraySpans
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
    private var exact: NearestRows
    private var coded: NearestRows

    /// The number of rows scanned.
    var scanned: Int { coded.scanned }

    /// The number of queries.
    private static let queries = 64

    private static let (nearest, kept) = (10, 20)

    /// Takes some rows of a store as queries.
    init(of store: VectorStore) {
        rows = store.sampledRows(Self.queries)
        exact = NearestRows(of: rows, k: Self.nearest)
        coded = NearestRows(of: rows, k: Self.kept, byCodes: true)
    }

    /// Scans the rows up to `end`. All of them must have codes.
    ///
    /// - Complexity: For each row, 64 comparisons of floats and as many of codes.
    mutating func scan(_ store: VectorStore, upTo end: Int, pool: ScratchPool, threads: Int) {
        exact.scan(store, upTo: end, pool: pool, threads: threads)
        coded.scan(store, upTo: end, pool: pool, threads: threads)
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
        let entries = coded.found[query].entries
        for (i, entry) in entries.enumerated() { unsafe scratch.rows[i] = entry.row.rawValue }
        unsafe store.exactRows.score(
            scratch.exactQuery, ids: scratch.rows, count: entries.count, into: scratch.distances)
        let limit = exact.found[query].limit
        return min(
            Self.nearest, entries.indices.count { unsafe Candidate.ordered(scratch.distances[$0]) <= limit })
    }
}
