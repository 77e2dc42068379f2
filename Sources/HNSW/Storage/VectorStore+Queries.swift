import VectorKernels

extension VectorStore {
    /// The keys of the living rows, in the order of the rows.
    var liveKeys: [UInt64] {
        (0..<count).compactMap { isLive($0) ? keys[$0] : nil }
    }

    /// The distance of a query to the vectors under some keys, `nil` for keys that there are not.
    func distances(from query: Span<Float>, to keys: [UInt64], pool: ScratchPool) throws(HNSWError) -> [Float?] {
        try validate(query: query)
        return pool.withScratch(for: self) { scratch in
            scratch.encode(query, for: self)
            let found = keys.map { row(of: $0) }
            let rows = found.compactMap { $0.map(UInt32.init) }
            var distances: [Float] = []
            distances.reserveCapacity(rows.count)
            // SAFETY: rows that keys were found in exist; a block is no longer than the scratch has room for.
            let exact = unsafe exactRows
            for start in stride(from: 0, to: rows.count, by: SearchScratch.blockSize) {
                let block = rows[start..<min(start + SearchScratch.blockSize, rows.count)]
                for (i, row) in block.enumerated() { unsafe scratch.rows[i] = row }
                unsafe exact.score(
                    scratch.exactQuery, ids: scratch.rows, count: block.count, into: scratch.distances
                )
                for i in 0..<block.count { unsafe distances.append(scratch.distances[i]) }
            }
            var next = distances.makeIterator()
            return found.map { $0 == nil ? nil : next.next() }
        }
    }
}
