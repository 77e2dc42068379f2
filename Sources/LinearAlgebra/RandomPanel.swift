import SeededRandom

/// Fills a panel with random numbers of mean 0 and variance 1.
///
/// They are uniform between -√3 and √3. The distribution is continuous, so the columns of a panel are independent up to
/// rounding. It is bounded, so they satisfy the bounds of the randomized range finder up to constants, as Gaussian
/// numbers do. And they cost two operations, where Gaussian numbers cost a logarithm and a cosine.
///
/// A row depends only on the seed, the stream and its number.
func fillWithRandomNumbers(_ slice: PanelSlice, seed: UInt64, stream: UInt64, threads: Int) {
    forEachChunk(ofRows: slice.rowCount, threads: threads) { rows in
        var values: [Float] = []
        values.reserveCapacity(rows.count * slice.columnCount)
        for row in rows {
            var generator = SplitMix64(seed: seed, stream: stream, row: UInt64(row))
            for _ in 0..<slice.columnCount { values.append(generator.nextUniform()) }
        }
        slice.rows(rows).set(values)
    }
}

extension SplitMix64 {
    /// The generator of one row of a stream of a seed.
    fileprivate init(seed: UInt64, stream: UInt64, row: UInt64) {
        var generator = SplitMix64(seed: seed)
        generator = SplitMix64(seed: generator.next() ^ stream)
        generator = SplitMix64(seed: generator.next() ^ row)
        self.init(seed: generator.next())
    }

    /// Returns a number between -√3 and √3.
    fileprivate mutating func nextUniform() -> Float {
        let unit = Float(next() >> 40) * 0x1p-24  // 24 bits, 0 ..< 1
        return (unit * 2 - 1) * Float(3).squareRoot()
    }
}
