import ParallelLoops

/// The counts of documents in the numbers of the terms, as ``TermCounts`` has them.
struct CountedRows {
    let offsets: [Int]
    let ids: [TermID]
    let frequencies: [UInt32]

    /// Replaces the forms of documents by the numbers of their terms, in order, equal terms counted.
    ///
    /// 1. Portions of documents are sorted, in parallel (``SortedPortion``).
    /// 2. The pairs of document and term are numbered through.
    /// 3. Equal terms of a document become one and their number, in parallel.
    init(_ places: [DocumentPlace], of workers: [WorkerResult], _ numbering: TermNumbering, threads: Int) {
        let size = SortedPortion.documentCount(termCount: numbering.terms.count)
        let portions = concurrentMap((places.count + size - 1) / size, threads: threads) { number in
            SortedPortion(
                places[number * size..<min((number + 1) * size, places.count)], of: workers, numbering)
        }
        var offsets = [0]
        offsets.reserveCapacity(places.count + 1)
        var starts: [Int] = []
        for portion in portions {
            starts.append(offsets[offsets.count - 1])
            for count in portion.distinctCounts { offsets.append(offsets[offsets.count - 1] + Int(count)) }
        }
        let total = offsets[offsets.count - 1]
        starts.append(total)
        let portionStarts = starts
        var frequencies: [UInt32] = []
        ids = .writtenConcurrently(count: total) { ids in
            frequencies = .writtenConcurrently(count: total) { frequencies in
                concurrentChunks(of: portions.count, threads: threads) { _, numbers in
                    for number in numbers {
                        let range = portionStarts[number]..<portionStarts[number + 1]
                        ids.withElements(in: range) { ids in
                            frequencies.withElements(in: range) { frequencies in
                                portions[number].count(into: &ids, &frequencies)
                            }
                        }
                    }
                }
            }
        }
        self.frequencies = frequencies
        self.offsets = offsets
    }
}

/// The terms of some documents in a row, sorted by document and term.
///
/// A term is one word of 32 bits, the document above the term, so that words in ascending order are terms in the order
/// of documents and terms. The more terms there are, the fewer documents fit.
final class SortedPortion: Sendable {
    /// The most documents: their words stay in a core's own cache while they are sorted.
    private static let maximumDocuments = 256

    /// The bits that the sort looks at in one pass: its counters are to stay in the first cache.
    private static let maximumDigitBits = 10

    private let words: Buffer<UInt32>
    private let termBits: Int

    /// The number of distinct terms of each document.
    let distinctCounts: [UInt32]

    /// How many documents a portion has.
    static func documentCount(termCount: Int) -> Int {
        min(maximumDocuments, 1 << (32 - bits(for: termCount)))
    }

    /// How many bits the numbers below a count have.
    private static func bits(for count: Int) -> Int { Int.bitWidth - max(0, count - 1).leadingZeroBitCount }

    /// Sorts the terms of documents.
    init(_ places: ArraySlice<DocumentPlace>, of workers: [WorkerResult], _ numbering: TermNumbering) {
        termBits = Self.bits(for: numbering.terms.count)
        var words = Buffer<UInt32>()
        for (document, place) in places.enumerated() {
            let worker = workers[Int(place.worker)]
            let termNumbers = numbering.numbers[Int(place.worker)]
            let high = UInt32(truncatingIfNeeded: document << termBits)
            worker.withSequences { forms in
                let numbers = termNumbers.span
                let forms = forms.extracting(worker.sequence(Int(place.row)))
                for index in forms.indices {
                    let number = numbers[Int(forms[index])]
                    words.append(high | number, keeping: number != TermSequences.gap)
                }
            }
        }
        Self.sort(&words, bits: termBits + Self.bits(for: places.count))
        var counts = [UInt32](repeating: 0, count: places.count)
        var previous: UInt32?
        for index in 0..<words.count {
            let word = words[index]
            counts[Int(UInt64(word) >> UInt64(termBits))] += word == previous ? 0 : 1
            previous = word
        }
        distinctCounts = counts
        self.words = words
    }

    /// Writes the distinct terms of each document, and how often each occurs in it.
    func count(into ids: inout MutableSpan<TermID>, _ frequencies: inout MutableSpan<UInt32>) {
        let mask = UInt32(truncatingIfNeeded: UInt64(1) << UInt64(termBits) - 1)
        var place = -1
        var previous: UInt32?
        for index in 0..<words.count {
            let word = words[index]
            if word == previous {
                frequencies[place] += 1
            } else {
                place += 1
                ids[place] = TermID(rawValue: word & mask)
                frequencies[place] = 1
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
