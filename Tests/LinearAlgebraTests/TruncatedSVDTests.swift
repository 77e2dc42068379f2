import LinearAlgebra
import TestSupport
import Testing

@Suite("Truncated SVD")
struct TruncatedSVDTests {
    init() {
        useOneBLASThread()
    }

    /// Spectra that decay, with the number of singular values to ask for.
    static let spectra: [(name: String, rank: Int, value: @Sendable (Int) -> Double)] = [
        ("1 / i", 100, { 1 / Double($0 + 1) }),
        ("1 / sqrt i", 100, { 1 / Double($0 + 1).squareRoot() }),
        ("0.95 ^ i", 100, { power(0.95, $0) }),
        ("0.9 ^ i", 60, { power(0.9, $0) }),
        ("0.8 ^ i", 40, { power(0.8, $0) }),
        ("i ^ -2", 60, { 1 / Double(($0 + 1) * ($0 + 1)) }),
        ("steps of 50 equal values", 120, { [100, 50, 20, 10, 5, 1][min($0 / 50, 5)] }),
        ("40 and a flat tail", 60, { $0 < 40 ? 50 - Double($0) : 0.5 }),
        ("a cliff of two orders of magnitude", 50, { $0 < 20 ? 100 : 20 / Double($0) }),
    ]

    @Test(arguments: 0..<spectra.count)
    func `a truncated SVD finds a known decaying spectrum`(index: Int) throws {
        let (name, rank, value) = Self.spectra[index]
        for (rows, columns) in [(900, 500), (500, 900), (400, 1300)] {
            var generator = SeededGenerator(seed: 3)
            let spectrum = (0..<min(rows, columns)).map(value)
            let matrix = try CSRMatrix(
                .withSpectrum(spectrum, rowCount: rows, columnCount: columns, using: &generator))
            let plan = TruncatedSVDPlan(matrix, rank: rank)
            guard case .krylov = plan.method else {
                Issue.record("\(rows) x \(columns) at rank \(rank) is decomposed exactly")
                continue
            }
            let svd = try truncatedSVD(of: matrix, rank: rank, includesLeftVectors: true)
            try #require(svd.rank == rank, "\(name), \(rows) x \(columns)")
            for place in 0..<rank / 2 {
                let error = abs(Double(svd.singularValues[place]) / spectrum[place] - 1)
                #expect(error < 1e-3, "\(name), \(rows) x \(columns), value \(place)")
            }
            for place in 0..<rank {
                #expect(Double(svd.singularValues[place]) < spectrum[place] * 1.001 + 1e-5 * spectrum[0])
            }
            #expect(svd.rightVectors.distanceFromOrthonormal < 1e-4, "\(name), \(rows) x \(columns)")
            let left = try #require(svd.leftVectors)
            #expect(left.distanceFromOrthonormal < 1e-4, "\(name), \(rows) x \(columns)")
            // A v = s u, for the vectors that have converged.
            let mapped = try matrix.multiplied(by: svd.rightVectors)
            let expected = try left.scalingColumns(by: svd.singularValues)
            for place in mapped.values.indices where place % rank < rank / 2 {
                let difference = abs(Double(mapped.values[place] - expected.values[place]))
                guard difference > 1e-3 * spectrum[0] else { continue }
                Issue.record("\(name), \(rows) x \(columns), vector \(place % rank): \(difference)")
            }
        }
    }

    @Test
    func `a truncated SVD equals LAPACK's on a matrix of topics`() throws {
        var generator = SeededGenerator(seed: 4)
        let matrix = try CSRMatrix.topics(documents: 3000, words: 800, topics: 25, using: &generator)
        let exact = try singularValueDecomposition(of: matrix.dense())
        let rank = 64
        let svd = try truncatedSVD(of: matrix, rank: rank)
        for place in 0..<rank / 2 {
            #expect(abs(svd.singularValues[place] / exact.singularValues[place] - 1) < 1e-3, "value \(place)")
        }
        // The leading values of this matrix are well apart, so that its vectors are unique.
        for place in 0..<8 {
            for row in 0..<800 {
                #expect(abs(svd.rightVectors[row, place] - exact.rightVectors[row, place]) < 2e-3)
            }
        }
        let energy = svd.singularValues.reduce(0) { $0 + $1 * $1 }
        let best = exact.singularValues[..<rank].reduce(0) { $0 + $1 * $1 }
        #expect(energy > 0.995 * best && energy < 1.00001 * best)
    }

    @Test
    func `a truncated SVD is the same for any number of threads`() throws {
        var generator = SeededGenerator(seed: 5)
        let tall = try CSRMatrix.topics(documents: 9000, words: 2500, topics: 30, using: &generator)
        let small = try CSRMatrix.topics(documents: 5000, words: 100, topics: 5, using: &generator)
        for matrix in [tall, tall.transposed(), small] {
            let one = try truncatedSVD(of: matrix, rank: 50, threads: 1, includesLeftVectors: true)
            for threads in [2, 3] {
                let many = try truncatedSVD(of: matrix, rank: 50, threads: threads, includesLeftVectors: true)
                #expect(many == one, "\(matrix), \(threads) threads")
            }
        }
    }

    @Test
    func `a truncated SVD depends on its seed only within its accuracy`() throws {
        var generator = SeededGenerator(seed: 6)
        let matrix = try CSRMatrix.topics(documents: 1500, words: 900, topics: 30, using: &generator)
        let first = try truncatedSVD(of: matrix, rank: 40, seed: 1)
        let second = try truncatedSVD(of: matrix, rank: 40, seed: 2)
        #expect(try truncatedSVD(of: matrix, rank: 40, seed: 1) == first)
        #expect(first != second)
        #expect(
            largestDifference(Array(first.singularValues[..<20]), second.singularValues.map(Double.init).dropLast(20))
                < 1e-3)
    }

    @Test
    func `a truncated SVD has canonical signs`() throws {
        var generator = SeededGenerator(seed: 7)
        let matrix = try CSRMatrix.topics(documents: 4000, words: 1500, topics: 30, using: &generator)
        for matrix in [matrix, matrix.transposed()] {
            let right = try truncatedSVD(of: matrix, rank: 50).rightVectors
            for column in 0..<50 {
                let entries = (0..<right.rowCount).map { right[$0, column] }
                let largest = entries.map(\.magnitude).max()
                #expect(entries.first { $0.magnitude == largest } ?? 0 > 0)
            }
        }
    }

    @Test
    func `more oversampling and power iterations capture more energy`() throws {
        var generator = SeededGenerator(seed: 8)
        let matrix = try CSRMatrix.topics(documents: 3000, words: 1500, topics: 30, using: &generator)
        func energy(_ oversampling: Int, _ powerIterations: Int) throws -> Double {
            try truncatedSVD(of: matrix, rank: 100, oversampling: oversampling, powerIterations: powerIterations)
                .singularValues.reduce(0) { $0 + Double($1) * Double($1) }
        }
        let least = try energy(0, 0)
        #expect(try energy(64, 0) > least)
        #expect(try energy(0, 2) > least)
        #expect(try energy(200, 2) > energy(64, 0))
    }
}

private func power(_ base: Double, _ exponent: Int) -> Double {
    (0..<exponent).reduce(1.0) { product, _ in product * base }
}
