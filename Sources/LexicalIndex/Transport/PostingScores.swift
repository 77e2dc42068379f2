import MappedFiles

/// The BM25 scores of documents whose postings do not lie in an index, as those that a database hands out.
///
/// The scores are those of ``LexicalIndex/search(_:k:where:)``: the same products, added in the same order.
package struct PostingScores {
    private let query: LexicalQuery
    /// Scores by the upper bits of a key, for 65,536 keys each.
    private var blocks: [UInt32: [Float]] = [:]
    /// The factors of the frequencies that nearly all postings have: a row for each length below
    /// ``lengthsTabled``, and in it a column for each frequency below ``frequenciesTabled``.
    private let factors: [Float]

    private static let lengthsTabled: UInt32 = 512
    private static let frequenciesTabled: UInt32 = 8

    /// Scores for a query, before any posting was added.
    package init(_ query: LexicalQuery) {
        self.query = query
        factors = (0..<Self.lengthsTabled).flatMap { length in
            (0..<Self.frequenciesTabled).map { query.factor(frequency: $0, length: length) }
        }
    }

    /// The terms of the query that have a weight, in its order.
    package var terms: [String] {
        query.terms.filter { $0.weight != 0 }.map { String(decoding: $0.utf8, as: UTF8.self) }
    }

    /// Adds the postings of the terms to the scores of their documents.
    ///
    /// - Parameter lists: For each term its lists, which are of different documents, as ``PostingList/bytes``.
    /// - Returns: Whether all of them are lists.
    /// - Complexity: O(*p*) for *p* postings.
    package mutating func add(_ lists: [String: [[UInt8]]]) -> Bool {
        for term in query.terms where term.weight != 0 {
            for list in lists[String(decoding: term.utf8, as: UTF8.self)] ?? [] {
                guard add(list, weight: term.weight) else { return false }
            }
        }
        return true
    }

    private mutating func add(_ list: [UInt8], weight: Float) -> Bool {
        let factor = query.factor
        var number = UInt32.max
        var block: [Float] = []
        let isWhole = list.withSpan { bytes in
            PostingList.forEach(in: bytes) { key, frequency, length in
                if key >> 16 != number {
                    if number != .max { blocks[number] = block }
                    number = key >> 16
                    block = blocks.removeValue(forKey: number) ?? [Float](repeating: 0, count: 1 << 16)
                }
                let isTabled = frequency < Self.frequenciesTabled && length < Self.lengthsTabled
                block[Int(key & 0xFFFF)] +=
                    weight
                    * (isTabled
                        ? factors[Int(length * Self.frequenciesTabled + frequency)]
                        : factor(frequency: frequency, length: length))
                return true
            }
        }
        if number != .max { blocks[number] = block }
        return isWhole
    }

    /// The documents with the highest scores above 0, best first. Of equal scores the smaller key comes first.
    ///
    /// - Parameters:
    ///   - k: The most documents.
    ///   - predicate: Which documents may be found.
    /// - Returns: Their keys and scores.
    package func best(_ k: Int, where predicate: (UInt64) -> Bool) -> [LexicalHit] {
        var best = TopHits(k, of: blocks.count << 16)
        for (number, block) in blocks.sorted(by: { $0.key < $1.key }) {
            for (place, score) in block.enumerated()
            where score > best.threshold || score == best.threshold && score > 0 {
                let key = number << 16 | UInt32(place)
                if predicate(UInt64(key)) { best.insert(Int(key), score: score) }
            }
        }
        return best.sorted().map { LexicalHit(key: UInt64($0.ordinal), score: $0.score) }
    }
}
