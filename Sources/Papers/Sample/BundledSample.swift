/// The papers that come with the program: 74 on large language models, enough to try a search on.
///
/// Titles and years are those of the real papers; a year is that of a paper's first version. The abstracts are not the
/// authors': they are short summaries, written for this sample.
///
///     let paper = BundledSample.papers.first { $0.title.hasPrefix("InfLLM") }
public enum BundledSample {
    /// The papers, ordered by subject.
    public static let papers: [Paper] = [surveys, efficiency, retrieval, training, reasoning].flatMap(papers(in:))

    /// Reads papers from paragraphs with a blank line between them, a title with its year and a summary in turn. A line
    /// end within a paragraph stands for a space, to which `Paper` tidies it.
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
