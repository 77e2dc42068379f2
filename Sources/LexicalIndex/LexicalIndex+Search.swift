import ArraySpans
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
        precondition(k >= 0, "Cannot find \(k) documents")
        var cursors = cursors(query)
        guard !cursors.isEmpty, k > 0 else { return [] }
        let table = factorTable(query.factor)
        var best = TopHits(k, of: documentCount)
        let filter = KeyFilter(keys: keys, predicate: predicate)
        var runs: [WeightedRun] = []

        withAccumulator { accumulator in
            for block in 0..<min((documentCount + blockSize - 1) / blockSize, maximumBlockCount) {
                let first = block * blockSize
                let count = min(blockSize, documentCount - first)
                takeRuns(of: block, from: &cursors, into: &runs)
                for run in runs { add(run, of: block, count: count, to: accumulator, table) }
                if runs.reduce(0, { $0 + $1.range.count }) < count / Self.documentsPerSparsePosting {
                    for run in runs {
                        accumulator.drain(run.range, of: postings.postings, from: first, into: &best, filter)
                    }
                } else {
                    accumulator.drain(count, from: first, into: &best, filter)
                }
            }
        }
        return best.sorted().map { LexicalHit(key: keys[$0.ordinal], score: $0.score) }
    }

    /// The sum of weighted frequency factors of every document, by ordinal: what ``search(_:k:where:)`` ranks by, for a
    /// weight of every term of the index.
    ///
    /// It serves weights that a classifier has learned. They are many, and some are below 0.
    ///
    /// - Parameters:
    ///   - weights: The weight of each term by its number, idf included. Terms without one have 0.
    ///   - statistics: Those of the whole collection. Document frequencies are not looked at.
    ///   - parameters: BM25's constants.
    /// - Returns: A score for each document.
    /// - Complexity: O(*p* + *n*) for *p* postings of the terms with a weight and *n* documents: 1.5 ns a posting.
    package func scores(
        ofTermWeights weights: [Float], _ statistics: CorpusStatistics, parameters: BM25Parameters = BM25Parameters()
    ) -> [Float] {
        var scores = [Float](repeating: 0, count: documentCount)
        var cursors = zip(0..<termCount, weights).compactMap { number, weight in
            weight == 0 ? nil : TermCursor(runs: postings.runs(of: number), weight: weight)
        }
        let table = factorTable(FrequencyFactor(parameters, statistics))
        var runs: [WeightedRun] = []
        withAccumulator { accumulator in
            for block in 0..<min((documentCount + blockSize - 1) / blockSize, maximumBlockCount) {
                let first = block * blockSize
                let count = min(blockSize, documentCount - first)
                takeRuns(of: block, from: &cursors, into: &runs)
                for run in runs { add(run, of: block, count: count, to: accumulator, table) }
                accumulator.move(count, from: first, to: &scores)
            }
        }
        return scores
    }

    /// Adds a run to the scores of the `count` documents of its block.
    private func add(
        _ run: WeightedRun, of block: Int, count: Int, to accumulator: ScoreAccumulator, _ table: FactorTable
    ) {
        accumulator.add(postings.postings, run.range, weight: run.weight, table)
        postings.forEachRare(in: run.range) { place, frequency in
            let document = postings.postings[place].document
            guard document < count else { return }
            let factor = rareFactor(frequency, document: document, block: block, table)
            accumulator[document] += run.weight * factor
        }
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
