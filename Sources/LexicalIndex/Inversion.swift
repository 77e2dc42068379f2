import Bisection
import MappedFiles
import ParallelLoops
import TextAnalysis

/// The postings of a collection in the order of their terms, and of the documents of each term.
///
/// It is a counting sort:
///
/// 1. Divide the documents into as many parts as there are threads.
/// 2. Count the postings of each part, term by term. The counts say where the postings of each part and term go.
/// 3. Put the postings of each part there. The places do not depend on the division.
struct Inversion: Sendable {
    /// Where the postings of each term start, and where those of the last one end.
    private let termStarts: [Int]

    private let entries: InvertedEntries
    private let collection: SortedCollection

    init(_ collection: SortedCollection, _ pairs: PairNumbers, threads: Int) {
        self.collection = collection
        let documentCount = collection.keys.count
        let termCount = collection.counts.terms.count
        let partSize = max(1, (documentCount + threads - 1) / threads)
        let partCount = (documentCount + partSize - 1) / partSize
        let parts = (0..<partCount).map { $0 * partSize..<min(documentCount, ($0 + 1) * partSize) }

        var places = concurrentMap(partCount, threads: threads) { part in
            var counts = [UInt32](repeating: 0, count: termCount)
            for document in parts[part] {
                for entry in collection.entries(of: document) {
                    counts[Int(collection.counts.termIDs[entry].rawValue)] += 1
                }
            }
            return counts
        }
        var starts = [0]
        starts.reserveCapacity(termCount + 1)
        for term in 0..<termCount {
            var next = starts[term]
            for part in places.indices {
                let count = places[part][term]
                places[part][term] = UInt32(next)
                next += Int(count)
            }
            starts.append(next)
        }
        termStarts = starts

        let entries = InvertedEntries(count: collection.counts.termIDs.count)
        let firstPlaces = places
        concurrentChunks(of: partCount, threads: threads) { _, indices in
            for part in indices {
                var places = firstPlaces[part]
                for document in parts[part] {
                    let length = collection.lengths[document]
                    // Most terms of a document occur once. They share one lookup.
                    let pairOfOne = pairs.number(1, length)
                    for entry in collection.entries(of: document) {
                        let frequency = collection.counts.frequencies[entry]
                        let term = Int(collection.counts.termIDs[entry].rawValue)
                        let pair = frequency == 1 ? pairOfOne : pairs.number(frequency, length)
                        entries.set(Int(places[term]), InvertedEntry(document: UInt32(document), pair: pair))
                        places[term] += 1
                    }
                }
            }
        }
        self.entries = entries
    }

    /// Writes the sections of runs and postings.
    func write(to writer: inout SectionedFileWriter) throws(MappedFileError) {
        var termRuns: [UInt32] = [0]
        var runBlocks: [UInt16] = []
        var runStarts: [UInt32] = []
        var rarePostings: [UInt32] = []
        var rareFrequencies: [UInt32] = []
        var buffer: [Posting] = []
        let bufferSize = 1 << 16
        buffer.reserveCapacity(bufferSize)

        writer.begin(Section.postings, elementSize: MemoryLayout<Posting>.stride)
        for term in 0..<termStarts.count - 1 {
            var openBlock: Int?
            for place in termStarts[term]..<termStarts[term + 1] {
                let entry = entries[place]
                let (block, document) = Int(entry.document).quotientAndRemainder(dividingBy: blockSize)
                if block != openBlock {
                    openBlock = block
                    runBlocks.append(UInt16(block))
                    runStarts.append(UInt32(place))
                }
                if Int(entry.pair) == rarePair {
                    rarePostings.append(UInt32(place))
                    rareFrequencies.append(frequency(of: term, in: Int(entry.document)))
                }
                buffer.append(Posting(document: document, pair: Int(entry.pair)))
                if buffer.count == bufferSize {
                    try writer.append(buffer)
                    buffer.removeAll(keepingCapacity: true)
                }
            }
            termRuns.append(UInt32(runBlocks.count))
        }
        try writer.append(buffer)
        writer.end()
        runStarts.append(UInt32(entries.count))
        try writer.add(Section.termRuns, termRuns)
        try writer.add(Section.runBlocks, runBlocks)
        try writer.add(Section.runStarts, runStarts)
        try writer.add(Section.rarePostings, rarePostings)
        try writer.add(Section.rareFrequencies, rareFrequencies)
    }

    private func frequency(of term: Int, in document: Int) -> UInt32 {
        let counts = collection.counts
        let entry = collection.entries(of: document).partitioningIndex { Int(counts.termIDs[$0].rawValue) >= term }
        return counts.frequencies[entry]
    }
}

/// A document, and the number of the pair of a term's frequency in it and its length.
struct InvertedEntry {
    let document: UInt32
    let pair: UInt16
}

/// Memory for entries. Several threads fill it at the same time, each at places of its own.
@safe
private final class InvertedEntries: Sendable {
    let count: Int
    nonisolated(unsafe) private let entries: UnsafeMutablePointer<InvertedEntry>

    init(count: Int) {
        self.count = count
        unsafe entries = .allocate(capacity: count)
        unsafe entries.initialize(repeating: InvertedEntry(document: 0, pair: 0), count: count)
    }

    deinit { unsafe entries.deallocate() }

    func set(_ place: Int, _ entry: InvertedEntry) {
        precondition(place >= 0 && place < count, "No place \(place) among \(count)")
        // SAFETY: the line above; no two threads set, and none reads, the same place at the same time.
        unsafe entries[place] = entry
    }

    subscript(place: Int) -> InvertedEntry {
        precondition(place >= 0 && place < count, "No place \(place) among \(count)")
        // SAFETY: the line above.
        return unsafe entries[place]
    }
}
