import Papers

/// Finds the papers on a page that lists some.
enum PageListing {
    /// The papers of a listing or a search of arXiv, or else the headings and list entries that link to papers.
    static func papers(in document: HTMLDocument) -> [PaperDraft] {
        let listed = arXivListing(document)
        if !listed.isEmpty { return listed }
        let results = document.root.descendants { $0.name == "li" && $0.hasClass("arxiv-result") }
        if !results.isEmpty { return results.compactMap(arXivResult) }
        var cards = Cards()
        cards.append(document.root)
        return cards.finish()
    }

    // MARK: - arXiv

    /// The entries of a listing: a `<dt>` with the number and a `<dd>` with everything else, in turn.
    private static func arXivListing(_ document: HTMLDocument) -> [PaperDraft] {
        document.root.descendants("dl").flatMap { list in
            let parts = list.children.filter { $0.name == "dt" || $0.name == "dd" }
            return zip(parts, parts.dropFirst()).compactMap { (term, entry) -> PaperDraft? in
                guard term.name == "dt", entry.name == "dd" else { return nil }
                return arXivEntry(term, entry)
            }
        }
    }

    private static func arXivEntry(_ term: MarkupElement, _ entry: MarkupElement) -> PaperDraft? {
        func part(_ name: String) -> MarkupElement? { entry.first { $0.hasClass(name) } }
        func text(_ name: String, _ label: String) -> String? {
            guard let text = part(name)?.text else { return nil }
            return text.hasPrefix(label) ? text.dropFirst(label.count).trimmingSpaces : text
        }
        guard let title = text("list-title", "Title:"),
            let link = term.links.lazy.compactMap({ PaperLink($0.attributes["href"] ?? "") }).first
        else { return nil }
        var draft = PaperDraft()
        draft.title = title
        takeArXivLink(link, &draft)
        draft.authors = part("list-authors")?.links.map(\.text) ?? []
        draft.categories = PageText.subjects(text("list-subjects", "Subjects:") ?? "")
        if let comments = text("list-comments", "Comments:") { draft.add(comments, to: "comment") }
        draft.venue = text("list-journal-ref", "Journal-ref:")
        draft.abstract = entry.first { $0.name == "p" && $0.hasClass("mathjax") }?.markup ?? ""
        return draft
    }

    private static func arXivResult(_ item: MarkupElement) -> PaperDraft? {
        func part(_ name: String) -> MarkupElement? { item.first { $0.hasClass(name) } }
        guard let title = item.first(where: { $0.name == "p" && $0.hasClass("title") }),
            let link = item.links.lazy.compactMap({ PaperLink($0.attributes["href"] ?? "") }).first
        else { return nil }
        var draft = PaperDraft()
        draft.title = title.text
        takeArXivLink(link, &draft)
        let authors = part("authors")
        draft.authors = authors?.links.map(\.text) ?? []
        if draft.authors.isEmpty, let line = authors?.text {
            draft.authors = authorNames(inReadingOrder: line.hasPrefix("Authors:") ? String(line.dropFirst(8)) : line)
        }
        draft.categories = item.descendants { $0.name == "span" && $0.hasClass("tag") }.map(\.text)
            .filter { $0.contains(".") || $0.contains("-") && !$0.contains(" ") }
        var abstract = part("abstract-full")?.text ?? part("abstract-short")?.text ?? ""
        for button in ["△ Less", "▽ More"] where abstract.hasSuffix(button) {
            abstract = abstract.dropLast(button.count).trimmingSpaces
        }
        draft.abstract = abstract
        for line in item.descendants("p") {
            let text = line.text
            if text.hasPrefix("Submitted ") {
                draft.take(PublicationDate(String(text.dropFirst(10).prefix { $0 != ";" })))
            }
            if text.hasPrefix("Comments:") { draft.add(text.dropFirst(9).trimmingSpaces, to: "comment") }
            if text.hasPrefix("Journal ref:") { draft.venue = text.dropFirst(12).trimmingSpaces }
        }
        for other in item.links.compactMap({ $0.attributes["href"] }) where other.contains("doi.org/") {
            draft.identify(other)
        }
        return draft
    }

    private static func takeArXivLink(_ link: PaperLink, _ draft: inout PaperDraft) {
        draft.identify(link)
        draft.type = "article"
        draft.url = link.address
    }
}

