import VectorKernels

extension VectorStore {
    /// The rows without a tombstone, counted.
    func countLive() -> Int {
        var buried = 0
        for word in 0..<tombstones.count {
            let last = word == tombstones.count - 1 && count & 63 != 0
            buried += (last ? tombstones[word] & (1 << UInt64(count & 63) - 1) : tombstones[word]).nonzeroBitCount
        }
        return count - buried
    }

    /// What is wrong with the store, the first that was found, or `nil`.
    func violation() -> String? {
        let coded = elements == .int8 ? count : 0
        let lengths = [
            ("floats", floats.count, elements == .float16 ? 0 : count * floatLayout.stride),
            ("halves", halves.count, elements == .float16 ? count * primaryLayout.stride : 0),
            ("codes", codes.count, coded * primaryLayout.stride), ("scales", scales.count, coded),
            ("residuals", residuals.count, coded), ("norms", norms.count, coded),
            ("tombstones", tombstones.count, (count + 63) / 64),
        ]
        for (name, found, expected) in lengths where found != expected {
            return "\(found) elements of \(name) instead of \(expected)"
        }
        guard liveCount == countLive() else { return "\(liveCount) rows are said to live, and \(countLive()) do" }
        for row in 0..<count where isLive(row) {
            guard self.row(of: keys[row]) == row else { return "key \(keys[row]) does not lead to row \(row)" }
            if elements == .int8, let violation = codeViolation(row) { return violation }
        }
        return nil
    }

    private func codeViolation(_ row: Int) -> String? {
        let quantized = QuantizedVector(vector(row).span)
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
