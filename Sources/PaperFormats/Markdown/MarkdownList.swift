import Papers

/// Finds the papers in a Markdown file that lists some: entries of lists, headings, and rows of tables that link to
/// papers. The headings above an entry are its collection.
struct MarkdownList {
    /// The papers, in the order of the file. A paper that is listed several times is there once.
    private(set) var papers: [PaperDraft] = []

    /// How many entries and rows there are that could have been papers.
    private(set) var candidates = 0

    /// How many entries and rows are papers.
    private(set) var found = 0

    private let references: [String: String]
    /// Whether every entry is a paper.
    private let isExported: Bool
    private var sections: [(level: Int, title: String)] = []
    private var current: (entry: MarkdownEntry, indent: Int?)?
    /// What stands below a heading that may turn out to be a title.
    private var heading: (title: String, level: Int, lines: [String])?
    /// Whether the open entry is a paragraph and not a heading.
    private var isParagraph = false
    private var places: [String: Int] = [:]

    init(_ text: Substring, firstLine: Int = 1) {
        let blocks = MarkdownBlocks(text, firstLine: firstLine)
        references = blocks.references
        isExported = Self.isExported(text)
        for block in blocks.blocks { append(block) }
        close()
    }

    /// Whether a text is a list that ``MarkdownExporter`` wrote.
    static func isExported(_ text: Substring) -> Bool {
        text.hasPrefix(MarkdownExporter.mark)
    }

    private mutating func append(_ block: MarkdownBlock) {
        switch block.kind {
        case .heading(let level): appendHeading(block.text, level)
        case .item(let indent): appendItem(block, indent)
        case .row(let cells, let columns): appendRow(cells, columns)
        case .paragraph: appendParagraph(block)
        }
    }

    private func spans(_ text: String) -> [MarkdownSpan] {
        MarkdownInline.spans(of: text, references: references)
    }

    // MARK: - Headings

    private mutating func appendHeading(_ text: String, _ level: Int) {
        close()
        let spans = spans(text)
        while let last = sections.last, last.level >= level { sections.removeLast() }
        if spans.contains(where: { $0.address.flatMap { PaperLink($0) } != nil }), let entry = MarkdownEntry(spans) {
            candidates += 1
            current = (entry, nil)
            heading = nil
        } else {
            let title = tidied(spans.map(\.text).joined())
            sections.append((level, title))
            heading = (title, level, [])
        }
    }

    /// The path of headings above an entry. A heading of the first level is the title of the file.
    private var collection: String? {
        let titles = sections.filter { $0.level > 1 }.map { section in
            let bare = section.title.drop { !$0.isLetter && !$0.isNumber }
            return String(bare).replacing(" / ", with: " - ").replacing("/", with: "-")
        }
        return titles.isEmpty ? nil : titles.joined(separator: "/")
    }

    // MARK: - Lists and paragraphs

    private mutating func appendItem(_ block: MarkdownBlock, _ indent: Int) {
        let spans = spans(block.lines[0])
        // An entry of a table of contents is no candidate.
        let isAnchor = spans.contains { $0.address?.hasPrefix("#") == true }
        if let entry = isExported ? MarkdownEntry(exported: spans) : nil {
            candidates += 1
            close()
            current = (entry, indent)
        } else if var entry = MarkdownEntry(spans) {
            // A deeper entry whose title is a bare link text belongs to what it stands under, if that has a title.
            candidates += 1
            close()
            for line in block.lines.dropFirst() { entry.takeLine(line, references: references) }
            current = (entry, indent)
            heading = nil
        } else if let open = current, open.indent.map({ indent > $0 }) ?? true {
            for line in block.lines { current?.entry.takeLine(line, references: references) }
        } else if !isAnchor {
            if !appendBelowHeading(block.lines, spans) {
                candidates += 1
                close()
            }
        }
    }

    private mutating func appendParagraph(_ block: MarkdownBlock) {
        let spans = spans(block.lines[0])
        let start = spans.first { !$0.text.allSatisfy(\.isWhitespace) }
        if let start, start.isBold || start.address.flatMap({ PaperLink($0) }) != nil, var entry = MarkdownEntry(spans),
            entry.leadsToPaper,
            entry.draft.title.split(separator: " ").filter({ $0.contains(where: \.isLetter) }).count >= 3
        {
            candidates += 1
            close()
            for line in block.lines.dropFirst() { entry.takeLine(line, references: references) }
            current = (entry, nil)
            heading = nil
            isParagraph = true
        } else if let open = current, open.indent == nil {
            takeParagraph(block)
            // One paragraph belongs to the title in the paragraph above, and all below a heading to that.
            if isParagraph, !open.entry.draft.abstract.isEmpty || current?.entry.draft.abstract.isEmpty == false {
                close()
            }
        } else {
            close()
            _ = appendBelowHeading(block.lines, self.spans(block.text))
        }
    }

    /// Adds a paragraph to the entry above it: lines with labels one by one, other text whole.
    private mutating func takeParagraph(_ block: MarkdownBlock) {
        if block.lines.contains(where: { $0.hasPrefix("**") || $0.hasPrefix("__") }) {
            for line in block.lines { current?.entry.takeLine(line, references: references) }
        } else {
            current?.entry.takeLine(block.lines.joined(separator: " "), references: references)
        }
    }

