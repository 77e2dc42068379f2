import ArraySpans
import Bisection
import MappedFiles

extension LexicalIndex {
    /// Writes the frequency factor of each feature in each of some documents: BM25's score without weight and idf,
    ///
    /// ```
    ///            f · (k1 + 1)
    /// ───────────────────────────────────      0 where the document does not have the feature
    ///  f + k1 · (1 − b + b · l / average)
    /// ```
    ///
    /// Two adjacent terms have the frequency with which they are adjacent. This is the ordered window of D. Metzler &
    /// W. B. Croft, "A Markov Random Field Model for Term Dependencies" (2005),
    /// <https://doi.org/10.1145/1076034.1076115>, for two words and with BM25's saturation.
    ///
    /// The terms of a document are read once, whatever the number of features.
    ///
    /// - Parameters:
    ///   - features: What to count, each once.
    ///   - statistics: Those of the whole collection. Document frequencies are not looked at.
    ///   - keys: The documents.
    ///   - parameters: BM25's constants.
    ///   - factors: A row of `features.count` numbers for each key. Rows of documents that are not in the index stay as
    ///     they are.
    /// - Complexity: O(*n*) steps of a nanosecond for *n* words of the documents.
    package func writeFactors(
        of features: [LexicalFeature], _ statistics: CorpusStatistics, keys: [UInt64],
        parameters: BM25Parameters = BM25Parameters(), to factors: inout [Float]
    ) {
        precondition(
            factors.count == keys.count * features.count,
            "\(keys.count) documents and \(features.count) features do not have \(factors.count) factors")
        let factor = FrequencyFactor(parameters, statistics)
        let counter = FeatureCounter(features) { terms.index(of: $0).map(UInt32.init) }
        guard !counter.isEmpty else { return }
        var counts = FeatureCounts(featureCount: features.count)
        let documents = keys.enumerated().compactMap { row, key -> (row: Int, terms: Range<Int>, length: UInt32)? in
            guard let ordinal = ordinal(of: key), let terms = sequence(of: ordinal), let length = lengths.at(ordinal)
            else { return nil }
            return (row, terms, length)
        }
        for document in documents.prefix(Self.documentsAhead) { sequences.prefetch(document.terms) }
        sequences.withSpan { terms in
            for (place, document) in documents.enumerated() {
                if place + Self.documentsAhead < documents.count {
                    sequences.prefetch(documents[place + Self.documentsAhead].terms)
                }
                let saturation = factor.saturation(length: document.length)
                counter.count(in: terms.extracting(document.terms), with: &counts) { feature, frequency in
                    factors[document.row * features.count + feature] = factor(
                        frequency: frequency, saturation: saturation)
                }
            }
        }
    }

    /// How many documents ahead of the one that is read are fetched into the processor's caches. They lie anywhere in
    /// the file, and waiting for each took half of the time.
    private static let documentsAhead = 8

    /// Estimates the number of documents in which two terms are adjacent.
    ///
    /// - Parameters:
    ///   - pair: The terms.
    ///   - sampleSize: The most documents to read. They are the first that have the rarer term.
    /// - Returns: The number, exact if the rarer term has at most `sampleSize` documents.
    /// - Complexity: O(*sampleSize*) documents.
    package func documentFrequency(of pair: TermPair, sampleSize: Int) -> Int {
        guard let first = terms.index(of: pair.first), let second = terms.index(of: pair.second) else { return 0 }
        let counts = (postings.range(of: first).count, postings.range(of: second).count)
        let (rarer, other) = counts.0 < counts.1 ? (first, second) : (second, first)
        let sample = ordinals(of: rarer, limit: sampleSize)
        let (left, right) = (UInt32(first), UInt32(second))
        let found = sequences.withSpan { terms in
            self.ordinals(sample, having: other).count { ordinal in
                guard let range = sequence(of: ordinal) else { return false }
                for place in range.dropFirst() where terms[place] == right && terms[place - 1] == left { return true }
                return false
            }
        }
        guard found > 0 else { return 0 }
        return max(1, found * min(counts.0, counts.1) / sample.count)
    }

    /// The first documents that have a term.
    func ordinals(of term: Int, limit: Int) -> [Int] {
        var ordinals: [Int] = []
        for run in postings.runs(of: term) {
            let first = postings.block(ofRun: run) * blockSize
            postings.postings.withSpan { postings in
                for place in self.postings.range(ofRun: run).prefix(limit - ordinals.count) {
                    ordinals.append(first + postings[place].document)
                }
            }
        }
        return ordinals
    }

    /// Those of some documents, given in ascending order, that have a term.
    private func ordinals(_ ordinals: [Int], having term: Int) -> [Int] {
        var rest = ordinals[...]
        var found: [Int] = []
        for run in postings.runs(of: term) {
            let first = postings.block(ofRun: run) * blockSize
            postings.postings.withSpan { postings in
                var places = self.postings.range(ofRun: run)
                while let ordinal = rest.first, ordinal < first + blockSize, !places.isEmpty {
                    let place = places.partitioningIndexNearStart { first + postings[$0].document >= ordinal }
                    if place < places.upperBound, first + postings[place].document == ordinal { found.append(ordinal) }
                    places = place..<places.upperBound
                    rest.removeFirst()
                }
            }
            rest = rest.drop { $0 < first + blockSize }
        }
        return found
    }

