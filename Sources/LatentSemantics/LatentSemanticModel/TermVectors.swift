import ArraySpans
import LinearAlgebra
import MappedFiles
import ParallelLoops

/// V: a row of ``rank`` numbers for each term of a vocabulary, in memory or in a mapped file.
///
/// Rows are kept in full, or coded in eight bits a number. A coded row is divided by its largest magnitude, multiplied
/// by 127 and rounded. So each of its numbers is off by at most 1/254 of the largest.
struct TermVectors: Sendable {
    /// How the rows are kept.
    enum Rows: Sendable {
        /// As they are, *terms* × ``rank``.
        case full(FrozenArray<Float>)

        /// As codes, *terms* × ``rank``, and a scale that each row is multiplied by.
        case coded(FrozenArray<Int8>, scales: FrozenArray<Float>)
    }

    let rows: Rows

    /// The numbers in a row.
    let rank: Int

    /// The number of rows.
    var count: Int {
        switch rows {
        case .full(let values): values.count / rank
        case .coded(_, let scales): scales.count
        }
    }

    /// Whether every number is finite. In a damaged file some may not be.
    var isFinite: Bool {
        switch rows {
        case .full(let values): values.allSatisfy(\.isFinite)
        case .coded(_, let scales): scales.allSatisfy(\.isFinite)
        }
    }

    /// Adds a multiple of a row to a vector of ``rank`` numbers.
    func add(_ row: VocabularyID, times weight: Float, to vector: inout [Float]) {
        let start = Int(row.rawValue) * rank
        switch rows {
        case .full(let values):
            values.withSpan { values in
                for axis in 0..<rank { vector[axis] += weight * values[start + axis] }
            }
        case .coded(let codes, let scales):
            let weight = weight * scales[Int(row.rawValue)]
            codes.withSpan { codes in
                for axis in 0..<rank { vector[axis] += weight * Float(codes[start + axis]) }
            }
        }
    }

    /// The sums of a row's numbers times weights, and of their squares times other weights.
    ///
    /// - Parameters:
    ///   - row: The row.
    ///   - weights: ``rank`` numbers.
    ///   - squareWeights: ``rank`` numbers.
    /// - Returns: Σ weight · number, and Σ square weight · number².
    func products(
        of row: VocabularyID, with weights: [Float], _ squareWeights: [Float]
    ) -> (product: Float, squaredLength: Float) {
        let places = Int(row.rawValue) * rank..<(Int(row.rawValue) + 1) * rank
        switch rows {
        case .full(let values):
            return values.withSpan { values in
                let numbers = values.extracting(places)
                return Self.products(of: numbers.count, weights.span, squareWeights.span) {
                    numbers.eight(at: $0)
                } number: {
                    numbers[$0]
                }
            }
        case .coded(let codes, let scales):
            let scale = scales[Int(row.rawValue)]
            let (product, squaredLength) = codes.withSpan { codes in
                let codes = codes.extracting(places)
                return Self.products(of: codes.count, weights.span, squareWeights.span) {
                    SIMD8<Float>(codes.eight(at: $0))
                } number: {
                    Float(codes[$0])
                }
            }
            return (product * scale, squaredLength * scale * scale)
        }
    }

    /// The two sums, each in eight parts, which the processor adds side by side.
    @inline(__always)
    private static func products(
        of count: Int, _ weights: Span<Float>, _ squareWeights: Span<Float>, eight: (Int) -> SIMD8<Float>,
        number: (Int) -> Float
    ) -> (product: Float, squaredLength: Float) {
        precondition(weights.count == count && squareWeights.count == count)
        var (products, squares) = (SIMD8<Float>.zero, SIMD8<Float>.zero)
        var place = 0
        while place + 8 <= count {
            let numbers = eight(place)
            products += weights.eight(at: place) * numbers
            squares += squareWeights.eight(at: place) * numbers * numbers
            place += 8
        }
        var (product, square) = (products.sum(), squares.sum())
        for place in place..<count {
            product += weights[place] * number(place)
            square += squareWeights[place] * number(place) * number(place)
        }
        return (product, square)
    }

