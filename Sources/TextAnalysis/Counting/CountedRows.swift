/// The counts of some documents in a row, in the numbers of the terms.
struct CountedRows: Sendable {
    /// The most documents, because of the bits that one has in a word.
    static let maximumDocuments = 1 << documentBits

    private(set) var ids: [TermID] = []
    private(set) var frequencies: [UInt32] = []

    /// Where each document ends in ``ids`` and ``frequencies``.
    private(set) var ends: [Int] = []

    // A count is one word, so that words in ascending order are counts in the order of documents and terms:
    //
    //   document (10 bits) | term (32 bits) | frequency (22 bits)
    private static let documentBits = 10
    private static let termBits = 32
    private static let frequencyBits = 22

    /// Replaces the forms of documents by the numbers of their terms, in order, equal terms added.
    init(
        _ places: ArraySlice<(worker: UInt32, row: UInt32)>,
        of workers: [WorkerResult],
        _ numbering: TermNumbering
    ) {
        var words: [UInt64] = []
        for (document, place) in places.enumerated() {
            let worker = workers[Int(place.worker)]
            let high = UInt64(document) << UInt64(Self.termBits + Self.frequencyBits)
            worker.withRows { rows in
                for index in worker.row(Int(place.row)).forms {
                    let number = numbering.numbers[Int(place.worker)][Int(rows[index] >> 32)]
                    var frequency = rows[index] & 0xFFFF_FFFF
                    // A frequency that has more bits than a word has for it becomes several words, to be added again.
                    while frequency > 0 {
                        let part = min(frequency, (1 << UInt64(Self.frequencyBits)) - 1)
                        words.append(high | UInt64(number) << UInt64(Self.frequencyBits) | part)
                        frequency -= part
                    }
                }
            }
        }
        Self.sort(&words, termCount: numbering.terms.count)
        ids.reserveCapacity(words.count)
        frequencies.reserveCapacity(words.count)
        append(words, documentCount: places.count)
    }

    /// Takes words in ascending order apart.
    private mutating func append(_ words: [UInt64], documentCount: Int) {
        let frequencyMask = (UInt64(1) << UInt64(Self.frequencyBits)) - 1
        var previous = UInt64.max
        for word in words {
            let (key, frequency) = (word >> UInt64(Self.frequencyBits), UInt32(word & frequencyMask))
            guard key != previous else {
                frequencies[frequencies.count - 1] += frequency
                continue
            }
            let document = Int(key >> UInt64(Self.termBits))
            while ends.count < document { ends.append(ids.count) }
            ids.append(TermID(rawValue: UInt32(truncatingIfNeeded: key)))
            frequencies.append(frequency)
            previous = key
        }
        while ends.count < documentCount { ends.append(ids.count) }
    }

    /// Sorts words by document and term: a radix sort from the lowest digit of the term to the document.
    private static func sort(_ words: inout [UInt64], termCount: Int) {
        let digit = documentBits
        var shifts: [Int] = []
        var bits = 0
        while bits < termBits, termCount >> bits > 0 {
            shifts.append(frequencyBits + bits)
            bits += digit
        }
        shifts.append(frequencyBits + termBits)
        var sorted = [UInt64](repeating: 0, count: words.count)
        for shift in shifts {
            // The digit above the term's last one may reach into the document, whose own digit comes later.
            let mask = (UInt64(1) << UInt64(digit)) - 1
            var starts = [Int](repeating: 0, count: (1 << digit) + 1)
            for word in words { starts[Int(word >> UInt64(shift) & mask) + 1] += 1 }
            for value in 0..<1 << digit { starts[value + 1] += starts[value] }
            for word in words {
                let value = Int(word >> UInt64(shift) & mask)
                sorted[starts[value]] = word
                starts[value] += 1
            }
            swap(&words, &sorted)
        }
    }
}
