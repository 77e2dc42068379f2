import HNSW
import Papers
package import Ranking

/// The vectors of a library as one generation has them indexed, for measuring the index.
package struct IndexedVectors: Sendable {
    private let index: SegmentedIndex
    /// The same vectors without their graphs.
    private let scan: SegmentedIndex

    /// The papers that have a place in the vector space, ascending within each segment.
    package let units: [UnitKey]

    /// Takes the vectors of a generation, and the same without graphs for exact search.
    init(_ generation: Generation) {
        index = generation.index
        scan = SegmentedIndex(
            model: index.model, segments: index.segments.map(\.withoutGraph),
            fittedPaperCount: index.fittedPaperCount, calibration: index.calibration)
        units = index.segments.flatMap { segment in
            segment.liveKeys.filter { key in segment.vectors?.vector(for: key)?.contains { $0 != 0 } ?? false }
                .map(UnitKey.init)
        }
    }

    /// Whether a search walks a graph, in one segment at least; otherwise it is exact.
    package var hasGraph: Bool { index.segments.contains { $0.vectors?.hasGraph ?? false } }

    /// The papers nearest to a paper, which is left out itself, as a search over all segments finds them.
    ///
    /// - Throws: `HNSWError`.
    package func neighbors(of unit: UnitKey, k: Int, ef: Int) throws -> [UnitKey] {
        try nearest(to: unit, k: k, in: index, ef: ef)
    }

    /// The papers nearest to a paper by an exact scan.
    ///
    /// - Throws: `HNSWError`.
    package func exactNeighbors(of unit: UnitKey, k: Int) throws -> [UnitKey] {
        try nearest(to: unit, k: k, in: scan, ef: 0)
    }

    private func nearest(
        to unit: UnitKey, k: Int, in index: SegmentedIndex, ef: Int
    ) throws -> [UnitKey] {
        guard let vector = index.vectors(of: [unit], in: .latentSemantics)[0] else { return [] }
        // One more than wanted, for the paper itself is the nearest.
        let found = try index.nearest(min(k, units.count) + 1, to: SpaceVector(vector), .ef(ef))
        return Array(found.map(\.unit).filter { $0 != unit }.prefix(k))
    }
}

extension Library {
    /// The vectors of the generation in force; `nil` in a library that has none.
    ///
    /// - Throws: `AkinError` with code `damaged` if a file cannot be opened.
    package func indexedVectors() throws(AkinError) -> IndexedVectors? {
        try read { _, generation in generation.map { IndexedVectors($0) } }
    }
}