    /// Weighted rows times V: a row of ``rank`` numbers for each of them.
    ///
    /// - Throws: `LinearAlgebraError` if V is damaged, so that a number is not finite.
    func projected(_ weighted: CSRMatrix, threads: Int) throws(LinearAlgebraError) -> [Float] {
        switch rows {
        case .full(let values):
            return try values.withSpan { values throws(LinearAlgebraError) in
                try weighted.multiplied(by: values, columnCount: rank, threads: threads).values
            }
        case .coded:
            // Few documents use few of the terms, and only these are decoded.
            let (compact, columns) = weighted.withoutEmptyColumns()
            return try compact.multiplied(
                by: decoded(columns, threads: threads).span, columnCount: rank, threads: threads
            )
            .values
        }
    }

    /// Some rows in full.
    func matrix(_ ids: Range<Int>) -> DenseMatrix {
        let values = decoded(ids.map { UInt32($0) }, threads: 1)
        return DenseMatrix(rowCount: ids.count, columnCount: rank, unchecked: values)
    }

    /// Rows in full, one after another.
    private func decoded(_ ids: [UInt32], threads: Int) -> [Float] {
        let rank = rank
        var result = [Float](repeating: 0, count: ids.count * rank)
        result.fillConcurrently { result in
            concurrentChunks(of: ids.count, threads: threads, chunk: 256) { _, places in
                for place in places {
                    result.withElements(in: place * rank..<(place + 1) * rank) { row in
                        decode(VocabularyID(rawValue: ids[place]), into: &row)
                    }
                }
            }
        }
        return result
    }

    private func decode(_ id: VocabularyID, into row: inout MutableSpan<Float>) {
        let start = Int(id.rawValue) * rank
        switch rows {
        case .full(let values):
            values.withSpan { values in
                for axis in 0..<rank { row[axis] = values[start + axis] }
            }
        case .coded(let codes, let scales):
            let scale = scales[Int(id.rawValue)]
            codes.withSpan { codes in
                for axis in 0..<rank { row[axis] = scale * Float(codes[start + axis]) }
            }
        }
    }
}

extension Span where Element: BitwiseCopyable & SIMDScalar, Element.SIMD8Storage: BitwiseCopyable {
    /// Eight neighboring elements.
    @inline(__always)
    fileprivate func eight(at start: Int) -> SIMD8<Element> {
        precondition(start >= 0 && start + 8 <= count, "No eight elements at \(start)")
        // SAFETY: the line above. Numbers may be read at any place.
        return unsafe bytes.unsafeLoadUnaligned(
            fromByteOffset: start * MemoryLayout<Element>.stride, as: SIMD8<Element>.self)
    }
}

// MARK: - Coding

extension TermVectors {
    /// The same rows in eight bits a number.
    var coded: TermVectors {
        guard case .full = rows else { return self }
        var coding = Coding(rank: rank)
        for row in 0..<count { coding.append(matrix(row..<row + 1).values) }
        return coding.vectors
    }

    /// Codes rows one after another.
    struct Coding {
        private let rank: Int
        private var codes: [Int8] = []
        private var scales: [Float] = []

        init(rank: Int) {
            self.rank = rank
        }

        /// Codes a row of ``rank`` numbers.
        mutating func append(_ row: [Float]) {
            let scale = row.reduce(0) { max($0, abs($1)) } / Self.largestCode
            for value in row {
                let code = scale > 0 ? (value / scale).rounded() : 0
                codes.append(Int8(min(max(code, -Self.largestCode), Self.largestCode)))
            }
            scales.append(scale)
        }

        /// The rows.
        var vectors: TermVectors {
            TermVectors(rows: .coded(FrozenArray(codes), scales: FrozenArray(scales)), rank: rank)
        }

        private static let largestCode: Float = 127
    }
}
