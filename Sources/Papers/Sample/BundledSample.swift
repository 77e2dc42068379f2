/// 74 papers on language models that come with the program. They are enough to try a search.
///
/// Titles and years are those of real papers; a year is that of a paper's first version. The abstracts are summaries
/// that were written for this sample.
///
///     let paper = BundledSample.papers.first { $0.title.hasPrefix("InfLLM") }
public enum BundledSample {
    /// The papers, ordered by subject.
    public static let papers: [Paper] = [surveys, efficiency, retrieval, training, reasoning].flatMap(papers(in:))

    /// Reads papers from paragraphs with blank lines between them. The paragraphs are, in turn, a title with its year
    /// and a summary. `Paper` makes spaces of the line ends inside a paragraph.
    private static func papers(in text: String) -> [Paper] {
        let paragraphs = text.split(separator: "\n\n").map(String.init)
        return stride(from: 0, to: paragraphs.count - 1, by: 2).map { index in
            let heading = paragraphs[index]
            let year = heading.suffix(7)  // " (2024)"
            return Paper(
                title: String(heading.dropLast(year.count)),
                abstract: paragraphs[index + 1],
                year: Int(year.dropFirst(2).dropLast())
            )
        }
    }
}
