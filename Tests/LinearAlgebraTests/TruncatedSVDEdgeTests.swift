import LinearAlgebra
import TestSupport
import Testing

@Suite("Truncated SVD at its edges")
struct TruncatedSVDEdgeTests {
    init() {
        useOneBLASThread()
    }

    @Test(arguments: [(0, 0), (0, 5), (5, 0), (1, 1), (3, 4), (300, 400)])
    func `a matrix of zeros has a truncated SVD of rank 0`(rowCount: Int, columnCount: Int) throws {
        let matrix = CSRMatrix(DenseMatrix(rowCount: rowCount, columnCount: columnCount))
        let svd = try truncatedSVD(of: matrix, rank: 10, includesLeftVectors: true)
        #expect(svd.rank == 0)
        #expect(svd.rightVectors.rowCount == columnCount && svd.rightVectors.columnCount == 0)
        #expect(svd.leftVectors?.rowCount == rowCount && svd.leftVectors?.columnCount == 0)
    }

    @Test
    func `a truncated SVD of rank 0 has no vectors`() throws {
        let svd = try truncatedSVD(of: identity(3), rank: 0)
        #expect(svd.rank == 0 && svd.leftVectors == nil)
    }

    @Test
    func `a matrix of one element, one row or one column is decomposed`() throws {
        let one = try CSRMatrix(DenseMatrix(rowCount: 1, columnCount: 1, values: [-3]))
        let svd = try truncatedSVD(of: one, rank: 5, includesLeftVectors: true)
        #expect(svd.singularValues == [3] && svd.rightVectors.values == [1] && svd.leftVectors?.values == [-1])

        let row = try CSRMatrix(DenseMatrix(rowCount: 1, columnCount: 3, values: [0, -3, 4]))
        for (matrix, vector) in [(row, [0, -0.6, 0.8]), (row.transposed(), [1])] {
            let svd = try truncatedSVD(of: matrix, rank: 5)
            #expect(svd.rank == 1)
            #expect(abs(svd.singularValues[0] - 5) < 1e-5)
            #expect(largestDifference(svd.rightVectors.values, vector) < 1e-6)
        }
    }

    @Test(arguments: [20, 127, 300, 900])
    func `an identity has equal singular values, as many as asked for`(size: Int) throws {
        let svd = try truncatedSVD(of: identity(size), rank: 20)
        #expect(largestDifference(svd.singularValues, Array(repeating: 1, count: 20)) < 1e-5)
        #expect(svd.rightVectors.distanceFromOrthonormal < 1e-5)
    }

