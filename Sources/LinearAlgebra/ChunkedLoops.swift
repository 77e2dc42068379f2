import ParallelLoops

/// The number of rows of a dense panel that one worker takes at once.
///
/// The chunks are the same for any number of threads. Sums over all rows are formed chunk by chunk and added in
/// ascending order, so results do not depend on the threads. 2,048 rows of 64 columns are 512 KB, half of a common
/// second-level cache.
let panelRowsPerChunk = 2048

/// Calls `body` for each chunk of the rows of a panel, in parallel.
func forEachChunk(ofRows rowCount: Int, threads: Int, _ body: @Sendable (Range<Int>) -> Void) {
    concurrentChunks(of: rowCount, threads: threads, chunk: panelRowsPerChunk) { _, rows in body(rows) }
}

/// Sums a small matrix over the chunks of the rows of a panel.
///
/// - Parameters:
///   - rowCount: The number of rows of the panel.
///   - height: The number of rows of the sum.
///   - width: The number of columns of the sum.
///   - threads: The number of threads.
///   - body: Writes the whole contribution of a range of rows to the slice.
/// - Returns: The sum, row after row.
func sumOverChunks(
    ofRows rowCount: Int, height: Int, width: Int, threads: Int,
    _ body: @Sendable (_ rows: Range<Int>, _ partial: PanelSlice) -> Void
) -> [Double] {
    let chunks = (rowCount + panelRowsPerChunk - 1) / panelRowsPerChunk
    let partials = Panel(rowCount: chunks * height, columnCount: width)
    forEachChunk(ofRows: rowCount, threads: threads) { rows in
        let chunk = rows.lowerBound / panelRowsPerChunk
        body(rows, partials.rows(chunk * height..<(chunk + 1) * height))
    }
    var sum = [Double](repeating: 0, count: height * width)
    for chunk in 0..<chunks {
        partials.rows(chunk * height..<(chunk + 1) * height).add(to: &sum)
    }
    return sum
}

/// The Gram matrix of a panel's columns: all their inner products.
func gram(of panel: Panel, threads: Int) -> SquareBlock {
    let size = panel.columnCount
    let sums = sumOverChunks(ofRows: panel.rowCount, height: size, width: size, threads: threads) { rows, partial in
        multiply(transposed: panel.rows(rows), panel.rows(rows), into: partial)
    }
    return SquareBlock(size: size, values: sums)
}
