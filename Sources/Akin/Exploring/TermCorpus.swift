import LatentSemantics
import LexicalIndex
import Papers
import Ranking
import TextAnalysis

/// The terms of a library's papers in the order of their texts, with one number for each term, whatever the segment.
struct TermCorpus {
    private let index: SegmentedIndex
    private let analyzer: Analyzer
    /// The number of each term of each segment; `nil` where the segment's own numbers serve.
    private let numbers: [[UInt32]]?
    /// The term of each number.
    private let terms: [String]

    init(_ generation: Generation) {
        let index = generation.index
        self.index = index
        analyzer = generation.analyzer
        var numbers: [[UInt32]] = []
        var terms: [String] = []
        var known: [String: UInt32] = [:]
        for segment in index.segments {
            numbers.append(
                (0..<UInt32(segment.lexical.termCount)).map { number in
                    let term = segment.lexical.term(numbered: number) ?? ""
                    if index.segments.count > 1, let found = known[term] { return found }
                    terms.append(term)
                    if index.segments.count > 1 { known[term] = UInt32(terms.count - 1) }
                    return UInt32(terms.count - 1)
                })
        }
        self.numbers = index.segments.count > 1 ? numbers : nil
        self.terms = terms
    }

    var termCount: Int { terms.count }

    /// The word that papers write most often for a term.
    func surfaceForm(of term: UInt32) -> String {
        index.model?.surfaceForm(of: terms[Int(term)]) ?? terms[Int(term)]
    }

    /// Whether a term can name something: it has two letters, and the analyzer does not leave it out where it stands
    /// alone, as it does with the "of" of a compound.
    func isWord(_ term: UInt32) -> Bool {
        let word = surfaceForm(of: term)
        return word.count(where: \.isLetter) > 1 && !analyzer.terms(of: word).isEmpty
    }

    /// Whether two terms say much the same: one is a part of the other, a compound, or its beginning.
    func overlaps(_ first: UInt32, _ second: UInt32) -> Bool {
        if first == second { return true }
        let (one, other) = (terms[Int(first)], terms[Int(second)])
        let (short, long) = one.count < other.count ? (one, other) : (other, one)
        return long.split(separator: "-").contains { $0 == short } || short.count > 3 && long.hasPrefix(short)
    }

    /// Whether a term looks like the abbreviation of a name that ends in another term, as in "language models (LLMs)".
    func isAbbreviation(_ term: UInt32, of last: UInt32) -> Bool {
        let letters = terms[Int(term)]
        return letters.count <= Self.longestAbbreviation && letters.last == terms[Int(last)].first
    }

    private static let longestAbbreviation = 4

    /// Calls `body` with each term of a paper, repetitions included.
    func forEachTerm(in key: PaperKey, _ body: (UInt32) -> Void) {
        withSequence(of: key) { sequence, numbers in
            for place in sequence.indices {
                if let term = number(sequence[place], numbers) { body(term) }
            }
        }
    }

    /// Calls `body` with each two terms of a paper that stand side by side.
    func forEachPair(in key: PaperKey, _ body: (UInt32, UInt32) -> Void) {
        withSequence(of: key) { sequence, numbers in
            guard sequence.count > 1 else { return }
            for place in 1..<sequence.count {
                if let first = number(sequence[place - 1], numbers), let second = number(sequence[place], numbers) {
                    body(first, second)
                }
            }
        }
    }

    private func withSequence(of key: PaperKey, _ body: (Span<UInt32>, [UInt32]?) -> Void) {
        let unit = UnitKey(key).rawValue
        for (place, segment) in index.segments.enumerated() where !segment.removed.contains(unit) {
            segment.lexical.withSequence(of: unit) { body($0, numbers?[place]) }
        }
    }

    /// The number of a segment's term; `nil` for a gap, and for what a damaged file has.
    private func number(_ number: UInt32, _ numbers: [UInt32]?) -> UInt32? {
        guard number != LexicalIndex.gap, Int(number) < (numbers?.count ?? terms.count) else { return nil }
        return numbers.map { $0[Int(number)] } ?? number
    }
}
