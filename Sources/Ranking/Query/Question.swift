import Papers
package import TextAnalysis
import TextEncoding

/// What somebody asks, analyzed once.
package enum Question: Sendable {
    /// A text: a question, or a few words.
    case text(QuestionText)
    /// Papers to be near, and papers to stay away from.
    case papers(near: [Example], awayFrom: [Example])

    /// What a question is made of: a paper of the collection, or any other text.
    package struct Example: Sendable {
        /// The unit of the paper; `nil` for another text, whose place in the space that the collection learned follows
        /// from its terms.
        package var unit: UnitKey?
        package var text: AnalyzedText

        package init(unit: UnitKey?, text: AnalyzedText) {
            self.unit = unit
            self.text = text
        }
    }

    /// The papers that the question is made of, which are no answer to it.
    var papers: PaperKeySet {
        switch self {
        case .text: PaperKeySet()
        case .papers(let near, let awayFrom): PaperKeySet((near + awayFrom).compactMap(\.unit?.paper))
        }
    }

    /// The texts of the question as they were written, each with its share.
    func parts(_ policy: RankingPolicy) -> [QuestionPart] {
        switch self {
        case .text(let text): [QuestionPart(text.analyzed.written, role: .query)]
        case .papers(let near, let awayFrom):
            Self.shares(near: near, awayFrom: awayFrom, policy).map { example, share in
                QuestionPart(example.text.written, role: .document, share: share)
            }
        }
    }

    /// How much each example counts.
    static func shares(
        near: [Example], awayFrom: [Example], _ policy: RankingPolicy
    ) -> [(example: Example, share: Float)] {
        near.map { ($0, 1 / Float(near.count)) } + awayFrom.map { ($0, -policy.awayWeight / Float(awayFrom.count)) }
    }

    /// The texts of the question as one.
    var text: AnalyzedText {
        switch self {
        case .text(let text): text.analyzed
        case .papers(let near, let awayFrom): .joined((near + awayFrom).map(\.text))
        }
    }
}

extension AnalyzedText {
    /// The text as it was written: the title and the abstract of a paper, with a newline between them.
    fileprivate var written: String {
        fields.prefix(2).map(\.field.text).filter { !$0.isEmpty }.joined(separator: "\n")
    }
}

/// A text that somebody asks, analyzed once.
package struct QuestionText: Sendable {
    /// Its terms.
    package let analyzed: AnalyzedText
    /// The other ways to write its words: joined, or as another language takes their stems.
    let otherSpellings: [String: [[String]]]
    /// The parts of its compounds that count only before the next part.
    let boundParts: [BoundPart]
    /// Whether the text has no words but stop words. Then it is asked of titles alone.
    package let isOfStopwords: Bool
    /// The word that the text writes for each term.
    private let writtenForms: [String: String]
    private let analyzer: Analyzer
    private let languages: [Language]

    /// Analyzes a text.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - analyzer: The collection's.
    ///   - languages: The languages of the collection's texts.
    package init(_ text: String, by analyzer: Analyzer, languages: some Sequence<Language> = []) {
        let languages = Array(languages)
        self.analyzer = analyzer
        self.languages = languages
        let question = analyzer.analyze(question: text, languages: languages)
        analyzed = question.text
        isOfStopwords = question.keepsStopwords
        writtenForms = analyzed.writtenForms()
        var spellings = analyzer.joinedSpellings(of: analyzed, languages: languages)
        for word in question.words {
            for other in word.alternatives where spellings[word.term.text]?.contains([other]) != true {
                spellings[word.term.text, default: []].append([other])
            }
        }
        otherSpellings = spellings
        boundParts = analyzer.boundParts(of: text, analyzedAs: analyzed)
    }

    /// The word that the text writes for a term; the term itself if the text does not have it.
    func writtenForm(of term: String) -> String { writtenForms[term] ?? term }

    /// The words of some terms, parted.
    func partedSpellings(of terms: Set<String>) -> [String: [[String]]] {
        analyzer.partedSpellings(of: terms, in: analyzed, languages: languages)
    }

    /// The words that a term's word may be a mistake for.
    func meantWords(for term: String) -> [Analyzer.MeantWord] {
        analyzer.meantWords(
            for: writtenForm(of: term),
            language: analyzed.fields.first?.language ?? analyzer.settings.language)
    }
}
