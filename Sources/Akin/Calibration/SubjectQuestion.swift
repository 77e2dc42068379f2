package import SeededRandom
package import TextAnalysis

/// A question that a paper asks about its own subject, and the rest of the paper, by which answers are judged.
///
/// Some words of a paper are asked. The paper itself is no answer; the papers that have its *other* words are. To judge by
/// the words that were not asked is what makes the question like one of a person: it rewards a ranking for finding papers
/// of the subject that put it in other words, and it has many answers of different worth.
package struct SubjectQuestion: Sendable, Hashable {
    /// What of the paper is asked.
    package enum Kind: Int, CaseIterable, Sendable {
        /// Its title.
        case title
        /// A few of its words, drawn at random.
        case words
    }

    package var kind: Kind
    /// The paper's position among those that it was drawn from.
    package var paper: Int
    /// The terms that are asked.
    package var terms: [String]
    /// Those that follow each other, in a title.
    package var pairs: [WeightedPair]
    /// The paper's other terms, each once, ascending.
    package var rest: [String]
}

extension SubjectQuestion {
    /// The words that are drawn, and no more than half of a paper's: questions of people have about as many.
    package static let wordCount = 8
    /// The words that a title needs to be a question.
    package static let shortestTitle = 3
    /// The words that a paper needs, with repetitions, to be asked about.
    package static let shortestPaper = 24

    /// Draws up to `count` papers by `generator` and has each ask both kinds of question, or the one that it can.
    package static func draw(
        _ count: Int, from papers: [IndexedText], analyzer: Analyzer, by generator: inout SplitMix64
    ) -> [SubjectQuestion] {
        var questions: [SubjectQuestion] = []
        var drawn = 0
        for paper in papers.indices.shuffled(using: &generator) where drawn < count {
            let title = analyzer.terms(of: papers[paper].title)
            let words = title.map(\.text) + analyzer.terms(of: papers[paper].abstract).map(\.text)
            guard words.count >= shortestPaper else { continue }
            drawn += 1
            let terms = Set(words).sorted()
            func ask(_ kind: Kind, _ asked: [String], _ pairs: [WeightedPair]) {
                let known = Set(asked)
                let rest = terms.filter { !known.contains($0) }
                guard !asked.isEmpty, !rest.isEmpty else { return }
                questions.append(Self(kind: kind, paper: paper, terms: asked, pairs: pairs, rest: rest))
            }
            if title.count >= shortestTitle { ask(.title, title.map(\.text), QueryTerms.pairs(title)) }
            let few = terms.shuffled(using: &generator).prefix(min(wordCount, terms.count / 2))
            ask(.words, few.sorted(), [])
        }
        return questions
    }
}
