import Foundation
import Papers

/// A paper as an entry of a list, a heading or a row of a table names it.
struct MarkdownEntry {
    var draft = PaperDraft()
    /// Whether the entry has a link to a paper, or only looks like the entries that have.
    private(set) var leadsToPaper = false

    /// The links that lead to the entry's own paper: that of the title, and those whose texts are labels.
    private var ownLinks: [PaperLink] = []
    /// The links behind words, `see [PDF](…)`, which may lead to the paper or to another.
    private var mentions: [PaperLink] = []
    /// The links that were taken.
    private var taken: Set<PaperLink> = []

    /// Text behind the title that is neither authors nor a venue, so far.
    private var remarks: [String] = []

    init() {}

    /// Reads an entry: its title, which is a link, bold, or what stands before the first link; then authors, venue and
    /// abstract, as far as they can be told.
    ///
    /// Returns `nil` if the text has no title, or no link that leads to a paper and no bold link.
    init?(_ spans: [MarkdownSpan]) {
        guard let place = Self.titlePlace(in: spans) else { return nil }
        switch place {
        case .span(let index): take(addressesOf: spans, title: spans[index].address)
        case .beforeLinks: take(addressesOf: spans, title: Self.paperAddress(in: spans))
        }
        switch place {
        case .span(let index):
            // Marks such as bold digits may cut a linked title in parts.
            let address = spans[index].address
            let last = spans[index...].prefix { address != nil && $0.address == address }.indices.last ?? index
            draft.title = Self.title(spans[index...last].map(\.text).joined())
            draft.url = address
            takeDetails(Array(spans[(last + 1)...]))
        case .beforeLinks(let text):
            let (title, rest) = Self.firstSentence(text)
            draft.title = Self.title(title)
            if !rest.isEmpty { takeDetails([MarkdownSpan(text: rest)]) }
            takeDetails(Array(spans.drop { $0.address == nil }))
        }
        guard !draft.title.isEmpty else { return nil }
        if draft.url == nil { draft.url = Self.paperAddress(in: spans) }
    }

    /// Reads an entry as ``MarkdownExporter`` writes one: `[Title](address). Authors. *Venue*, 2021.`
    init?(exported spans: [MarkdownSpan]) {
        guard let first = spans.first, first.address != nil || first.isBold else { return nil }
        let titles = spans.prefix { $0.address == first.address && $0.isBold == first.isBold }
        draft.title = tidied(titles.map(\.text).joined())
        guard !draft.title.isEmpty else { return nil }
        draft.url = first.address
        take(addressesOf: Array(titles), title: first.address)
        draft.attributes = [:]
        let rest = spans[titles.endIndex...]
        draft.venue = rest.first { $0.isItalic }.map { tidied($0.text) }
        var names = tidied(rest.prefix { !$0.isItalic }.map(\.text).joined())
        let ending = draft.venue == nil ? names : tidied(rest.last?.text ?? "")
        if let year = ending.firstMatch(of: #/(?:^|[ ,])([0-9]{4})\.$/#) {
            draft.year = Int(year.output.1)
            if draft.venue == nil { names = names[..<year.range.lowerBound].trimmingSpaces }
        }
        names = names.drop { ". ".contains($0) }.trimmingSpaces
        if names.last == "." { names.removeLast() }
        draft.authors = names.components(separatedBy: ", ").filter { !$0.isEmpty }
    }

    // MARK: - Titles

    private enum TitlePlace {
        case span(Int)
        case beforeLinks(String)
    }

