import VectorKernels

/// A search that gives vectors in the order of their distances from a query, some with each call, and goes on where it
/// stopped.
///
/// 1. It walks the graph as far as the next results need it; see ``ResumableWalk``. Candidates that pass the filter
///    wait in a heap by their exact distances. The nearest is given when no other candidate can be nearer: when the
///    next estimate exceeds its distance by more than twice the largest error seen.
/// 2. A scan takes over where an ordinary search would scan: when all walking has cost as much as a scan, when the walk
///    cannot be relied on, and when it has reached all that it can. It gives what is left in exact order.
struct IncrementalSearch {
    private let ef: Int
    private let filter: KeyFilter
    private var stage = Stage.beginning

    /// The walk, as long as it goes on.
    private var walk: ResumableWalk?

    /// The number of candidates of a walk's window.
    private var width = 0

    /// What the filter costs; `nil` without a condition.
    private var plan: VectorIndex.FilterPlan?

    /// Whether a scan compares only the rows that the filter passes.
    private var isListed = false

    /// The rows of a scan that were not ranked, by lower bounds of their distances.
    private var scanned = CandidateHeap()

    /// The rows that were ranked by their exact distances and not given.
    private var ranked = RankedRows()

    /// The rows that were given before the scan of what is left, and a bit for each of them from then on.
    private var given: [NodeID] = []
    private var isGiven: [UInt64] = []

    /// The largest error of an estimate, and the nearest rows by their exact distances, which tell blind codes.
    private var largestError: Float = 0
    private var nearest = TopK(capacity: VectorIndex.fewestBlind)

    /// The number of candidates that the next call ranks at first.
    private var blockSize = firstBlock

    private enum Stage {
        case beginning
        case walking

        /// A scan gives the nearest rows and forgets the others, which makes it faster.
        case scanningFirst

        /// A scan gathers the rows that were not given, and then gives them.
        case gathering
        case scanning
        case over
    }

    /// The number of candidates that the first call ranks, and the most that a call ranks at first. More of them save
    /// calls, and are of no use if the caller asks for no more.
    private static let firstBlock = 24
    private static let largestBlock = 192

    /// The number of candidates that are ranked at once after the first.
    private static let nextBlock = 16

    /// The number of results that the first window of a walk, or a scan that forgets the others, is meant for.
    private static let firstResults = 32

    init(ef: Int, filter: KeyFilter) {
        self.ef = ef
        self.filter = filter
    }

    /// Whether all results were given.
    var isOver: Bool { stage == .over }

    /// The next results, with raw distances; none when all were given. The scratch must hold the query encoded.
    mutating func next(in index: VectorIndex, with scratch: SearchScratch) -> [Neighbor] {
        var found: [Neighbor] = []
        while found.isEmpty, stage != .over {
            switch stage {
            case .beginning: begin(in: index, with: scratch)
            case .walking: giveWalked(&found, in: index, with: scratch)
            case .scanningFirst: giveFirstScanned(&found, in: index.store, with: scratch)
            case .gathering: gather(in: index.store, with: scratch)
            case .scanning: giveScanned(&found, in: index.store, with: scratch)
            case .over: break
            }
        }
        blockSize = min(2 * blockSize, Self.largestBlock)
        return found
    }

    /// Chooses between a walk and a scan as an ordinary search does.
    private mutating func begin(in index: VectorIndex, with scratch: SearchScratch) {
        guard index.count > 0 else {
            stage = .over
            return
        }
        if let graph = index.graph {
            if !filter.passesAll { plan = VectorIndex.FilterPlan(filter, of: index) }
            width = index.filteredWidth(k: Self.firstResults, ef: ef, share: plan?.share ?? 1, over: graph)
            if mayWalk(on: graph, of: index) {
                walk = ResumableWalk(graph: graph, store: index.store, scratch: scratch)
            }
        }
        if walk != nil { stage = .walking } else { beginScanning(index, with: scratch) }
    }

    // MARK: - Walking

