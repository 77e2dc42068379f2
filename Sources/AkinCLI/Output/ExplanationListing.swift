import Akin
import AkinReports
import Foundation
import Papers
import Ranking

/// An explanation with all its numbers. `ReasonSummary` says the same in short.
enum ExplanationListing {
    /// The words or pairs that a line names before it adds up the rest.
    private static let named = 5
    /// The least share that three places show.
    private static let leastShown = 0.0005
    /// The longest part of a title that names a feedback document.
    private static let titleLength = 32

    /// The lines of an explanation: score, cosine, shared and bridging words, BM25, feedback documents with their
    /// words, and the best sentence.
    ///
    /// - Parameters:
    ///   - explanation: The explanation.
    ///   - paper: The paper that was found. The best sentence is one of its abstract; `nil` leaves the sentence out.
    ///   - margin: What every line begins with.
    /// - Returns: The lines.
    static func lines(_ explanation: Explanation, of paper: Paper?, margin: String = "") -> [String] {
        func line(_ name: String, _ content: String) -> String { Self.line(name, content, margin: margin) }
        var lines: [String] = []
        if let parts = explanation.scoreParts {
            let feedback = explanation.feedback == nil ? "" : " \(signed(parts.feedback)) first papers"
            let notes = parts.notes > 0 ? " + \(number(parts.notes)) notes" : ""
            let judgment = parts.judgment > 0 ? " + \(number(parts.judgment)) encoder" : ""
            lines.append(
                line(
                    "score",
                    "\(number(parts.lexical)) words \(signed(parts.semantic)) meaning" + feedback + notes
                        + judgment))
        }
        if explanation.similarity != 0, explanation.sharedWords.isEmpty, explanation.bridges.isEmpty {
            lines.append(line("cosine", "\(number(explanation.similarity)), in a space that has no words"))
        } else if explanation.similarity != 0 {
            lines.append(
                line(
                    "cosine",
                    "\(number(explanation.similarity)) = \(number(explanation.sharedSimilarity)) shared "
                        + "\(signed(explanation.bridgingSimilarity)) bridging"
                )
            )
            let shared = explanation.sharedWords.map { (text: $0.second, share: $0.share) }
            if !shared.isEmpty { lines.append(line("shared", list(shared))) }
            if !explanation.bridges.isEmpty { lines.append(line("bridging", list(bridges: explanation.bridges))) }
        }
        if !explanation.lexicalWords.isEmpty {
            lines.append(line("BM25", "\(number(explanation.lexicalScore)) = \(list(lexical(explanation)))"))
        }
        if let feedback = explanation.feedback, feedback.similarity != 0, !feedback.documents.isEmpty {
            let documents = feedback.documents.map { (text: name(of: $0, besides: paper), share: $0.share) }
            lines.append(line("first", "\(number(feedback.similarity)) = \(list(sorted(documents)))"))
            lines.append(line("by words", list(feedback.words.map { (text: $0.word, share: $0.share) })))
        }
        if let paper, let range = explanation.bestSentence,
            let sentence = sentence(range, of: paper.abstract, margin: margin)
        {
            lines.append(sentence)
        }
        return lines
    }

    /// The lines of a comparison: each paper with its best sentence, then what the two have in common.
    static func lines(_ comparison: PaperComparison) -> [String] {
        let explanation = comparison.explanation
        let sentences = [comparison.bestSentenceOfFirst, explanation.bestSentence]
        let papers = zip([comparison.first, comparison.second], sentences).flatMap { paper, range in
            PaperListing.lines([paper]) + [range.flatMap { sentence($0, of: paper.abstract) }].compactMap(\.self) + [""]
        }
        return papers + (explanation.isEmpty ? [] : lines(explanation, of: nil))
    }

    /// A sentence of an abstract between quotation marks; `nil` if the range reaches beyond the abstract.
    static func sentence(_ range: Range<Int>, of abstract: String, margin: String = "") -> String? {
        guard let sentence = Sentence(range, of: abstract) else { return nil }
        return broken("“" + sentence.text + "”", margin: margin)
            .map { margin + TextStyle.bold($0) }
            .joined(separator: "\n")
    }

