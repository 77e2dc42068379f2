/// How much of documents a vector space can hold, in two parts that are measured apart.
///
/// A document is its weighted row of length 1 over all of its terms. The space loses of it, first, the terms that the
/// model does not know: the share *u* of them in the row's squares, an unknown term weighing what one would that only
/// this document holds. And it loses of the known terms' row *x*, brought back to length 1, what lies across the space:
/// the residual *r* = 1 − |*x* V|². What is left is (1 − *u*)(1 − *r*), the square of the length of the document's
/// shadow in the space.
///
/// Retentions of different documents add up; their figures are means over the documents, each counting alike.
public struct Retention: Codable, Hashable, Sendable {
    /// The documents that were measured; those without a term are none.
    public private(set) var documentCount = 0

    private var residualSum = 0.0
    private var outOfVocabularySum = 0.0

    /// Creates the retention of no documents.
    public init() {}

    /// The retention of one document.
    init(residual: Double, outOfVocabularyShare: Double) {
        documentCount = 1
        residualSum = residual
        outOfVocabularySum = outOfVocabularyShare
    }
}

// MARK: - What it says

extension Retention {
    /// The part of a document's known terms that lies outside of the space, from 0, nothing, to 1, all of it.
    ///
    /// It is the mean of the documents' residuals; a document none of whose terms is known has 1. No documents have 0.
    public var residual: Double { mean(residualSum) }

    /// The part of a document's weight that falls to terms which the model does not know, from 0 to 1.
    public var outOfVocabularyShare: Double { mean(outOfVocabularySum) }

    /// The part of a document that the space holds, from 0 to 1: (1 − ``outOfVocabularyShare``)(1 − ``residual``).
    public var retained: Double { (1 - outOfVocabularyShare) * (1 - residual) }

    /// Whether the numbers are ones that documents have; those of a file need not be.
    public var isSound: Bool {
        let bound = Double(documentCount) * (1 + 1e-6)
        return documentCount >= 0 && documentCount <= UInt32.max
            && [residualSum, outOfVocabularySum].allSatisfy { $0 >= 0 && $0 <= bound }
    }

    private func mean(_ sum: Double) -> Double {
        documentCount == 0 ? 0 : min(1, sum / Double(documentCount))
    }
}

// MARK: - Sums

extension Retention {
    /// The retention of both sets of documents together.
    public static func + (left: Retention, right: Retention) -> Retention {
        var sum = left
        sum.documentCount += right.documentCount
        sum.residualSum += right.residualSum
        sum.outOfVocabularySum += right.outOfVocabularySum
        return sum
    }

    /// The retention of `count` documents that these are a sample of.
    ///
    /// - Parameters:
    ///   - count: The documents that the sample was drawn from.
    ///   - sampleCount: The documents that were drawn, those without a term included; at least 1.
    /// - Returns: The same figures, for as many more documents.
    public func scaled(to count: Int, from sampleCount: Int) -> Retention {
        precondition(sampleCount > 0 && count >= 0, "a sample of \(sampleCount) documents cannot stand for \(count)")
        var scaled = Retention()
        let scale = Double(count) / Double(sampleCount)
        scaled.documentCount = Int((Double(documentCount) * scale).rounded())
        guard documentCount > 0 else { return scaled }
        let exact = Double(scaled.documentCount) / Double(documentCount)
        scaled.residualSum = residualSum * exact
        scaled.outOfVocabularySum = outOfVocabularySum * exact
        return scaled
    }
}