    @Test
    func `a diagonal gives its largest entries`() throws {
        let values = (0..<700).map { Float(($0 * 37) % 700 + 1) }
        let matrix = try CSRMatrix(
            rowCount: 700, columnCount: 700, rowPointers: Array(0...700), columnIndices: (0..<700).map { UInt32($0) },
            values: values)
        let svd = try truncatedSVD(of: matrix, rank: 10, oversampling: 300)
        for place in 0..<5 { #expect(abs(svd.singularValues[place] / Float(700 - place) - 1) < 1e-3) }
        let first = try #require(values.firstIndex(of: 700))
        #expect(svd.rightVectors[first, 0] > 0.9)
    }

    @Test(arguments: [1, 3, 30, 70])
    func `a rank-deficient matrix has no more singular values than its rank`(trueRank: Int) throws {
        for (rows, columns) in [(100, 90), (2000, 400), (400, 2000), (700, 650)] {
            var generator = SeededGenerator(seed: 9)
            let spectrum = (0..<trueRank).map { 5 + Double($0) }.reversed() as [Double]
            let dense = try DenseMatrix.withSpectrum(
                spectrum, rowCount: rows, columnCount: columns, using: &generator)
            let svd = try truncatedSVD(of: CSRMatrix(dense), rank: 80, includesLeftVectors: true)
            #expect(svd.rank == trueRank, "\(rows) x \(columns)")
            #expect(largestDifference(svd.singularValues, spectrum) < 1e-3, "\(rows) x \(columns)")
            #expect(svd.rightVectors.distanceFromOrthonormal < 1e-4)
            #expect(try #require(svd.leftVectors).distanceFromOrthonormal < 1e-4)
        }
    }

    @Test
    func `a matrix with duplicate and empty rows and columns is decomposed`() throws {
        var generator = SeededGenerator(seed: 10)
        let base = try CSRMatrix.topics(documents: 40, words: 600, topics: 4, using: &generator)
        // 1,200 rows: 30 copies of each of 40, every third row empty; words beyond 600 never occur.
        var pointers = [0]
        var indices: [UInt32] = []
        var values: [Float] = []
        for row in 0..<1200 {
            if row % 3 != 0 {
                let entries = base.rowPointers[row % 40]..<base.rowPointers[row % 40 + 1]
                indices += base.columnIndices[entries]
                values += base.values[entries]
            }
            pointers.append(indices.count)
        }
        let matrix = try CSRMatrix(
            rowCount: 1200, columnCount: 700, rowPointers: pointers, columnIndices: indices, values: values)
        let svd = try truncatedSVD(of: matrix, rank: 60)
        let exact = try singularValueDecomposition(of: matrix.dense())
        #expect(svd.rank == 40)
        for place in 0..<40 {
            #expect(abs(svd.singularValues[place] / exact.singularValues[place] - 1) < 1e-3, "value \(place)")
        }
        for row in 600..<700 { #expect(svd.rightVectors.row(row).allSatisfy { $0.magnitude < 1e-5 }) }
    }

    @Test(arguments: [(6, 2000), (2000, 6), (50, 3000), (3000, 50)])
    func `the rank of a truncated SVD is capped by the shorter side`(rowCount: Int, columnCount: Int) throws {
        var generator = SeededGenerator(seed: 11)
        let matrix = try CSRMatrix.random(rowCount, columnCount, density: 0.1, using: &generator)
        let svd = try truncatedSVD(of: matrix, rank: 300)
        #expect(svd.rank == min(rowCount, columnCount))
        let squares = svd.singularValues.reduce(0) { $0 + Double($1) * Double($1) }
        #expect(abs(squares.squareRoot() / matrix.frobeniusNorm - 1) < 1e-5)
    }

    @Test(arguments: [-100, -60, 60, 100])
    func `values near the ends of Float are decomposed`(exponent: Int) throws {
        var generator = SeededGenerator(seed: 12)
        let plain = try CSRMatrix.topics(documents: 1000, words: 500, topics: 10, using: &generator)
        let factor = Float(sign: .plus, exponent: exponent, significand: 1)
        let scaled = try CSRMatrix(
            rowCount: 1000, columnCount: 500, rowPointers: plain.rowPointers, columnIndices: plain.columnIndices,
            values: plain.values.map { $0 * factor })
        let expected = try truncatedSVD(of: plain, rank: 30)
        let svd = try truncatedSVD(of: scaled, rank: 30)
        #expect(svd.rank == 30)
        for place in 0..<30 {
            #expect(abs(svd.singularValues[place] / factor / expected.singularValues[place] - 1) < 1e-4)
        }
    }

    @Test
    func `singular values beyond Float are refused`() throws {
        let matrix = try CSRMatrix(
            DenseMatrix(rowCount: 300, columnCount: 300, values: Array(repeating: 3e38, count: 90_000)))
        let error = #expect(throws: LinearAlgebraError.self) { try truncatedSVD(of: matrix, rank: 2) }
        #expect(error?.code == .notFinite)
    }

    @Test
    func `a rank, oversampling and iterations beyond the matrix give its whole SVD`() throws {
        var generator = SeededGenerator(seed: 13)
        let matrix = try CSRMatrix.topics(documents: 400, words: 300, topics: 10, using: &generator)
        let exact = try singularValueDecomposition(of: matrix.dense())
        let svd = try truncatedSVD(of: matrix, rank: .max, oversampling: .max, threads: .max)
        #expect(svd.rank <= 300)
        #expect(largestDifference(svd.singularValues, exact.singularValues[..<svd.rank].map { Double($0) }) < 1e-4)
        #expect(
            try truncatedSVD(of: CSRMatrix(DenseMatrix(rowCount: 5, columnCount: 0)), rank: 1, threads: 9).rank == 0)
    }

    @Test
    func `negative parameters and zero threads are refused`() throws {
        let matrix = try identity(4)
        for call in [
            { try truncatedSVD(of: matrix, rank: -1) },
            { try truncatedSVD(of: matrix, rank: 1, oversampling: -1) },
            { try truncatedSVD(of: matrix, rank: 1, powerIterations: -1) },
            { try truncatedSVD(of: matrix, rank: 1, threads: 0) },
        ] as [() throws -> TruncatedSVD] {
            let error = #expect(throws: LinearAlgebraError.self) { try call() }
            #expect(error?.code == .invalidParameter)
        }
    }

    private func identity(_ size: Int) throws -> CSRMatrix {
        try CSRMatrix(
            rowCount: size, columnCount: size, rowPointers: Array(0...size),
            columnIndices: (0..<size).map { UInt32($0) },
            values: Array(repeating: 1, count: size))
    }
}
