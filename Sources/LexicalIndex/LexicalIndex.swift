import Bisection
package import MappedFiles
import ParallelLoops
import Synchronization

/// An inverted index in one mapped file, searched by BM25. The collection never changes.
///
/// ```swift
/// try LexicalIndex.write(counts, keys: keys, to: path)
/// let index = try LexicalIndex(mapping: path)
/// let words = ["stream", "context"]
/// let query = LexicalQuery(terms: words.map { ($0, 1) }, statistics: index.statistics(for: words))
/// let hits = index.search(query, k: 10)
/// ```
///
/// ## The file
///
/// The file is of kind `bm25`, version 2. The number of a document, its *ordinal*, follows the order of the keys. Terms
/// are numbered in ascending order of their bytes. A posting says that a term occurs in a document, and how often.
///
/// ```
/// section           element    holds
/// ───────────────   ────────   ─────────────────────────────────────────────────────────────────────────────────
/// summary           UInt64     documents, their length in all, terms, postings, elements of sequences
/// keys              UInt64     the key of each document, ascending
/// lengths           UInt32     the length of each document in terms
/// term-text         UInt8      the UTF-8 of all terms, one after another
/// term-ends         UInt32     where each term starts in term-text, and where the last one ends
/// term-runs         UInt32     where each term's runs start, and where those of the last one end
/// run-blocks        UInt16     a run is the postings of one term in one block of 65,536 documents: which block
/// run-starts        UInt32     where each run starts in postings, and where the last one ends
/// postings          UInt32     ┌ the document in its block: 16 bits ┬ number of the pair: 16 bits ┐
/// pairs             2 UInt32   frequency of a term and length of a document, the pair of most postings first
/// rare-postings     UInt32     the postings whose pair has no number, which is then 65,535: their places, ascending
/// rare-frequencies  UInt32     and their frequencies
/// sequences         UInt32     the number of each term of each document, in the order of the texts; 2³² − 1 in gaps
/// sequence-starts   UInt64     where each document starts in sequences, and where the last one ends
/// ```
///
/// Version 2 added the last two sections, for `writeFactors`. They take 4 bytes a word.
/// Postings of adjacent terms would take as much, and a dictionary of millions besides.
///
/// ## Why it is laid out like this
///
/// The worth of a posting depends on the term's frequency, on the document's length, and on the average length, which
/// is known only when all segments are. But few pairs of a frequency and a length exist. So a posting names its pair,
/// and a search has a table with the worth of each pair. Adding a posting to a score takes two loads, a product and a
/// sum, exact and without a branch.
///
/// A search adds up the postings of one term after another in an array with the scores of one block, and then looks
/// through the array for the best. Skipping documents that cannot be among the best is slower at this size.
/// `Benchmarks/Results/2026-11-25-lexical-index.md` has the measurements.
///
/// ## What it promises
///
/// Opening reads the header, the section table, the summary and the pairs (512 KB at most), whatever the size of the
/// file. A score is the sum of single-precision products in the order of the query's terms. It is the same by every
/// call and from every segment. Documents of equal score come in the order of their keys. Every number read from the
/// file is compared with its bounds where it is used. So a file that is damaged or made up is refused or gives wrong
/// answers, and no search reads or writes elsewhere; ``verify()`` finds the damage. Any number of threads may search at
/// the same time.
public final class LexicalIndex: Sendable {
    /// The kind of the file.
    package static let fileKind = FileKind("bm25")

    /// The versions of the file that this build reads. It writes the last of them.
    package static let fileVersions: ClosedRange<UInt32> = 2...2

    /// The most terms that the documents of one index may have together. Sums over many segments then fit.
    static let maximumTotalLength = 1 << 48

    /// The number of documents, those without any term included.
    public let documentCount: Int

    /// The number of terms of all documents together, repetitions included.
    public let totalLength: Int

    /// The key of each document, ascending.
    package let keys: FrozenArray<UInt64>

    let lengths: FrozenArray<UInt32>
    let terms: StringTable
    let postings: Postings
    let pairs: FrozenArray<FrequencyLengthPair>
    let sequences: FrozenArray<UInt32>
    let sequenceStarts: FrozenArray<UInt64>
    let shared = SharedState()
    private let file: SectionedFile

    /// What searches share. It changes their speed and never their results.
    final class SharedState: Sendable {
        let accumulators = LockedValue<[ScoreAccumulator]>([])
        let factors = LockedValue<FactorTable?>(nil)
    }

