/// How much of documents a vector space retains.
///
/// A document is its weighted row of length 1 over all of its terms. The space loses two parts of it:
///
/// - the *out-of-vocabulary share* *u*: the share of unknown terms in the squares of the row. An unknown term has the
///   weight of a term that only this document has.
/// - the *residual* *r* = 1 − |*x* V|²: the part of the row *x* of known terms, scaled to length 1, that lies outside
///   the space.
///
/// The space retains (1 − *u*)(1 − *r*): the squared length of the document's projection.
///
/// The retentions of two sets of documents add up. The figures are means over the documents.
public struct Retention: Codable, Hashable, Sendable {
    /// The number of documents that were measured. Documents without a term do not count.
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

// MARK: - Figures

extension Retention {
    /// The mean residual: the part of a document's known terms that lies outside the space, from 0 to 1.
    ///
    /// A document without a known term has 1. It is 0 if no documents were measured.
    public var residual: Double { mean(residualSum) }

    /// The mean out-of-vocabulary share: the part of a document's squared weights in unknown terms, from 0 to 1.
    public var outOfVocabularyShare: Double { mean(outOfVocabularySum) }

    /// The part of a document that the space retains, from 0 to 1: (1 − ``outOfVocabularyShare``)(1 − ``residual``).
    public var retained: Double { (1 - outOfVocabularyShare) * (1 - residual) }

    /// Whether the numbers can be those of documents. Numbers from a file may not be.
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

    /// The retention of `count` documents, estimated from this sample of them.
    ///
    /// - Parameters:
    ///   - count: The documents that the sample was drawn from.
    ///   - sampleCount: The documents that were drawn, at least 1, with those that have no term.
    /// - Returns: The same figures for as many documents.
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
