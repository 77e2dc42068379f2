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

/// How the frequency of a term in a document becomes the weight of the term in the document's row.
///
/// A weight is the product of a local and a global part. The local part depends on the frequency *f* of the term in the
/// document. The global part depends on the distribution of the term over the *N* documents of the corpus. Rows are
/// then divided by their Euclidean length, so the base of a logarithm that scales a whole part does not matter.
///
/// | weighting | local | global |
/// | --- | --- | --- |
/// | ``rawTFIDF`` | *f* | ln(1 + *N* / *df*) |
/// | ``logTFIDF`` | 1 + ln *f* | ln(1 + *N* / *df*) |
/// | ``logEntropy`` | log₂(1 + *f*) | *G* = 1 − *H* / ln(*N* + 1) |
/// | ``dampedLogEntropy`` | log₂(1 + *f*) | *G*^¾ · *df*^−⅛ |
///
/// *df* is the number of documents with the term. *H* = −Σ *p* ln *p* is the entropy of its distribution over them,
/// where *p* is a document's share of its occurrences.
///
/// The textbook forms ln(*N* / *df*) and 1 − *H* / ln *N* are 0 for a term that is spread evenly over all documents,
/// and the second is 0 / 0 for a corpus of one document. Our forms stay above 0, so every corpus with a term has a
/// model. Rankings by them are as good (`Benchmarks/Results/2026-11-25-latent-semantics.md`).
///
/// G. Salton and C. Buckley, Term-weighting approaches in automatic text retrieval, Information Processing & Management
/// 24 (1988), <https://doi.org/10.1016/0306-4573(88)90021-0>, for the first two; S. T. Dumais, Improving the retrieval
/// of information from external sources, Behavior Research Methods, Instruments, & Computers 23 (1991),
/// <https://doi.org/10.3758/BF03203370>, for the third.
public enum TermWeighting: String, Codable, CaseIterable, Hashable, Sendable {
    /// The frequency times the inverse document frequency.
    case rawTFIDF

    /// The frequency's logarithm times the inverse document frequency.
    case logTFIDF

    /// The frequency's logarithm times one minus the term's normalized entropy.
    case logEntropy

    /// Log-entropy, divided by the fourth root of the length of the term's column: the default of a model.
    ///
    /// The squares of a term's column sum to about *df* · *G*², up to a factor that all terms share. A decomposition
    /// fits long columns first, which are those of common terms. Shorter columns of common terms leave axes to other
    /// terms. The exponent is a quarter of the way to columns of equal length, as in correspondence analysis. Cosines
    /// gain .001 to .019 nDCG@10 on each of six collections (`Benchmarks/Results/2026-11-25-latent-semantics.md`).
    case dampedLogEntropy
}

/// The power of a column's length that ``TermWeighting/dampedLogEntropy`` divides by. A power of .4 gains on one
/// collection and loses on two (`Benchmarks/Results/2026-11-25-latent-semantics.md`).
private let damping = 0.25

extension TermWeighting {
    /// The local part of the weight of a term that occurs `frequency` times.
    ///
    /// A text that is not a document may have fractional frequencies. 1 + ln *f* falls to minus infinity below 1. So
    /// ``logTFIDF`` is *f* itself there, which has the same value and slope at 1.
    ///
    /// - Parameter frequency: The frequency, finite and not negative.
    /// - Returns: A number that grows with the frequency, from 0 at 0.
    package func localWeight(_ frequency: Float) -> Float {
        switch self {
        case .rawTFIDF: frequency
        case .logTFIDF: frequency < 1 ? frequency : 1 + logf(frequency)
        case .logEntropy, .dampedLogEntropy: log2f(1 + frequency)
        }
    }

    /// The global part of the weight of a term.
    ///
    /// - Parameters:
    ///   - statistics: The statistics of the term, which occurs in at least one document.
    ///   - documentCount: The number of documents of the corpus.
    /// - Returns: A number above 0. It is greater for a term in fewer documents.
    package func globalWeight(_ statistics: TermStatistics, documentCount: Int) -> Float {
        switch self {
        case .rawTFIDF, .logTFIDF:
            Float(log(1 + Double(documentCount) / Double(statistics.documentFrequency)))
        case .logEntropy:
            Float(1 - statistics.entropy / log(Double(documentCount) + 1))
        case .dampedLogEntropy:
            Float(
                pow(1 - statistics.entropy / log(Double(documentCount) + 1), 1 - damping)
                    * pow(Double(statistics.documentFrequency), -damping / 2))
        }
    }
}
