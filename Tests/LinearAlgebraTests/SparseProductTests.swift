import LinearAlgebra
import TestSupport
import Testing

@Suite("Sparse products")
struct SparseProductTests {
    @Test(arguments: awkwardSizes)
    func `sparse products equal the definition over awkward sizes`(rowCount: Int) throws {
        for columnCount in awkwardSizes {
            for width in [0, 1, 7, 33] {
                let seed = UInt64(rowCount * 10_007 + columnCount * 101 + width)
                var generator = SeededGenerator(seed: seed)
                let matrix = try CSRMatrix.random(rowCount, columnCount, density: 0.05, using: &generator)
                let right = try DenseMatrix.random(columnCount, width, using: &generator)
                let product = try matrix.multiplied(by: right)
                #expect(product.rowCount == rowCount && product.columnCount == width)
                #expect(
                    largestDifference(product.values, matrix.dense().naiveProduct(right)) < 1e-4,
                    "\(rowCount) x \(columnCount) x \(width), seed \(seed)")
                let left = try DenseMatrix.random(rowCount, width, using: &generator)
                let transposedProduct = try matrix.transposedMultiplied(by: left)
                #expect(transposedProduct.rowCount == columnCount && transposedProduct.columnCount == width)
                #expect(
                    largestDifference(transposedProduct.values, matrix.dense().transposed().naiveProduct(left)) < 1e-4,
                    "\(rowCount) x \(columnCount) x \(width), seed \(seed)")
            }
        }
    }

    @Test
    func `sparse products span several tiles, the same for any number of threads`() throws {
        var generator = SeededGenerator(seed: 5)
        let matrix = try CSRMatrix.topics(documents: 9000, words: 700, topics: 9, using: &generator)
        let right = try DenseMatrix.random(700, 20, using: &generator)
        let left = try DenseMatrix.random(9000, 20, using: &generator)
        let product = try matrix.multiplied(by: right, threads: 1)
        let transposedProduct = try matrix.transposedMultiplied(by: left, threads: 1)
        #expect(largestDifference(product.values, matrix.dense().naiveProduct(right)) < 1e-4)
        #expect(
            largestDifference(transposedProduct.values, matrix.dense().transposed().naiveProduct(left)) < 2e-3)
        for threads in [2, 3, 7] {
            #expect(try matrix.multiplied(by: right, threads: threads) == product)
            #expect(try matrix.transposedMultiplied(by: left, threads: threads) == transposedProduct)
        }
    }

    @Test
    func `sparse products take rows that lie anywhere`() throws {
        var generator = SeededGenerator(seed: 6)
        let matrix = try CSRMatrix.random(30, 20, density: 0.3, using: &generator)
        let right = try DenseMatrix.random(20, 5, using: &generator)
        let rows = right.values
        #expect(try matrix.multiplied(by: rows.span, columnCount: 5) == matrix.multiplied(by: right))
    }

    @Test
    func `sparse products refuse factors that do not fit, no threads, and overflow`() throws {
        let matrix = try CSRMatrix(
            rowCount: 1, columnCount: 2, rowPointers: [0, 2], columnIndices: [0, 1], values: [3e38, 3e38])
        let fits = try DenseMatrix(rowCount: 2, columnCount: 1, values: [1, 1])
        let one = try DenseMatrix(rowCount: 1, columnCount: 1, values: [2])
        #expect(failureCode { try matrix.multiplied(by: one) } == .shapeMismatch)
        #expect(failureCode { try matrix.transposedMultiplied(by: fits) } == .shapeMismatch)
        #expect(failureCode { try matrix.multiplied(by: fits, threads: 0) } == .invalidParameter)
        #expect(failureCode { try matrix.transposedMultiplied(by: one, threads: -1) } == .invalidParameter)
        #expect(failureCode { try matrix.multiplied(by: fits) } == .notFinite)
        #expect(failureCode { try matrix.transposedMultiplied(by: one) } == .notFinite)
    }
}
