import LinearAlgebra
import TestSupport

/// The sizes over which optimized code is compared with its naive twin.
let awkwardSizes = [0, 1, 7, 8, 13, 31, 207, 1025]

extension DenseMatrix {
    /// Numbers drawn from the standard normal distribution.
    static func random(
        _ rowCount: Int, _ columnCount: Int, using generator: inout SeededGenerator
    ) throws -> DenseMatrix {
        try DenseMatrix(
            rowCount: rowCount, columnCount: columnCount,
            values: (0..<rowCount * columnCount).map { _ in Float(generator.nextGaussian()) })
    }

    /// A matrix with the given singular values: a rectangular diagonal, reflected on both sides.
    ///
    /// Reflections are applied in `Double`, so that the values are those given up to one rounding of each entry.
    static func withSpectrum(
        _ singularValues: [Double], rowCount: Int, columnCount: Int, using generator: inout SeededGenerator
    ) throws -> DenseMatrix {
        var values = [Double](repeating: 0, count: rowCount * columnCount)
        for (place, value) in singularValues.enumerated() { values[place * columnCount + place] = value }
        for _ in 0..<2 {
            // I - 2 u u^T from the left, then I - 2 v v^T from the right.
            let u = unitVector(rowCount, using: &generator)
            var projected = [Double](repeating: 0, count: columnCount)
            for row in 0..<rowCount {
                for column in 0..<columnCount { projected[column] += u[row] * values[row * columnCount + column] }
            }
            let v = unitVector(columnCount, using: &generator)
            for row in 0..<rowCount {
                var product = 0.0
                for column in 0..<columnCount {
                    values[row * columnCount + column] -= 2 * u[row] * projected[column]
                    product += values[row * columnCount + column] * v[column]
                }
                for column in 0..<columnCount { values[row * columnCount + column] -= 2 * product * v[column] }
            }
        }
        return try DenseMatrix(rowCount: rowCount, columnCount: columnCount, values: values.map { Float($0) })
    }

    private static func unitVector(_ count: Int, using generator: inout SeededGenerator) -> [Double] {
        let vector = (0..<count).map { _ in generator.nextGaussian() }
        let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return vector.map { $0 / length }
    }

    /// The product by definition, in `Double`.
    func naiveProduct(_ other: DenseMatrix) -> [Double] {
        var result = [Double](repeating: 0, count: rowCount * other.columnCount)
        for row in 0..<rowCount {
            for inner in 0..<columnCount where self[row, inner] != 0 {
                for column in 0..<other.columnCount {
                    result[row * other.columnCount + column] +=
                        Double(values[row * columnCount + inner])
                        * Double(other.values[inner * other.columnCount + column])
                }
            }
        }
        return result
    }

    /// The largest difference between this matrix's columns' inner products and those of orthonormal columns.
    var distanceFromOrthonormal: Double {
        let products = transposed().naiveProduct(self)
        var largest = 0.0
        for row in 0..<columnCount {
            for column in 0..<columnCount {
                largest = max(largest, abs(products[row * columnCount + column] - (row == column ? 1 : 0)))
            }
        }
        return largest
    }

    /// The columns multiplied with one factor each.
    func scalingColumns(by factors: [Float]) throws -> DenseMatrix {
        try DenseMatrix(
            rowCount: rowCount, columnCount: columnCount,
            values: values.indices.map { values[$0] * factors[$0 % columnCount] })
    }
}

extension CSRMatrix {
    /// A matrix whose entries are there with the given probability, normally distributed.
    static func random(
        _ rowCount: Int, _ columnCount: Int, density: Double, using generator: inout SeededGenerator
    ) throws -> CSRMatrix {
        var pointers = [0]
        var indices: [UInt32] = []
        var values: [Float] = []
        for _ in 0..<rowCount {
            for column in 0..<columnCount where Double.random(in: 0..<1, using: &generator) < density {
                indices.append(UInt32(column))
                values.append(Float(generator.nextGaussian()))
            }
            pointers.append(indices.count)
        }
        return try CSRMatrix(
            rowCount: rowCount, columnCount: columnCount, rowPointers: pointers, columnIndices: indices, values: values)
    }

    /// A matrix of documents and words: words by Zipf's law, documents in topics that prefer words of their own.
    static func topics(
        documents: Int, words: Int, topics: Int, using generator: inout SeededGenerator
    ) throws -> CSRMatrix {
        var pointers = [0]
        var indices: [UInt32] = []
        var values: [Float] = []
        for _ in 0..<documents {
            let topic = Int.random(in: 0..<topics, using: &generator)
            var counts: [Int: Int] = [:]
            for _ in 0..<60 {
                let word = Int(Double(words) * Double.random(in: 0..<1, using: &generator).cubed)
                let isTopical = Double.random(in: 0..<1, using: &generator) < 0.4
                counts[isTopical ? (word * 7 + topic * 131) % words : word, default: 0] += 1
            }
            let length = counts.values.reduce(0.0) { $0 + Double($1 * $1) }.squareRoot()
            for (word, count) in counts.sorted(by: { $0.key < $1.key }) {
                indices.append(UInt32(word))
                values.append(Float(Double(count) / length))
            }
            pointers.append(indices.count)
        }
        return try CSRMatrix(
            rowCount: documents, columnCount: words, rowPointers: pointers, columnIndices: indices, values: values)
    }
}

extension Double {
    fileprivate var cubed: Double { self * self * self }
}

/// The largest difference between two lists of numbers of the same length.
func largestDifference(_ left: [Float], _ right: [Double]) -> Double {
    guard left.count == right.count else { return .infinity }
    return zip(left, right).reduce(0) { max($0, abs(Double($1.0) - $1.1)) }
}

/// The code of the error that a call throws, nil if it throws none.
func failureCode(_ call: () throws -> some Any) -> LinearAlgebraError.Code? {
    do {
        _ = try call()
        return nil
    } catch {
        return (error as? LinearAlgebraError)?.code
    }
}
