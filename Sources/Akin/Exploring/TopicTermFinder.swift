import Exploration
import LexicalIndex
import Papers
import Ranking

/// Finds the terms that tell groups of papers from each other: words, and runs of two or three words.
///
/// 1. Count in how many papers each term occurs, in each group and in all.
/// 2. Take the best words of each group as candidates.
/// 3. Count the pairs of neighboring candidates in the group's papers. A pair that holds most of a word's papers is
///    what people mean by the word: "speech recognition" stands in place of "speech". Two pairs that share a word and
///    mostly occur together are a run of three: "large language models".
struct TopicTermFinder {
    /// A term of a group.
    struct Found {
        var text: String
        var weight: Double
        var count: Int
        /// The numbers of its words.
        var words: [UInt32]
    }

    private let corpus: TermCorpus
    private let groups: [[PaperKey]]
    private let documentCount: Int
    private let totals: [UInt32]

    /// The words of a group that are looked at.
    private static let candidateCount = 40
    /// The share of a word's papers in a group from which on a pair stands in its place.
    private static let pairShare = 0.45
    /// The share of a word's papers from which on a pair that stands for another word replaces it as well.
    private static let yieldingShare = 0.3
    /// The share of a pair's papers from which on the pair is a part of a longer run.
    private static let runShare = 0.6
    /// A term that fewer papers of a group have tells more of them than of the group.
    private static let fewestPapers = 2

    /// Counts the terms of all papers.
    ///
    /// - Parameters:
    ///   - corpus: The terms of papers.
    ///   - groups: The papers of each group.
    ///   - others: The papers of no group.
    init(_ corpus: TermCorpus, groups: [[PaperKey]], others: [PaperKey]) {
        self.corpus = corpus
        self.groups = groups
        documentCount = groups.reduce(others.count) { $0 + $1.count }
        var counter = DocumentCounter(termCount: corpus.termCount)
        for keys in groups + [others] { counter.count(keys, in: corpus) }
        totals = counter.counts
    }

    /// The best terms of each group, best first.
    func terms(_ limit: Int) -> [[Found]] {
        var counter = DocumentCounter(termCount: corpus.termCount)
        return groups.map { keys in
            counter.reset()
            counter.count(keys, in: corpus)
            let words = words(in: counter, of: keys.count)
            return Array(joined(words, pairs(of: words, in: keys)).prefix(limit))
        }
    }

    private func words(in counter: DocumentCounter, of groupCount: Int) -> [Found] {
        let contrast = TermContrast(groupCount: groupCount, documentCount: documentCount)
        var best: [(term: UInt32, weight: Double)] = []
        for term in counter.seen where counter.counts[Int(term)] >= min(Self.fewestPapers, groupCount) {
            let weight = contrast.weight(
                count: Int(counter.counts[Int(term)]), total: Int(totals[Int(term)]))
            if weight > 0 { best.append((term, weight)) }
        }
        best.sort { ($1.weight, $0.term) < ($0.weight, $1.term) }
        return best.lazy.filter { corpus.isWord($0.term) }.prefix(Self.candidateCount).map { term, weight in
            let count = Int(counter.counts[Int(term)])
            return Found(text: corpus.surfaceForm(of: term), weight: weight, count: count, words: [term])
        }
    }

