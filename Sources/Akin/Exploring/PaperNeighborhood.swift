import Exploration
import HNSW
import PaperStore
import Papers
import ParallelLoops
import Ranking

/// Papers of a generation that have a vector, and the nearest of them to each.
struct PaperNeighborhood {
    /// The papers, ascending.
    let keys: [PaperKey]
    /// Those that the filter chose and that have no vector, ascending.
    let keysWithoutVector: [PaperKey]
    /// The neighbors of each paper; their distance is 1 − cosine.
    let neighbors: NearestNeighbors

    /// Finds the neighbors of the papers that options choose.
    ///
    /// - Throws: `AkinError`: `spaceNotFound`, `cancelled`; the errors of the store and of the indexes.
    init(
        _ options: ExplorationOptions, _ papers: PaperStore.Reader, _ generation: Generation?,
        progress: (AddProgress) -> Bool
    ) throws {
        let space = options.space
        guard try space == .latentSemantics || papers.spaces().contains(where: { $0.name == space.rawValue }) else {
            throw AkinError(noSpace: space, amongThoseOf: papers)
        }
        let all = try papers.keys(matching: options.filter).sorted()
        guard let index = generation?.index else {
            self.init(keys: [], keysWithoutVector: all, neighbors: NearestNeighbors())
            return
        }
        var keys: [PaperKey] = []
        var others: [PaperKey] = []
        for key in all {
            let vector = index.vectors(of: [UnitKey(key)], in: space)[0]
            if vector?.contains(where: { $0 != 0 }) ?? false { keys.append(key) } else { others.append(key) }
        }
        let neighbors = try index.neighbors(
            of: keys, options.neighborCount, in: space, isWholeSpace: options.filter.isEmpty,
            threads: options.threads ?? availableCores, progress: progress)
        self.init(keys: keys, keysWithoutVector: others, neighbors: neighbors)
    }

    private init(keys: [PaperKey], keysWithoutVector: [PaperKey], neighbors: NearestNeighbors) {
        self.keys = keys
        self.keysWithoutVector = keysWithoutVector
        self.neighbors = neighbors
    }
}

extension SegmentedIndex {
    /// The papers whose neighbors are looked for at once, between two reports of progress.
    private static let papersAtOnce = 4_096
    /// The candidates of a search for each neighbor that is wanted. More find a few more of the neighbors and take
    /// longer; communities and layouts do not depend on single ones.
    private static let candidatesPerNeighbor = 3

    /// The nearest papers to each of some papers, among these papers.
    ///
    /// - Parameters:
    ///   - keys: The papers, ascending, which have vectors other than 0.
    ///   - k: The most neighbors of a paper.
    ///   - space: The space.
    ///   - isWholeSpace: Whether the papers are all that the space has.
    ///   - threads: The most threads to use.
    ///   - progress: Called between pieces of work.
    /// - Returns: The neighbors of each.
    /// - Throws: `HNSWError`; `AkinError` with code `cancelled`.
    fileprivate func neighbors(
        of keys: [PaperKey], _ k: Int, in space: SpaceName, isWholeSpace: Bool, threads: Int,
        progress: (AddProgress) -> Bool
    ) throws -> NearestNeighbors {
        var places: [UInt64: UInt32] = [:]
        places.reserveCapacity(keys.count)
        for (place, key) in keys.enumerated() { places[UnitKey(key).rawValue] = UInt32(place) }
        let selection = isWholeSpace ? nil : KeySelection(places.keys)
        var neighbors = NearestNeighbors()
        for start in stride(from: 0, to: keys.count, by: Self.papersAtOnce) {
            let fraction = Double(start) / Double(keys.count)
            try AddProgress(.indexing, papers: start, fraction: fraction).tell(progress)
            let part = keys[start..<min(keys.count, start + Self.papersAtOnce)]
            let rows = vectors(of: part.map { UnitKey($0) }, in: space)
            var found = [[Neighbor]](repeating: [], count: part.count)
            for segment in segments {
                guard let index = segment.vectors(in: space) else { continue }
                let ef = max(min((k + 1) * Self.candidatesPerNeighbor, index.count), k + 1)
                let lists = try index.search(
                    forEach: rows.flatMap { $0 ?? [] }, k: k + 1, ef: ef, among: selection,
                    excluding: segment.removed.isEmpty ? nil : segment.removed.selection, threads: threads)
                for (row, list) in lists.enumerated() { found[row] += list }
            }
            for (row, list) in found.enumerated() {
                let key = UnitKey(part[start + row]).rawValue
                let others = (segments.count > 1 ? list.sorted() : list).filter { $0.key != key }
                neighbors.append(
                    others.compactMap { other in places[other.key].map { (column: $0, distance: other.distance) } }
                        .prefix(k).map(\.self))
            }
        }
        return neighbors
    }
}
