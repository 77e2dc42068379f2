import Papers

// What several sources write in several ways.

extension PaperDraft {
    /// Notes the kind of publication by the word of a source, see ``PublicationTypes``. Does nothing for a blank word.
    mutating func noteType(_ word: String) {
        let word = tidied(word)
        if !word.isEmpty { type = PublicationTypes.name(of: word) }
    }

    /// Notes the kind of a work in words beside its type: the attribute `type`, such as `Master's thesis`. RIS and
    /// BibTeX have one name for manuscripts and preprints, and the word tells them apart.
    mutating func noteKind(_ word: String) {
        let isPreprint = type == "manuscript" && PublicationTypes.known(tidied(word)) == "article"
        if isPreprint { type = "article" } else { add(word, to: "type") }
    }

    /// Takes the school or institution for the venue of a thesis or report that has none.
    mutating func noteVenueOfLastResort() {
        guard venue == nil, type == "thesis" || type == "report" else { return }
        venue = ["school", "institution", "publisher"].compactMap { attributes[$0]?.first }.first
    }

    /// Notes the language by whatever name the source has for it.
    mutating func noteLanguage(_ name: String) {
        let name = tidied(name)
        if !name.isEmpty { language = LanguageTags.tag(of: name) }
    }

    /// Notes a date. The most exact one of those that were noted wins.
    ///
    /// - Returns: Whether the text has a date, and one of the year that is known already.
    @discardableResult
    mutating func noteDate(_ text: String) -> Bool {
        guard let new = PublicationDate(text) else { return false }
        guard let year else {
            (year, date) = (new.year, new.text)
            return true
        }
        guard new.year == year else { return false }
        if new.text.utf8.count > (date ?? "").utf8.count { date = new.text }
        return true
    }

    /// Notes a DOI, or keeps the text as an attribute if it is none.
    mutating func noteDOI(_ text: String) {
        let text = tidied(text)
        if text.isEmpty || identify(text, as: "doi") { return }
        // Some programs write other fields behind it.
        if let first = text.split(separator: " ").first, first.hasPrefix("10.") { identify(String(first), as: "doi") }
        add(text, to: "doi")
    }

    /// Notes a number of PubMed Central: `PMC123`, or its digits.
    mutating func notePubMedCentral(_ text: String) {
        let bare = tidied(text).uppercased()
        let digits = bare.hasPrefix("PMC") ? bare.dropFirst(bare.hasPrefix("PMCID:") ? 6 : 3) : bare[...]
        let number = digits.trimmingSpaces
        let plain = number.hasPrefix("PMC") ? String(number.dropFirst(3)) : number
        guard !plain.isEmpty, plain.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return add(text, to: "pmcid")
        }
        identify("PMC\(plain)", from: "pmcid")
        add("PMC\(plain)", to: "pmcid")
    }

    /// Notes a link. One that is an identifier gives the paper its id; the first one is the url of the paper.
    mutating func noteLink(_ text: String) {
        let link = tidied(text)
        if link.isEmpty { return }
        identify(link)
        if url == nil { url = link } else if url != link { add(link, to: "url") }
    }

    /// Notes the first and last page: `454` and `81` as `454-81`. A range may stand in either.
    mutating func notePages(from first: String?, to last: String? = nil) {
        let ends = [first, last].compactMap { $0.map(pageRange) }.filter { !$0.isEmpty }
        guard let start = ends.first else { return }
        add(ends.count == 2 && ends[1] != start ? "\(start)-\(ends[1])" : start, to: "pages")
    }

    /// Adds the ISSNs and ISBNs of a text to the attributes `issn` and `isbn`. If it has neither, the text becomes the
    /// attribute `name`.
    mutating func noteSerialNumbers(_ text: String, otherwise name: String) {
        var isKnown = false
        for word in text.split(whereSeparator: { $0.isWhitespace || ",;()|".contains($0) }) {
            let number = word.filter { $0.isASCII && ($0.isNumber || $0 == "X" || $0 == "x") }
            let isNumber = number.utf8.count + word.count { $0 == "-" } == word.utf8.count
            switch number.utf8.count {
            case 8 where isNumber: add("\(number.prefix(4))-\(number.suffix(4).uppercased())", to: "issn")
            case 10 where isNumber, 13 where isNumber: add(String(word), to: "isbn")
            default: continue
            }
            isKnown = true
        }
        if !isKnown { add(tidied(text), to: name) }
    }

    /// Whether a text is an id with the prefix of its source, such as `openalex:W2741809807` or `title:0123…`, and no
    /// address.
    static func isPrefixedID(_ text: String) -> Bool {
        guard let colon = text.firstIndex(of: ":"), colon != text.startIndex else { return false }
        let rest = text[text.index(after: colon)...]
        return !rest.isEmpty && !rest.hasPrefix("//")
            && text[..<colon].utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
            && !text.contains { $0.isWhitespace }
    }
}

/// Pages with plain hyphens and without spaces around them: `493--518` and `493 – 518` become `493-518`.
func pageRange(_ pages: String) -> String {
    var result = ""
    for character in tidied(pages) {
        switch character {
        case "\u{2010}", "\u{2011}", "\u{2012}", "\u{2013}", "\u{2014}", "\u{2212}", "-":
            while result.last == " " || result.last == "-" { result.removeLast() }
            result.append("-")
        case " " where result.last == "-": break
        default: result.append(character)
        }
    }
    return result
}
