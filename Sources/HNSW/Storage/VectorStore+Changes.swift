import ParallelLoops
import VectorKernels

extension VectorStore {
    /// Which keys a change may name.
    enum KeyRule {
        /// Those without a vector.
        case new
        /// Those that have one.
        case existing
        case any
    }

    /// Checks that ``append(_:keys:renewing:pool:threads:)`` can add vectors under keys, so that it cannot fail
    /// half-way.
    ///
    /// - Throws: ``HNSWError`` with the code `dimensionMismatch`, `tooManyVectors`, `notFinite`, `outOfRange`, and
    ///   `duplicateKey` or `unknownKey`.
    func validate(_ vectors: Span<Float>, keys new: Span<UInt64>, _ rule: KeyRule) throws(HNSWError) {
        guard vectors.count == new.count * dimensions else {
            throw HNSWError(
                .dimensionMismatch,
                "Cannot add \(vectors.count) components under \(new.count) keys: the index has \(dimensions) "
                    + "dimensions, so there must be \(new.count * dimensions)."
            )
        }
        guard new.count <= Self.maximumCount - count else {
            throw HNSWError(
                .tooManyVectors,
                "Cannot add \(new.count) vectors to \(count): an index holds at most \(Self.maximumCount)."
            )
        }
        var ascending = true
        for i in 0..<new.count {
            if i > 0, new[i] <= new[i - 1] { ascending = false }
            try requireKey(new[i], rule)
            try requireValues(vectors.extracting(i * dimensions..<(i + 1) * dimensions)) {
                "vector \(i), key \(new[i])"
            }
        }
        if !ascending {
            let sorted = unsafe new.withUnsafeBufferPointer { unsafe $0.sorted() }
            if let i = sorted.indices.dropFirst().first(where: { sorted[$0] == sorted[$0 - 1] }) {
                throw HNSWError(.duplicateKey, "Cannot add two vectors under key \(sorted[i]): keys must be unique.")
            }
        }
    }

    private func requireKey(_ key: UInt64, _ rule: KeyRule) throws(HNSWError) {
        switch rule {
        case .new:
            guard row(of: key) != nil else { return }
            throw HNSWError(
                .duplicateKey,
                "Cannot add a vector under key \(key): there is one already. Use update or upsert to replace it.")
        case .existing:
            guard row(of: key) == nil else { return }
            throw HNSWError(
                .unknownKey, "Cannot replace the vector of key \(key): there is none. Add it instead.")
        case .any: return
        }
    }

    /// Checks that a query can be compared with the rows.
    ///
    /// - Throws: ``HNSWError`` with the code `dimensionMismatch` or `notFinite`.
    func validate(query: Span<Float>) throws(HNSWError) {
        guard query.count == dimensions else {
            throw HNSWError(
                .dimensionMismatch,
                "Cannot search for a vector of \(query.count) components: the index has \(dimensions) dimensions."
            )
        }
        try requireFinite(query) { "the query" }
    }

    /// Checks that each of several queries, one after another, can be compared with the rows.
    ///
    /// - Throws: ``HNSWError`` with the code `dimensionMismatch` or `notFinite`.
    func validate(queries: Span<Float>) throws(HNSWError) {
        guard queries.count.isMultiple(of: dimensions) else {
            throw HNSWError(
                .dimensionMismatch,
                "Cannot search for \(queries.count) components: their number must be a multiple of the \(dimensions) "
                    + "dimensions of the index."
            )
        }
        for start in stride(from: 0, to: queries.count, by: dimensions) {
            try validate(query: queries.extracting(start..<start + dimensions))
        }
    }

    /// The largest squared length of a vector. Inner products and squared distances then stay in the range of floats.
    private static let maximumSquaredNorm = Double(Float.greatestFiniteMagnitude) / 16

    private func requireFinite(_ vector: Span<Float>, _ name: () -> String) throws(HNSWError) {
        if sumOfSquares(vector) <= Self.maximumSquaredNorm { return }
        for i in 0..<vector.count where !vector[i].isFinite {
            throw HNSWError(
                .notFinite, "Cannot take \(name()): component \(i) is \(vector[i]). Components must be finite."
            )
        }
        throw HNSWError(
            .notFinite, "Cannot take \(name()): its squared length exceeds \(Self.maximumSquaredNorm). Scale it."
        )
    }

    private func requireValues(_ vector: Span<Float>, _ name: () -> String) throws(HNSWError) {
        try requireFinite(vector, name)
        switch elements {
        case .float16: if metric.normalizes { return }
        case .float32, .int8, .int8Only: return
        }
        for i in 0..<vector.count where abs(vector[i]) >= 65_520 {  // what rounds to more than 65,504
            throw HNSWError(
                .outOfRange,
                "Cannot take \(name()): component \(i) is \(vector[i]), and 16-bit floats end at 65504. "
                    + "Scale the vectors, or use float32 elements."
            )
        }
    }

    /// Adds validated vectors in new rows. Returns whether walks compare something else from then on, so that a graph
    /// must be built again. When `renewing`, it makes a new frame if the old one is outgrown.
    mutating func append(
        _ vectors: Span<Float>, keys new: Span<UInt64>, renewing: Bool, pool: ScratchPool, threads: Int
    ) -> Bool {
        let first = count
        guard new.count > 0 else { return false }
        keys.append(contentsOf: new)
        liveCount += new.count
        tombstones.append(repeating: 0, count: (count + 63) / 64 - tombstones.count)
        let largest = store(vectors, count: new.count, threads: threads)
        let tombstones = tombstones
        keyTable.add(from: first, keys: keys) { row in
            tombstones[row >> 6] >> UInt64(row & 63) & 1 == 0
        }
        let isOther = updateFrame(from: first, largest: largest, renewing: renewing, pool: pool, threads: threads)
        if elements.exact == .codes { floats = Column() }
        return isOther
    }

