/// Questions that a library's papers ask and answer themselves: a part of a paper is taken out of it and asked, and the
/// paper without that part is the answer.
///
/// Three kinds, in turn: a title, which its abstract answers; the first half of an abstract, which the second half and
/// the title answer; and a run of words out of an abstract, which the rest answers. A paper asks one question at most.
struct SelfQuestions {
    /// What was taken out of a paper.
    enum Kind: Int, CaseIterable, Sendable {
        case title, half, sentence
    }

    struct Question: Sendable {
        var kind: Kind
        var text: String
        /// The paper that it was taken out of, by its position.
        var paper: Int
    }

    /// The words that an abstract needs to give some away.
    private static let shortestAbstract = 24
    /// The words that a title needs to be a question.
    private static let shortestTitle = 3
    /// The words of a run: those of an average sentence, and a third of the abstract at most.
    private static let sentenceLength = 20

    /// The papers, without what was taken out of them.
    private(set) var papers: [IndexedText]
    private(set) var questions: [Question] = []

    /// Takes up to `count` questions of each kind out of papers, drawn by `generator`.
    init(_ papers: [IndexedText], count: Int, generator: inout SplitMix64) {
        self.papers = papers
        var wanted = Kind.allCases.map { _ in count }
        var turn = 0
        for paper in papers.indices.shuffled(using: &generator) {
            guard let last = wanted.indices.last(where: { wanted[$0] > 0 }) else { break }
            let kinds = (0...last).filter { wanted[$0] > 0 }
            let abstract = papers[paper].abstract.split(separator: " ")
            let title = papers[paper].title.split(separator: " ")
            guard abstract.count >= Self.shortestAbstract else { continue }
            let fitting = kinds.filter { Kind(rawValue: $0) != .title || title.count >= Self.shortestTitle }
            guard !fitting.isEmpty, let kind = Kind(rawValue: fitting[turn % fitting.count]) else { continue }
            turn += 1
            wanted[kind.rawValue] -= 1
            questions.append(take(kind, from: paper, abstract, &generator))
        }
    }

    private mutating func take(
        _ kind: Kind, from paper: Int, _ abstract: [Substring], _ generator: inout SplitMix64
    ) -> Question {
        let taken: Range<Int>
        switch kind {
        case .title:
            defer { papers[paper].title = "" }
            return Question(kind: kind, text: papers[paper].title, paper: paper)
        case .half:
            taken = 0..<abstract.count / 2
        case .sentence:
            let length = min(Self.sentenceLength, abstract.count / 3)
            let start = Int.random(in: 0...abstract.count - length, using: &generator)
            taken = start..<start + length
        }
        papers[paper].abstract = (abstract[..<taken.lowerBound] + abstract[taken.upperBound...])
            .joined(separator: " ")
        return Question(kind: kind, text: abstract[taken].joined(separator: " "), paper: paper)
    }
}
