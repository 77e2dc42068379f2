import VectorKernels

extension VectorStore {
    /// Counts the rows without a tombstone.
    func countLive() -> Int {
        var deleted = 0
        for word in 0..<tombstones.count {
            let last = word == tombstones.count - 1 && count & 63 != 0
            deleted += (last ? tombstones[word] & (1 << UInt64(count & 63) - 1) : tombstones[word]).nonzeroBitCount
        }
        return count - deleted
    }

    /// The first violation of an invariant, or `nil`.
    func violation() -> String? {
        let (floatRows, halfRows) =
            switch elements.exact {
            case .floats: (count, 0)
            case .halves: (0, count)
            case .codes: (0, 0)
            }
        let lengths = [
            ("floats", floats.count, floatRows * floatLayout.stride),
            ("halves", halves.count, halfRows * primaryLayout.stride),
            ("tombstones", tombstones.count, (count + 63) / 64),
        ]
        for (name, found, expected) in lengths + coded.lengths(of: elements.isCoded ? count : 0)
        where found != expected {
            return "\(found) elements of \(name) instead of \(expected)"
        }
        let saved = FrameSection(decoding: FrameSection(frame).encoded, dimensions: dimensions, metric: metric)
        guard saved != nil else { return "the frame cannot be read when it is saved: \(frame)" }
        guard !frame.knowsLargest || frame.largest >= largestMagnitude(of: count, threads: 1) * 0.98 else {
            return "a component is larger than the \(frame.largest) of the frame"
        }
        guard liveCount == countLive() else { return "the store counts \(liveCount) live rows and has \(countLive())" }
        for row in 0..<count where isLive(NodeID(row)) {
            guard self.row(of: keys[row])?.index == row else { return "key \(keys[row]) does not lead to row \(row)" }
            if elements.hasFloatsBesideCodes, let violation = codeViolation(row) { return violation }
        }
        return nil
    }

    private func codeViolation(_ row: Int) -> String? {
        var expected = [UInt8](repeating: 128, count: primaryLayout.stride)
        let vector = vector(NodeID(row))
        let centered = UnsafeMutablePointer<Float>.allocate(capacity: dimensions)
        defer { unsafe centered.deallocate() }
        // SAFETY: all three have room for a row.
        let factors = unsafe vector.withUnsafeBufferPointer { vector in
            unsafe expected.withUnsafeMutableBufferPointer { codes -> CodeFactors? in
                guard let vector = vector.baseAddress, let codes = codes.baseAddress else { return nil }
                return unsafe frame.rows.encode(vector, layout: primaryLayout, centered: centered, into: codes)
            }
        }
        guard let factors, coded.factors[2 * row] == factors.scale,
            abs(coded.factors[2 * row + 1] - factors.offset) <= 1e-6 * abs(factors.offset),
            coded.residuals[row] == factors.residual, coded.norms[row] == factors.norm
        else { return "the factors of row \(row) are not those of its vector" }
        for i in 0..<primaryLayout.length where coded.codes[row * primaryLayout.stride + i] != expected[i] {
            return "code \(i) of row \(row) is not that of its vector"
        }
        return nil
    }
}
