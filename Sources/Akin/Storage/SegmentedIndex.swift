package import HNSW
package import LatentSemantics
package import LexicalIndex
package import Papers
package import Ranking

/// The indexes of a library, segment by segment, and the model that its vectors come from: what a ranking asks.
///
/// A generation on disk owns one. Calibration makes one from the segment that was just written, before a generation
/// names it.
package struct SegmentedIndex: PaperIndex {
    package let model: LatentSemanticModel?
    package let fittedPaperCount: Int
    package let calibration: Calibration
    let segments: [Segment]
    /// The mean vector of each space of given vectors.
    private let meanVectors: [SpaceName: [Float]]

    package init(
        model: LatentSemanticModel?, segments: [Segment], fittedPaperCount: Int, calibration: Calibration,
        meanVectors: [SpaceName: [Float]] = [:]
    ) {
        self.model = model
        self.segments = segments
        self.fittedPaperCount = fittedPaperCount
        self.calibration = calibration
        self.meanVectors = meanVectors
    }

    package func meanVector(in space: SpaceName) -> [Float]? { meanVectors[space] }
}

/// Papers that were indexed together: their vectors and their postings, under the same keys.
package struct Segment: Sendable {
    package let number: Int
    /// The vectors of the papers in the space that the library learned; `nil` if it has no model.
    package let vectors: VectorIndex?
    /// The vectors that were given for papers, by their space.
    package let given: [SpaceName: VectorIndex]
    package let lexical: LexicalIndex
    /// The papers that no longer count.
    package let removed: RemovedKeys

    package init(
        number: Int, vectors: VectorIndex?, given: [SpaceName: VectorIndex] = [:], lexical: LexicalIndex,
        removed: RemovedKeys = RemovedKeys()
    ) {
        self.number = number
        self.vectors = vectors
        self.given = given
        self.lexical = lexical
        self.removed = removed
    }

    /// The same segment without the graph of its vectors.
    var withoutGraph: Segment {
        Segment(
            number: number, vectors: vectors?.withoutGraph, given: given.mapValues(\.withoutGraph), lexical: lexical,
            removed: removed)
    }

    /// The keys that count, ascending.
    package var liveKeys: [UInt64] { lexical.keys.filter { !removed.contains($0) } }
}

/// The removed keys of a segment.
///
/// They come from a file that may be damaged, so memory grows with the number of keys and not with the largest key.
package struct RemovedKeys: Sendable {
    /// The keys, ascending.
    let ascending: [UInt64]
    let selection: KeySelection

    package init(_ ascending: [UInt64] = []) {
        self.ascending = ascending
        selection = KeySelection(ascending)
    }

    var isEmpty: Bool { ascending.isEmpty }

    package var count: Int { ascending.count }

    package func contains(_ key: UInt64) -> Bool { !isEmpty && selection.contains(key) }
}

/// Which units of the segments a search may find, in the form that the indexes take.
///
/// Libraries hold whole papers only, and the unit of a whole paper has the paper's number. So a set of papers is a set
/// of units, for both indexes alike.
private struct UnitFilter {
    private let filter: CandidateFilter
    /// The units that the search is limited to; `nil` for all.
    let allowed: KeySelection?

    init(_ filter: CandidateFilter) {
        self.filter = filter
        allowed = filter.allowed.map { KeySelection($0.sortedKeys.map { UnitKey($0).rawValue }) }
    }

    /// The units of a segment that are left out; `nil` if there are none.
    func excluded(in segment: Segment) -> KeySelection? {
        guard !filter.excluded.isEmpty else { return segment.removed.isEmpty ? nil : segment.removed.selection }
        return KeySelection(segment.removed.ascending + filter.excluded.sortedKeys.map { UnitKey($0).rawValue })
    }

    /// The same as a predicate; `nil` if every unit of the segment may be found.
    func predicate(for segment: Segment) -> ((UInt64) -> Bool)? {
        let excluded = excluded(in: segment)
        if allowed == nil && excluded == nil { return nil }
        return { [allowed] key in (allowed?.contains(key) ?? true) && !(excluded?.contains(key) ?? false) }
    }
}

// MARK: - Statistics

extension SegmentedIndex {
    package func statistics(for terms: [String]) -> CollectionStatistics {
        let indexes = segments.map(\.lexical)
        var frequencies: [String: Int] = [:]
        for term in terms where frequencies[term] == nil {
            frequencies[term] = indexes.reduce(0) { $0 + $1.documentFrequency(of: term) }
        }
        return CollectionStatistics(
            unitCount: indexes.reduce(0) { $0 + $1.documentCount },
            totalLength: indexes.reduce(0) { $0 + $1.totalLength },
            documentFrequencies: frequencies)
    }
}

extension SegmentedIndex {
    package var segmentInfos: [LibraryInfo.Segment] {
        segments.map { segment in
            LibraryInfo.Segment(
                paperCount: segment.lexical.documentCount - segment.removed.count,
                hasGraph: segment.vectors?.hasGraph ?? false,
                recall: segment.vectors?.certificate.map(LibraryInfo.Recall.init))
        }
    }

    package func keys(having term: String) -> [PaperKey] {
        segments.flatMap { $0.lexical.keys(having: term) }.map { UnitKey(rawValue: $0).paper }
    }

    package func documentFrequencies(of pairs: [TermPair]) -> [Int] {
        pairs.map { pair in
            segments.reduce(0) { $0 + $1.lexical.documentFrequency(of: pair, sampleSize: Self.pairSampleSize) }
        }
    }

    /// The documents that are read to estimate how many have a pair. 256 took 12 ms of a new process at 157,000 papers.
    private static let pairSampleSize = 64
}

// MARK: - Candidates

