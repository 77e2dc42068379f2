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

/// How well a term tells the documents of a group from all others.
///
/// It is the share *p* of the group's documents that have the term, times the logarithm of how much larger the odds of
/// the term are in the group than outside: the log-odds ratio of B. L. Monroe, M. P. Colaresi and K. M. Quinn,
/// "Fightin' Words", 2008, <https://doi.org/10.1093/pan/mpn018>, with its informative prior: a few documents that have
/// the term as often as all do are added to either side. So what two of three documents have by chance names no group.
/// Where the paper divides the ratio by its deviation, which names the most frequent words of large groups, it is
/// weighed by *p* here: a name should fit most of a group's documents.
package struct TermContrast: Sendable {
    private let groupCount: Double
    private let documentCount: Double

    /// The documents of the prior. With none, small groups are named by chance; with many, by words of all.
    private static let priorCount = 8.0

    /// - Parameters:
    ///   - groupCount: The documents of the group.
    ///   - documentCount: All documents, those of the group included.
    package init(groupCount: Int, documentCount: Int) {
        self.groupCount = Double(groupCount)
        self.documentCount = Double(documentCount)
    }

    /// The weight of a term.
    ///
    /// - Parameters:
    ///   - count: The documents of the group that have it.
    ///   - total: All documents that have it.
    /// - Returns: Above 0 for a term that is more frequent in the group than outside.
    package func weight(count: Int, total: Int) -> Double {
        guard groupCount > 0 else { return 0 }
        let (inside, outside) = (Double(count), Double(total - count))
        let share = inside / groupCount
        // In a group of all documents there is nothing to compare with: the most frequent terms name it.
        guard documentCount > groupCount else { return share }
        let prior = (Double(total) + 0.5) / (documentCount + 1) * Self.priorCount
        let odds = (inside + prior) / (groupCount - inside + Self.priorCount - prior)
        let others = documentCount - groupCount
        let otherOdds = (outside + prior) / (others - outside + Self.priorCount - prior)
        return share * log(odds / otherOdds)
    }
}
