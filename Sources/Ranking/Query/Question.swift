import Papers
package import TextAnalysis

/// What somebody asks, analyzed once.
package enum Question: Sendable {
    /// A text: a question, or a few words.
    case text(QuestionText)
    /// Papers to be near, and papers to stay away from.
    case papers(near: [Example], awayFrom: [Example])

    /// A paper of the collection that a question is made of.
    package struct Example: Sendable {
        package var unit: UnitKey
        package var text: AnalyzedText

        package init(unit: UnitKey, text: AnalyzedText) {
            self.unit = unit
            self.text = text
        }
    }

    /// The papers that the question is made of, which are no answer to it.
    var papers: PaperKeySet {
        switch self {
        case .text: PaperKeySet()
        case .papers(let near, let awayFrom): PaperKeySet((near + awayFrom).map(\.unit.paper))
        }
    }

    /// The texts of the question as one.
    var text: AnalyzedText {
        switch self {
        case .text(let text): text.analyzed
        case .papers(let near, let awayFrom): .joined((near + awayFrom).map(\.text))
        }
    }
}

/// A text that somebody asks, analyzed once.
package struct QuestionText: Sendable {
    /// Its terms.
    package let analyzed: AnalyzedText
    /// The other ways to write its words, joined or parted.
    let otherSpellings: [String: [[String]]]

    /// Analyzes a text.
    package init(_ text: String, by analyzer: Analyzer) {
        analyzed = analyzer.analyze(text)
        otherSpellings = analyzer.otherSpellings(of: analyzed)
    }
}
