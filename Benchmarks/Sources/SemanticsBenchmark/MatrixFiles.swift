import BenchmarkVectors
import Foundation
import LinearAlgebra

/// A sparse matrix as three files of little-endian numbers, which NumPy reads directly.
struct MatrixFiles {
    let folder: URL

    func write(_ matrix: CSRMatrix) throws {
        try Data(elements: matrix.rowPointers.map(Int64.init)).write(to: folder.appending(path: "row-pointers"))
        try Data(elements: matrix.columnIndices).write(to: folder.appending(path: "column-indices"))
        try Data(elements: matrix.values).write(to: folder.appending(path: "values"))
    }

    func read(rowCount: Int, columnCount: Int) throws -> CSRMatrix {
        try CSRMatrix(
            rowCount: rowCount, columnCount: columnCount,
            rowPointers: elements("row-pointers", Int64.self).map(Int.init),
            columnIndices: elements("column-indices", UInt32.self), values: elements("values", Float.self)
        )
    }

    private func elements<Element: BitwiseCopyable & ExpressibleByIntegerLiteral>(
        _ name: String, _ type: Element.Type
    ) throws -> [Element] {
        try Data(contentsOf: folder.appending(path: name), options: .alwaysMapped).elements(type)
    }
}
