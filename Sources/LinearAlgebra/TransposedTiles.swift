import Bisection
import CVectorKernels
import ParallelLoops

/// A sparse matrix arranged for products with its transpose.
///
/// The rows are cut into tiles. Within a tile the entries stand by column, and only the columns that occur are listed:
///
///     tile        rows 0..<2048                    rows 2048..<4096   …
///     columns     3        17       18 …           0       3 …
///     entries     (row, value)…   (row, value)…    …
///
/// The product of the transpose with a panel reads 2,048 rows of the panel for each tile, which stay in the
/// second-level cache. It sums each column in registers and touches the output once. Workers divide the columns, and
/// each column sums its tiles in ascending order. So the result does not depend on the workers.
struct TransposedTiles: Sendable {
    /// The rows of a tile. 2,048 rows of a 64-column panel are 512 KB, half of a common second-level cache. 1,024 rows
    /// were as fast, 4,096 a fifth slower (`Benchmarks/Results/2026-11-25-truncated-svd.md`).
    static let rowsPerTile = 2048

    let rowCount: Int
    let columnCount: Int
    private let tiles: [Tile]

    /// The number of entries in the columns before each.
    private let columnPointers: [Int]

    private struct Tile {
        /// The columns that occur, ascending.
        var columns: [UInt32]

        /// Where each column's entries begin and, at the next place, end.
        var starts: [Int]

        /// The row of every entry, counted within the whole matrix and ascending within a column.
        var rows: [UInt32]
        var values: [Float]
    }

    /// Arranges a matrix.
    ///
    /// - Complexity: O(*nnz* + *tiles* · *columns*) time, O(*nnz*) memory.
    init(_ matrix: CSRMatrix, threads: Int) {
        rowCount = matrix.rowCount
        columnCount = matrix.columnCount
        let tileCount = (matrix.rowCount + Self.rowsPerTile - 1) / Self.rowsPerTile
        tiles = concurrentMap(tileCount, threads: threads) { index in
            Self.tile(
                of: matrix,
                rows: index * Self.rowsPerTile..<min((index + 1) * Self.rowsPerTile, matrix.rowCount))
        }
        var pointers = [Int](repeating: 0, count: matrix.columnCount + 1)
        for tile in tiles {
            for (place, column) in tile.columns.enumerated() {
                pointers[Int(column) + 1] += tile.starts[place + 1] - tile.starts[place]
            }
        }
        for column in 0..<matrix.columnCount { pointers[column + 1] += pointers[column] }
        columnPointers = pointers
    }

    private static func tile(of matrix: CSRMatrix, rows: Range<Int>) -> Tile {
        let entries = matrix.rowPointers[rows.lowerBound]..<matrix.rowPointers[rows.upperBound]
        // Counting sort by column: count, turn the counts into places, fill.
        var next = [Int](repeating: 0, count: matrix.columnCount)
        for entry in entries { next[Int(matrix.columnIndices[entry])] += 1 }
        var columns: [UInt32] = []
        var starts: [Int] = []
        var start = 0
        for column in next.indices where next[column] > 0 {
            columns.append(UInt32(column))
            starts.append(start)
            let count = next[column]
            next[column] = start
            start += count
        }
        starts.append(start)
        var tileRows = [UInt32](repeating: 0, count: entries.count)
        var values = [Float](repeating: 0, count: entries.count)
        for row in rows {
            for entry in matrix.rowPointers[row]..<matrix.rowPointers[row + 1] {
                let column = Int(matrix.columnIndices[entry])
                tileRows[next[column]] = UInt32(row)
                values[next[column]] = matrix.values[entry]
                next[column] += 1
            }
        }
        return Tile(columns: columns, starts: starts, rows: tileRows, values: values)
    }
}

// MARK: - Multiplying

extension TransposedTiles {
    /// The shares of columns for each thread. More of them balance better, but each reads the whole panel.
    private static let sharesPerThread = 2

    /// Adds `A^T * panel` to `output` in parallel.
    @unsafe func multiply(
        _ panel: UnsafePointer<Float>, panelStride: Int, _ output: UnsafeMutablePointer<Float>, outputStride: Int,
        width: Int, threads: Int, kernel: SparseKernel = .best
    ) {
        let shares = columnShares(threads == 1 ? 1 : max(1, min(threads, columnCount)) * Self.sharesPerThread)
        let (panel, output) = unsafe (Shared(panel), Shared(output))
        concurrentChunks(of: shares.count, threads: threads) { _, indices in
            for index in indices {
                for tile in tiles {
                    unsafe multiply(
                        tile, columns: shares[index], panel.pointer, panelStride: panelStride, output.pointer,
                        outputStride: outputStride, width: width, kernel: kernel)
                }
            }
        }
    }

    @unsafe private func multiply(
        _ tile: Tile, columns: Range<Int>, _ panel: UnsafePointer<Float>, panelStride: Int,
        _ output: UnsafeMutablePointer<Float>, outputStride: Int, width: Int, kernel: SparseKernel
    ) {
        let first = tile.columns.indices.partitioningIndex { Int(tile.columns[$0]) >= columns.lowerBound }
        let last = tile.columns.indices.partitioningIndex { Int(tile.columns[$0]) >= columns.upperBound }
        // SAFETY: `starts` holds one number more than there are columns in the tile, its numbers are bounds of the
        // entries, every row is one of the panel and every column one of the output. They come from a checked matrix.
        unsafe tile.columns.withUnsafeBufferPointer { targets in
            unsafe tile.starts.withUnsafeBufferPointer { starts in
                unsafe tile.rows.withUnsafeBufferPointer { rows in
                    unsafe tile.values.withUnsafeBufferPointer { values in
                        guard let targets = targets.baseAddress, let starts = starts.baseAddress else { return }
                        let sparse = unsafe akin_sparse_rows(
                            count: last - first, targets: targets + first, starts: starts + first,
                            indices: rows.baseAddress, values: values.baseAddress)
                        unsafe kernel.gather(
                            sparse, panel: panel, panelStride: panelStride, output: output,
                            outputStride: outputStride, width: width, accumulate: true)
                    }
                }
            }
        }
    }

    /// Ranges of columns with about the same number of entries each.
    private func columnShares(_ count: Int) -> [Range<Int>] {
        let total = columnPointers[columnCount]
        var start = 0
        return (1...count).map { share in
            let bound = total * share / count
            let end =
                share == count ? columnCount : columnPointers.indices.partitioningIndex { columnPointers[$0] >= bound }
            defer { start = max(start, end) }
            return start..<max(start, end)
        }
    }
}
