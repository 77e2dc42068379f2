package import Papers
package import Ranking

/// Why a paper was found, in a few lines that need no manual: what counts most, with its part of the score.
package struct ReasonSummary: Sendable {
    /// What a line is about.
    package enum Kind: String, Sendable, CaseIterable {
        /// Words that question and paper share.
        case both
        /// Different words that the library's papers use alike.
        case related
        /// Papers that answer the question best, which this one is like.
        case like
        /// A person's notes.
        case notes
        /// The nearness of vectors that no words explain.
        case meaning
        /// The encoder that judges the first papers.
        case encoder
    }

    /// Something that counts.
    package struct Item: Hashable, Sendable {
        package var text: String
        /// Its part of the score, from 0 to 1.
        package var part: Double
    }

    /// A line.
    package struct Line: Hashable, Sendable {
        package var kind: Kind
        /// What counts most, greatest part first, at most five.
        package var items: [Item]
        /// How many more there are.
        package var furtherCount: Int
    }

    /// The lines, of kinds in their order; a kind without anything that counts is left out.
    package private(set) var lines: [Line] = []

    /// Whether the question names the paper, so that its score is no sum of parts.
    package let isNamed: Bool

    /// What a line names, at most.
    private static let named = 5
    /// The least part that a line names.
    private static let leastShown = 0.015
    /// A long question has millions of bridges, greatest first. Those behind count less than can be shown.
    private static let readBridges = 1_000

    /// Summarizes an explanation of a paper. A score that is no sum is taken as the similarity alone.
    package init(_ explanation: Explanation, of paper: Paper) {
        isNamed = explanation.scoreParts == nil
        let parts =
            explanation.scoreParts ?? ScoreParts(lexical: 0, semantic: explanation.similarity, feedback: 0)
        let whole =
            max(parts.lexical, 0) + max(parts.semantic, 0) + max(parts.feedback, 0) + parts.notes
            + parts.judgment
        guard whole > 0 else { return }
        let lexical = explanation.lexicalScore > 0 ? parts.lexical / explanation.lexicalScore / whole : 0
        let semantic = explanation.similarity > 0 ? parts.semantic / explanation.similarity / whole : 0
        add(.both, Self.sharedWords(explanation, lexical: lexical, semantic: semantic))
        add(.related, Self.bridges(explanation, semantic: semantic))
        if let feedback = explanation.feedback, feedback.similarity > 0 {
            let share = parts.feedback / feedback.similarity / whole
            let others = feedback.documents.filter { $0.id != paper.id }
            add(
                .like,
                Dictionary(
                    others.map { ($0.title.isEmpty ? $0.id : $0.title, $0.share * share) }, uniquingKeysWith: +))
        }
        if parts.notes > 0 { add(.notes, ["your notes": parts.notes / whole]) }
        if parts.judgment > 0 { add(.encoder, ["the encoder finds it near": parts.judgment / whole]) }
        if explanation.sharedWords.isEmpty, explanation.bridges.isEmpty, parts.semantic > 0 {
            add(.meaning, ["the vectors are near, in a space that has no words": parts.semantic / whole])
        }
    }

    private mutating func add(_ kind: Kind, _ sums: [String: Double]) {
        let items = sums.map { Item(text: $0.key, part: $0.value) }
            .sorted { $0.part != $1.part ? $0.part > $1.part : $0.text < $1.text }
        let shown = items.prefix(Self.named).prefix { $0.part >= Self.leastShown }
        if shown.isEmpty { return }
        lines.append(Line(kind: kind, items: Array(shown), furtherCount: items.count - shown.count))
    }

    /// The words that both have, as the paper writes them, with what they add by words and by meaning together.
    private static func sharedWords(
        _ explanation: Explanation, lexical: Double, semantic: Double
    ) -> [String: Double] {
        var sums: [String: Double] = [:]
        for word in explanation.lexicalWords { sums[word.word, default: 0] += word.share * lexical }
        for pair in explanation.sharedWords { sums[pair.second, default: 0] += pair.share * semantic }
        // Words that stand side by side share what that adds.
        for pair in explanation.adjacentWords {
            for word in [pair.first, pair.second] { sums[word, default: 0] += pair.share * lexical / 2 }
        }
        return sums
    }

    private static func bridges(_ explanation: Explanation, semantic: Double) -> [String: Double] {
        var sums: [String: Double] = [:]
        for bridge in explanation.bridges.prefix(readBridges) {
            let words = [bridge.first, bridge.second].map { $0.lowercased() }
            sums[words.sorted().joined(separator: " ~ "), default: 0] += bridge.share * semantic
        }
        return sums
    }
}
