import ArraySpans
import ParallelLoops

/// The counts of documents in the numbers of the terms, as ``TermCounts`` has them.
struct CountedRows {
    let offsets: [Int]
    let ids: [TermID]
    let frequencies: [UInt32]

    /// The portions that are sorted before their counts are put behind the others: some tens of megabytes.
    private static let portionsAtOnce = 64

    /// Counts the terms of each document.
    ///
    /// Portions of documents are sorted and counted in parallel (``SortedPortion``), some of them at a time, and their
    /// counts put one behind another.
    init(_ sequences: TermSequences, termCount: Int, threads: Int) {
        let documentCount = sequences.offsets.count - 1
        let size = SortedPortion.documentCount(termCount: termCount)
        let portionCount = (documentCount + size - 1) / size
        var offsets = [0]
        offsets.reserveCapacity(documentCount + 1)
        // There are no more counts than terms in sequences. The system gives only the memory that is written.
        var ids: [TermID] = []
        ids.reserveCapacity(sequences.terms.count)
        var frequencies: [UInt32] = []
        frequencies.reserveCapacity(sequences.terms.count)
        for first in stride(from: 0, to: portionCount, by: Self.portionsAtOnce) {
            let count = min(Self.portionsAtOnce, portionCount - first)
            let portions = concurrentMap(count, threads: threads) { number in
                let start = (first + number) * size
                return SortedPortion(start..<min(start + size, documentCount), of: sequences, termCount: termCount)
            }
            for portion in portions {
                for count in portion.distinctCounts { offsets.append(offsets[offsets.count - 1] + Int(count)) }
                ids += portion.ids
                frequencies += portion.frequencies
            }
        }
        self.offsets = offsets
        self.ids = ids
        self.frequencies = frequencies
    }
}

/// The terms of some documents in a row, sorted by document and term.
///
/// A term is one word of 32 bits, the document above the term, so that words in ascending order are terms in the order
/// of documents and terms. The more terms there are, the fewer documents fit.
struct SortedPortion: Sendable {
    /// The most documents: their words stay in a core's own cache while they are sorted.
    private static let maximumDocuments = 256

    /// The bits that the sort looks at in one pass: its counters are to stay in the first cache.
    private static let maximumDigitBits = 10

    /// The number of distinct terms of each document.
    private(set) var distinctCounts: [UInt32]

    /// The distinct terms of each document, one document after another.
    private(set) var ids: [TermID] = []

    /// How often each of them occurs in its document.
    private(set) var frequencies: [UInt32] = []

    /// How many documents a portion has.
    static func documentCount(termCount: Int) -> Int {
        min(maximumDocuments, 1 << (32 - bits(for: termCount)))
    }

    /// How many bits the numbers below a count have.
    private static func bits(for count: Int) -> Int { Int.bitWidth - max(0, count - 1).leadingZeroBitCount }

    /// Sorts and counts the terms of documents.
    init(_ documents: Range<Int>, of sequences: TermSequences, termCount: Int) {
        let termBits = Self.bits(for: termCount)
        var words = Buffer<UInt32>()
        let terms = sequences.terms.span
        for (place, document) in documents.enumerated() {
            let high = UInt32(truncatingIfNeeded: place << termBits)
            for index in sequences.offsets[document]..<sequences.offsets[document + 1] {
                words.append(high | terms[index], keeping: terms[index] != TermSequences.gap)
            }
        }
        Self.sort(&words, bits: termBits + Self.bits(for: documents.count))
        distinctCounts = [UInt32](repeating: 0, count: documents.count)
        count(words, termBits: termBits)
    }

    /// Counts equal words, which stand side by side.
    private mutating func count(_ words: borrowing Buffer<UInt32>, termBits: Int) {
        let mask = UInt32(truncatingIfNeeded: UInt64(1) << UInt64(termBits) - 1)
        ids.reserveCapacity(words.count)
        frequencies.reserveCapacity(words.count)
        var previous: UInt32?
        for index in 0..<words.count {
            let word = words[index]
            if word == previous {
                frequencies[frequencies.count - 1] += 1
            } else {
                distinctCounts[Int(UInt64(word) >> UInt64(termBits))] += 1
                ids.append(TermID(rawValue: word & mask))
                frequencies.append(1)
                previous = word
            }
        }
    }

    /// Sorts words that have a number of bits: a radix sort from the lowest digit to the highest.
    private static func sort(_ words: inout Buffer<UInt32>, bits: Int) {
        let passes = (bits + maximumDigitBits - 1) / maximumDigitBits
        guard passes > 0 else { return }
        let digitBits = (bits + passes - 1) / passes
        let mask = UInt32(1) << UInt32(digitBits) - 1
        var sorted = Buffer<UInt32>(repeating: 0, count: words.count)
        for pass in 0..<passes {
            let shift = UInt32(pass * digitBits)
            var starts = Buffer<Int>(repeating: 0, count: 1 << digitBits)
            for index in 0..<words.count { starts[Int(words[index] >> shift & mask)] += 1 }
            var start = 0
            for digit in 0..<1 << digitBits {
                let count = starts[digit]
                starts[digit] = start
                start += count
            }
            for index in 0..<words.count {
                let word = words[index]
                let digit = Int(word >> shift & mask)
                sorted[starts[digit]] = word
                starts[digit] += 1
            }
            swap(&words, &sorted)
        }
    }
}
