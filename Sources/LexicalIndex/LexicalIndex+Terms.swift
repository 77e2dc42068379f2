import MappedFiles
public import TextAnalysis

extension LexicalIndex {
    /// The keys of the documents that have a term, ascending.
    ///
    /// - Complexity: O(*p*) for *p* postings of the term.
    package func keys(having term: String) -> [UInt64] {
        guard let number = terms.index(of: term) else { return [] }
        return ordinals(of: number, limit: .max).compactMap { keys.at($0) }
    }
}

// MARK: - For other programs

extension LexicalIndex {
    /// Writes the index of a collection to a new file, which appears at its path when it is complete.
    ///
    /// - Parameters:
    ///   - counts: How often each term occurs in each document, in any order of the documents.
    ///   - keys: The key of each document, in the order of `counts`; no two are the same.
    ///   - path: Where the file will be. A file there is replaced.
    ///   - threads: The most threads to use, at least 1. The file does not depend on it.
    /// - Throws: ``LexicalIndexError``: `invalidArgument` for another number of keys than documents, for a key that is
    ///   there twice, or for fewer than one thread; `tooLarge` for more than 4 billion postings or documents;
    ///   `cannotWrite`.
    /// - Complexity: O(*p* + *t*) for *p* postings and *t* bytes of terms; 8 bytes of memory a posting.
    public static func write(
        _ counts: TermCounts, keys: [UInt64], to path: String, threads: Int
    ) throws(LexicalIndexError) {
        guard keys.count == counts.documentCount, Set(keys).count == keys.count else {
            throw LexicalIndexError(
                .invalidArgument,
                "Cannot write '\(path)': \(counts.documentCount) documents need as many keys, each once, and there are "
                    + "\(keys.count).")
        }
        guard threads > 0 else {
            throw LexicalIndexError(.invalidArgument, "Cannot use \(threads) threads: give a number from 1 up.")
        }
        try write(counts, keys: keys, to: path, threads: threads, pairLimit: rarePair)
    }

    /// The best documents for some terms, by their BM25 scores in this index alone.
    ///
    /// For a collection of several indexes, add up their ``statistics(for:)`` and search each with one
    /// ``LexicalQuery``.
    ///
    /// - Parameters:
    ///   - terms: The terms as the index's analyzer makes them. One that is given twice counts twice.
    ///   - k: The most documents to find.
    ///   - parameters: BM25's constants.
    ///   - predicate: Which documents may be found, by their keys; `nil` for all.
    /// - Returns: The documents with the highest scores above 0, best first. Of equal scores the smaller key comes
    ///   first.
    /// - Throws: ``LexicalIndexError`` with the code `invalidArgument` for a `k` below 0.
    /// - Complexity: O(*p* + *n*) for *p* postings of the terms and *n* documents.
    public func search(
        for terms: [String], k: Int, parameters: BM25Parameters = BM25Parameters(),
        where predicate: ((UInt64) -> Bool)? = nil
    ) throws(LexicalIndexError) -> [LexicalHit] {
        guard k >= 0 else { throw LexicalIndexError(.invalidArgument, "Cannot find \(k) documents: give 0 or more.") }
        let query = LexicalQuery(
            terms: terms.map { ($0, 1) }, statistics: statistics(for: terms), parameters: parameters)
        return search(query, k: k, where: predicate)
    }
}
