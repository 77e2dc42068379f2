import VectorKernels

extension VectorStore {
    /// The distances of a query from the vectors of some keys; `nil` for each key without a vector, and where a damaged
    /// file gives no number.
    func distances(from query: Span<Float>, to keys: [UInt64], pool: ScratchPool) throws(HNSWError) -> [Float?] {
        try validate(query: query)
        return pool.withScratch(for: self) { scratch in
            scratch.encode(query, for: self)
            let found = keys.map { row(of: $0) }
            let rows = found.compactMap { $0 }
            var distances: [Float] = []
            distances.reserveCapacity(rows.count)
            // SAFETY: `row(of:)` returns rows that exist; a block is no longer than the scratch has room for.
            let exact = unsafe exactRows
            for start in stride(from: 0, to: rows.count, by: SearchScratch.blockSize) {
                let block = rows[start..<min(start + SearchScratch.blockSize, rows.count)]
                for (i, row) in block.enumerated() { unsafe scratch.rows[i] = row.rawValue }
                unsafe exact.score(
                    scratch.exactQuery, ids: scratch.rows, count: block.count, into: scratch.distances
                )
                for i in 0..<block.count { unsafe distances.append(scratch.distances[i]) }
            }
            var next = distances.makeIterator()
            return found.map { row in
                guard row != nil, let raw = next.next() else { return nil }
                let distance = scratch.exactQuery.distance(ofRaw: raw)
                return distance.isNaN ? nil : distance
            }
        }
    }
}
