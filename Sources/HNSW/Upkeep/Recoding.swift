import VectorKernels

/// Makes a new frame for the codes of a store, codes all rows in it, and measures whether codes can tell neighbors
/// apart, in steps. The old codes serve meanwhile.
struct Recoding: Sendable {
    /// The rows that the center is made of, and the components that it has so far.
    private let sample: [NodeID]
    private var center: [Float] = []

    /// A store that has the new codes only, of the first rows.
    private var target: VectorStore

    /// The check, once all rows are coded.
    private var check: CodeCheck?

    /// The number of components that a change sorts for the center, codes, or compares with the queries of the check.
    private static let sortedComponents = 1 << 16
    private static let codedComponents = 1 << 17
    private static let comparedComponents = 1 << 15

    /// Does the whole work at once. Returns whether walks compare floats now where they compared codes before.
    static func recode(_ store: inout VectorStore, pool: ScratchPool, threads: Int) -> Bool {
        var recoding = Recoding(of: store)
        // A change does the work for a row and for a component at least.
        let all = max(store.count, store.dimensions)
        while !recoding.isOver { _ = recoding.step(all, of: store, pool: pool, threads: threads) }
        return recoding.finish(&store, pool: pool)
    }

    init(of store: VectorStore) {
        sample = store.centerSample()
        target = store.withoutRows
    }

    /// Whether all rows are coded and checked.
    private(set) var isOver = false

    /// Does the work of some changes. Returns the number of changes whose work it did.
    mutating func step(_ changes: Int, of store: VectorStore, pool: ScratchPool, threads: Int) -> Int {
        let dimensions = store.dimensions
        if center.count < dimensions {
            let width = max(1, Self.sortedComponents / max(1, sample.count))
            let part = center.count..<min(dimensions, center.count + changes * width)
            center += store.median(of: sample, components: part)
            if center.count == dimensions { target.frame = store.newFrame(center: center) }
            return max(1, part.count / width)
        }
        target.lend(store)
        defer { target.lend(nil) }
        let coded = target.coded.count
        if coded < store.count {
            let rows = max(1, Self.codedComponents / dimensions)
            let part = coded..<min(store.count, coded + changes * rows)
            target.encode(part, of: store, threads: threads)
            // A row comes with every change, so the last step must go on to the check.
            guard part.upperBound == store.count else { return max(1, part.count / rows) }
            if store.elements.hasFloatsBesideCodes, store.liveCount >= StoreFrame.fewestCoded {
                check = check ?? CodeCheck(of: store)
            }
        }
        let rows = max(1, Self.comparedComponents / dimensions)
        let scanned = check?.scanned ?? store.count
        let end = min(store.count, scanned + changes * rows)
        check?.scan(target, upTo: end, pool: pool, threads: threads)
        isOver = end == store.count
        return max(1, (end - scanned) / rows)
    }

    /// Gives the new codes to the store. Returns whether walks compare floats now where they compared codes before.
    ///
    /// A vector that was added since may have no room in a finer unit. The old codes then stay.
    mutating func finish(_ store: inout VectorStore, pool: ScratchPool) -> Bool {
        guard target.frame.rows.fits(store.frame.largest) else { return false }
        target.lend(store)
        let agreement = check?.agreement(of: target, pool: pool)
        target.lend(nil)
        return store.replaceCodes(by: target, sample: sample, agreement: agreement)
    }
}

extension VectorStore {
    /// Shares the rows of another store, except their codes, or gives them back.
    fileprivate mutating func lend(_ other: VectorStore?) {
        floats = other?.floats ?? Column()
        keys = other?.keys ?? Column()
        tombstones = other?.tombstones ?? Column()
        liveCount = other?.liveCount ?? 0
    }
}
