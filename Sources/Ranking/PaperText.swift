package import Papers
package import TextAnalysis

/// The text of a paper that is indexed and ranked.
package struct PaperText: Hashable, Sendable {
    package var title: String
    package var abstract: String

    package init(title: String, abstract: String) {
        self.title = title
        self.abstract = abstract
    }

    package init(_ paper: Paper) {
        self.init(title: paper.title, abstract: paper.abstract)
    }

    /// The fields as they are counted: the title first, then the abstract.
    package func fields(_ policy: RankingPolicy = .standard) -> [TextField] {
        [TextField(title, weight: policy.titleWeight), TextField(abstract)]
    }
}

extension Analyzer {
    /// Analyzes a paper: field 0 is its title, field 1 its abstract.
    package func analyze(_ paper: PaperText, _ policy: RankingPolicy = .standard) -> AnalyzedText {
        analyze(paper.fields(policy))
    }
}