    /// A line with a name, after a margin.
    static func line(_ name: String, _ content: String, margin: String) -> String {
        let label = name.padding(toLength: 10, withPad: " ", startingAt: 0)
        let space = String(repeating: " ", count: label.count)
        return broken(content, margin: margin + space).enumerated()
            .map { margin + ($0 == 0 ? TextStyle.dim(label) : space) + $1 }
            .joined(separator: "\n")
    }

    /// The lines of a text after a margin. Only a terminal gets more than one line.
    private static func broken(_ text: String, margin: String) -> [String] {
        wrapped(text, width: Terminal.isInteractive ? Terminal.width : Int.max, indent: margin)
            .split(separator: "\n")
            .map { String($0.dropFirst(margin.count)) }
    }

    /// The words of BM25, greatest share first. Words that stand side by side are between quotation marks.
    private static func lexical(_ explanation: Explanation) -> [(text: String, share: Double)] {
        let words = explanation.lexicalWords.map { word in
            (text: word.word + (word.asked.map { " for “\($0)”" } ?? ""), share: word.share)
        }
        let pairs = explanation.adjacentWords.map { (text: "“\($0.first) \($0.second)”", share: $0.share) }
        return sorted(words + pairs)
    }

    /// The short name of a feedback document.
    private static func name(of document: Explanation.FeedbackDocument, besides paper: Paper?) -> String {
        if document.id == paper?.id { return "itself" }
        guard !document.title.isEmpty else { return oneLine(document.id) }
        return shortTitle(document.title)
    }

    /// The beginning of a title between quotation marks.
    static func shortTitle(_ title: String) -> String {
        guard title.count > titleLength else { return "“\(title)”" }
        return "“\(title.prefix(titleLength).trimmingCharacters(in: .whitespaces))…”"
    }

    /// The greatest shares, as far as three places show them, and the sum of all others.
    private static func list(_ items: [(text: String, share: Double)]) -> String {
        let shown = items.prefix { $0.share >= leastShown }.prefix(named)
        return list(Array(shown), rest: items.dropFirst(shown.count).map(\.share))
    }

    private static func list(_ shown: [(text: String, share: Double)], rest: [Double]) -> String {
        var parts = shown.map { "\($0.text) \(number($0.share))" }
        if !rest.isEmpty { parts.append("\(rest.count) more \(number(rest.reduce(0, +)))") }
        return parts.joined(separator: ", ")
    }

    /// Bridges without their direction. Where both papers have both words, a reader sees the two bridges as one.
    ///
    /// A long question has millions of them, so only those that are shown become text.
    private static func list(bridges: [Explanation.Pair]) -> String {
        var numbers = WordNumbers()
        var places: [SIMD2<Int32>: Int] = [:]
        var merged: [(bridge: Int, share: Double)] = []
        for (index, bridge) in bridges.enumerated() {
            let (first, second) = (numbers.number(of: bridge.first), numbers.number(of: bridge.second))
            let pair = SIMD2(min(first, second), max(first, second))
            if let place = places[pair] {
                merged[place].share += bridge.share
            } else {
                places[pair] = merged.count
                merged.append((bridge: index, share: bridge.share))
            }
        }
        let shown = merged.filter { $0.share >= leastShown }
            .sorted { $0.share != $1.share ? $0.share > $1.share : $0.bridge < $1.bridge }.prefix(named)
        let indices = Set(shown.map(\.bridge))
        let texts = shown.map { item in
            (text: "\(bridges[item.bridge].first) ~ \(bridges[item.bridge].second)", share: item.share)
        }
        return list(texts, rest: merged.filter { !indices.contains($0.bridge) }.map(\.share))
    }

    /// The items, greatest share first. Equal shares keep their order.
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

/// Numbers for words; one for all words that differ only in case.
private struct WordNumbers {
    private var numbers: [String: Int32] = [:]
    private var lowercased: [String: Int32] = [:]

    mutating func number(of word: String) -> Int32 {
        if let number = numbers[word] { return number }
        let number = lowercased[word.lowercased(), default: Int32(lowercased.count)]
        lowercased[word.lowercased()] = number
        numbers[word] = number
        return number
    }
}
