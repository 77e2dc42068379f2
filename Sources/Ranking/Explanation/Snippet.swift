import LexicalIndex
package import TextAnalysis

/// The sentence of a paper that says most on a question.
public struct Snippet: Hashable, Sendable {
    /// The sentence.
    public var text: String
    /// The bytes of the sentence's UTF-8 that are words of the question, or stand for them, ascending.
    public var matches: [Range<Int>]
}

/// Finds the sentences of papers that say most on a question.
///
/// A sentence is worth the sum of the idf of the distinct words of the question that it has. So it takes one pass over
/// a text, where an explanation takes milliseconds.
package struct SnippetFinder {
    /// What each term is worth.
    private let weights: [String: Double]

    /// Prepares to look for the words of a query.
    package init(_ query: RankingQuery) {
        var weights: [String: Double] = [:]
        for word in query.lexical.words {
            let idf = query.lexical.statistics.idf(of: word) * Double(word.weight)
            weights[word.term, default: 0] += idf
            for alternative in word.alternatives {
                // Of two words that stand for one, each is worth half.
                let share = idf * Double(alternative.weight) / Double(alternative.feature.terms.count)
                for term in alternative.feature.terms { weights[term] = max(weights[term] ?? 0, share) }
            }
        }
        self.weights = weights
    }

    /// The best sentence of a paper's texts besides its title; `nil` if no sentence has a word of the question.
    ///
    /// - Complexity: O(*n*) for *n* terms of the text.
    package func snippet(of text: AnalyzedText) -> Snippet? {
        var best: (worth: Double, snippet: Snippet)?
        for field in text.fields.dropFirst() {
            guard let found = bestSentence(of: field), found.worth > best?.worth ?? 0 else { continue }
            best = found
        }
        return best?.snippet
    }

    /// The bytes of a text that are words of the question, ascending, without those inside others.
    package func matches(in field: AnalyzedText.Field) -> [Range<Int>] {
        var matches: [Range<Int>] = []
        for term in field.terms where weights[term.text] != nil {
            // A compound stands before its parts.
            if let last = matches.last, term.range.upperBound <= last.upperBound { continue }
            matches.append(term.range)
        }
        return matches
    }

    private func bestSentence(of field: AnalyzedText.Field) -> (worth: Double, snippet: Snippet)? {
        let bytes = Array(field.field.text.utf8)
        var best: (worth: Double, range: Range<Int>)?
        var rest = field.terms[...]
        for sentence in sentenceRanges(in: field.field.text) {
            var found: Set<String> = []
            while let term = rest.first, term.range.lowerBound < sentence.upperBound {
                if weights[term.text] != nil { found.insert(term.text) }
                rest.removeFirst()
            }
            // In the order of the words, so that equal sentences are worth the same in each process.
            let sum = found.sorted().reduce(0) { $0 + (weights[$1] ?? 0) }
            guard sum > best?.worth ?? 0 else { continue }
            let worth = sum * (isBoilerplateSentence(bytes[sentence]) ? Self.boilerplateShare : 1)
            if worth > best?.worth ?? 0 { best = (worth, sentence) }
        }
        guard let best else { return nil }
        let matches = matches(in: field).filter {
            $0.lowerBound >= best.range.lowerBound && $0.upperBound <= best.range.upperBound
        }
        return (
            best.worth,
            Snippet(
                text: String(decoding: bytes[best.range], as: UTF8.self),
                matches: matches.map { $0.lowerBound - best.range.lowerBound..<$0.upperBound - best.range.lowerBound })
        )
    }

    /// What the words of a sentence that says nothing on a subject are worth.
    private static let boilerplateShare = 0.1
}

/// Whether a sentence says where something can be had, and nothing on a subject: "Our code is available at https://…".
///
/// - Parameter sentence: Its UTF-8.
/// - Returns: Whether it has one of a few marks, in letters of any case.
/// - Complexity: O(*n*) for *n* bytes.
package func isBoilerplateSentence(_ sentence: ArraySlice<UInt8>) -> Bool {
    sentence.indices.contains { start in
        let rest = sentence[start...]
        return boilerplateMarks.contains { mark in
            rest.count >= mark.count && zip(rest, mark).allSatisfy { lowercased($0) == $1 }
        }
    }
}

private let boilerplateMarks = ["http://", "https://", "www.", "github", "all rights reserved", "©"].map {
    Array($0.utf8)
}

/// A byte of UTF-8 with the letters of ASCII in lowercase.
private func lowercased(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
}
