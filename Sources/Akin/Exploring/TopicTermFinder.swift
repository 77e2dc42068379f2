import Exploration
import LexicalIndex
import Papers
import Ranking

/// Finds the terms that tell groups of papers from each other: words, and pairs of neighboring words.
///
/// 1. Count in how many papers each term occurs, in each group and in all.
/// 2. Take the best words of each group as candidates.
/// 3. Count the pairs of neighboring candidates in the group's papers. A pair that holds most of a word's papers is
///    what people mean by the word: "speech recognition" stands in place of "speech".
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
    private static let pairShare = 0.4
    /// A term that fewer papers of a group have tells more of them than of the group.
    private static let fewestPapers = 2

    /// Counts the terms of all papers.
    ///
    /// - Parameters:
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
            let pairs = pairs(of: words, in: keys)
            return Array(joined(words, pairs).prefix(limit))
        }
    }

    private func words(in counter: DocumentCounter, of groupCount: Int) -> [Found] {
        let contrast = TermContrast(groupCount: groupCount, documentCount: documentCount)
        var best: [(term: UInt32, weight: Double)] = []
        for term in counter.seen where counter.counts[Int(term)] >= Self.fewestPapers {
            let weight = contrast.weight(
                count: Int(counter.counts[Int(term)]), total: Int(totals[Int(term)]))
            if weight > 0 { best.append((term, weight)) }
        }
        best.sort { ($1.weight, $0.term) < ($0.weight, $1.term) }
        return best.lazy.filter { corpus.isWord($0.term) }.prefix(Self.candidateCount).map { term, weight in
            Found(
                text: corpus.surfaceForm(of: term), weight: weight, count: Int(counter.counts[Int(term)]), words: [term])
        }
    }

    /// The pairs of candidates that stand side by side in papers, and in how many.
    private func pairs(of words: [Found], in keys: [PaperKey]) -> [Found] {
        let ranks = Dictionary(uniqueKeysWithValues: words.enumerated().map { ($1.words[0], $0) })
        var counts: [[UInt32]: (count: Int, last: Int)] = [:]
        for (document, key) in keys.enumerated() {
            corpus.forEachPair(in: key) { first, second in
                guard first != second, ranks[first] != nil, ranks[second] != nil else { return }
                let known = counts[[first, second]] ?? (0, -1)
                if known.last != document { counts[[first, second]] = (known.count + 1, document) }
            }
        }
        return counts.compactMap { pair, found in
            guard found.count >= Self.fewestPapers, let first = ranks[pair[0]], let second = ranks[pair[1]],
                !corpus.overlaps(pair[0], pair[1])
            else { return nil }
            return Found(
                text: words[first].text + " " + words[second].text,
                weight: max(words[first].weight, words[second].weight), count: found.count, words: pair)
        }
        .sorted { $0.count != $1.count ? $0.count > $1.count : $0.words.lexicographicallyPrecedes($1.words) }
    }

    /// The words, with pairs in place of those that stand in them mostly.
    private func joined(_ words: [Found], _ pairs: [Found]) -> [Found] {
        var result: [Found] = []
        var used: Set<UInt32> = []
        for word in words where !used.contains(word.words[0]) {
            let pair = pairs.first { pair in
                pair.words.contains(word.words[0]) && Double(pair.count) >= Self.pairShare * Double(word.count)
                    && used.isDisjoint(with: pair.words)
            }
            var found = pair ?? word
            found.weight = word.weight
            used.formUnion(found.words)
            result.append(found)
        }
        return result
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
