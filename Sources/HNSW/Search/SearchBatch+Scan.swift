extension SearchBatch {
    /// Answers queries by exact scans, a group of them at a time: each block of rows is compared with all of a group while it
    /// lies in a cache.
    func scan(
        _ indices: Range<Int>, of store: VectorStore, pool: ScratchPool, where predicate: ((UInt64) -> Bool)?
    ) {
        for start in unsafe stride(from: indices.lowerBound, to: indices.upperBound, by: Self.scanGroup) {
            let group = unsafe start..<min(start + Self.scanGroup, indices.upperBound)
            pool.withScratches(group.count, for: store) { scratches in
                var scans: [ExactScan] = []
                var places: [Int] = []
                for (i, scratch) in zip(group, scratches) {
                    let query = unsafe query(i)
                    do throws(HNSWError) {
                        try unsafe store.validate(query: query.span)
                        unsafe scratch.encode(query.span, for: store)
                        scans.append(ExactScan(store: store, scratch: scratch, predicate: predicate))
                        places.append(i)
                    } catch {
                        unsafe finish(i, error)
                    }
                }
                unsafe ExactScan.findNearest(k, of: scans)
                for (i, scan) in zip(places, scans) { unsafe finish(i, with: scan.scratch.ranking.neighbors) }
            }
        }
    }

    /// The queries that are scanned for at once.
    private static let scanGroup = 16
}
