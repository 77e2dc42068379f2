package import LexicalIndex
package import SeededRandom
package import TextAnalysis

/// A question that a paper asks about its own subject, and the rest of the paper, which answers are judged by.
///
/// The question holds some words of a paper, and the paper itself is no answer. The answers are the papers that have
/// its *other* words. So a ranking gains by finding papers that say the same in other words. A question has many
/// answers of different worth.
package struct SubjectQuestion: Sendable, Hashable {
    /// What of the paper is asked.
    package enum Kind: Int, CaseIterable, Sendable {
        /// Its title.
        case title
        /// A few of its words, drawn at random.
        case words
    }

    package var kind: Kind
    /// The position of the paper among those that it was drawn from.
    package var paper: Int
    /// The terms that are asked.
    package var terms: [String]
    /// The pairs of a title's terms that follow each other.
    package var pairs: [TermPair]
    /// The paper's other terms, each once, ascending.
    package var rest: [String]
}

extension SubjectQuestion {
    /// The number of words drawn, at most half of the paper's. People's questions have about as many.
    package static let wordCount = 8
    /// The words that a title needs to be a question.
    package static let shortestTitle = 3
    /// The words that a paper needs to be asked about, repetitions included.
    package static let shortestPaper = 24

    /// Draws up to `count` papers by `generator` and has each ask both kinds of question, or the one that it can.
    ///
    /// - Parameters:
    ///   - count: The most papers to draw.
    ///   - paperCount: The number of papers to draw from.
    ///   - text: Returns the text of one of them.
    ///   - analyzer: The library's.
    ///   - generator: Decides what is drawn.
    /// - Returns: The questions, those of a paper side by side.
    /// - Throws: The error of `text`.
    package static func draw(
        _ count: Int, from paperCount: Int, _ text: (_ paper: Int) throws -> PaperText, analyzer: Analyzer,
        by generator: inout SplitMix64
    ) rethrows -> [SubjectQuestion] {
        var questions: [SubjectQuestion] = []
        var drawn = 0
        for paper in (0..<paperCount).shuffled(using: &generator) {
            if drawn == count { break }
            let text = analyzer.analyze(try text(paper))
            let title = text.fields[0]
            guard text.fields.reduce(0, { $0 + $1.terms.count }) >= shortestPaper else { continue }
            drawn += 1
            let terms = text.frequencies.keys.sorted()
            func ask(_ kind: Kind, _ asked: [String], _ pairs: [TermPair]) {
                let known = Set(asked)
                let rest = terms.filter { !known.contains($0) }
                guard !asked.isEmpty, !rest.isEmpty else { return }
                questions.append(Self(kind: kind, paper: paper, terms: asked, pairs: pairs, rest: rest))
            }
            if title.terms.count >= shortestTitle {
                let pairs = title.neighbors.map { TermPair(first: $0.first.text, second: $0.second.text) }
                ask(.title, title.terms.map(\.text), pairs)
            }
            let few = terms.shuffled(using: &generator).prefix(min(wordCount, terms.count / 2))
            ask(.words, few.sorted(), [])
        }
        return questions
    }
}
