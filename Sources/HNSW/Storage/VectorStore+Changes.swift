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

    /// Checks that ``append(_:keys:threads:)`` can add vectors under keys, so that it cannot fail half-way.
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

    /// Adds validated vectors in new rows, which ``code(from:largest:renewing:threads:)`` then codes. Returns the
    /// magnitude of their largest component.
    mutating func append(_ vectors: Span<Float>, keys new: Span<UInt64>, threads: Int) -> Float {
        let first = count
        keys.append(contentsOf: new)
        liveCount += new.count
        tombstones.append(repeating: 0, count: (count + 63) / 64 - tombstones.count)
        let largest = store(vectors, count: new.count, threads: threads)
        let tombstones = tombstones
        keyTable.add(from: first, keys: keys) { row in
            tombstones[row >> 6] >> UInt64(row & 63) & 1 == 0
        }
        return largest
    }

    /// Codes the new rows from `first` to the last, if the store has codes. Returns what they mean for the frame. When
    /// `renewing`, a frame that is outgrown must be made anew.
    mutating func code(from first: Int, largest: Float, renewing: Bool, threads: Int) -> FrameUpdate {
        let update = updateFrame(from: first, largest: largest, renewing: renewing, threads: threads)
        if elements.exact == .codes, update != .isOutgrown { floats = Column() }
        return update
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

    // MARK: - Copying rows

    /// Makes room for rows, and for the keys of others that are added later.
    mutating func reserve(_ rows: Int, laterKeys: Int = 0) {
        keys.reserve(rows)
        if rows > 0 { keyTable = KeyTable(capacity: rows + laterKeys) }
        switch elements.exact {
        case .floats: floats.reserve(rows * floatLayout.stride)
        case .halves: halves.reserve(rows * primaryLayout.stride)
        case .codes: break
        }
        if elements.isCoded { coded.reserve(rows) }
    }

    /// Copies the vectors and keys of rows of another store, and their codes if they are to stay.
    mutating func appendRows(_ rows: ArraySlice<NodeID>, of old: VectorStore, withCodes: Bool = true) {
        let first = count
        for row in rows { keys.append(repeating: old.keys[row.index]) }
        // A key may have several rows. The row that is live comes last.
        keyTable.add(from: first, keys: keys) { _ in true }
        floats.append(rows, of: old.floats, width: floatLayout.stride)
        halves.append(rows, of: old.halves, width: primaryLayout.stride)
        if withCodes { coded.append(rows, of: old.coded) }
    }

    /// Takes over the tombstones of rows that were copied from another store.
    mutating func takeTombstones(of rows: [NodeID], of old: VectorStore) {
        tombstones.append(repeating: 0, count: (rows.count + 63) / 64)
        // A made-up file may count other live rows than it has.
        liveCount = rows.count
        for (new, row) in rows.enumerated() where !old.isLive(row) {
            tombstones.set(new >> 6, to: tombstones[new >> 6] | 1 << UInt64(new & 63))
            liveCount -= 1
        }
    }

    /// Takes over the frame of another store whose rows were copied with their codes. `largest` is the magnitude of
    /// their largest component.
    mutating func takeFrame(of old: VectorStore, largest: Float) {
        frame = old.frame
        frame.shrink(from: old.count, to: count)
        setLargest(largest)
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
