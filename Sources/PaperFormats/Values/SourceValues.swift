import Papers

// What several sources write in several ways.

extension PaperDraft {
    /// Notes the kind of publication by the word of a source, see ``PublicationTypes``. Does nothing for a blank word.
    mutating func noteType(_ word: String) {
        let word = tidied(word)
        if !word.isEmpty { type = PublicationTypes.name(of: word) }
    }

    /// Notes the language by whatever name the source has for it.
    mutating func noteLanguage(_ name: String) {
        let name = tidied(name)
        if !name.isEmpty { language = LanguageTags.tag(of: name) }
    }

    /// Notes a date. The most exact one of those that were noted wins, as far as the years agree.
    ///
    /// - Returns: Whether the text has a date.
    @discardableResult
    mutating func noteDate(_ text: String) -> Bool {
        guard let new = PublicationDate(text) else { return false }
        guard let year else {
            (year, date) = (new.year, new.text)
            return true
        }
        if new.year == year, new.text.utf8.count > (date ?? "").utf8.count { date = new.text }
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
        let ends = [first, last].compactMap { $0.map(Self.withPlainHyphens) }.filter { !$0.isEmpty }
        guard let start = ends.first else { return }
        add(ends.count == 2 && ends[1] != start ? "\(start)-\(ends[1])" : start, to: "pages")
    }

    private static func withPlainHyphens(_ pages: String) -> String {
        var text = ""
        for character in tidied(pages) {
            let isDash = ["\u{2010}", "\u{2011}", "\u{2012}", "\u{2013}", "\u{2014}", "\u{2212}", "-"].contains(
                character)
            if !isDash { text.append(character) } else if text.last != "-" { text.append("-") }
        }
        return text
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

/// The names of languages.
enum LanguageTags {
    /// The tag of BCP 47 for a language that is called `eng`, `English` or `en_US`; any other name stays as it is.
    static func tag(of name: String) -> String {
        let word = name.lowercased()
        if let tag = tags[word] { return tag }
        let parts = word.split(whereSeparator: { $0 == "_" || $0 == "-" })
        guard parts.count == 2, parts[0].count == 2, parts[1].count == 2 else { return name }
        return "\(parts[0])-\(parts[1].uppercased())"
    }

    /// Codes of ISO 639-2 in both forms, and English names.
    private static let tags: [String: String] = {
        let languages = """
            ar ara arabic|bg bul bulgarian|ca cat catalan|cs cze ces czech|da dan danish|de ger deu german|el gre ell \
            greek|en eng english|es spa spanish|et est estonian|fa per fas persian|fi fin finnish|fr fre fra french|he \
            heb hebrew|hi hin hindi|hr hrv croatian|hu hun hungarian|id ind indonesian|is ice isl icelandic|it ita \
            italian|ja jpn japanese|ko kor korean|la lat latin|lt lit lithuanian|lv lav latvian|ms may msa malay|nl dut \
            nld dutch|no nor norwegian|pl pol polish|pt por portuguese|ro rum ron romanian|ru rus russian|sk slo slk \
            slovak|sl slv slovenian|sr srp serbian|sv swe swedish|th tha thai|tr tur turkish|uk ukr ukrainian|vi vie \
            vietnamese|zh chi zho chinese
            """
        var tags: [String: String] = [:]
        for language in languages.split(separator: "|") {
            let names = language.split(separator: " ").map(String.init)
            for name in names { tags[name] = names[0] }
        }
        return tags
    }()
}

/// The names of kinds of publications.
enum PublicationTypes {
    /// The name in the Citation Style Language for what a source calls a kind of publication: `Journal Article`,
    /// `proceedings-article`, `JOUR`. A kind without a name there keeps that of the source, in lower case.
    static func name(of word: String) -> String {
        let plain = word.lowercased()
        return names[plain.filter { $0.isLetter || $0.isNumber }] ?? plain
    }

    private static let names: [String: String] = {
        let kinds = [
            "article-journal": """
            article journalarticle journal journalpaper jour ejour ejou inpr review reviewarticle letter editorial \
            editorialmaterial articleinpress inpress earlyaccess shortsurvey erratum journalarticles researcharticle \
            articlejournal jfull electronicarticle systematicreview lettersandcomments clinicaltrial datapaper
            """,
            "article": "preprint postedcontent preprints workingpaper",
            "paper-conference": """
            conferencepaper conference proceedingsarticle proceedingspaper inproceedings paperconference conf cpaper \
            conferenceproceedings conferencearticle conferencepapers conferenceabstract meetingabstract
            """,
            "book": "book whole ebook edbook editedbook monograph wholebook referencebook books bookset",
            "chapter": """
            chapter booksection bookchapter bookpart incollection inbook chap echap sect electronicbooksection \
            referenceentry booktrack
            """,
            "thesis": "thesis dissertation phdthesis mastersthesis thes doctoralthesis academicdissertation",
            "report": "report technicalreport techreport rprt govdoc reportcomponent governmentdocument reportseries",
            "webpage": "webpage elec web website electronicsource onlinedatabase",
            "post-weblog": "blog blogpost",
            "dataset": "dataset data aggr aggregateddatabase databases",
            "software": "software comp computerprogram",
            "patent": "patent pat",
            "manuscript": "manuscript unpb manscpt unpublishedwork unpublished",
            "article-magazine": "magazinearticle mgzn magazine articlemagazine",
            "article-newspaper": "newspaperarticle news newspaper articlenewspaper",
            "entry-encyclopedia": "encyclopediaarticle encyc encyclopedia",
            "entry-dictionary": "dictionaryentry dict dictionary",
            "standard": "standard stand", "legislation": "statute stat", "legal_case": "case", "bill": "bill",
            "map": "map", "document": "generic gen document misc", "pamphlet": "pamphlet pamp",
            "motion_picture": "video mpct film videorecording", "song": "soun audiorecording music",
            "graphic": "artwork art figure fig", "speech": "presentation slide",
            "personal_communication": "personalcommunication pcomm icomm email",
        ]
        var names: [String: String] = [:]
        for (name, words) in kinds {
            for word in words.split(separator: " ") { names[String(word)] = name }
        }
        return names
    }()
}
