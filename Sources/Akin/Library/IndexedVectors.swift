import HNSW

/// The vectors of a library as one generation has them indexed, for measuring the index.
package struct IndexedVectors: Sendable {
    private let generation: Generation
    /// The same vectors without their graphs, in the order of the segments.
    private let scans: [VectorIndex]

    /// The papers that have a place in the vector space, ascending within each segment.
    package let keys: [UInt64]

    /// Takes the vectors of a generation, and the same without graphs for exact search.
    init(_ generation: Generation) {
        self.generation = generation
        let indexed = generation.segments.filter { $0.vectors != nil }
        scans = indexed.compactMap { $0.vectors?.withoutGraph }
        keys = indexed.flatMap { segment in
            segment.liveKeys.filter { key in segment.vectors?.vector(for: key)?.contains { $0 != 0 } ?? false }
        }
    }

    /// Whether a search walks a graph, in one segment at least; otherwise it is exact.
    package var hasGraph: Bool { generation.segments.contains { $0.vectors?.hasGraph ?? false } }

    /// The papers nearest to a paper, which is left out itself, as a search over all segments finds them.
    ///
    /// - Throws: `HNSWError`.
    package func neighbors(of key: UInt64, k: Int, ef: Int) throws -> [UInt64] {
        try nearest(to: key, k: k, in: generation.segments.compactMap(\.vectors), ef: ef)
    }

    /// The papers nearest to a paper by an exact scan.
    ///
    /// - Throws: `HNSWError`.
    package func exactNeighbors(of key: UInt64, k: Int) throws -> [UInt64] {
        try nearest(to: key, k: k, in: scans, ef: 0)
    }

    private func nearest(to key: UInt64, k: Int, in indexes: [VectorIndex], ef: Int) throws -> [UInt64] {
        guard let vector = generation.vector(of: key) else { return [] }
        // One more than wanted, for the paper itself is the nearest.
        let wanted = min(k, keys.count) + 1
        var found: [Neighbor] = []
        for (index, segment) in zip(indexes, generation.segments.filter { $0.vectors != nil }) {
            let removed = segment.removed
            found += try index.search(
                for: vector, k: wanted, ef: max(min(ef, index.count), wanted),
                where: removed.isEmpty ? nil : { !removed.contains($0) }
            )
        }
        if indexes.count > 1 { found.sort() }
        return Array(found.map(\.key).filter { $0 != key }.prefix(k))
    }
}

extension Library {
    /// The vectors of the generation in force; `nil` in a library that has none.
    package func indexedVectors() throws(AkinError) -> IndexedVectors? {
        try read { _, opened in opened.map { IndexedVectors($0.generation) } }
    }
}
