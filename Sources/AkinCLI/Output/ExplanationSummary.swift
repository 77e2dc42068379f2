import Akin
import AkinReports
import Foundation
import Papers
import Ranking

/// How much an explanation says.
enum ExplanationDetail {
    /// What counts most, in five lines.
    case brief
    /// All numbers.
    case full
}

/// An explanation in five lines that need no manual: the words that question and paper share, related words, the papers
/// that came first, notes, and the best sentence. Each has its part of the score in percent.
///
///     both      streaming 41 %, memory 20 %
///     related   texts ~ documents 6 %
///     like      “Streaming memories” 18 %, “Long texts” 9 %
///     “Long texts need a memory that streams.”
struct ExplanationSummary {
    private let explanation: Explanation
    private let paper: Paper
    /// What the parts of the score are, and their sum.
    private let parts: ScoreParts
    private let whole: Double

    /// What a line names, at most.
    private static let named = 5
    /// The least part that a line names.
    private static let leastShown = 0.015

    /// Prepares the summary of an explanation of a paper. A score that is no sum, of a paper that the question names, is
    /// taken as the similarity alone.
    init(_ explanation: Explanation, of paper: Paper) {
        self.explanation = explanation
        self.paper = paper
        parts =
            explanation.scoreParts
            ?? ScoreParts(lexical: 0, semantic: explanation.similarity, feedback: 0)
        whole = max(parts.lexical, 0) + max(parts.semantic, 0) + max(parts.feedback, 0) + parts.notes
    }

    /// The lines, each after a margin.
    func lines(margin: String) -> [String] {
        var lines: [String] = []
        func add(_ name: String, _ items: [(text: String, part: Double)], rest: String = "") {
            let shown = items.filter { $0.part >= Self.leastShown }.prefix(Self.named)
            if shown.isEmpty { return }
            let others = items.count - shown.count
            let texts = shown.map { "\($0.text) \(percent($0.part))" } + (others > 0 ? ["\(others) more"] : [])
            lines.append(ExplanationListing.line(name, texts.joined(separator: ", "), margin: margin))
        }
        if explanation.scoreParts == nil {
            lines.append(ExplanationListing.line("asked", "the question names this paper", margin: margin))
        }
        add("both", sharedWords)
        add("related", bridges)
        add("like", documents)
        if parts.notes > 0 { add("notes", [("your notes", part(parts.notes))]) }
        if explanation.sharedWords.isEmpty, explanation.bridges.isEmpty, parts.semantic > 0, lines.count < Self.named {
            add("meaning", [("the vectors are near, in a space that has no words", part(parts.semantic))])
        }
        if let range = explanation.bestSentence,
            let sentence = ExplanationListing.sentence(range, of: paper.abstract, margin: margin)
        {
            lines.append(sentence)
        }
        return lines
    }

    private func part(_ share: Double) -> Double { whole > 0 ? share / whole : 0 }

    private func percent(_ part: Double) -> String { "\(Int((part * 100).rounded())) %" }

    /// What a share of the cosine with the question is of the score.
    private func part(ofCosine share: Double) -> Double {
        explanation.similarity > 0 ? part(parts.semantic * share / explanation.similarity) : 0
    }

    /// The words that both have, as the paper writes them, with what they add by words and by meaning together.
    private var sharedWords: [(text: String, part: Double)] {
        var sums: [String: Double] = [:]
        let lexical = explanation.lexicalScore > 0 ? parts.lexical / explanation.lexicalScore : 0
        for word in explanation.lexicalWords { sums[word.word, default: 0] += part(word.share * lexical) }
        for pair in explanation.sharedWords { sums[pair.second, default: 0] += part(ofCosine: pair.share) }
        // Words that stand side by side share what that adds.
        for pair in explanation.adjacentWords {
            for word in [pair.first, pair.second] { sums[word, default: 0] += part(pair.share * lexical) / 2 }
        }
        return sorted(sums)
    }

    /// Different words that papers use alike.
    private var bridges: [(text: String, part: Double)] {
        var sums: [String: Double] = [:]
        for bridge in explanation.bridges.prefix(Self.readBridges) {
            let words = [bridge.first, bridge.second].map { $0.lowercased() }
            sums[words.sorted().joined(separator: " ~ "), default: 0] += part(ofCosine: bridge.share)
        }
        return sorted(sums)
    }

    /// A long question has millions of bridges, greatest first.
    private static let readBridges = 1_000

    /// The papers that answer the question best, which this one is like.
    private var documents: [(text: String, part: Double)] {
        guard let feedback = explanation.feedback, feedback.similarity > 0 else { return [] }
        return sorted(
            Dictionary(
                feedback.documents.filter { $0.id != paper.id }.map { document in
                    (
                        ExplanationListing.name(of: document, besides: paper),
                        part(parts.feedback * document.share / feedback.similarity)
                    )
                }, uniquingKeysWith: +))
    }

    private func sorted(_ sums: [String: Double]) -> [(text: String, part: Double)] {
        sums.map { (text: $0.key, part: $0.value) }
            .sorted { $0.part != $1.part ? $0.part > $1.part : $0.text < $1.text }
    }
}
