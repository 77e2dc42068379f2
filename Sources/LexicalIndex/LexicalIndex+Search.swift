import Bisection
import MappedFiles

/// A term of a query during a search: the runs of its postings that lie ahead, and its weight.
private struct TermCursor {
    var runs: Range<Int>
    let weight: Float
}

/// A run of the block that is searched, with the weight of its term.
private struct WeightedRun {
    let range: Range<Int>
    let weight: Float
}

// MARK: - Search

extension LexicalIndex {
    /// The best documents for a query.
    ///
    /// 1. Find the postings of each term.
    /// 2. Block by block, add them up, term by term in the order of the query.
    /// 3. Keep the documents that are better than the worst of the best so far.
    ///
    /// - Parameters:
    ///   - query: What to search for.
    ///   - k: The most documents to find, at least 0.
    ///   - predicate: Which documents may be found, by their keys; `nil` for all. It is called once for each document
    ///     whose score puts it among the best so far.
    /// - Returns: The documents with the highest scores above 0, best first. Of equal scores the smaller key comes
    ///   first.
    /// - Complexity: O(*p* + *n*) for *p* postings of the query's terms and *n* documents, O(*p*) if *p* is small.
    package func search(
        _ query: LexicalQuery,
        k: Int,
        where predicate: ((UInt64) -> Bool)? = nil
    ) -> [LexicalHit] {
        search(query, k: k, scoring: [], where: predicate).hits
    }

    /// The best documents for a query, and the scores of given ones.
    ///
    /// It costs little more than the search alone, and much less than ``scores(_:keys:)`` for many keys.
    ///
    /// - Parameters:
    ///   - query: What to search for.
    ///   - k: The most documents to find, at least 0.
    ///   - scoredKeys: The documents whose scores are wanted, whether they are found or not.
    ///   - predicate: Which documents may be found, by their keys; `nil` for all.
    /// - Returns: The hits, as ``search(_:k:where:)`` finds them, and the score of each of `scoredKeys`, 0 for a key
    ///   that is not in the index.
    package func search(
        _ query: LexicalQuery,
        k: Int,
        scoring scoredKeys: [UInt64],
        where predicate: ((UInt64) -> Bool)? = nil
    ) -> (hits: [LexicalHit], scores: [Float]) {
        precondition(k >= 0, "Cannot find \(k) documents")
        var scores = [Float](repeating: 0, count: scoredKeys.count)
        var cursors = cursors(query)
        guard !cursors.isEmpty, k > 0 || !scoredKeys.isEmpty else { return ([], scores) }
        var wanted = scoredKeys.enumerated().compactMap { position, key in
            ordinal(of: key).map { (ordinal: $0, position: position) }
        }.sorted { $0.ordinal < $1.ordinal }[...]
        let table = factorTable(query.factor)
        var best = TopHits(k, of: documentCount)
        let filter = KeyFilter(keys: keys, predicate: predicate)
        var runs: [WeightedRun] = []

        withAccumulator { accumulator in
            for block in 0..<min((documentCount + blockSize - 1) / blockSize, maximumBlockCount) {
                let first = block * blockSize
                let count = min(blockSize, documentCount - first)
                takeRuns(of: block, from: &cursors, into: &runs)
                for run in runs {
                    accumulator.add(postings.postings, run.range, weight: run.weight, table)
                    postings.forEachRare(in: run.range) { place, frequency in
                        let document = postings.postings[place].document
                        guard document < count else { return }
                        let factor = rareFactor(frequency, document: document, block: block, table)
                        accumulator[document] += run.weight * factor
                    }
                }
                while let next = wanted.first, next.ordinal < first + count {
                    scores[next.position] = accumulator[next.ordinal - first]
                    wanted.removeFirst()
                }
                if runs.reduce(0, { $0 + $1.range.count }) < count / Self.documentsPerSparsePosting {
                    for run in runs {
                        accumulator.drain(run.range, of: postings.postings, from: first, into: &best, filter)
                    }
                } else {
                    accumulator.drain(count, from: first, into: &best, filter)
                }
            }
        }
        let hits = best.sorted().map { LexicalHit(key: keys[$0.ordinal], score: $0.score) }
        return (hits, scores)
    }

    /// A block with fewer than one posting per ten documents is drained by walking its postings; any other, by walking
    /// its scores (1.5 ns a posting, .15 ns a score; `Benchmarks/Results/2026-11-25-lexical-index.md`).
    private static let documentsPerSparsePosting = 10

    /// The terms of a query that the index has, in the order of the query.
    private func cursors(_ query: LexicalQuery) -> [TermCursor] {
        query.terms.compactMap { term in
            guard term.weight != 0, let index = terms.index(of: term.utf8.span) else { return nil }
            return TermCursor(runs: postings.runs(of: index), weight: term.weight)
        }
    }

    /// Moves the cursors behind `block`, and collects their runs in it.
    private func takeRuns(of block: Int, from cursors: inout [TermCursor], into runs: inout [WeightedRun]) {
        runs.removeAll(keepingCapacity: true)
        for index in cursors.indices {
            while let run = cursors[index].runs.first, postings.block(ofRun: run) <= block {
                if postings.block(ofRun: run) == block {
                    runs.append(WeightedRun(range: postings.range(ofRun: run), weight: cursors[index].weight))
                }
                cursors[index].runs.removeFirst()
            }
        }
    }
}

// MARK: - Scores

extension LexicalIndex {
    /// The scores of given documents for a query: those that ``search(_:k:where:)`` would give them.
    ///
    /// - Returns: A score for each key, 0 for a document that has none of the terms or is not in the index.
    /// - Complexity: O(log *p*) a key and term, for *p* postings of the term.
    package func scores(_ query: LexicalQuery, keys: [UInt64]) -> [Float] {
        let terms = cursors(query)
        let table = factorTable(query.factor)
        return keys.map { key in
            guard let ordinal = ordinal(of: key) else { return 0 }
            return terms.reduce(0) { $0 + contribution(of: $1, to: ordinal, table) }
        }
    }

    /// What each term of a query contributes to the score of a document, in the order of the query.
    ///
    /// - Returns: A number for each term; `nil` if the document is not in the index. Their sum in this order is the
    ///   score.
    package func contributions(_ query: LexicalQuery, key: UInt64) -> [Float]? {
        guard let ordinal = ordinal(of: key) else { return nil }
        let table = factorTable(query.factor)
        return query.terms.map { term in
            guard let index = terms.index(of: term.utf8.span) else { return 0 }
            return contribution(of: TermCursor(runs: postings.runs(of: index), weight: term.weight), to: ordinal, table)
        }
    }

    private func contribution(of term: TermCursor, to ordinal: Int, _ table: FactorTable) -> Float {
        let block = ordinal / blockSize
        let run = term.runs.partitioningIndex { postings.block(ofRun: $0) >= block }
        guard run < term.runs.upperBound, postings.block(ofRun: run) == block,
            let place = postings.place(of: ordinal % blockSize, in: postings.range(ofRun: run))
        else { return 0 }
        return term.weight * factor(ofPostingAt: place, block: block, table)
    }
}
