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
        let coded = elements.isCoded ? count : 0
        let (floatRows, halfRows) =
            switch elements.exact {
            case .floats: (count, 0)
            case .halves: (0, count)
            case .codes: (0, 0)
            }
        let lengths = [
            ("floats", floats.count, floatRows * floatLayout.stride),
            ("halves", halves.count, halfRows * primaryLayout.stride),
            ("codes", codes.count, coded * primaryLayout.stride), ("scales", scales.count, coded),
            ("residuals", residuals.count, coded), ("norms", norms.count, coded),
            ("tombstones", tombstones.count, (count + 63) / 64),
        ]
        for (name, found, expected) in lengths where found != expected {
            return "\(found) elements of \(name) instead of \(expected)"
        }
        guard liveCount == countLive() else { return "the store counts \(liveCount) live rows and has \(countLive())" }
        for row in 0..<count where isLive(NodeID(row)) {
            guard self.row(of: keys[row])?.index == row else { return "key \(keys[row]) does not lead to row \(row)" }
            if elements.isCoded, let violation = codeViolation(row) { return violation }
        }
        return nil
    }

    private func codeViolation(_ row: Int) -> String? {
        let quantized = QuantizedVector(vector(NodeID(row)).span)
        guard scales[row] == quantized.scale, residuals[row] == quantized.residual else {
            return "the scale or residual of row \(row) is not that of its vector"
        }
        for i in 0..<primaryLayout.length {
            let expected = i < dimensions ? quantized.codes[i] : 128
            guard codes[row * primaryLayout.stride + i] == expected else {
                return "code \(i) of row \(row) is not that of its vector"
            }
        }
        return nil
    }
}