    /// Adds lines to a heading that may be a title. It is one if a link to a paper stands below it that has no title of
    /// its own. Returns whether it is.
    private mutating func appendBelowHeading(_ lines: [String], _ spans: [MarkdownSpan]) -> Bool {
        guard var open = heading, current == nil else { return false }
        open.lines += lines
        heading = open
        let links = spans.filter { $0.address.flatMap { PaperLink($0) } != nil }
        guard !links.isEmpty, links.allSatisfy({ MarkdownEntry.isLabel($0.text) }), open.level > 1,
            open.lines.count <= 12
        else { return false }
        var entry = MarkdownEntry()
        entry.draft.title = MarkdownEntry.title(open.title)
        entry.draft.url = links.first?.address
        entry.take(addressesOf: spans, title: links.first?.address)
        for line in open.lines { entry.takeLine(line, references: references) }
        if sections.last?.title == open.title { sections.removeLast() }
        candidates += 1
        current = (entry, nil)
        heading = nil
        return true
    }

    // MARK: - Tables

    private mutating func appendRow(_ cells: [String], _ columns: [String]) {
        close()
        heading = nil
        guard cells.contains(where: { !$0.isEmpty }) else { return }
        candidates += 1
        let names = columns.map { $0.lowercased() }
        let rows = cells.map { spans($0) }
        guard let place = titleColumn(names, rows), let title = cellTitle(rows[place]) else { return }
        var entry = MarkdownEntry()
        let titleLinks = rows[place].filter { !MarkdownEntry.isLabel($0.text) }
        let titleAddress = MarkdownEntry.paperAddress(in: titleLinks) ?? MarkdownEntry.paperAddress(in: rows[place])
        entry.take(addressesOf: rows[place], title: titleAddress)
        for (index, spans) in rows.enumerated() where index != place {
            let isOnlyLinks = spans.allSatisfy { span in
                span.address != nil || !span.text.contains { $0.isLetter || $0.isNumber }
            }
            entry.take(addressesOf: spans, isCell: isOnlyLinks)
        }
        entry.draft.title = title
        let isTable = names.contains { ["authors", "author", "abstract", "venue", "year", "summary"].contains($0) }
        guard entry.leadsToPaper || isTable && names.indices.contains(place) && names[place].contains("title") else {
            return
        }
        let addresses = rows[place].compactMap(\.address) + rows.flatMap { $0 }.compactMap(\.address)
        entry.draft.url = addresses.first { PaperLink($0) != nil } ?? addresses.first
        for (index, spans) in rows.enumerated() where index != place && index < columns.count {
            let text = tidied(
                spans.filter { !MarkdownEntry.isLabel($0.text) || $0.address == nil }.map(\.text).joined())
            guard !text.isEmpty, !entry.take(text, label: names[index]) else { continue }
            entry.draft.add(text, to: names[index].isEmpty ? "column \(index + 1)" : names[index])
        }
        current = (entry, 0)
        close()
    }

    /// The column of the titles: one that is called so, or else the first with a link to a paper.
    private func titleColumn(_ names: [String], _ rows: [[MarkdownSpan]]) -> Int? {
        let called = ["title", "paper title", "paper", "papers", "name", "publication", "work"].lazy.compactMap {
            name in
            names.firstIndex { $0 == name }
        }.first
        if let called, called < rows.count, cellTitle(rows[called]) != nil { return called }
        return rows.firstIndex { spans in
            spans.contains { $0.address.flatMap { PaperLink($0) } != nil && !MarkdownEntry.isLabel($0.text) }
        }
    }

    /// The title in a cell: a linked or bold text, or the text without links behind it.
    private func cellTitle(_ spans: [MarkdownSpan]) -> String? {
        if let entry = MarkdownEntry(spans) { return entry.draft.title }
        let text = MarkdownEntry.title(spans.map(\.text).joined())
        return text.isEmpty || MarkdownEntry.isLabel(text) ? nil : text
    }

    // MARK: - Entries

    private mutating func close() {
        guard let (entry, _) = current else { return }
        current = nil
        isParagraph = false
        found += 1
        var draft = entry.finished()
        if let collection { draft.collections = [collection] }
        let key = draft.paper().id
        if let place = places[key] {
            papers[place].complete(with: draft)
        } else {
            places[key] = papers.count
            papers.append(draft)
        }
    }
}

extension PaperDraft {
    /// Fills what is empty from another entry about the same paper, and appends what people add. The texts that both
    /// have are in the lists twice.
    fileprivate mutating func complete(with other: PaperDraft) {
        if authors.isEmpty { authors = other.authors }
        if abstract.isEmpty { abstract = other.abstract }
        if year == nil { (year, date) = (other.year, other.date) }
        venue = venue ?? other.venue
        unite(\.collections, with: other.collections)
        unite(\.tags, with: other.tags)
        unite(\.notes, with: other.notes)
        unite(\.attachments, with: other.attachments)
        for (name, values) in other.attributes { for value in values { add(value, to: name) } }
    }
}
