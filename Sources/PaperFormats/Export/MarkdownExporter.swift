public import Papers

/// Writes a list of links in Markdown:
///
///     <!-- A list of papers, written by Akin. -->
///
///     - [Attention Is All You Need](https://arxiv.org/abs/1706.03762). Ashish Vaswani, Noam Shazeer. *NeurIPS*, 2017.
///
/// A paper without an address has its title in bold. The comment tells ``ImportFormat/markdown`` that each entry is a
/// paper, wherever its link leads. Abstracts, notes and the other fields are left out.
public struct MarkdownExporter: PaperExporter, Sendable {
    /// `markdown`.
    public static let name = "markdown"

    /// `md`.
    public static let fileExtension = "md"

    /// Creates the exporter of a file.
    public init() {}

    /// The line that a list of this exporter begins with.
    static let mark = "<!-- A list of papers, written by Akin. -->"

    /// A comment, which no reader sees, and an empty line.
    public var header: String { Self.mark + "\n\n" }

    /// Returns a paper as an item of the list.
    public mutating func record(for paper: Paper) -> String {
        let title = escaped(paper.title.isEmpty ? paper.id : paper.title)
        var item = "- " + (paper.link.map { "[\(title)](\(address($0)))" } ?? "**\(title)**") + "."
        if !paper.authors.isEmpty { item += " \(escaped(paper.authors.joined(separator: ", ")))." }
        let place = [paper.venue.map { "*\(escaped($0))*" }, paper.year.map(String.init)].compactMap { $0 }
        if !place.isEmpty { item += " \(place.joined(separator: ", "))." }
        return item + "\n"
    }

    /// A text whose signs mean nothing to Markdown.
    private func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            if "\\`*_[]<>#".contains(character) { result.append("\\") }
            result.append(character)
        }
        return result
    }

    private func address(_ url: String) -> String {
        url.contains { "() <>".contains($0) } ? "<\(url.replacing("<", with: "%3C").replacing(">", with: "%3E"))>" : url
    }
}
