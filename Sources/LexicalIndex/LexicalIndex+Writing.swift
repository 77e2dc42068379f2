import MappedFiles
import ParallelLoops
package import TextAnalysis

extension LexicalIndex {
    /// Writes the index of a collection to a new file.
    ///
    /// The bytes of the file depend on the counts and the keys alone, not on the order of the documents or the number
    /// of threads. The file appears at its path when it is complete.
    ///
    /// - Parameters:
    ///   - counts: How often each term occurs in each document.
    ///   - keys: The key of each document, in the order of `counts`; no two are the same.
    ///   - path: Where the file will be.
    ///   - threads: The most threads to use.
    ///   - pairLimit: The most pairs of frequency and length that get a number. More pairs make the file faster to
    ///     search; tests use fewer.
    /// - Throws: `cannotWrite`; `tooLarge` for more than 4 billion postings or documents, 4 GB of distinct terms, or a
    ///   document of more than 4 billion terms.
    /// - Complexity: O(*p* + *t*) for *p* postings and *t* bytes of terms; 8 bytes of memory a posting.
    package static func write(
        _ counts: TermCounts,
        keys: [UInt64],
        to path: String,
        threads: Int = availableCores,
        pairLimit: Int = rarePair
    ) throws(LexicalIndexError) {
        precondition(
            keys.count == counts.documentCount, "\(counts.documentCount) documents cannot have \(keys.count) keys"
        )
        precondition((0...rarePair).contains(pairLimit), "\(pairLimit) pairs cannot be numbered by 16 bits")
        let largest = Int(UInt32.max)
        let collection = SortedCollection(counts, keys: keys)
        guard counts.termIDs.count <= largest, keys.count <= largest, counts.terms.utf8.count <= largest,
            collection.totalLength <= maximumTotalLength, collection.longestLength <= largest
        else {
            throw LexicalIndexError(
                .tooLarge,
                "Cannot write '\(path)': \(keys.count) documents with \(counts.termIDs.count) terms are more than one "
                    + "index can hold. Divide them among several."
            )
        }
        let pairs = PairNumbers(collection, limit: pairLimit)
        let inversion = Inversion(collection, pairs, threads: threads)
        do throws(MappedFileError) {
            var writer = try SectionedFileWriter(path: path, kind: fileKind, version: fileVersions.upperBound)
            let summary = [
                keys.count, collection.totalLength, counts.terms.count, counts.termIDs.count,
                counts.sequences?.terms.count ?? 0,
            ]
            try writer.add(Section.summary, summary.map { UInt64($0) })
            try writer.add(Section.keys, collection.keys)
            try writer.add(Section.lengths, collection.lengths)
            try writer.add(Section.termText, counts.terms.utf8)
            try writer.add(Section.termEnds, counts.terms.offsets.map { UInt32($0) })
            try inversion.write(to: &writer)
            try writer.add(Section.pairs, pairs.numbered)
            try collection.writeSequences(to: &writer)
            try writer.commit()
        } catch {
            throw LexicalIndexError(writing: error)
        }
    }
}

/// The documents of a collection in ascending order of their keys.
struct SortedCollection: Sendable {
    let counts: TermCounts

    /// The position in `counts` of each document.
    private let order: [Int]

    /// The key of each document, ascending.
    let keys: [UInt64]

    /// The length of each document, if none exceeds 32 bits.
    let lengths: [UInt32]

    /// The sum of the lengths of all documents, and the greatest length.
    let totalLength: Int
    let longestLength: Int

    init(_ counts: TermCounts, keys: [UInt64]) {
        self.counts = counts
        let order = keys.indices.sorted { keys[$0] < keys[$1] }
        self.order = order
        self.keys = order.map { keys[$0] }
        let lengths = order.map { counts.length(of: $0) }
        totalLength = lengths.reduce(0, +)
        longestLength = lengths.max() ?? 0
        self.lengths = lengths.map { UInt32(clamping: $0) }
        for (key, next) in zip(self.keys, self.keys.dropFirst()) {
            precondition(key < next, "Two documents have the key \(key)")
        }
    }

    /// Writes the sections of the terms in the order of the texts. No document has terms there if the counts lack it.
    func writeSequences(to writer: inout SectionedFileWriter) throws(MappedFileError) {
        var starts = [UInt64](repeating: 0, count: order.count + 1)
        writer.begin(Section.sequences, elementSize: MemoryLayout<UInt32>.stride)
        if let sequences = counts.sequences {
            var end = 0
            var buffer: [UInt32] = []
            for (ordinal, document) in order.enumerated() {
                let range = sequences.offsets[document]..<sequences.offsets[document + 1]
                buffer += sequences.terms[range]
                end += range.count
                starts[ordinal + 1] = UInt64(end)
                if buffer.count >= 1 << 16 {
                    try writer.append(buffer)
                    buffer.removeAll(keepingCapacity: true)
                }
            }
            try writer.append(buffer)
        }
        writer.end()
        try writer.add(Section.sequenceStarts, starts)
    }

    /// The positions in `counts` of a document's terms and frequencies.
    func entries(of document: Int) -> Range<Int> {
        counts.documentOffsets[order[document]]..<counts.documentOffsets[order[document] + 1]
    }
}

/// The numbers of the pairs of a frequency and a length. The most frequent pair has the lowest number.
struct PairNumbers: Sendable {
    /// The pairs that have numbers, in their order.
    let numbered: [FrequencyLengthPair]

    private let numbers: [FrequencyLengthPair: UInt16]

    init(_ collection: SortedCollection, limit: Int) {
        var occurrences: [FrequencyLengthPair: Int] = [:]
        for document in collection.keys.indices {
            for (frequency, count) in Self.frequencies(of: document, collection) {
                let pair = FrequencyLengthPair(frequency: frequency, length: collection.lengths[document])
                occurrences[pair, default: 0] += count
            }
        }
        let sorted = occurrences.sorted { left, right in
            (right.value, left.key.frequency, left.key.length) < (left.value, right.key.frequency, right.key.length)
        }
        numbered = sorted.prefix(limit).map(\.key)
        numbers = Dictionary(uniqueKeysWithValues: numbered.enumerated().map { ($0.element, UInt16($0.offset)) })
    }

    /// The number of the pair, or ``rarePair`` if it has none.
    func number(_ frequency: UInt32, _ length: UInt32) -> UInt16 {
        numbers[FrequencyLengthPair(frequency: frequency, length: length)] ?? UInt16(rarePair)
    }

    /// How many terms occur how often in a document. Most terms occur once.
    private static func frequencies(of document: Int, _ collection: SortedCollection) -> [UInt32: Int] {
        var once = 0
        var result: [UInt32: Int] = [:]
        for entry in collection.entries(of: document) {
            let frequency = collection.counts.frequencies[entry]
            if frequency == 1 { once += 1 } else { result[frequency, default: 0] += 1 }
        }
        if once > 0 { result[1] = once }
        return result
    }
}
