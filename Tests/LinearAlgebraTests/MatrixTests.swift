import LinearAlgebra
import TestSupport
import Testing

@Suite("Matrices")
struct MatrixTests {
    @Test
    func `dense: read row after row`() throws {
        let matrix = try DenseMatrix(rowCount: 2, columnCount: 3, values: [1, 2, 3, 4, 5, 6])
        #expect(matrix[1, 0] == 4)
        #expect(Array(matrix.row(1)) == [4, 5, 6])
        #expect(matrix.transposed().values == [1, 4, 2, 5, 3, 6])
    }

    @Test
    func `dense: refuse a wrong number of values, NaN and infinity`() {
        #expect(failureCode { try DenseMatrix(rowCount: 2, columnCount: 2, values: [1, 2, 3]) } == .shapeMismatch)
        #expect(failureCode { try DenseMatrix(rowCount: -1, columnCount: -1, values: [1]) } == .shapeMismatch)
        #expect(failureCode { try DenseMatrix(rowCount: .max, columnCount: .max, values: [1]) } == .shapeMismatch)
        #expect(failureCode { try DenseMatrix(rowCount: 1, columnCount: 2, values: [1, .nan]) } == .notFinite)
        #expect(failureCode { try DenseMatrix(rowCount: 1, columnCount: 2, values: [-.infinity, 1]) } == .notFinite)
        #expect(failureCode { try DenseMatrix(rowCount: 0, columnCount: 5, values: []) } == nil)
    }

    @Test
    func `dense: an error names the place`() {
        let error = #expect(throws: LinearAlgebraError.self) {
            try DenseMatrix(rowCount: 2, columnCount: 2, values: [1, 2, 3, .nan])
        }
        #expect(error?.description.contains("row 1, column 1") == true)
    }

    @Test
    func `dense: rows are normalised and zeros kept, without overflow`() throws {
        var matrix = try DenseMatrix(rowCount: 4, columnCount: 2, values: [3, 4, 0, 0, 3e30, 4e30, 3e-30, 4e-30])
        matrix.normalizeRows()
        for (value, expected) in zip(matrix.values, [0.6, 0.8, 0, 0, 0.6, 0.8, 0.6, 0.8] as [Float]) {
            #expect(abs(value - expected) < 1e-6)
        }
    }

    @Test
    func `dense: the product is that of the definition`() throws {
        var generator = SeededGenerator(seed: 61)
        for (rows, inner, columns) in [(0, 3, 2), (3, 0, 2), (1, 1, 1), (7, 13, 5), (2_100, 33, 70)] {
            let left = try DenseMatrix.random(rows, inner, using: &generator)
            let right = try DenseMatrix.random(inner, columns, using: &generator)
            let product = try left.multiplied(by: right, threads: 2)
            #expect(product.rowCount == rows && product.columnCount == columns)
            for (value, expected) in zip(product.values, left.naiveProduct(right)) {
                #expect(abs(Double(value) - expected) < 1e-4)
            }
            #expect(
                failureCode { try right.multiplied(by: DenseMatrix(rowCount: columns + 1, columnCount: 1)) }
                    == .shapeMismatch)
        }
    }

    @Test
    func `sparse: empty columns can be left out`() throws {
        let matrix = try CSRMatrix(
            rowCount: 3, columnCount: 6, rowPointers: [0, 2, 2, 3], columnIndices: [1, 4, 4], values: [1, 2, 3])
        let (compact, columns) = matrix.withoutEmptyColumns()
        #expect(columns == [1, 4])
        #expect(compact.dense().values == [1, 2, 0, 0, 0, 3])
        #expect(CSRMatrix(DenseMatrix(rowCount: 2, columnCount: 2)).withoutEmptyColumns().matrix.columnCount == 0)
    }

    @Test
    func `sparse: refuse what is out of order or out of bounds`() {
        func make(_ pointers: [Int], _ columns: [UInt32], _ values: [Float]) -> LinearAlgebraError.Code? {
            failureCode {
                try CSRMatrix(
                    rowCount: 2, columnCount: 3, rowPointers: pointers, columnIndices: columns, values: values)
            }
        }
        #expect(make([0, 1, 2], [0, 2], [1, 2]) == nil)
        #expect(make([0, 1], [0], [1]) == .shapeMismatch)
        #expect(make([], [], []) == .shapeMismatch)
        #expect(make([0, 1, 2], [0], [1, 2]) == .shapeMismatch)
        #expect(make([1, 1, 2], [0, 2], [1, 2]) == .invalidStructure)
        #expect(make([0, 1, 1], [0, 2], [1, 2]) == .invalidStructure)
        #expect(make([0, 3, 2], [0, 2], [1, 2]) == .invalidStructure)
        #expect(make([0, -1, 2], [0, 2], [1, 2]) == .invalidStructure)
        #expect(make([0, 2, 2], [2, 0], [1, 2]) == .invalidStructure)
        #expect(make([0, 2, 2], [1, 1], [1, 2]) == .invalidStructure)
        #expect(make([0, 1, 2], [0, 3], [1, 2]) == .invalidStructure)
        #expect(make([0, 1, 2], [0, 2], [1, .nan]) == .notFinite)
        #expect(make([0, 1, 2], [0, 2], [.infinity, 1]) == .notFinite)
    }

    @Test
    func `sparse: an error names the row`() {
        let error = #expect(throws: LinearAlgebraError.self) {
            try CSRMatrix(
                rowCount: 3, columnCount: 3, rowPointers: [0, 1, 1, 2], columnIndices: [0, 1], values: [1, .nan])
        }
        #expect(error?.description.contains("row 2, column 1") == true)
    }

    @Test
    func `sparse: convert to dense, back and to the transpose`() throws {
        for seed in 0..<20 as Range<UInt64> {
            var generator = SeededGenerator(seed: seed)
            let rows = Int.random(in: 0...40, using: &generator)
            let columns = Int.random(in: 0...40, using: &generator)
            let matrix = try CSRMatrix.random(rows, columns, density: 0.2, using: &generator)
            let dense = matrix.dense()
            #expect(CSRMatrix(dense) == matrix, "seed \(seed)")
            #expect(matrix.transposed().dense() == dense.transposed(), "seed \(seed)")
            #expect(matrix.transposed().transposed() == matrix, "seed \(seed)")
        }
    }
}
