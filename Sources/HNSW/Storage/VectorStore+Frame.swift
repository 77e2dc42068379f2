import ParallelLoops
import VectorKernels

/// What a change means for the frame of a store.
enum FrameUpdate {
    /// All rows are coded in the frame, if the store has codes.
    case fits

    /// The same, and walks compare floats now where they compared codes before. A graph must be built again.
    case gaveUpCodes

    /// The new rows have no codes. The store is whole again when a new frame is made.
    case isOutgrown
}

extension VectorStore {
    /// Codes the rows from `first` to the last. If the components do not fit the frame or, when `renewing`, if it is
    /// outgrown, it leaves the rows without codes, and the caller must make a new frame.
    ///
    /// Components that do not fit need a new frame at once, also in a call that adds one vector: products in the old
    /// unit would leave the range of floats. Each such frame has room for 2⁴⁰ times the largest component, and the
    /// components of vectors that are accepted differ by less than 2²¹¹. So that happens at most five times between two
    /// compactions.
    mutating func updateFrame(from first: Int, largest: Float, renewing: Bool, threads: Int) -> FrameUpdate {
        measureLargest(of: first, threads: threads)
        frame.largest = max(frame.largest, largest)
        let hasUnit = frame.madeOf > 0 || frame.rows.unit == RowFrame.unit(for: frame.largest)
        let fits = hasUnit && frame.rows.fits(frame.largest)
        guard elements.isCoded else {
            if !fits { frame.rows = RowFrame(comparison: metric.comparison, largestMagnitude: frame.largest) }
            return .fits
        }
        if fits, !renewing || !isFrameOutgrown {
            encode(first..<count, of: nil, threads: threads)
            frame.strays += (first..<count).count { coded.residuals[$0] > frame.residualLimit }
            guard frame.comparesCodes, frame.hasManyStrays(among: count) else { return .fits }
            frame.comparesCodes = false
            return .gaveUpCodes
        }
        return .isOutgrown
    }

    /// Takes over the magnitude of the largest component of the rows. Floats are compared in the finest unit from then
    /// on; for codes a new frame is due if they need a finer one.
    mutating func setLargest(_ measured: Float) {
        frame.setLargest(measured)
        if !elements.isCoded { frame.rows = RowFrame(comparison: metric.comparison, largestMagnitude: measured) }
    }

    /// Whether a new frame is due. Without vectors there is nothing to make one of. A file that somebody made up may
    /// count vectors and have no rows.
    var isFrameOutgrown: Bool {
        guard count > 0, liveCount > 0 else { return false }
        return elements.exact == .codes ? frame.isOutgrown(byCodesAlone: count) : frame.isOutgrown(by: count)
    }

    /// The rows that a center is made of.
    func centerSample() -> [NodeID] {
        sampledRows(max(64, min(1_024, Self.sampledComponents / dimensions)))
    }

    /// The frame of all rows around a center.
    ///
    /// The center of codes without floats is made of decoded rows, whose components may be a little larger than those
    /// that were added.
    func newFrame(center: [Float]) -> StoreFrame {
        let largest = max(frame.largest, StoreFrame.magnitude(center))
        let rows = RowFrame(comparison: metric.comparison, largestMagnitude: largest, center: center)
        return StoreFrame(rows: rows, largest: largest)
    }

    /// Takes the codes of another store and its frame, in which they agree with floats as measured. Returns whether
    /// walks compare floats now where they compared codes before.
    mutating func replaceCodes(by new: VectorStore, sample: [NodeID], agreement: Double?) -> Bool {
        let old = frame
        coded = new.coded
        if elements.exact == .codes { floats = Column() }
        frame = new.frame
        frame.largest = max(old.largest, new.frame.largest)
        frame.madeOf = count
        guard liveCount >= StoreFrame.fewestCoded else { return old.comparesCodes }
        let typical = sample.map { coded.residuals[$0.index] }.sorted()
        // Codes alone shall tell a part of the vectors that lies elsewhere, also if it was there when they were made.
        frame.residualLimit =
            elements.exact == .codes ? 4 * typical[typical.count / 2] : 2 * typical[typical.count * 99 / 100]
        guard let agreement else { return old.comparesCodes }
        frame.agreement = agreement
        let wasGivenUp = old.agreement != nil && !old.comparesCodes
        frame.comparesCodes = agreement >= (wasGivenUp ? StoreFrame.renewedAgreement : StoreFrame.enoughAgreement)
        return old.comparesCodes && !frame.comparesCodes
    }

