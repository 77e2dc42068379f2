import Papers

/// Parts of the visible text of a page about a paper.
enum PageText {
    /// The abstract that stands on a page in an element that is called so. Empty if there is none.
    static func abstract(in document: HTMLDocument) -> String {
        // The innermost of several is the one without buttons and headings of others.
        shortestAbstract(in: document.root) ?? belowHeading(document.root) ?? ""
    }

    /// The shortest text that is long enough, of the elements that are called so. An element around one of them has a
    /// longer text, which is not even put together.
    private static func shortestAbstract(in element: MarkupElement) -> String? {
        var shortest: String?
        for case .element(let child) in element.nodes {
            guard let found = shortestAbstract(in: child) else { continue }
            if shortest.map({ found.utf8.count < $0.utf8.count }) ?? true { shortest = found }
        }
        guard shortest == nil, isAbstract(element) else { return shortest }
        let text = withoutHeading(element.markup)
        return text.utf8.count >= shortestAbstract ? text : nil
    }

    private static func isAbstract(_ element: MarkupElement) -> Bool {
        ["div", "section", "blockquote", "p", "span", "article"].contains(element.name)
            && element.isCalled("abstract") && !element.isCalled("graphical") && !element.isCalled("link")
    }

    /// The paragraphs below a heading that says `Abstract`, up to the next heading.
    private static func belowHeading(_ element: MarkupElement) -> String? {
        func isHeading(_ element: MarkupElement) -> Bool { element.name.count == 2 && element.name.hasPrefix("h") }
        let children = element.children
        if let place = children.firstIndex(where: { isHeading($0) && $0.text.lowercased() == "abstract" }) {
            let below = children[(place + 1)...].prefix { !isHeading($0) }
            let text = below.map(\.markup).joined(separator: " ")
            if text.utf8.count >= shortestAbstract { return text }
        }
        return children.lazy.compactMap { belowHeading($0) }.first
    }

    /// The fewest bytes of an abstract. What is shorter is a label or a button.
    static let shortestAbstract = 80

    /// An abstract without the word `Abstract` before it.
    static func withoutHeading(_ markup: String) -> String {
        var text = tidied(markup)
        // Tags before the word belong to it, and so do those between it and the abstract.
        let plain = text.replacing(#/^(?:<[^>]*>|\s)*(?:Abstract|ABSTRACT|Summary)(?:<[^>]*>|\s)*[:.\-–—]?/#, with: "")
        if plain.count < text.count { text = plain }
        return text.trimmingSpaces
    }

    /// Reads the facts below the abstract on a page of arXiv: subjects, comments, journal.
    static func takeArXivFacts(_ document: HTMLDocument, _ draft: inout PaperDraft) {
        for cell in document.root.descendants("td") {
            if cell.hasClass("subjects") { draft.categories = subjects(cell.text) }
            if cell.hasClass("comments") { draft.add(cell, to: "comment") }
            if cell.hasClass("jref"), draft.venue == nil { draft.venue = cell.text }
            if cell.hasClass("doi"), let link = cell.links.first?.attributes["href"] { draft.identify(link) }
        }
    }

    /// The classes in a list of arXiv's subjects: `Computation and Language (cs.CL); Machine Learning (cs.LG)`.
    static func subjects(_ text: String) -> [String] {
        text.split(separator: ";").map { subject in
            guard let open = subject.lastIndex(of: "("), let close = subject.lastIndex(of: ")"), open < close else {
                return tidied(String(subject))
            }
            return String(subject[subject.index(after: open)..<close])
        }
    }
}