    private static func titlePlace(in spans: [MarkdownSpan]) -> TitlePlace? {
        func leadsToPaper(_ span: MarkdownSpan) -> Bool { span.address.flatMap { PaperLink($0) } != nil }
        if let index = spans.firstIndex(where: { leadsToPaper($0) && !isLabel($0.text) }) { return .span(index) }
        let isLinked = spans.contains(where: leadsToPaper)
        if let index = spans.firstIndex(where: { span in
            span.isBold && !isLabel(span.text) && !span.text.trimmingSpaces.hasSuffix(":")
                && (span.address?.hasPrefix("http") == true || isLinked && span.address == nil)
        }) {
            return .span(index)
        }
        guard isLinked else { return nil }
        let before = spans.prefix { $0.address == nil }.map(\.text).joined()
        let text = title(before.replacing(#/[\(\[][^\(\)\[\]]*$/#, with: ""))
        return isLabel(text) ? nil : .beforeLinks(text)
    }

    /// The first sentence of a text and the rest, if the first has the length of a title and the rest is more than a
    /// word.
    private static func firstSentence(_ text: String) -> (String, String) {
        if let quoted = text.firstMatch(of: #/["“]([^"“”]{12,})["”][,.]?/#) {
            let rest = text[..<quoted.range.lowerBound] + " " + text[quoted.range.upperBound...]
            return (String(quoted.output.1), tidied(String(rest)))
        }
        guard let stop = text.firstMatch(of: #/[.?!] +(?=\p{Lu})/#) else { return (text, "") }
        let first = text[..<stop.range.lowerBound]
        guard first.split(separator: " ").count >= 4 else { return (text, "") }
        return (String(text[...stop.range.lowerBound]), text[stop.range.upperBound...].trimmingSpaces)
    }

    /// A title without the signs around it.
    static func title(_ text: String) -> String {
        var title = tidied(text)[...]
        while let last = title.last, ".,:;-–—|([ ".contains(last) { title.removeLast() }
        while let first = title.first, ":;-–—|)] ".contains(first) { title.removeFirst() }
        for (open, close) in [("\"", "\""), ("“", "”"), ("[", "]"), ("'", "'")]
        where title.count > 2 && title.hasPrefix(open) && title.hasSuffix(close) {
            title = title.dropFirst().dropLast()
            while title.last == "." { title.removeLast() }
        }
        return String(title)
    }

    /// Whether the text of a link says what kind of link it is, and is no title: `PDF`, `arXiv 2024`, an address.
    static func isLabel(_ text: String) -> Bool {
        let words = text.lowercased().split { !$0.isLetter && !$0.isNumber }
        guard words.contains(where: { $0.contains(where: \.isLetter) }) else { return true }
        if text.contains("://") || PaperIdentifier(text) != nil { return true }
        return words.count <= 3 && words.contains { labels.contains(String($0)) }
            && words.allSatisfy { labels.contains(String($0)) || Int($0) != nil || $0.count <= 4 }
    }

    private static let labels: Set<String> = [
        "abs", "abstract", "acl", "arxiv", "bib", "bibtex", "blog", "code", "colab", "data", "dataset", "demo", "doi",
        "github", "here", "hf", "homepage", "html", "huggingface", "hugging", "link", "links", "model", "models",
        "openreview", "page", "paper", "papers", "pdf", "poster", "project", "pubmed", "read", "repo", "repository",
        "slides", "source", "supp", "talk", "tweet", "url", "video", "web", "website", "site", "download", "preprint",
        "publication", "stars", "star", "license", "badge", "pmlr", "publisher", "weights",
    ]

    /// Whether the text of a link is a label, or a picture. A number is that of a reference.
    static func isLinkLabel(_ text: String) -> Bool {
        isLabel(text) && (text.contains(where: \.isLetter) || !text.contains(where: \.isNumber))
    }

    /// Whether a word in small letters stands at the end of some text, so that a sentence goes on behind it.
    private static func endsWithWord(_ spans: ArraySlice<MarkdownSpan>) -> Bool {
        guard let last = spans.last, last.address == nil, last.text.last?.isWhitespace == true else { return false }
        return last.text.reversed().first { !$0.isWhitespace }?.isLowercase == true
    }

    /// The text of Markdown without its marks.
    static func plain(_ markdown: String) -> String {
        tidied(MarkdownInline.spans(of: markdown).map(\.text).joined())
    }

    // MARK: - Links

    /// The address of the first link that leads to a paper.
    static func paperAddress(in spans: [MarkdownSpan]) -> String? {
        spans.lazy.compactMap(\.address).first { PaperLink($0) != nil }
    }

    /// Takes the links of some text: to papers, to files, to code, to other places.
    ///
    /// The link of the title leads to the paper, and so do those whose texts are labels. Others are cited.
    ///
    /// - Parameters:
    ///   - spans: The text.
    ///   - title: The address of the title.
    ///   - isCell: Whether the text is a cell with nothing but links.
    mutating func take(addressesOf spans: [MarkdownSpan], title: String? = nil, isCell: Bool = false) {
        for (place, span) in spans.enumerated() {
            guard let address = span.address else { continue }
            let bare = address.prefix { $0 != "?" && $0 != "#" }.lowercased()
            if let link = PaperLink(address) {
                leadsToPaper = true
                if address == title {
                    ownLinks.insert(link, at: 0)
                    taken.insert(link)
                } else if !taken.contains(link) {
                    guard Self.isLinkLabel(span.text) || isCell else {
                        draft.add(address, to: "link")
                        continue
                    }
                    taken.insert(link)
                    let isCertain = Self.isLinkLabel(span.text) && !Self.endsWithWord(spans[..<place])
                    if isCertain { ownLinks.append(link) } else { mentions.append(link) }
                }
                if bare.hasSuffix(".pdf"), !draft.attachments.contains(address) { draft.attachments.append(address) }
            } else if bare.hasSuffix(".pdf") {
                if !draft.attachments.contains(address) { draft.attachments.append(address) }
            } else if bare.contains("github.com/") || bare.contains("gitlab.com/") {
                draft.add(address, to: "code")
            } else if address.hasPrefix("http") {
                draft.add(address, to: "link")
            }
        }
    }

    // MARK: - Details

    /// Takes what stands behind a title: names in italics, a venue with a year, an abstract or a remark.
    private mutating func takeDetails(_ spans: [MarkdownSpan]) {
        var text = ""
        for span in spans {
            if span.isItalic, span.address == nil, draft.authors.isEmpty, let names = Self.authors(span.text) {
                draft.authors = names
            } else if span.address == nil || !Self.isLabel(span.text) && !span.text.trimmingSpaces.isEmpty {
                text += span.text
            }
        }
        takeRemark(text)
    }

    /// The names in a line that has nothing else. `nil` if it does not look like names.
    static func authors(_ text: String) -> [String]? {
        var line = tidied(text)
        while let last = line.last, ".,;".contains(last) { line.removeLast() }
        if line.hasSuffix("et al") { line = line.dropLast(5).trimmingSpaces }
        let names = authorNames(inReadingOrder: line).filter {
            !["et al.", "et al", "others", "..."].contains($0.lowercased())
        }
        let areShort = names.allSatisfy { $0.split(separator: " ").count <= 6 && $0.count <= 60 }
        let capitalized = names.filter { name in
            name.split(separator: " ").allSatisfy { $0.first?.isLowercase == false || particles.contains(String($0)) }
        }
        guard areShort, !names.isEmpty else { return nil }
        if names.count == 1 {
            let words = names[0].split(separator: " ")
            return words.count == 1 || words.count <= 4 && !capitalized.isEmpty ? names : nil
        }
        return capitalized.count * 2 >= names.count ? names : nil
    }

    /// Words in names that begin with a small letter.
    private static let particles: Set<String> = [
        "al", "bin", "da", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "el", "la", "le", "ten", "ter",
        "van", "von", "zu", "zur",
    ]

    /// Takes text behind the title: an abstract, if it is long enough; a venue and a year, if it is short; or a remark.
    mutating func takeRemark(_ written: String) {
        var text = tidied(written)
        while let first = text.first, ":;,.-–—|)]> ".contains(first) { text.removeFirst() }
        while let last = text.last, ":;,-–—|([ ".contains(last) { text.removeLast() }
        guard text.contains(where: { $0.isLetter || $0.isNumber }) else { return }
        let words = text.split(separator: " ").count
        if draft.authors.isEmpty, let names = Self.authors(text), names.count > 2 {
            draft.authors = names
        } else if words >= Self.shortestAbstract {
            if draft.abstract.isEmpty { draft.abstract = text } else { remarks.append(text) }
        } else if words <= 12, takeVenue(text) {
            return
        } else if draft.authors.isEmpty, text.contains(","), text.first?.isUppercase == true,
            let names = Self.authors(text), names.count > 1
        {
            draft.authors = names
        } else if !Self.isLabel(text) {
            remarks.append(text)
        }
    }

    /// The fewest words of an abstract.
    private static let shortestAbstract = 25

    /// Takes a venue and a year: `NeurIPS 2024.`, `(ACL, 2023)`, `2023`. What stands behind the year is a remark.
    /// Returns `false` for other text.
    private mutating func takeVenue(_ text: String) -> Bool {
        guard draft.year == nil, text.utf8.count <= 1000,
            let found = text.firstMatch(of: #/\b(?:19|20)\d\d(?:[-\/.]\d\d?){0,2}\b/#),
            text.distance(from: text.startIndex, to: found.range.lowerBound) <= 60,
            let date = PublicationDate(String(found.output))
        else { return false }
        draft.take(date)
        let venue = Self.title(text[..<found.range.lowerBound].trimmingSpaces.replacing(#/[(\[,'’]+\s*$/#, with: ""))
        if !venue.isEmpty, draft.venue == nil, !venue.lowercased().contains("arxiv") {
            draft.venue = venue.hasPrefix("(") || venue.hasPrefix("[") ? String(venue.dropFirst()) : venue
        }
        let rest = text[found.range.upperBound...].drop { !$0.isLetter }
        if !rest.isEmpty { remarks.append(Self.title(rest.last == ")" ? String(rest.dropLast()) : String(rest))) }
        return true
    }

    // MARK: - Labels

    /// Takes a line behind the title: `**Authors**: …`, or text.
    mutating func takeLine(_ line: String, references: [String: String]) {
        let spans = MarkdownInline.spans(of: line, references: references)
        take(addressesOf: spans)
        let text = tidied(spans.map(\.text).joined())
        if let colon = text.firstIndex(where: { $0 == ":" || $0 == "：" }) {
            let label = text[..<colon].trimmingSpaces.lowercased()
            let value = text[text.index(after: colon)...].trimmingSpaces
            if label.count <= 24, take(value, label: label) { return }
        }
        takeDetails(spans)
    }

    /// Takes the value of a column or of a line with a label. Returns `false` for a label that means nothing here.
    mutating func take(_ value: String, label: String) -> Bool {
        switch label {
        case "authors", "author", "by", "author(s)":
            if draft.authors.isEmpty { draft.authors = Self.authors(value) ?? authorNames(inReadingOrder: value) }
        case "abstract", "summary", "tl;dr", "tldr", "description", "overview":
            if draft.abstract.isEmpty { draft.abstract = value } else if !value.isEmpty { remarks.append(value) }
        case "venue", "conference", "journal", "published in", "pub", "pub.", "publication", "publisher", "booktitle":
            if !takeVenue(value), !value.isEmpty { draft.venue = draft.venue ?? value }
        case "year", "date", "published", "publish date", "time", "submitted":
            if let date = PublicationDate(value) {
                if draft.year == nil { draft.take(date) }
            } else {
                draft.add(value, to: label)
            }
        case "keywords", "keyword", "topics", "topic":
            draft.keywords += value.split { ",;".contains($0) }.map { tidied(String($0)) }
        case "tags", "tag": draft.tags += value.split { ",; ".contains($0) }.map { String($0.drop { $0 == "#" }) }
        case "category", "categories", "subjects", "subject":
            draft.categories += value.split { ",;".contains($0) }.map { tidied(String($0)) }
        case "note", "notes", "comment", "comments": if !value.isEmpty { draft.notes.append(value) }
        case "doi": draft.identify(value, as: "doi")
        case "arxiv", "arxiv id": draft.identify(value, as: "arxiv")
        case "link", "links", "url", "paper", "pdf", "code", "github", "repo", "project", "website", "paper link":
            // The links themselves were taken.
            return true
        case "institution", "institutions", "affiliation", "affiliations": draft.add(value, to: "affiliation")
        default: return false
        }
        return true
    }

    // MARK: - Paper

    /// The draft of the paper, with the identifiers of its links.
    func finished() -> PaperDraft {
        var draft = draft
        for link in oneOfEachKind(ownLinks.isEmpty ? Array(mentions.prefix(1)) : ownLinks) { draft.identify(link) }
        if let url = draft.url { draft.attributes["link"]?.removeAll { $0 == url } }
        draft.notes += remarks
        return draft
    }
}
