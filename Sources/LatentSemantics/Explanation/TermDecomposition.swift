/// A vector of the space as a sum of parts, one for each term of its text.
///
/// A text's vector is a weighted sum of the vectors of its terms, divided by its length. So the parts of the terms,
/// divided by the same length, add up to the vector. The inner product of another vector with a part says what the term
/// adds to the cosine.
public struct TermDecomposition: Sendable {
    /// The terms of the text that the model knows, ascending by id.
    let ids: [VocabularyID]

    /// The same terms as the analyzer writes them, or with the names that ``renamed(_:)`` gave them.
    public let terms: [String]

    /// The parts of the terms, one after another, ``rank`` numbers each.
    let parts: [Float]

    /// The number of dimensions of the space.
    public let rank: Int

    init(ids: [VocabularyID], terms: [String], parts: [Float], rank: Int) {
        precondition(
            ids.count == terms.count && parts.count == ids.count * rank,
            "\(ids.count) ids and \(terms.count) terms of rank \(rank) have \(parts.count) numbers"
        )
        self.ids = ids
        self.terms = terms
        self.parts = parts
        self.rank = rank
    }

    /// The vector: the sum of the parts.
    public var vector: [Float] {
        var sum = [Double](repeating: 0, count: rank)
        for index in parts.indices { sum[index % rank] += Double(parts[index]) }
        return sum.map(Float.init)
    }

    /// The same parts with other names, such as the words of a text that became its terms.
    public func renamed(_ name: (_ term: String) -> String) -> TermDecomposition {
        TermDecomposition(ids: ids, terms: terms.map(name), parts: parts, rank: rank)
    }

    /// What each of ``terms`` adds to the inner product with a vector.
    ///
    /// - Precondition: The vector has ``rank`` numbers.
    /// - Complexity: O(*n* · ``rank``) for *n* terms.
    public func shares(of vector: [Float]) -> [Double] {
        precondition(vector.count == rank, "a vector of rank \(rank) was expected, not one of \(vector.count) numbers")
        return terms.indices.map { innerProduct(parts, $0 * rank, vector, 0, count: rank) }
    }
}

extension LatentSemanticModel {
    /// Decomposes the vector of a text into a part for each of its terms.
    ///
    /// - Parameter terms: As for `embed(_:)`.
    /// - Returns: The parts. They add up to the result of `embed(_:)` to rounding. All are zero if that is.
    /// - Complexity: O(*n* · (log ``termCount`` + ``rank``)) for *n* terms.
    public func decomposition(of terms: [(term: String, frequency: Float)]) -> TermDecomposition {
        let row = weightedRow(of: terms)
        // Each term is projected like the whole text, so everything that a projection does is in the parts.
        let parts = zip(row.ids, row.weights).flatMap { id, weight in
            project(WeightedRow(ids: [id], weights: [weight]))
        }
        return normalized(row.ids, parts)
    }

    /// Decomposes the vector in the direction of a weighted sum of other vectors, such as that of a query by several
    /// papers.
    ///
    /// - Parameter texts: Decomposed vectors, and the weight of each.
    /// - Returns: The parts of a vector of length 1, or zeros if the sum is zero.
    /// - Complexity: O(*n* · ``rank`` + *n* log *n*) for *n* terms in all.
    public func combination(of texts: [(text: TermDecomposition, weight: Float)]) -> TermDecomposition {
        var places: [VocabularyID: Int] = [:]
        let ids = Set(texts.flatMap(\.text.ids)).sorted()
        for (place, id) in ids.enumerated() { places[id] = place }
        var parts = [Float](repeating: 0, count: ids.count * rank)
        for (text, weight) in texts {
            for (index, id) in text.ids.enumerated() {
                guard let place = places[id] else { continue }
                for axis in 0..<rank { parts[place * rank + axis] += weight * text.parts[index * rank + axis] }
            }
        }
        return normalized(ids, parts)
    }

    /// Parts divided by the length of their sum.
    private func normalized(_ ids: [VocabularyID], _ parts: [Float]) -> TermDecomposition {
        let raw = TermDecomposition(ids: ids, terms: ids.map { vocabulary.term($0) }, parts: parts, rank: rank)
        let squares = raw.vector.reduce(0) { $0 + Double($1) * Double($1) }
        let scale = scale(forSquares: squares, shortest: shortestProjection)
        return TermDecomposition(
            ids: ids, terms: raw.terms, parts: parts.map { scaled($0, by: scale) }, rank: rank
        )
    }
}

/// The inner product of `count` numbers of two arrays.
///
/// - Precondition: Both arrays have as many numbers from their starts on.
func innerProduct(_ left: [Float], _ leftStart: Int, _ right: [Float], _ rightStart: Int, count: Int) -> Double {
    precondition(
        leftStart >= 0 && count >= 0 && leftStart <= left.count - count && rightStart >= 0
            && rightStart <= right.count - count,
        "no \(count) numbers from \(leftStart) of \(left.count) and from \(rightStart) of \(right.count)"
    )
    // SAFETY: the line above; numbers may be read as a vector at any place.
    return unsafe left.withUnsafeBytes { left in
        unsafe right.withUnsafeBytes { right in
            let width = SIMD8<Float>.scalarCount
            let size = MemoryLayout<Float>.stride
            // Eight sums at a time. The compiler may not divide one sum into several.
            var sums = SIMD8<Float>.zero
            var index = 0
            while index + width <= count {
                let a = unsafe left.loadUnaligned(fromByteOffset: (leftStart + index) * size, as: SIMD8<Float>.self)
                let b = unsafe right.loadUnaligned(fromByteOffset: (rightStart + index) * size, as: SIMD8<Float>.self)
                // `addProduct` would be a function call for every number without a compiler flag for the processor.
                sums += a * b
                index += width
            }
            var sum = (0..<width).reduce(0.0) { $0 + Double(sums[$1]) }
            while index < count {
                let a = unsafe left.loadUnaligned(fromByteOffset: (leftStart + index) * size, as: Float.self)
                let b = unsafe right.loadUnaligned(fromByteOffset: (rightStart + index) * size, as: Float.self)
                sum += Double(a) * Double(b)
                index += 1
            }
            return sum
        }
    }
}