    /// The pairs of candidates that stand side by side in papers, and in how many; the most frequent first.
    private func pairs(of words: [Found], in keys: [PaperKey]) -> [Found] {
        let ranks = Dictionary(uniqueKeysWithValues: words.enumerated().map { ($1.words[0], $0) })
        var counts: [UInt64: (count: Int, last: Int)] = [:]
        for (document, key) in keys.enumerated() {
            corpus.forEachPair(in: key) { first, second in
                guard first != second, ranks[first] != nil, ranks[second] != nil else { return }
                let known = counts[UInt64(first) << 32 | UInt64(second)] ?? (0, -1)
                if known.last != document {
                    counts[UInt64(first) << 32 | UInt64(second)] = (known.count + 1, document)
                }
            }
        }
        return counts.compactMap { pair, found in
            let (first, second) = (UInt32(pair >> 32), UInt32(truncatingIfNeeded: pair))
            guard found.count >= Self.fewestPapers, let left = ranks[first], let right = ranks[second],
                !corpus.overlaps(first, second), !corpus.isAbbreviation(second, of: first)
            else { return nil }
            return Found(
                text: words[left].text + " " + words[right].text,
                weight: max(words[left].weight, words[right].weight), count: found.count, words: [first, second])
        }
        .sorted { $0.count != $1.count ? $0.count > $1.count : $0.words.lexicographicallyPrecedes($1.words) }
    }

    /// The words, with runs of words in place of those that mostly stand in them.
    private func joined(_ words: [Found], _ pairs: [Found]) -> [Found] {
        var result: [Found] = []
        for word in words where !result.contains(where: { overlaps($0, word.words) }) {
            let pair = pairs.first { pair in
                pair.words.contains(word.words[0]) && Double(pair.count) >= Self.pairShare * Double(word.count)
                    && !result.contains { overlaps($0, pair.words) && !yields($0, to: pair) }
            }
            guard let pair else {
                result.append(word)
                continue
            }
            result.removeAll { overlaps($0, pair.words) }
            let longer = run(around: pair, pairs)
            // A third word that stands elsewhere already leaves the pair as it is.
            var found = result.contains { overlaps($0, longer.words) && !yields($0, to: longer) } ? pair : longer
            result.removeAll { overlaps($0, found.words) }
            found.weight = word.weight
            result.append(found)
        }
        return result
    }

    /// Whether a word alone gives way to a pair: the pair has a good part of the word's papers.
    private func yields(_ found: Found, to pair: Found) -> Bool {
        found.words.count == 1 && Double(pair.count) >= Self.yieldingShare * Double(found.count)
    }

    private func overlaps(_ found: Found, _ words: [UInt32]) -> Bool {
        found.words.contains { own in words.contains { corpus.overlaps(own, $0) } }
    }

    /// A pair, with a word before or behind it that mostly stands there.
    private func run(around pair: Found, _ pairs: [Found]) -> Found {
        let longer = pairs.first { other in
            Double(min(pair.count, other.count)) >= Self.runShare * Double(max(pair.count, other.count))
                && (other.words[1] == pair.words[0] && other.words[0] != pair.words[1]
                    || other.words[0] == pair.words[1] && other.words[1] != pair.words[0])
        }
        guard let longer else { return pair }
        let isBefore = longer.words[1] == pair.words[0]
        let words = isBefore ? [longer.words[0]] + pair.words : pair.words + [longer.words[1]]
        return Found(
            text: words.map(corpus.surfaceForm).joined(separator: " "), weight: pair.weight,
            count: min(pair.count, longer.count), words: words)
    }
}

/// In how many documents each term occurs: a sparse count that is cleared in the time that it took to fill.
private struct DocumentCounter {
    private(set) var counts: [UInt32]
    /// The terms that were counted.
    private(set) var seen: [UInt32] = []
    private var lastDocuments: [UInt32]
    private var document: UInt32 = 0

    init(termCount: Int) {
        counts = [UInt32](repeating: 0, count: termCount)
        lastDocuments = counts
    }

    mutating func reset() {
        for term in seen { counts[Int(term)] = 0 }
        seen.removeAll(keepingCapacity: true)
    }

    mutating func count(_ keys: [PaperKey], in corpus: TermCorpus) {
        for key in keys {
            document += 1
            corpus.forEachTerm(in: key) { term in
                let term = Int(term)
                guard lastDocuments[term] != document else { return }
                lastDocuments[term] = document
                if counts[term] == 0 { seen.append(UInt32(term)) }
                counts[term] += 1
            }
        }
    }
}