    /// Measures the magnitude of the largest component of the first rows, if the store comes from a file that does not
    /// hold it.
    mutating func measureLargest(of rows: Int, threads: Int) {
        guard !frame.knowsLargest else { return }
        frame.largest = max(frame.largest, largestMagnitude(of: rows, threads: threads))
        frame.knowsLargest = true
    }

    /// The smallest raw distance above 0 as a distance of the metric between rows.
    var distanceResolution: Float {
        let unit = Double(frame.rows.unit)
        return max(.leastNonzeroMagnitude, Float(Double(Float.leastNonzeroMagnitude) / (unit * unit)))
    }

    /// The magnitude of the largest component of the first rows.
    func largestMagnitude(of rows: Int, threads: Int) -> Float {
        // SAFETY: the store does not change meanwhile.
        nonisolated(unsafe) let reader = unsafe reader(coded: coded.count)
        let parts = concurrentFlatMap(rows, threads: threads, chunk: 256) { indices in
            unsafe [reader.largestMagnitude(of: indices.lazy.map(NodeID.init(_:)))]
        }
        return parts.reduce(0, max)
    }

    /// The magnitude of the largest component of some rows.
    func largestMagnitude(of rows: ArraySlice<NodeID>) -> Float {
        // SAFETY: the store does not change meanwhile.
        unsafe reader(coded: coded.count).largestMagnitude(of: rows)
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

    /// The median of each component; 0 without rows. A part of the vectors that lies elsewhere does not move it, as it
    /// would the mean.
    func median(of rows: [NodeID], components: Range<Int>) -> [Float] {
        guard !rows.isEmpty else { return components.map { _ in 0 } }
        let vectors = rows.map(vector)
        var column = [Float](repeating: 0, count: rows.count)
        return components.map { i in
            for row in vectors.indices { column[row] = vectors[row][i] }
            column.sort()
            return column[column.count / 2]
        }
    }

    /// Writes the codes of rows of another store, or of this one, behind the others.
    mutating func encode(_ added: Range<Int>, of source: VectorStore?, threads: Int) {
        let (first, added, codedBefore) = (added.lowerBound, added.count, coded.count)
        // SAFETY: one worker writes each new row, inside the elements that were appended for it. The columns do not
        // change meanwhile.
        nonisolated(unsafe) let newCodes = unsafe coded.codes.appendUninitialized(count: added * primaryLayout.stride)
        nonisolated(unsafe) let newFactors = unsafe coded.factors.appendUninitialized(count: 2 * added)
        nonisolated(unsafe) let newResiduals = unsafe coded.residuals.appendUninitialized(count: added)
        nonisolated(unsafe) let newNorms = unsafe coded.norms.appendUninitialized(count: added)
        nonisolated(unsafe) let reader =
            unsafe source?.reader(coded: source?.coded.count ?? 0) ?? reader(coded: codedBefore)
        let dimensions = dimensions
        let (layout, rows) = (primaryLayout, frame.rows)
        concurrentChunks(of: added, threads: threads, chunk: 64) { _, indices in
            let vector = UnsafeMutablePointer<Float>.allocate(capacity: 2 * dimensions)
            defer { unsafe vector.deallocate() }
            for i in indices {
                let code = unsafe newCodes + i * layout.stride
                unsafe code.initialize(repeating: 128, count: layout.stride)
                unsafe reader.read(first + i, into: vector)
                let factors = unsafe rows.encode(vector, layout: layout, centered: vector + dimensions, into: code)
                unsafe newFactors[2 * i] = factors.scale
                unsafe newFactors[2 * i + 1] = factors.offset
                unsafe newResiduals[i] = factors.residual
                unsafe newNorms[i] = factors.norm
            }
        }
    }
}
