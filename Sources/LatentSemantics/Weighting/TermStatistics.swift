import TextAnalysis

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

/// The statistics of a term in the documents of a corpus.
package struct TermStatistics: Hashable, Sendable {
    /// The number of documents that contain the term.
    package var documentFrequency: UInt32

    /// The number of its occurrences in all documents.
    package var totalFrequency: UInt64

    /// Σ *f* ln *f* over the documents, from which the entropy follows.
    package var frequencyLogSum: Double

    /// Creates statistics, by default those of a term that does not occur.
    package init(documentFrequency: UInt32 = 0, totalFrequency: UInt64 = 0, frequencyLogSum: Double = 0) {
        self.documentFrequency = documentFrequency
        self.totalFrequency = totalFrequency
        self.frequencyLogSum = frequencyLogSum
    }

    /// −Σ *p* ln *p* over the documents, with *p* the document's share of the occurrences.
    ///
    /// With *g* the total frequency, −Σ (*f* / *g*) (ln *f* − ln *g*) = ln *g* − Σ *f* ln *f* / *g*.
    var entropy: Double {
        totalFrequency == 0 ? 0 : log(Double(totalFrequency)) - frequencyLogSum / Double(totalFrequency)
    }
}

extension TermStatistics {
    /// The statistics of every term of the counts, in the order of their table.
    ///
    /// It takes one pass over the counts, and forms the sums in the order of the documents.
    static func gather(_ counts: TermCounts) -> [TermStatistics] {
        // Nearly all frequencies are small. f ln f is computed once for these.
        let frequencyLogs = [0] + (1..<256).map { Double($0) * log(Double($0)) }
        var statistics = [TermStatistics](repeating: TermStatistics(), count: counts.terms.count)
        for (id, frequency) in zip(counts.termIDs, counts.frequencies) where frequency > 0 {
            let term = Int(id.rawValue)
            statistics[term].documentFrequency += 1
            statistics[term].totalFrequency += UInt64(frequency)
            statistics[term].frequencyLogSum +=
                frequency < 256 ? frequencyLogs[Int(frequency)] : Double(frequency) * log(Double(frequency))
        }
        return statistics
    }
}