    /// Whether a walk through the next window, with all windows before it, promises to be faster than a scan.
    private func mayWalk(on graph: Graph, of index: VectorIndex) -> Bool {
        let total = (walk?.takenCount ?? 0) + width
        guard let plan else { return index.isWalkFaster(width: total, over: graph) }
        return index.isWalkFaster(width: index.walkWidth(k: Self.firstResults, ef: ef, over: graph), over: graph)
            && index.isWalkFaster(width: total, than: plan, over: graph)
    }

    /// Gives results that the walk has found, or begins to scan if it cannot go on.
    private mutating func giveWalked(_ found: inout [Neighbor], in index: VectorIndex, with scratch: SearchScratch) {
        guard let graph = index.graph, walk?.mayTake == true || goOnWalking(graph, of: index, with: scratch) else {
            return beginScanning(index, with: scratch)
        }
        var size = blockSize
        repeat {
            rankWalked(size, graph, of: index, with: scratch)
            if isBlind(in: index) { return beginScanning(index, with: scratch) }
            let bound = walk?.next.map { Candidate.ordered($0.distance - 2 * largestError) } ?? .max
            giveRanked(&found, below: bound)
            size = Self.nextBlock
        } while found.isEmpty && walk?.mayTake == true
    }

    /// Walks through the next window. Returns `false` if it cannot be relied on or a scan is faster.
    private mutating func goOnWalking(_ graph: Graph, of index: VectorIndex, with scratch: SearchScratch) -> Bool {
        guard walk?.isExhausted == false else { return false }
        let isFirst = walk?.takenCount == 0
        for attempt in 0...VectorIndex.widenings {
            if attempt > 0 { width *= VectorIndex.widening }
            guard mayWalk(on: graph, of: index) else { return false }
            walk?.goOn(width: width, graph: graph, store: index.store, scratch: scratch)
            if walk?.endsInNearDuplicates != true { break }
        }
        guard let walk, !walk.endsInNearDuplicates else { return false }
        return !(isFirst && index.isRemote(walk.nearest.distance, from: graph, with: scratch))
    }

    /// Ranks the next candidates of the walk that the filter passes, by their exact distances.
    private mutating func rankWalked(
        _ size: Int, _ graph: Graph, of index: VectorIndex, with scratch: SearchScratch
    ) {
        var candidates: [Candidate] = []
        while candidates.count < size, walk?.mayTake == true, let candidate = walk?.next {
            walk?.removeFirst()
            if index.isFindable(candidate.node, of: graph, filter) { candidates.append(candidate) }
        }
        let distances = unsafe Self.exactDistances(of: candidates, in: index.store, with: scratch)
        for (i, candidate) in candidates.enumerated() {
            let (node, distance) = (candidate.node, unsafe distances[i])
            if distance.isNaN { continue }
            largestError = max(largestError, abs(distance - candidate.distance))
            nearest.offer(node, key: UInt64(node.rawValue), ordered: Candidate.ordered(distance))
            graph.forEachRow(of: node) { row in
                guard row == node || walk?.claim(row) == true, index.store.isFindable(row, filter) else { return true }
                let isCopy = index.metric.normalizes && row != node
                insert(
                    row, isCopy ? index.exactDistance(of: row, with: scratch) : distance, of: index.store)
                return true
            }
        }
    }

    /// Whether codes are wrong by more than the vectors around the query differ; see
    /// ``VectorIndex/isBlind(error:tenNearest:behind:candidates:)``.
    private func isBlind(in index: VectorIndex) -> Bool {
        guard index.store.comparesCodes, nearest.isFull, let walk, !walk.isExhausted, let bounds = walk.bounds,
            let least = nearest.entries.lazy.map(\.ordered).min()
        else { return false }
        let last = bounds.last.distance
        return VectorIndex.isBlind(
            error: largestError,
            tenNearest: Candidate.distance(ordered: nearest.limit) - Candidate.distance(ordered: least),
            behind: last - bounds.takeable.distance, candidates: last - walk.nearest.distance)
    }

    // MARK: - Scanning

