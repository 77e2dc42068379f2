/// For each column of a panel, -1 if its entry of the largest magnitude (or the first of several) is negative, else 1.
func canonicalSigns(of panel: Panel, threads: Int) -> [Float] {
    let width = panel.columnCount
    let chunks = (panel.rowCount + panelRowsPerChunk - 1) / panelRowsPerChunk
    // One row for each chunk: the entry of the largest magnitude of every column.
    let largest = Panel(rowCount: chunks, columnCount: width)
    forEachChunk(ofRows: panel.rowCount, threads: threads) { rows in
        let chunk = rows.lowerBound / panelRowsPerChunk
        largest.rows(chunk..<chunk + 1).keepLargest(of: panel.rows(rows))
    }
    let overall = Panel(rowCount: 1, columnCount: width)
    overall.all.keepLargest(of: largest.all)
    return overall.all.values().map { $0 < 0 ? -1 : 1 }
}

extension PanelSlice {
    /// Sets the only row of this slice to the entries of the largest magnitude of another's columns.
    fileprivate func keepLargest(of source: PanelSlice) {
        precondition(rowCount == 1 && source.columnCount == columnCount, "\(source.shape) into \(shape)")
        // SAFETY: both slices have `columnCount` columns, and rows `stride` apart.
        let kept = unsafe base
        for row in 0..<source.rowCount {
            let values = unsafe source.base + row * source.stride
            for column in 0..<columnCount where unsafe values[column].magnitude > kept[column].magnitude {
                unsafe kept[column] = values[column]
            }
        }
    }

    /// Multiplies each column with a factor of its own.
    func scaleColumns(by factors: [Float]) {
        precondition(factors.count == columnCount, "\(factors.count) factors for \(columnCount) columns")
        // SAFETY: the slice holds `rowCount` rows of `columnCount` floats.
        for row in 0..<rowCount {
            let values = unsafe base + row * stride
            for column in 0..<columnCount { unsafe values[column] *= factors[column] }
        }
    }
}

extension Panel {
    /// The values as a matrix, each column multiplied with a factor of its own.
    func matrix(scalingColumnsBy factors: [Float], threads: Int) -> DenseMatrix {
        precondition(factors.count == columnCount, "\(factors.count) factors for \(columnCount) columns")
        // SAFETY: all `rowCount * columnCount` elements are initialized, each row by one worker.
        let values = unsafe [Float](unsafeUninitializedCapacity: rowCount * columnCount) { buffer, count in
            count = rowCount * columnCount
            let target = unsafe Shared(buffer)
            forEachChunk(ofRows: rowCount, threads: threads) { rows in
                for row in rows {
                    let source = unsafe address(row: row, column: 0)
                    for column in 0..<columnCount {
                        unsafe target.pointer.initializeElement(
                            at: row * columnCount + column, to: source[column] * factors[column])
                    }
                }
            }
        }
        return DenseMatrix(rowCount: rowCount, columnCount: columnCount, unchecked: values)
    }
}