extension SegmentedIndex {
    package func candidates(for request: CandidateRequest) throws -> Candidates {
        let filter = UnitFilter(request.filter)
        let nearest = try request.vectors.map { vector in
            request.semanticLimit > 0
                ? try self.nearest(request.semanticLimit, to: vector, .recall(request.recall), filter) : []
        }
        var units = Set(nearest.joined().map(\.unit))
        units.formUnion(request.required.filter(request.filter.admits))
        units.formUnion(best(request.lexicalLimit, for: request.lexical.query, filter))
        let all = Array(units)
        let cosines = try zip(request.vectors, nearest).map { vector, nearest in
            try self.cosines(of: all, with: vector, known: nearest)
        }
        return Candidates(
            units: all, factors: factors(of: request.lexical.features, request.lexical.statistics, to: all),
            cosines: cosines)
    }

    /// The cosine of each unit with a vector. The search has already told those of the nearest.
    private func cosines(
        of units: [UnitKey], with vector: SpaceVector, known: [(unit: UnitKey, cosine: Double)]
    ) throws -> [Double] {
        var all = Dictionary(known.map { ($0.unit, $0.cosine) }, uniquingKeysWith: max)
        let others = units.filter { all[$0] == nil }
        for (unit, cosine) in zip(others, try cosines(of: others, with: vector)) { all[unit] = cosine }
        return units.map { all[$0] ?? 0 }
    }

    /// The units with the highest BM25 scores, of which ties go to the smaller unit.
    private func best(_ k: Int, for query: LexicalQuery, _ filter: UnitFilter) -> [UnitKey] {
        var hits = segments.flatMap { segment in
            segment.lexical.search(query, k: k, where: filter.predicate(for: segment))
        }
        if segments.count > 1 { hits.sort { ($1.score, $0.key) < ($0.score, $1.key) } }
        return hits.prefix(k).map { UnitKey(rawValue: $0.key) }
    }

    /// How carefully neighbors are looked for.
    package enum Accuracy: Sendable {
        /// With as many candidates as the index needs for this recall, by its own measurement.
        case recall(Double)
        /// With so many candidates.
        case ef(Int)
    }

    /// The units nearest to a vector, best first; ties go to the smaller unit.
    ///
    /// - Throws: `HNSWError`.
    package func nearest(
        _ k: Int, to vector: SpaceVector, _ accuracy: Accuracy, _ filter: CandidateFilter = CandidateFilter()
    ) throws -> [(unit: UnitKey, cosine: Double)] {
        try nearest(k, to: vector, accuracy, UnitFilter(filter))
    }

    private func nearest(
        _ k: Int, to vector: SpaceVector, _ accuracy: Accuracy, _ filter: UnitFilter
    ) throws -> [(unit: UnitKey, cosine: Double)] {
        var found: [Neighbor] = []
        for segment in segments {
            guard let index = segment.vectors(in: vector.space) else { continue }
            let ef =
                switch accuracy {
                case .recall(let recall): try index.ef(forRecall: recall, k: k)
                case .ef(let ef): max(min(ef, index.count), k)
                }
            found += try index.search(
                for: vector.components, k: k, ef: ef, among: filter.allowed, excluding: filter.excluded(in: segment))
        }
        if segments.count > 1 { found.sort() }
        return found.prefix(k).map { (UnitKey(rawValue: $0.key), $0.cosine) }
    }
}

// MARK: - Vectors and contributions

extension SegmentedIndex {
    package func cosines(of units: [UnitKey], with vector: SpaceVector) throws -> [Double] {
        let keys = units.map(\.rawValue)
        var cosines = [Double](repeating: 0, count: units.count)
        for segment in segments {
            guard let distances = try segment.vectors(in: vector.space)?.distances(from: vector.components, to: keys)
            else { continue }
            for (index, distance) in distances.enumerated() where !segment.removed.contains(keys[index]) {
                if let distance { cosines[index] = 1 - Double(distance) }
            }
        }
        return cosines
    }

    package func vectors(of units: [UnitKey], in space: SpaceName) -> [[Float]?] {
        units.map { unit in
            for segment in segments where !segment.removed.contains(unit.rawValue) {
                if let vector = segment.vectors(in: space)?.vector(for: unit.rawValue) { return vector }
            }
            return nil
        }
    }

    package func factors(
        of features: [LexicalFeature], _ statistics: CollectionStatistics, to units: [UnitKey]
    ) -> FeatureFactors {
        let statistics = statistics.corpusStatistics(for: [])
        var factors = [Float](repeating: 0, count: units.count * features.count)
        let keys = units.map(\.rawValue)
        guard segments.count > 1 || segments.contains(where: { !$0.removed.isEmpty }) else {
            segments.first?.lexical.writeFactors(of: features, statistics, keys: keys, to: &factors)
            return FeatureFactors(featureCount: features.count, values: factors)
        }
        for segment in segments {
            let places = keys.indices.filter {
                segment.lexical.contains(keys[$0]) && !segment.removed.contains(keys[$0])
            }
            var rows = [Float](repeating: 0, count: places.count * features.count)
            segment.lexical.writeFactors(of: features, statistics, keys: places.map { keys[$0] }, to: &rows)
            for (row, place) in places.enumerated() {
                for feature in features.indices {
                    factors[place * features.count + feature] = rows[row * features.count + feature]
                }
            }
        }
        return FeatureFactors(featureCount: features.count, values: factors)
    }
}

extension Segment {
    /// The index of the vectors of a space; `nil` if the segment has none.
    func vectors(in space: SpaceName) -> VectorIndex? { space == .latentSemantics ? vectors : given[space] }
}

extension Neighbor {
    /// Vectors are unit vectors under the inner product, whose distance is 1 − cosine.
    fileprivate var cosine: Double { 1 - Double(distance) }
}
