import ArraySpans
import LinearAlgebra
import MappedFiles
import TextAnalysis

/// The space of two models side by side, rotated to the axes of some documents.
///
///     term vector   [ own vector · scale │ base's vector · factor of the term · scale ] · axes
///
/// The joint vocabulary has one global weight for each term. So the base's vector is multiplied by the term's weight in
/// the base over its weight here.
struct JointSpace {
    private let own: LatentSemanticModel
    private let base: LatentSemanticModel
    private let terms: JointVocabulary

    /// The scales of the halves.
    private let scales: (own: Float, base: Float)

    /// The leading right singular vectors of the documents' joint rows: a column for each.
    private let axes: DenseMatrix

    /// The singular values of the documents' joint rows, descending.
    let singularValues: [Float]

    /// The mean squared length of a document that neither model was fitted on.
    private let expectedSquare: Double

    /// The mean squared length of the documents of the fit. It is so short that hardly any of them is longer than 1.
    private static let meanSquare = 0.25

    init(
        _ own: LatentSemanticModel, _ base: LatentSemanticModel, _ terms: JointVocabulary, _ counts: TermCounts,
        rank: Int, baseShare: Double, threads: Int
    ) throws(LinearAlgebraError) {
        self.own = own
        self.base = base
        self.terms = terms
        var rows = try Self.rows(own, base, terms, counts, threads: threads)
        let squares = rows.squares(ofFirst: own.rank)
        let count = Double(max(1, rows.rowCount))
        func scale(_ share: Double, _ squares: Double) -> Float {
            squares > 0 ? Float((share * Self.meanSquare * count / squares).squareRoot()) : 0
        }
        scales = (scale(1 - baseShare, squares.first), scale(baseShare, squares.rest))
        rows.scaleColumns(first: own.rank, by: scales.own, rest: scales.base)
        let svd = try truncatedSVD(
            of: CSRMatrix(rows), rank: rank, seed: own.parameters.seed, threads: threads)
        axes = svd.rightVectors
        singularValues = svd.singularValues
        let captured = svd.singularValues.reduce(0) { $0 + Double($1) * Double($1) }
        // The base knows neither kind of document. The own half retains less of a document that it was not fitted on.
        let ownMean = squares.first / count
        let ownExpected = own.expectedRetention.map { 1 - $0.residual } ?? ownMean
        let ownShare = ownMean > 0 ? (1 - baseShare) * min(1, ownExpected / ownMean) : 0
        expectedSquare = captured / count * (baseShare + ownShare)
    }

    /// The documents as both models embed them, side by side and unscaled.
    private static func rows(
        _ own: LatentSemanticModel, _ base: LatentSemanticModel, _ terms: JointVocabulary, _ counts: TermCounts,
        threads: Int
    ) throws(LinearAlgebraError) -> DenseMatrix {
        let width = own.rank + base.rank
        let (weighted, columns) = try WeightedTerms(
            counts.terms, in: terms.vocabulary, weighting: base.parameters.weighting
        )
        .rows(of: counts, threads: threads).withoutEmptyColumns()
        var vectors = [Float](repeating: 0, count: columns.count * width)
        for (place, column) in columns.enumerated() {
            let term = Int(column)
            var vector: [Float] = []
            vector += terms.own[term].map(own.termVector) ?? [Float](repeating: 0, count: own.rank)
            let factor = terms.factor(of: term, in: base)
            vector += terms.base[term].map { base.termVector(of: $0).map { factor * $0 } } ?? []
            for (axis, value) in vector.enumerated() { vectors[place * width + axis] = value }
        }
        return try weighted.multiplied(by: vectors.span, columnCount: width, threads: threads)
    }
}

// MARK: - Results

extension JointSpace {
    /// The number of terms whose vectors are rotated at once.
    private static let termsAtOnce = 4_096

    /// The vector of every term, on the axes.
    func termVectors(threads: Int) throws(LinearAlgebraError) -> TermVectors {
        let rank = axes.columnCount
        let ownRows = try own.termVectors.matrix(0..<own.termCount)
            .multiplied(by: axes.rows(0..<own.rank), threads: threads)
        let baseAxes = axes.rows(own.rank..<axes.rowCount)
        var coding = TermVectors.Coding(rank: rank)
        for start in stride(from: 0, to: terms.count, by: Self.termsAtOnce) {
            let chunk = start..<min(start + Self.termsAtOnce, terms.count)
            // Both vocabularies ascend, so the terms of a chunk lie side by side in the base.
            let ids = terms.base[chunk].compactMap { $0.map { Int($0.rawValue) } }
            let first = ids.first ?? 0
            let baseRows = try base.termVectors.matrix(first..<(ids.last.map { $0 + 1 } ?? first))
                .multiplied(by: baseAxes, threads: threads)
            for term in chunk {
                var vector = [Float](repeating: 0, count: rank)
                if let id = terms.own[term] {
                    ownRows.add(row: Int(id.rawValue), times: scales.own, to: &vector)
                }
                if let id = terms.base[term] {
                    let factor = scales.base * terms.factor(of: term, in: base)
                    baseRows.add(row: Int(id.rawValue) - first, times: factor, to: &vector)
                }
                coding.append(vector)
            }
        }
        return coding.vectors
    }

    /// The expected retention of documents of the same kind that neither model was fitted on.
    ///
    /// A term in just as many documents as a fit requires would be unknown without one of them, unless the base has it.
    func expectedRetention(of counts: TermCounts) -> Retention {
        let weighting = base.parameters.weighting
        let weights = WeightedTerms(counts.terms, in: terms.vocabulary, weighting: weighting)
        let rarest = weighting.globalWeight(
            TermStatistics(documentFrequency: 1, totalFrequency: 1), documentCount: counts.documentCount)
        let smallest = own.parameters.minimumDocumentFrequency + 1
        let sample = SeededSample.ascending(1_000, of: counts.documentCount, seed: own.parameters.seed)
        return sample.reduce(Retention()) { sum, document in
            let unknown = weights.unknownShare(of: document, in: counts, unknownWeight: rarest) { term in
                terms.base[Int(term)] != nil || terms.vocabulary.documentFrequencies[Int(term)] >= smallest
            }
            return unknown.map {
                sum + Retention(residual: max(0, 1 - expectedSquare), outOfVocabularyShare: $0)
            } ?? sum
        }
    }
}

// MARK: - Dense rows

extension DenseMatrix {
    /// The sums of the squares in the first columns and in the rest.
    fileprivate func squares(ofFirst columns: Int) -> (first: Double, rest: Double) {
        var sums = (first: 0.0, rest: 0.0)
        for (index, value) in values.enumerated() {
            let square = Double(value) * Double(value)
            if index % columnCount < columns { sums.first += square } else { sums.rest += square }
        }
        return sums
    }

    fileprivate mutating func scaleColumns(first columns: Int, by scale: Float, rest: Float) {
        let scaled = values.enumerated().map { index, value in
            value * (index % columnCount < columns ? scale : rest)
        }
        self = DenseMatrix(rowCount: rowCount, columnCount: columnCount, unchecked: scaled)
    }

    fileprivate func rows(_ rows: Range<Int>) -> DenseMatrix {
        let values = Array(values[rows.lowerBound * columnCount..<rows.upperBound * columnCount])
        return DenseMatrix(rowCount: rows.count, columnCount: columnCount, unchecked: values)
    }

    fileprivate func add(row: Int, times factor: Float, to vector: inout [Float]) {
        let start = row * columnCount
        for axis in vector.indices { vector[axis] += factor * values[start + axis] }
    }
}
