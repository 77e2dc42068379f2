/// A small square matrix in `Double`, row-major: a Gram matrix, or its triangular factor.
struct SquareBlock: Sendable {
    let size: Int
    var values: [Double]

    init(size: Int, values: [Double]) {
        precondition(values.count == size * size, "\(values.count) values for a square of \(size)")
        self.size = size
        self.values = values
    }

    init(zeros size: Int) {
        self.init(size: size, values: Array(repeating: 0, count: size * size))
    }

    subscript(row: Int, column: Int) -> Double {
        get { values[row * size + column] }
        set { values[row * size + column] = newValue }
    }

    init(identity size: Int) {
        self.init(zeros: size)
        for place in 0..<size { self[place, place] = 1 }
    }

    /// The matrix with rows and columns exchanged.
    var transposed: SquareBlock {
        var result = self
        for row in 0..<size {
            for column in 0..<size { result[column, row] = self[row, column] }
        }
        return result
    }

    /// Of a Gram matrix: makes a column a unit vector that is orthogonal to all others.
    mutating func setUnitVector(_ column: Int) {
        for other in 0..<size {
            self[column, other] = 0
            self[other, column] = 0
        }
        self[column, column] = 1
    }

    /// Of a Gram matrix: the length of the longest column.
    var longestColumn: Double {
        (0..<size).reduce(0) { max($0, self[$1, $1]) }.squareRoot()
    }

    /// Of a Gram matrix: the length of the shortest column.
    var shortestColumn: Double {
        (0..<size).reduce(.infinity) { min($0, self[$1, $1]) }.squareRoot()
    }

    /// The values as a panel of `Float`.
    var panel: Panel {
        let panel = Panel(rowCount: size, columnCount: size)
        panel.all.set(values.map { Float($0) })
        return panel
    }

    /// This matrix times another.
    func times(_ other: SquareBlock) -> SquareBlock {
        var product = SquareBlock(zeros: size)
        for row in 0..<size {
            for inner in 0..<size where self[row, inner] != 0 {
                let factor = self[row, inner]
                for column in 0..<size { product[row, column] += factor * other[inner, column] }
            }
        }
        return product
    }
}

/// The upper triangle *R* with *R*^T *R* equal to a Gram matrix.
struct CholeskyFactor {
    let r: SquareBlock

    /// The smallest share of a column's squared length that is left when the columns before it are projected out.
    ///
    /// It is 1 for orthogonal columns. Below *c*^-2 the scaled columns have a condition number above about *c*.
    let smallestPivot: Double
}

extension SquareBlock {
    /// Factors a Gram matrix. It is first scaled to a unit diagonal, so the lengths of the columns do not matter.
    ///
    /// - Returns: Nil if a column is 0 or one of the pivots falls below `limit`.
    func choleskyFactor(pivotsAbove limit: Double) -> CholeskyFactor? {
        let lengths = (0..<size).map { max(0, self[$0, $0]).squareRoot() }
        guard lengths.allSatisfy({ $0 > 0 && $0.isFinite }) else { return nil }
        var r = SquareBlock(zeros: size)
        var smallest = 1.0
        for row in 0..<size {
            for column in row..<size {
                var sum = self[row, column] / (lengths[row] * lengths[column])
                for inner in 0..<row { sum -= r[inner, row] * r[inner, column] }
                if column == row {
                    guard sum > limit else { return nil }
                    smallest = min(smallest, sum)
                    r[row, row] = sum.squareRoot()
                } else {
                    r[row, column] = sum / r[row, row]
                }
            }
        }
        for row in 0..<size {
            for column in row..<size { r[row, column] *= lengths[column] }
        }
        return CholeskyFactor(r: r, smallestPivot: smallest)
    }

    /// The inverse of an upper triangle without zeros on its diagonal.
    func invertedTriangle() -> SquareBlock {
        var inverse = SquareBlock(zeros: size)
        for column in 0..<size {
            inverse[column, column] = 1 / self[column, column]
            for row in stride(from: column - 1, through: 0, by: -1) {
                var sum = 0.0
                for inner in row + 1...column { sum += self[row, inner] * inverse[inner, column] }
                inverse[row, column] = -sum / self[row, row]
            }
        }
        return inverse
    }
}
