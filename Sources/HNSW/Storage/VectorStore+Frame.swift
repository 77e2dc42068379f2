import ParallelLoops
import VectorKernels

extension VectorStore {
    /// Codes the rows from `first` to the last, and makes a new frame if the old one is outgrown. Returns whether walks
    /// compare floats now where they compared codes before.
    mutating func updateFrame(from first: Int, largest: Float, pool: ScratchPool, threads: Int) -> Bool {
        frame.largest = max(frame.largest, largest)
        let hasUnit = frame.madeOf > 0 || frame.rows.unit == RowFrame.unit(for: frame.largest)
        let fits = hasUnit && frame.rows.fits(frame.largest)
        guard elements.isCoded else {
            if !fits { frame.rows = RowFrame(comparison: metric.comparison, largestMagnitude: frame.largest) }
            return false
        }
        if fits, !frame.isOutgrown(by: count) {
            encode(from: first, threads: threads)
            frame.strays += (first..<count).count { residuals[$0] > frame.residualLimit }
            guard frame.comparesCodes, frame.hasManyStrays(among: count) else { return false }
            frame.comparesCodes = false
            return false
        }
        return renewFrame(pool: pool, threads: threads)
    }

    /// Makes a new frame of the live rows, codes all rows in it, and measures whether codes can tell neighbors apart.
    /// Returns whether walks compare floats now where they compared codes before.
    private mutating func renewFrame(pool: ScratchPool, threads: Int) -> Bool {
        let old = frame
        let sample = sampledRows(max(64, min(1_024, Self.sampledComponents / dimensions)))
        frame = StoreFrame(
            rows: RowFrame(
                comparison: metric.comparison, largestMagnitude: old.largest, center: median(of: sample)))
        frame.largest = old.largest
        frame.madeOf = count
        codes = Column(capacity: count * primaryLayout.stride)
        factors = Column(capacity: 2 * count)
        residuals = Column(capacity: count)
        norms = Column(capacity: count)
        encode(from: 0, threads: threads)
        guard liveCount >= StoreFrame.fewestCoded else { return old.comparesCodes }
        let typical = sample.map { residuals[$0.index] }.sorted()
        frame.residualLimit = 2 * typical[typical.count * 99 / 100]
        let agreement = CodeCheck(store: self, pool: pool, threads: threads).agreement()
        frame.agreement = agreement
        let wasGivenUp = old.agreement != nil && !old.comparesCodes
        frame.comparesCodes = agreement >= (wasGivenUp ? StoreFrame.renewedAgreement : StoreFrame.enoughAgreement)
        return old.comparesCodes && !frame.comparesCodes
    }

    /// The number of components that a center is made of, up to 1,024 rows.
    private static var sampledComponents: Int { 1 << 20 }

    /// Live rows, scattered evenly; fewer than `wanted` if there are fewer.
    func sampledRows(_ wanted: Int) -> [NodeID] {
        let live = (0..<count).lazy.map(NodeID.init(_:)).filter(isLive)
        guard liveCount > wanted else { return Array(live) }
        var sample: [NodeID] = []
        sample.reserveCapacity(wanted)
        for (i, row) in live.enumerated() where i * wanted / liveCount >= sample.count { sample.append(row) }
        return sample
    }

    /// The median of each component. A part of the vectors that lies elsewhere does not move it, as it would the mean.
    private func median(of rows: [NodeID]) -> [Float] {
        guard !rows.isEmpty else { return [] }
        let vectors = rows.map(vector)
        var column = [Float](repeating: 0, count: rows.count)
        return (0..<dimensions).map { i in
            for row in vectors.indices { column[row] = vectors[row][i] }
            column.sort()
            return column[column.count / 2]
        }
    }

    /// Writes the codes of the rows from `first` to the last behind the others.
    private mutating func encode(from first: Int, threads: Int) {
        let added = count - first
        // SAFETY: one worker writes each new row, inside the elements that were appended for it. The columns do not
        // change meanwhile.
        nonisolated(unsafe) let newCodes = unsafe codes.appendUninitialized(count: added * primaryLayout.stride)
        nonisolated(unsafe) let newFactors = unsafe factors.appendUninitialized(count: 2 * added)
        nonisolated(unsafe) let newResiduals = unsafe residuals.appendUninitialized(count: added)
        nonisolated(unsafe) let newNorms = unsafe norms.appendUninitialized(count: added)
        nonisolated(unsafe) let vectors = unsafe floats.base + first * floatLayout.stride
        let (dimensions, stride) = (floatLayout.dimensions, floatLayout.stride)
        let (layout, rows) = (primaryLayout, frame.rows)
        concurrentChunks(of: added, threads: threads, chunk: 64) { _, indices in
            let centered = UnsafeMutablePointer<Float>.allocate(capacity: dimensions)
            defer { unsafe centered.deallocate() }
            for i in indices {
                let code = unsafe newCodes + i * layout.stride
                unsafe code.initialize(repeating: 128, count: layout.stride)
                let factors = unsafe rows.encode(vectors + i * stride, layout: layout, centered: centered, into: code)
                unsafe newFactors[2 * i] = factors.scale
                unsafe newFactors[2 * i + 1] = factors.offset
                unsafe newResiduals[i] = factors.residual
                unsafe newNorms[i] = factors.norm
            }
        }
    }
}