    /// Writes vectors behind the others. Returns the magnitude of the largest component.
    private mutating func store(_ vectors: Span<Float>, count added: Int, threads: Int) -> Float {
        // SAFETY: one worker writes each new row, inside the elements that were appended for it. The columns do not
        // change meanwhile.
        let hasFloats = elements.exact != .halves
        nonisolated(unsafe) let newFloats = unsafe floats.appendUninitialized(
            count: hasFloats ? added * floatLayout.stride : 0
        )
        nonisolated(unsafe) let newHalves = unsafe halves.appendUninitialized(
            count: hasFloats ? 0 : added * primaryLayout.stride
        )
        let dimensions = dimensions
        let floatLayout = floatLayout
        let primaryLayout = primaryLayout
        let metric = metric
        let chunk = 64
        var largest = [Float](repeating: 0, count: (added + chunk - 1) / chunk)
        unsafe vectors.withUnsafeBufferPointer { vectors in
            unsafe largest.withUnsafeMutableBufferPointer { largest in
                nonisolated(unsafe) let vectors = unsafe vectors
                nonisolated(unsafe) let largest = unsafe largest
                concurrentChunks(of: added, threads: threads, chunk: chunk) { _, indices in
                    let stride = hasFloats ? floatLayout.stride : dimensions
                    let own = UnsafeMutablePointer<Float>.allocate(capacity: hasFloats ? 0 : dimensions)
                    defer { unsafe own.deallocate() }
                    var most: Float = 0
                    for i in indices {
                        let source = unsafe UnsafeBufferPointer(
                            rebasing: vectors[i * dimensions..<(i + 1) * dimensions])
                        let row = unsafe hasFloats ? newFloats + i * stride : own
                        unsafe storeVector(source.span, metric: metric, into: row)
                        for j in 0..<dimensions { unsafe most = max(most, abs(row[j])) }
                        unsafe (row + dimensions).initialize(repeating: 0, count: stride - dimensions)
                        guard !hasFloats else { continue }
                        let half = unsafe newHalves + i * primaryLayout.stride
                        unsafe encodeHalves(row, count: dimensions, into: half)
                        unsafe (half + dimensions).initialize(repeating: 0, count: primaryLayout.stride - dimensions)
                    }
                    unsafe largest[indices.lowerBound / chunk] = most
                }
            }
        }
        return largest.reduce(0, max)
    }

    /// Puts a tombstone on a live row.
    mutating func delete(_ row: NodeID) {
        precondition(isLive(row), "Row \(row.index) has a tombstone already")
        let row = row.index
        tombstones.set(row >> 6, to: tombstones[row >> 6] | 1 << UInt64(row & 63))
        liveCount -= 1
    }

    /// The store without the rows that have a tombstone. The other rows keep their order.
    func compacted(pool: ScratchPool, threads: Int) -> VectorStore {
        var new = VectorStore(dimensions: dimensions, metric: metric, elements: elements, kernels: kernels)
        let rows = (0..<count).filter { isLive(NodeID($0)) }
        func gather<Element>(_ column: Column<Element>, width: Int, into target: inout Column<Element>) {
            guard column.count > 0 else { return }
            target.reserve(rows.count * width)
            for row in rows {
                column.withSpan(of: row * width..<(row + 1) * width) { target.append(contentsOf: $0) }
            }
        }
        gather(floats, width: floatLayout.stride, into: &new.floats)
        gather(halves, width: primaryLayout.stride, into: &new.halves)
        gather(keys, width: 1, into: &new.keys)
        new.tombstones.append(repeating: 0, count: (rows.count + 63) / 64)
        new.liveCount = rows.count
        new.keyTable.add(from: 0, keys: new.keys) { _ in true }
        guard elements.exact != .codes else {
            gather(codes, width: primaryLayout.stride, into: &new.codes)
            gather(factors, width: 2, into: &new.factors)
            gather(residuals, width: 1, into: &new.residuals)
            gather(norms, width: 1, into: &new.norms)
            new.frame = frame
            new.frame.shrink(from: count, to: rows.count)
            new.frame.setLargest(new.largestMagnitude(of: rows.count, threads: threads))
            if new.frame.isCoarse { _ = new.renewFrame(pool: pool, threads: threads) }
            return new
        }
        let largest = new.largestMagnitude(of: rows.count, threads: threads)
        _ = new.updateFrame(from: 0, largest: largest, renewing: true, pool: pool, threads: threads)
        return new
    }
}

/// Writes a vector as the index stores it: at length 1 if the metric normalizes and the vector is not zero, else
/// unchanged.
///
/// SAFETY: there must be room for `vector.count` floats.
@unsafe
func storeVector(_ vector: Span<Float>, metric: Metric, into target: UnsafeMutablePointer<Float>) {
    guard metric.normalizes else {
        for i in 0..<vector.count { unsafe target[i] = vector[i] }
        return
    }
    let norm = sumOfSquares(vector).squareRoot()
    let factor = norm > 0 ? 1 / norm : 0
    for i in 0..<vector.count { unsafe target[i] = Float(Double(vector[i]) * factor) }
}
