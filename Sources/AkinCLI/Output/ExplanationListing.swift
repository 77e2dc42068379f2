import Akin
import Foundation
import Papers
import Ranking

/// An explanation as a person reads it: a few lines with the words that count most.
enum ExplanationListing {
    /// The words or pairs that a line names before it sums up the rest.
    private static let named = 5
    /// The characters of a title that stand for a paper.
    private static let titleLength = 32

    /// A line each of the score, the cosine, the words of either kind and of BM25, the first papers and the words that are
    /// near to them, and the best sentence; that is one of the abstract of `paper`, the one that was found, and is left
    /// out where that is `nil`. Every line begins with `margin`.
    static func lines(_ explanation: Explanation, of paper: Paper?, margin: String = "") -> [String] {
        func line(_ name: String, _ content: String) -> String { Self.line(name, content, margin: margin) }
        var lines: [String] = []
        if let parts = explanation.scoreParts {
            let first = explanation.feedback == nil ? "" : " \(signed(parts.feedback)) first papers"
            lines.append(line("score", "\(number(parts.lexical)) words \(signed(parts.semantic)) meaning" + first))
        }
        if explanation.similarity != 0 {
            lines.append(
                line(
                    "cosine",
                    "\(number(explanation.similarity)) = \(number(explanation.sharedSimilarity)) shared "
                        + "\(signed(explanation.bridgingSimilarity)) bridging"
                )
            )
            let shared = explanation.sharedWords.map { (text: $0.second, share: $0.share) }
            if !shared.isEmpty { lines.append(line("shared", list(shared))) }
            let bridges = merged(explanation.bridges)
            if !bridges.isEmpty { lines.append(line("bridging", list(bridges))) }
        }
        if !explanation.lexicalWords.isEmpty {
            lines.append(line("BM25", "\(number(explanation.lexicalScore)) = \(list(lexical(explanation)))"))
        }
        if let first = explanation.feedback, first.similarity != 0 {
            let papers = first.documents.map { (text: name(of: $0, besides: paper), share: $0.share) }
            lines.append(line("first", "\(number(first.similarity)) = \(list(sorted(papers)))"))
            lines.append(line("by words", list(first.words.map { (text: $0.word, share: $0.share) })))
        }
        if let paper, let range = explanation.bestSentence {
            lines.append(sentence(range, of: paper.abstract, margin: margin))
        }
        return lines
    }

    /// A sentence of an abstract, set off from the rest.
    static func sentence(_ range: Range<Int>, of abstract: String, margin: String = "") -> String {
        broken("“" + (text(range, of: abstract) ?? "") + "”", margin: margin)
            .map { margin + TextStyle.bold($0) }
            .joined(separator: "\n")
    }

    /// The text of a range of bytes; `nil` if it is none.
    static func text(_ range: Range<Int>, of abstract: String) -> String? {
        let bytes = Array(abstract.utf8)
        guard range.lowerBound >= 0, range.upperBound <= bytes.count else { return nil }
        return String(decoding: bytes[range], as: UTF8.self)
    }

    private static func line(_ name: String, _ content: String, margin: String) -> String {
        let label = name.padding(toLength: 10, withPad: " ", startingAt: 0)
        let space = String(repeating: " ", count: label.count)
        return broken(content, margin: margin + space).enumerated()
            .map { margin + ($0 == 0 ? TextStyle.dim(label) : space) + $1 }
            .joined(separator: "\n")
    }

    /// The lines of a text behind a margin, broken between words on a terminal; one line elsewhere.
    private static func broken(_ text: String, margin: String) -> [String] {
        wrapped(text, width: Terminal.isInteractive ? Terminal.width : Int.max, indent: margin)
            .split(separator: "\n")
            .map { String($0.dropFirst(margin.count)) }
    }

    /// The words of BM25, and between quotation marks those that stand side by side, greatest share first.
    private static func lexical(_ explanation: Explanation) -> [(text: String, share: Double)] {
        let words = explanation.lexicalWords.map { (text: $0.word, share: $0.share) }
        let pairs = explanation.adjacentWords.map { (text: "“\($0.first) \($0.second)”", share: $0.share) }
        return sorted(words + pairs)
    }

    /// One of the first papers, in short.
    private static func name(of first: Explanation.FeedbackDocument, besides paper: Paper?) -> String {
        if first.id == paper?.id { return "itself" }
        guard !first.title.isEmpty else { return first.id }
        guard first.title.count > titleLength else { return "“\(first.title)”" }
        return "“\(first.title.prefix(titleLength).trimmingCharacters(in: .whitespaces))…”"
    }

    /// The greatest shares, those that three places show, and the sum of all others.
    private static func list(_ items: [(text: String, share: Double)]) -> String {
        let shown = items.prefix { $0.share >= 0.0005 }.prefix(named)
        var parts = shown.map { "\($0.text) \(number($0.share))" }
        let rest = items.dropFirst(shown.count)
        if !rest.isEmpty { parts.append("\(rest.count) more \(number(rest.reduce(0) { $0 + $1.share }))") }
        return parts.joined(separator: ", ")
    }

    /// Bridges without their direction: where both papers have both words, the two bridges between them are one to a
    /// reader.
    private static func merged(_ bridges: [Explanation.Pair]) -> [(text: String, share: Double)] {
        var places: [Set<String>: Int] = [:]
        var merged: [(text: String, share: Double)] = []
        for bridge in bridges {
            let words: Set = [bridge.first.lowercased(), bridge.second.lowercased()]
            if let place = places[words] {
                merged[place].share += bridge.share
            } else {
                places[words] = merged.count
                merged.append((text: "\(bridge.first) ~ \(bridge.second)", share: bridge.share))
            }
        }
        return sorted(merged)
    }

    /// Greatest share first; equal ones stay in their order.
    private static func sorted(_ items: [(text: String, share: Double)]) -> [(text: String, share: Double)] {
        items.enumerated()
            .sorted {
                $0.element.share != $1.element.share ? $0.element.share > $1.element.share : $0.offset < $1.offset
            }
            .map(\.element)
    }

    private static func number(_ value: Double) -> String { String(format: "%.3f", value) }

    private static func signed(_ value: Double) -> String { (value < 0 ? "− " : "+ ") + number(abs(value)) }
}
