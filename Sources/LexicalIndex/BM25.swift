#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#elseif canImport(Android)
import Android
#elseif canImport(Bionic)
import Bionic
#else
import Glibc
#endif

/// The two constants of BM25.
///
/// The score of a document of length *l* for a query is the sum, over the query's terms, of
///
/// ```
///                      f · (k1 + 1)                                     N − df + ½
/// weight · idf · ───────────────────────────────────    idf = ln ( 1 + ──────────── )
///                 f + k1 · (1 − b + b · l / average)                      df + ½
/// ```
///
/// where *f* is the frequency of the term in the document, *N* the number of documents, *df* the number of documents
/// with the term, and lengths are numbers of terms. See S. Robertson & H. Zaragoza, "The Probabilistic Relevance
/// Framework: BM25 and Beyond" (2009), <https://doi.org/10.1561/1500000019>. Unlike there, 1 is added inside the
/// logarithm. It keeps the idf of a term that most documents have above zero.
public struct BM25Parameters: Hashable, Sendable {
    /// How slowly repetition of a term saturates. 0 counts presence alone. 1.2 to 2 is usual. Greater values count more
    /// of the repetitions.
    public let k1: Double

    /// How much length lowers a score: 0 not at all, 1 in full proportion. 0.75 is usual.
    public let b: Double

    /// Creates the constants.
    ///
    /// - Precondition: `k1` is finite and not negative, and `b` is in `0...1`.
    public init(k1: Double = 1.2, b: Double = 0.75) {
        precondition(k1 >= 0 && k1.isFinite && (0...1).contains(b), "BM25 has no k1 of \(k1) with b of \(b)")
        self.k1 = k1
        self.b = b
    }
}

/// The statistics of a collection that BM25 needs for the terms of one query.
///
/// A collection of several segments has the sum of their statistics. So a score does not depend on the segment of the
/// document. Removed documents count until their segment is written again.
public struct CorpusStatistics: Hashable, Sendable {
    /// The number of documents.
    public var documentCount: Int

    /// The number of terms of all documents together, repetitions included.
    public var totalLength: Int

    /// The number of documents that have each of the query's terms, in the order of the terms.
    public var documentFrequencies: [Int]

    /// Creates statistics.
    public init(documentCount: Int, totalLength: Int, documentFrequencies: [Int]) {
        self.documentCount = documentCount
        self.totalLength = totalLength
        self.documentFrequencies = documentFrequencies
    }

    /// The statistics of two collections together.
    ///
    /// - Precondition: both are for the same terms.
    public static func + (left: CorpusStatistics, right: CorpusStatistics) -> CorpusStatistics {
        precondition(
            left.documentFrequencies.count == right.documentFrequencies.count,
            "Statistics of different terms do not add up: \(left.documentFrequencies) and \(right.documentFrequencies)"
        )
        return CorpusStatistics(
            documentCount: left.documentCount + right.documentCount,
            totalLength: left.totalLength + right.totalLength,
            documentFrequencies: zip(left.documentFrequencies, right.documentFrequencies).map { $0 + $1 }
        )
    }

    /// The inverse document frequency of the term at a position of the query.
    func inverseDocumentFrequency(_ position: Int) -> Double {
        BM25Parameters.inverseDocumentFrequency(of: documentFrequencies[position], among: documentCount)
    }
}

extension BM25Parameters {
    /// The idf of a term that `documentFrequency` of `documentCount` documents have.
    ///
    /// A damaged file may count more documents with a term than documents. The result is then the idf of a term that
    /// every document has.
    package static func inverseDocumentFrequency(of documentFrequency: Int, among documentCount: Int) -> Double {
        let frequency = Double(max(0, documentFrequency))
        return log(1 + max(0, Double(documentCount) - frequency + 0.5) / (frequency + 0.5))
    }
}

/// The part of a score that depends on a term's frequency in a document and on the document's length.
struct FrequencyFactor: Hashable, Sendable {
    let parameters: BM25Parameters
    let averageLength: Double

    init(_ parameters: BM25Parameters, _ statistics: CorpusStatistics) {
        self.parameters = parameters
        averageLength = Double(statistics.totalLength) / Double(max(1, statistics.documentCount))
    }

    /// What a frequency is weighed against in a document of a length.
    func saturation(length: UInt32) -> Double {
        parameters.k1 * (1 - parameters.b + parameters.b * (Double(length) / averageLength))
    }

    /// The factor, at most `k1` + 1. It is 0 if the numbers give none, as those of a damaged file may.
    func callAsFunction(frequency: UInt32, saturation: Double) -> Float {
        let frequency = Double(frequency)
        let factor = Float(frequency * (parameters.k1 + 1) / (frequency + saturation))
        return factor.isFinite ? factor : 0
    }

    /// The factor in a document of a length.
    func callAsFunction(frequency: UInt32, length: UInt32) -> Float {
        self(frequency: frequency, saturation: saturation(length: length))
    }
}
