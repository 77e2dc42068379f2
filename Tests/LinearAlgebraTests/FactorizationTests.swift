import LinearAlgebra
import TestSupport
import Testing

@Suite("Factorizations")
struct FactorizationTests {
    init() {
        useOneBLASThread()
    }

    @Test(arguments: [(0, 0), (0, 3), (3, 0), (1, 1), (1, 7), (7, 1), (8, 8), (13, 31), (31, 13), (207, 40)])
    func `QR: factors reproduce the matrix`(rowCount: Int, columnCount: Int) throws {
        var generator = SeededGenerator(seed: 1)
        let matrix = try DenseMatrix.random(rowCount, columnCount, using: &generator)
        let qr = try thinQR(of: matrix)
        let inner = min(rowCount, columnCount)
        #expect(qr.q.rowCount == rowCount && qr.q.columnCount == inner)
        #expect(qr.r.rowCount == inner && qr.r.columnCount == columnCount)
        #expect(largestDifference(matrix.values, qr.q.naiveProduct(qr.r)) < 1e-5)
        #expect(qr.q.distanceFromOrthonormal < 1e-6)
        for row in 0..<inner {
            #expect(qr.r[row, row] >= 0)
            for column in 0..<row { #expect(qr.r[row, column] == 0) }
        }
    }

    @Test
    func `QR: dependent columns leave Q orthonormal`() throws {
        let matrix = try DenseMatrix(rowCount: 3, columnCount: 2, values: [1, 2, 1, 2, 1, 2])
        let qr = try thinQR(of: matrix)
        #expect(qr.q.distanceFromOrthonormal < 1e-6)
        #expect(abs(qr.r[1, 1]) < 1e-6)
    }

    @Test(arguments: [(1, 1), (1, 7), (7, 1), (13, 31), (31, 13), (60, 60)])
    func `SVD: finds a known spectrum`(rowCount: Int, columnCount: Int) throws {
        var generator = SeededGenerator(seed: 2)
        let spectrum = (0..<min(rowCount, columnCount)).map { 10 / Double($0 + 1) }
        let matrix = try DenseMatrix.withSpectrum(
            spectrum, rowCount: rowCount, columnCount: columnCount, using: &generator)
        let svd = try singularValueDecomposition(of: matrix)
        #expect(largestDifference(svd.singularValues, spectrum) < 1e-5)
        #expect(svd.leftVectors.distanceFromOrthonormal < 1e-5)
        #expect(svd.rightVectors.distanceFromOrthonormal < 1e-5)
        let scaled = try svd.leftVectors.scalingColumns(by: svd.singularValues)
        #expect(largestDifference(matrix.values, scaled.naiveProduct(svd.rightVectors.transposed())) < 1e-4)
    }

    @Test
    func `SVD: signs follow the largest entry, the first of equals`() throws {
        let matrix = try DenseMatrix(rowCount: 2, columnCount: 2, values: [-1, 1, -2, -2])
        let svd = try singularValueDecomposition(of: matrix)
        let r = Float(0.5).squareRoot()
        #expect(largestDifference(svd.singularValues, [8, 2].map { $0.squareRoot() }) < 1e-6)
        #expect(abs(svd.rightVectors[0, 0] - r) < 1e-6 && abs(svd.rightVectors[1, 0] - r) < 1e-6)
        #expect(svd.rightVectors.values.max() ?? 0 > 0.7)
        for column in 0..<2 {
            let entries = [svd.rightVectors[0, column], svd.rightVectors[1, column]]
            let largest = entries.max { $0.magnitude < $1.magnitude }
            #expect(largest ?? 0 > 0)
        }
    }

    @Test(arguments: [(0, 0), (0, 4), (4, 0)])
    func `SVD: an empty matrix has no singular values`(rowCount: Int, columnCount: Int) throws {
        let svd = try singularValueDecomposition(of: DenseMatrix(rowCount: rowCount, columnCount: columnCount))
        #expect(svd.singularValues.isEmpty)
        #expect(svd.leftVectors.rowCount == rowCount && svd.rightVectors.rowCount == columnCount)
    }
}