/// Papers on any other page: a heading, or a bold or long link of a list entry, that leads to a paper is its title, and
/// the first paragraph behind it its abstract.
private struct Cards {
    private var papers: [PaperDraft] = []
    private var current: (draft: PaperDraft, links: [PaperLink])?

    /// Takes an element and all that is in it, in the order of the page.
    mutating func append(_ element: MarkupElement) {
        for child in element.children {
            switch child.name {
            case "h1", "h2", "h3", "h4", "h5", "h6", "strong", "b", "dt": appendHeading(child)
            case "article": appendCard(child)
            case "nav", "footer", "script", "head", "form": break
            case "p", "blockquote": appendParagraph(child)
            case "a": appendLink(child)
            case _ where child.isCalled("abstract"): appendParagraph(child)
            default: append(child)
            }
        }
    }

    /// Returns the papers.
    mutating func finish() -> [PaperDraft] {
        close()
        return papers
    }

    /// Takes an element for one thing of many. Its heading is a title, even if the link stands beside it.
    private mutating func appendCard(_ card: MarkupElement) {
        let heading = card.first { $0.name.count == 2 && $0.name.hasPrefix("h") }
        let addresses = card.links.compactMap { $0.attributes["href"] }
        let isLinked = heading?.links.contains { PaperLink($0.attributes["href"] ?? "") != nil } ?? true
        if !isLinked, let heading, let address = addresses.first(where: { PaperLink($0) != nil }),
            let link = PaperLink(address)
        {
            begin(heading.text, link, address)
            if let paragraph = card.descendants("p").first(where: { $0.text.utf8.count >= PageText.shortestAbstract }) {
                current?.draft.abstract = PageText.withoutHeading(paragraph.markup)
            }
            return
        }
        append(card)
    }

    private mutating func appendHeading(_ heading: MarkupElement) {
        let found = heading.links.lazy.compactMap { link in
            PaperLink(link.attributes["href"] ?? "").map { (link, $0) }
        }.first
        if let (link, paper) = found {
            // A link that only says `PDF` beside the title is not the title.
            begin(isLabel(link.text) ? heading.text : link.text, paper, link.attributes["href"] ?? "")
        } else if heading.name.hasPrefix("h") {
            close()
        }
    }

    private mutating func appendLink(_ link: MarkupElement) {
        guard let address = link.attributes["href"] else { return }
        if let heading = link.first(where: { $0.name.count == 2 && $0.name.hasPrefix("h") }),
            let paper = PaperLink(address)
        {
            return begin(heading.text, paper, address)
        }
        guard let paper = PaperLink(address) else { return }
        let text = link.text
        if current?.links.contains(paper) == true {
            return
        } else if !isLabel(text), text.split(separator: " ").count >= 3 {
            begin(text, paper, address)
        } else if MarkdownEntry.isLinkLabel(text) {
            current?.links.append(paper)
        }
    }

    private mutating func appendParagraph(_ paragraph: MarkupElement) {
        let text = PageText.withoutHeading(paragraph.markup)
        let hasTitle = paragraph.first {
            ["strong", "b"].contains($0.name) && $0.links.contains { PaperLink($0.attributes["href"] ?? "") != nil }
        }
        if hasTitle == nil, current != nil, current?.draft.abstract.isEmpty == true,
            text.utf8.count >= PageText.shortestAbstract
        {
            current?.draft.abstract = text
        } else {
            append(paragraph)
        }
    }

    /// Whether a text says what kind of link it is, and is no title.
    private func isLabel(_ text: String) -> Bool {
        text.utf8.count < 8 || PaperLink(text) != nil || PaperIdentifier(text) != nil
    }

    private mutating func begin(_ title: String, _ link: PaperLink, _ address: String) {
        guard current?.links.contains(link) != true else { return }
        close()
        var draft = PaperDraft()
        draft.title = title
        draft.url = address.hasPrefix("http") ? address : link.address
        current = (draft, [link])
    }

    private mutating func close() {
        guard let (draft, links) = current else { return }
        var paper = draft
        current = nil
        guard !paper.title.isEmpty else { return }
        for link in oneOfEachKind(links) { paper.identify(link) }
        papers.append(paper)
    }
}
