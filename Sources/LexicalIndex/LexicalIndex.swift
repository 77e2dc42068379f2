import Bisection
package import MappedFiles
import Synchronization

/// An inverted index of a collection that does not change, in one mapped file, searched by BM25.
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
/// The file is of kind `bm25`, version 2. Documents are numbered in ascending order of their keys (their *ordinals*),
/// terms in ascending order of their bytes. A posting says that a term occurs in a document, and how often.
///
/// ```
/// section           element    holds
/// ───────────────   ────────   ─────────────────────────────────────────────────────────────────────────────────
/// summary           UInt64     documents, their length in all, terms, postings, elements of sequences
/// keys              UInt64     the key of each document, ascending
/// lengths           UInt32     the length of each document in terms
/// term-text         UInt8      the UTF-8 of all terms, one behind the other
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
/// Version 2 added the last two, which tell how often two terms stand side by side in a document. That asks for the
/// documents that are candidates already, some hundreds, and costs 4 bytes a word where postings of pairs would take
/// as much and a dictionary of millions besides.
///
/// ## Why it is laid out like this
///
/// What a posting adds to a score depends, beyond the term's weight, on its frequency and on the length of the
/// document; and the average length, which is known only when all segments are, goes into it too. But few pairs of a
/// frequency and a length exist: 4,535 among 13.2 million postings of 157,369 abstracts, the first 255 of them in 86 %
/// of the postings. So a posting names its pair, a search has a table of what each pair is worth, and adding a posting
/// to a score takes two loads, a product and a sum, exact and without a branch.
///
/// A search adds up the postings of one term after another, in an array that holds the scores of one block, and then
/// looks through the array for the best. Measured over that collection, on one thread of a busy machine, in
/// microseconds a query for the best 10 (and 200), for queries of 2.8, 8, 12 and 30 terms:
///
/// | way | 2.8 terms | 8 terms | 12 terms | 30 terms |
/// | --- | --- | --- | --- | --- |
/// | this one | 64 (137) | 158 (253) | 242 (338) | 216 (347) |
/// | frequencies and lengths apart | 112 (148) | 254 (328) | 443 (524) | 365 (445) |
/// | MaxScore in blocks, lookups of the common terms | 95 (181) | 251 (399) | 440 (646) | 562 (722) |
/// | maxima for every 64 documents | 72 (180) | 337 (506) | 700 (849) | 961 (1,248) |
/// | maxima for every 256 documents | 96 (184) | 257 (349) | 472 (615) | 688 (752) |
///
/// So skipping what cannot be among the best (MaxScore: H. Turtle & J. Flood, 1995; maxima of blocks: S. Ding & T.
/// Suel, 2011) costs more than it saves at this size: the terms that it skips are the common ones, whose postings are
/// the cheapest to add. Narrower windows than a block, whole-number scores, postings of 2 or 3 bytes and reading ahead
/// changed a posting's 0.8 ns by a quarter at most, up or down.
///
/// ## What it promises
///
/// Opening reads the header, the section table, the summary and the pairs (512 KB at most), whatever the size of the
/// file. A score is the sum of single-precision products in the order of the query's terms, and the same by every
/// route, from every segment. Equal scores are in the order of their keys. Every number read from the file is compared
/// with its bounds where it is used: a file that is damaged or made up is refused or gives wrong answers, and never
/// makes a search read or write elsewhere; ``verify()`` tells. Any number of threads may search at the same time.
package final class LexicalIndex: Sendable {
    /// The kind of the file.
    package static let fileKind = FileKind("bm25")

    /// The versions of the file that this build reads; it writes the last of them.
    package static let fileVersions: ClosedRange<UInt32> = 2...2

    /// The most terms that the documents of one index may have together, so that those of many have a sum.
    static let maximumTotalLength = 1 << 48

    /// The number of documents, those without any term included.
    package let documentCount: Int

    /// The number of terms of all documents together, repetitions included.
    package let totalLength: Int

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

    /// What searches share: it changes how fast they are, never what they find.
    final class SharedState: Sendable {
        let accumulators = Mutex<[ScoreAccumulator]>([])
        let factors = Mutex<FactorTable?>(nil)
    }

    /// Opens the index in the file at `path`.
    ///
    /// - Throws: `cannotOpen` or `damaged`.
    /// - Complexity: O(1).
    package init(mapping path: String) throws(LexicalIndexError) {
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
    package var path: String { file.path }

    /// The number of distinct terms.
    package var termCount: Int { terms.count }

    /// Reads the whole file and compares its checksums.
    ///
    /// - Throws: `damaged`, naming file and section.
    package func verify() throws(LexicalIndexError) {
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
    /// - Complexity: O(log *n*) for *n* documents, O(1) where keys follow each other without a gap.
    package func ordinal(of key: UInt64) -> Int? {
        if let first = keys.first, let distance = Int(exactly: key &- first), keys.at(distance) == key {
            return distance
        }
        let ordinal = keys.withSpan { keys in (0..<keys.count).partitioningIndex { keys[$0] >= key } }
        return keys.at(ordinal) == key ? ordinal : nil
    }

    /// Whether a document has the key `key`.
    package func contains(_ key: UInt64) -> Bool { ordinal(of: key) != nil }
}

// MARK: - Terms

extension LexicalIndex {
    /// Whether a document has the term `term`.
    package func contains(term: String) -> Bool { terms.index(of: term) != nil }

    /// The number of documents that have the term `term`, removed ones included.
    ///
    /// - Complexity: O(log *n*) comparisons for *n* terms.
    package func documentFrequency(of term: String) -> Int {
        terms.index(of: term).map { postings.range(of: $0).count } ?? 0
    }

    /// The statistics of this index for the terms of a query.
    package func statistics(for terms: some Sequence<String>) -> CorpusStatistics {
        CorpusStatistics(
            documentCount: documentCount,
            totalLength: totalLength,
            documentFrequencies: terms.map(documentFrequency(of:))
        )
    }

    /// The keys of the documents that have the term `term`, ascending.
    ///
    /// - Complexity: O(*df*) for a term of *df* documents.
    package func keys(containing term: String) -> [UInt64] {
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