    /// Opens the index in the file at `path`.
    ///
    /// - Throws: `cannotOpen`, `newerVersion`, `olderVersion` or `damaged`.
    /// - Complexity: O(1).
    public init(mapping path: String) throws(LexicalIndexError) {
        do throws(MappedFileError) {
            file = try SectionedFile(path: path, kind: Self.fileKind, versions: Self.fileVersions)
            let summary = try file.array(Section.summary, of: UInt64.self, count: 5, verified: true).map {
                Int(clamping: $0)
            }
            documentCount = summary[0]
            totalLength = summary[1]
            guard totalLength <= Self.maximumTotalLength else {
                throw MappedFileError(
                    .damagedSection, path: path, section: Section.summary,
                    message:
                        "Cannot read '\(path)': its documents cannot have \(totalLength) terms. Rebuild the file, or "
                        + "restore it from a copy."
                )
            }
            keys = try file.array(Section.keys, of: UInt64.self, count: documentCount)
            lengths = try file.array(Section.lengths, of: UInt32.self, count: documentCount)
            pairs = try file.array(Section.pairs, of: FrequencyLengthPair.self, verified: true)
            sequences = try file.array(Section.sequences, of: UInt32.self, count: summary[4])
            sequenceStarts = try file.array(Section.sequenceStarts, of: UInt64.self, count: documentCount &+ 1)
            terms = try StringTable(file, offsets: Section.termEnds, bytes: Section.termText, count: summary[2])
            postings = try Postings(file, termCount: summary[2], postingCount: summary[3])
        } catch {
            throw LexicalIndexError(reading: error)
        }
    }

    /// The path of the file.
    public var path: String { file.path }

    /// The number of distinct terms.
    public var termCount: Int { terms.count }

    /// Reads the whole file and compares its checksums.
    ///
    /// - Throws: `damaged`, with the file and the section.
    /// - Complexity: O(*bytes*).
    public func verify() throws(LexicalIndexError) {
        do {
            try file.verify()
        } catch {
            throw LexicalIndexError(reading: error)
        }
    }
}

/// The names of the file's sections.
enum Section {
    static let summary = "summary"
    static let keys = "keys"
    static let lengths = "lengths"
    static let termText = "term-text"
    static let termEnds = "term-ends"
    static let termRuns = "term-runs"
    static let runBlocks = "run-blocks"
    static let runStarts = "run-starts"
    static let postings = "postings"
    static let pairs = "pairs"
    static let rarePostings = "rare-postings"
    static let rareFrequencies = "rare-frequencies"
    static let sequences = "sequences"
    static let sequenceStarts = "sequence-starts"
}

/// A frequency of a term in a document and the length of the document.
struct FrequencyLengthPair: Hashable, Sendable, BitwiseCopyable {
    let frequency: UInt32
    let length: UInt32
}

// MARK: - Documents

extension LexicalIndex {
    /// The ordinal of the document with the key `key`, or `nil` if it is not in the index.
    ///
    /// - Complexity: O(log *n*) for *n* missing keys between the first and the last.
    package func ordinal(of key: UInt64) -> Int? {
        guard let first = keys.at(0), let last = keys.at(keys.count - 1), first <= key, key <= last else { return nil }
        // Keys ascend, so there are at most as many before this one as numbers, and as many behind it.
        let before = Int(clamping: key - first)
        let behind = Int(clamping: last - key)
        let (lowest, highest) = (max(0, keys.count - 1 - behind), min(keys.count - 1, before))
        guard lowest <= highest else { return nil }
        let ordinal = keys.withSpan { keys in (lowest..<highest).partitioningIndex { keys[$0] >= key } }
        return keys.at(ordinal) == key ? ordinal : nil
    }

    /// Whether a document has the key `key`.
    public func contains(_ key: UInt64) -> Bool { ordinal(of: key) != nil }
}

// MARK: - Terms

extension LexicalIndex {
    /// Whether a document has the term `term`.
    public func contains(term: String) -> Bool { terms.index(of: term) != nil }

    /// The number of documents that have the term `term`, removed ones included.
    ///
    /// - Complexity: O(log *n*) comparisons for *n* terms.
    public func documentFrequency(of term: String) -> Int {
        guard let term = terms.index(of: term) else { return 0 }
        return postings.range(of: term).count
    }

    /// The statistics of this index for the terms of a query.
    public func statistics(for terms: some Sequence<String>) -> CorpusStatistics {
        CorpusStatistics(
            documentCount: documentCount,
            totalLength: totalLength,
            documentFrequencies: terms.map(documentFrequency(of:))
        )
    }

    /// The keys of the documents that have the term `term`, ascending.
    ///
    /// - Complexity: O(*df*) for a term of *df* documents.
    public func keys(containing term: String) -> [UInt64] {
        guard let term = terms.index(of: term) else { return [] }
        return postings.runs(of: term).flatMap { run in
            let range = postings.range(ofRun: run)
            let first = postings.block(ofRun: run) * blockSize
            return postings.postings.withSpan { postings in
                range.compactMap { keys.at(first + postings[$0].document) }
            }
        }
    }
}
