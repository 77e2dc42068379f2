/// Fills a panel with random numbers of mean 0 and variance 1.
///
/// They are uniform between -√3 and √3. Being drawn from a continuous distribution, the columns of a panel are
/// independent with certainty, up to rounding; being bounded, they satisfy the bounds of the randomized range finder up
/// to constants, as Gaussian ones do; and they cost two operations instead of a logarithm and a cosine.
///
/// Every row depends on the seed, the stream and its number alone, not on the threads.
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

/// The generator of Steele, Lea & Flood, "Fast splittable pseudorandom number generators", 2014.
private struct SplitMix64 {
    private var state: UInt64

    init(seed: UInt64, stream: UInt64, row: UInt64) {
        state = seed
        state = next() ^ stream
        state = next() ^ row
        state = next()
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// A number between -√3 and √3.
    mutating func nextUniform() -> Float {
        let unit = Float(next() >> 40) * 0x1p-24  // 24 bits, 0 ..< 1
        return (unit * 2 - 1) * Float(3).squareRoot()
    }
}