    /// The place of a document's terms in the sequences; `nil` if the file gives none.
    func sequence(of ordinal: Int) -> Range<Int>? {
        guard let start = sequenceStarts.at(ordinal), let end = sequenceStarts.at(ordinal + 1),
            start <= end, end <= UInt64(sequences.count)
        else { return nil }
        return Int(start)..<Int(end)
    }
}

/// Counts features in sequences of terms.
///
/// A table of 4,096 places, which fits into a core's first cache, excludes most terms by one lookup. Terms whose
/// numbers agree in the lower bits share a place and form a chain.
struct FeatureCounter {
    private static let placeCount = 4096

    /// A term of a feature.
    private struct Entry {
        let term: UInt32
        /// The feature that is this term; −1 if there is none.
        var feature: Int32 = -1
        /// The pairs that begin with this term, as a range of ``pairs``.
        var pairs: Range<Int32> = 0..<0
        /// The next entry of the place, counted from 1; 0 at the end.
        let next: UInt16
    }

    /// A pair of a first term, which the entry tells, and a second one.
    private struct Pair {
        let second: UInt32
        let feature: Int
    }

    /// For each place its first entry, counted from 1; 0 for none.
    private var places = [UInt16](repeating: 0, count: placeCount)
    private var entries: ContiguousArray<Entry> = []
    private var pairs: [Pair] = []

    /// Whether no feature can occur.
    var isEmpty: Bool { entries.isEmpty }

    /// Creates a counter of features.
    ///
    /// - Parameters:
    ///   - features: The features. Those with a term that has no number never occur. Features beyond the first tens of
    ///     thousands are not counted.
    ///   - number: The number of a term.
    init(_ features: [LexicalFeature], number: (String) -> UInt32?) {
        var following: [UInt32: [Pair]] = [:]
        for (index, feature) in features.enumerated() {
            let numbers = feature.terms.compactMap(number)
            guard numbers.count == feature.terms.count else { continue }
            let entry = entry(of: numbers[0])
            switch feature {
            case .term: if let entry { entries[entry].feature = Int32(index) }
            case .pair: following[numbers[0], default: []].append(Pair(second: numbers[1], feature: index))
            }
        }
        for index in entries.indices {
            guard let following = following[entries[index].term] else { continue }
            entries[index].pairs = Int32(pairs.count)..<Int32(pairs.count + following.count)
            pairs += following
        }
    }

    /// The entry of a term, made if it is new; `nil` if there are too many.
    private mutating func entry(of term: UInt32) -> Int? {
        let place = Self.place(term)
        var next = places[place]
        while next != 0 {
            if entries[Int(next) - 1].term == term { return Int(next) - 1 }
            next = entries[Int(next) - 1].next
        }
        guard let number = UInt16(exactly: entries.count + 1) else { return nil }
        entries.append(Entry(term: term, next: places[place]))
        places[place] = number
        return entries.count - 1
    }

    /// Counts the features of a sequence by means of `counts`, and calls `body` with each that it has and its
    /// frequency.
    func count(
        in terms: Span<UInt32>, with counts: inout FeatureCounts,
        _ body: (_ feature: Int, _ frequency: UInt32) -> Void
    ) {
        let places = places.span
        let entries = entries.span
        let pairs = pairs.span
        precondition(places.count == Self.placeCount)
        var index = 0
        while true {
            while index < terms.count, places[Self.place(terms[index])] == 0 { index += 1 }
            guard index < terms.count else { break }
            let term = terms[index]
            index += 1
            var next = places[Self.place(term)]
            while next != 0, entries[Int(next) - 1].term != term { next = entries[Int(next) - 1].next }
            guard next != 0 else { continue }
            let entry = entries[Int(next) - 1]
            if entry.feature >= 0 { counts.add(Int(entry.feature)) }
            guard index < terms.count else { break }
            for pair in entry.pairs where pairs[Int(pair)].second == terms[index] {
                counts.add(pairs[Int(pair)].feature)
            }
        }
        counts.take(body)
    }

    @inline(__always)
    private static func place(_ term: UInt32) -> Int { Int(term) & (placeCount - 1) }
}

/// The frequencies of features in a sequence.
struct FeatureCounts {
    private var frequencies: [UInt32]
    /// The features whose frequency is not 0, each once: the first ``countedCount`` of these places.
    private var counted: [Int]
    private var countedCount = 0

    init(featureCount: Int) {
        frequencies = [UInt32](repeating: 0, count: featureCount)
        counted = [Int](repeating: 0, count: featureCount)
    }

    @inline(__always)
    mutating func add(_ feature: Int) {
        if frequencies[feature] == 0 {
            counted[countedCount] = feature
            countedCount += 1
        }
        frequencies[feature] += 1
    }

    /// Calls `body` with each feature that was counted and its frequency, and starts anew.
    mutating func take(_ body: (_ feature: Int, _ frequency: UInt32) -> Void) {
        for place in 0..<countedCount {
            let feature = counted[place]
            body(feature, frequencies[feature])
            frequencies[feature] = 0
        }
        countedCount = 0
    }
}
