package import Papers
package import TextAnalysis

/// The text of a paper that is indexed and ranked.
package struct PaperText: Hashable, Sendable {
    package var title: String
    package var abstract: String
    package var fields: [Paper.Field]

    package init(title: String, abstract: String, fields: [Paper.Field] = []) {
        self.title = title
        self.abstract = abstract
        self.fields = fields
    }

    package init(_ paper: Paper) {
        self.init(title: paper.title, abstract: paper.abstract, fields: paper.fields)
    }

    /// The fields as they are counted: the title first, then the abstract, then the others.
    package func fields(_ policy: RankingPolicy = .standard) -> [TextField] {
        [TextField(title, weight: policy.titleWeight), TextField(abstract)]
            + fields.map { TextField($0.text, weight: policy.count(of: $0.weight)) }
    }
}

extension Analyzer {
    /// Analyzes a paper: field 0 is its title, field 1 its abstract, and the others follow.
    package func analyze(_ paper: PaperText, _ policy: RankingPolicy = .standard) -> AnalyzedText {
        analyze(paper.fields(policy))
    }
}
