import Bisection
import MappedFiles

/// The number of documents in a block: as many as 16 bits can number.
let blockSize = 1 << 16

/// The most blocks: as many as 16 bits can number. More than 4 billion documents would need more postings than 32 bits
/// can count.
let maximumBlockCount = 1 << 16

/// What stands in place of the number of a pair that has none.
let rarePair = Int(UInt16.max)

/// An occurrence of a term in a document, with its frequency.
struct Posting: BitwiseCopyable, Hashable, Sendable {
    private let bits: UInt32

    /// Creates a posting of numbers of 16 bits each.
    init(document: Int, pair: Int) {
        bits = UInt32(document) << 16 | UInt32(pair)
    }

    /// The number of the document in its block, below 65,536.
    var document: Int { Int(bits >> 16) }

    /// The number of the pair of frequency and length, below 65,536.
    var pair: Int { Int(bits & 0xFFFF) }
}

/// The postings of all terms, in runs: those of one term in one block, in the order of the documents.
struct Postings: Sendable {
    /// The postings of all runs.
    let postings: FrozenArray<Posting>

    private let termRuns: FrozenArray<UInt32>
    private let runBlocks: FrozenArray<UInt16>
    private let runStarts: FrozenArray<UInt32>
    private let rarePostings: FrozenArray<UInt32>
    private let rareFrequencies: FrozenArray<UInt32>

    init(_ file: SectionedFile, termCount: Int, postingCount: Int) throws(MappedFileError) {
        termRuns = try file.array(Section.termRuns, of: UInt32.self, count: termCount &+ 1)
        runBlocks = try file.array(Section.runBlocks, of: UInt16.self)
        runStarts = try file.array(Section.runStarts, of: UInt32.self, count: runBlocks.count + 1)
        postings = try file.array(Section.postings, of: Posting.self, count: postingCount)
        rarePostings = try file.array(Section.rarePostings, of: UInt32.self)
        rareFrequencies = try file.array(Section.rareFrequencies, of: UInt32.self, count: rarePostings.count)
    }

    /// The runs of a term, in the order of their blocks.
    ///
    /// - Precondition: there is such a term.
    func runs(of term: Int) -> Range<Int> {
        let (start, end) = (Int(termRuns[term]), Int(termRuns[term + 1]))
        return start <= end && end <= runBlocks.count ? start..<end : 0..<0
    }

    /// The block of a run.
    ///
    /// - Precondition: there is such a run.
    func block(ofRun run: Int) -> Int { Int(runBlocks[run]) }

    /// The places of a run's postings, all of them in ``postings``.
    ///
    /// - Precondition: there is such a run.
    func range(ofRun run: Int) -> Range<Int> { range(ofRuns: run..<run + 1) }

    /// The places of a term's postings, all of them in ``postings``.
    ///
    /// - Precondition: there is such a term.
    func range(of term: Int) -> Range<Int> { range(ofRuns: runs(of: term)) }

    private func range(ofRuns runs: Range<Int>) -> Range<Int> {
        let (start, end) = (Int(runStarts[runs.lowerBound]), Int(runStarts[runs.upperBound]))
        return start <= end && end <= postings.count ? start..<end : 0..<0
    }

    /// Calls `body` with the place and the frequency of every posting of a run whose pair has no number.
    @inline(__always)
    func forEachRare(in range: Range<Int>, _ body: (_ place: Int, _ frequency: UInt32) -> Void) {
        guard !rarePostings.isEmpty else { return }
        var index = rarePostings.withSpan { places in
            (0..<places.count).partitioningIndex { places[$0] >= range.lowerBound }
        }
        while index < rarePostings.count, range.contains(Int(rarePostings[index])) {
            body(Int(rarePostings[index]), rareFrequencies[index])
            index += 1
        }
    }
}