    /// Ends the walk and begins to scan what is left.
    private mutating func beginScanning(_ index: VectorIndex, with scratch: SearchScratch) {
        walk = nil
        ranked.removeAll()
        isListed = plan?.isListed ?? (filter.selected != nil)
        stage = given.isEmpty && !isListed ? .scanningFirst : .gathering
    }

    private mutating func giveFirstScanned(
        _ found: inout [Neighbor], in store: VectorStore, with scratch: SearchScratch
    ) {
        found = ExactScan(store: store, scratch: scratch, filter: filter).nearest(Self.firstResults)
        given = found.compactMap { store.row(of: $0.key) }
        stage = found.count < Self.firstResults ? .over : .gathering
    }

    /// Gathers the rows that were not given. Unless they are listed, the filter is asked when a row's turn comes: a
    /// predicate may be slow.
    private mutating func gather(in store: VectorStore, with scratch: SearchScratch) {
        stage = .scanning
        let listed = isListed ? store.rows(passing: filter, in: []) : nil
        scanned = ExactScan(store: store, scratch: scratch, filter: .all, listed: listed).allByLeastDistance()
        isGiven = Array(repeating: 0, count: store.count / 64 + 1)
        for row in given { isGiven[row.index >> 6] |= 1 << UInt64(row.index & 63) }
        given = []
    }

    /// Gives results of the scan of what is left.
    private mutating func giveScanned(_ found: inout [Neighbor], in store: VectorStore, with scratch: SearchScratch) {
        var size = blockSize
        repeat {
            rankScanned(size, of: store, with: scratch)
            giveRanked(&found, below: scanned.first?.orderedDistance ?? .max)
            size = Self.nextBlock
        } while found.isEmpty && scanned.first != nil
        if found.isEmpty { stage = .over }
    }

    /// Ranks the next rows of the scan that the filter passes, by their exact distances.
    private mutating func rankScanned(_ size: Int, of store: VectorStore, with scratch: SearchScratch) {
        var candidates: [Candidate] = []
        while candidates.count < size, let candidate = scanned.first {
            scanned.removeFirst()
            let row = candidate.node
            guard isGiven[row.index >> 6] >> UInt64(row.index & 63) & 1 == 0,
                isListed || store.isFindable(row, filter)
            else { continue }
            candidates.append(candidate)
        }
        let distances = unsafe Self.exactDistances(of: candidates, in: store, with: scratch)
        for (i, candidate) in candidates.enumerated() {
            unsafe insert(candidate.node, distances[i], of: store)
        }
    }

    // MARK: - Ranking and giving

    /// The exact distances of some candidates, at most a block of them.
    ///
    /// SAFETY: valid until the scratch is used again.
    @unsafe
    private static func exactDistances(
        of candidates: [Candidate], in store: VectorStore, with scratch: SearchScratch
    ) -> UnsafePointer<Float> {
        let (rows, distances) = unsafe (scratch.rows, scratch.distances)
        for (i, candidate) in candidates.enumerated() {
            unsafe rows[i] = candidate.node.rawValue
            unsafe distances[i] = candidate.distance
        }
        if store.comparesCodes {
            unsafe store.exactRows.score(scratch.exactQuery, ids: rows, count: candidates.count, into: distances)
        }
        return unsafe UnsafePointer(distances)
    }

    /// Adds a row to those that wait for their turn. A distance is no number only in a damaged index.
    private mutating func insert(_ row: NodeID, _ distance: Float, of store: VectorStore) {
        if distance.isNaN { return }
        ranked.insert(TopK.Entry(ordered: Candidate.ordered(distance), row: row, key: store.keys[row.index]))
    }

    /// Gives the ranked rows that are nearer than a bound.
    private mutating func giveRanked(_ found: inout [Neighbor], below bound: UInt32) {
        while let first = ranked.first, first.ordered < bound {
            found.append(Neighbor(key: first.key, distance: Candidate.distance(ordered: first.ordered)))
            if stage == .walking { given.append(first.row) }
            ranked.removeFirst()
        }
    }
}
