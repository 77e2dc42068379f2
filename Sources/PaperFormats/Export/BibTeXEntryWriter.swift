import Papers

/// Writes a paper as an entry of BibTeX or BibLaTeX.
struct BibTeXEntryWriter {
    private let paper: Paper
    /// The names of the paper's groups.
    private let groups: [String]
    private let isBibLaTeX: Bool
    private var type = "misc"
    private var fields: [(name: String, value: String)] = []
    private var attributes: [String: [String]]

    /// The entry of a paper, which puts its collections into the tree of groups.
    static func entry(for paper: Paper, key: String, groups: inout JabRefGroups, isBibLaTeX: Bool) -> String {
        let names = paper.collections.map { groups.name(ofCollection: $0) }
        var writer = BibTeXEntryWriter(paper, groups: names, isBibLaTeX: isBibLaTeX)
        writer.write()
        let fields = writer.fields.map { "  \($0.name) = \($0.value)" }.joined(separator: ",\n")
        return "@\(writer.type){\(key)\(fields.isEmpty ? "" : ",\n")\(fields)\n}\n"
    }

    private init(_ paper: Paper, groups: [String], isBibLaTeX: Bool) {
        self.paper = paper
        self.groups = groups
        self.isBibLaTeX = isBibLaTeX
        attributes = paper.attributes
    }

    private mutating func write() {
        chooseType()
        if !paper.title.isEmpty { add("title", texTitle(of: paper.title)) }
        addNames("author", paper.authors)
        addVenue()
        addDate()
        addIdentifiers()
        if let url = paper.url { add("url", texAddress(of: url)) }
        addLanguage()
        addAttributes()
        if !paper.abstract.isEmpty { add("abstract", texSource(of: paper.abstract)) }
        addList("keywords", paper.keywords)
        addList("tags", paper.tags)
        addList("groups", groups)
        let files = paper.attachments.map(BibTeXEntryWriter.file)
        if !files.isEmpty { add("file", files.joined(separator: ";")) }
        let notes = paper.notes.map { texSource(of: $0) }
        if !notes.isEmpty { add(isBibLaTeX ? "annotation" : "annote", notes.joined(separator: "\n\\par\n")) }
    }

    private mutating func add(_ name: String, _ value: String) {
        fields.append((name, "{\(value)}"))
    }

    // MARK: - Type and venue

    private mutating func chooseType() {
        guard let kind = paper.likelyType else { return }
        type = BibTeXTypes.entryType(of: kind)
        if type.isEmpty || ["comment", "string", "preamble"].contains(type) || BibTeXTypes.settings.contains(type) {
            type = "misc"
        }
        switch kind {
        case "thesis" where attributes["type"] == ["mastersthesis"] || attributes["type"] == ["bachelorsthesis"]:
            type = attributes["type"]?.first ?? type
            attributes["type"] = nil
        case "thesis" where attributes["type"]?.first?.lowercased().contains("master") == true: type = "mastersthesis"
        case "article" where paper.sortedIDs.identifiers[.arXiv] == nil: add("pubstate", "prepublished")
        case "article-magazine": add("entrysubtype", "magazine")
        case "article-newspaper": add("entrysubtype", "newspaper")
        case "report" where isBibLaTeX: type = "report"
        default: break
        }
    }

    private mutating func addVenue() {
        guard let venue = paper.venue else { return }
        let source = texTitle(of: venue)
        let journal = isBibLaTeX ? "journaltitle" : "journal"
        switch type {
        case "incollection", "inproceedings", "inreference":
            add(attributes["booktitle"] == nil ? "booktitle" : journal, source)
        case "phdthesis", "mastersthesis", "bachelorsthesis", "techreport", "report", "unpublished", "manual":
            let names = ["institution", "school", "publisher", "organization"]
            if names.contains(where: { attributes[$0]?.first == venue }) { return }
            let name = type.hasSuffix("thesis") ? "school" : type.hasSuffix("report") ? "institution" : journal
            add(attributes["institution"] == nil && attributes["school"] == nil ? name : journal, source)
        default: add(journal, source)
        }
    }

    // MARK: - Names, dates and identifiers

    private mutating func addNames(_ field: String, _ names: [String]) {
        guard !names.isEmpty else { return }
        var list = names.map(BibTeXEntryWriter.name)
        if attributes["others"]?.contains(field) == true {
            list.append("others")
            attributes["others"]?.removeAll { $0 == field }
        }
        add(field, list.joined(separator: " and "))
    }

    private static func name(_ name: String) -> String {
        let parts = NameParts(name)
        let (family, given) = (texSource(of: parts.family), texSource(of: parts.given))
        if parts.isLiteral { return "{\(family)}" }
        if !parts.suffix.isEmpty { return "\(family), \(texSource(of: parts.suffix)), \(given)" }
        return given.isEmpty ? family : "\(family), \(given)"
    }

    private mutating func addDate() {
        let date = paper.date ?? paper.year.map(String.init)
        // Beside what a source wrote instead of a plain date, the date says what it means.
        let isOdd = ["year", "month", "day"].contains { attributes[$0] != nil }
        if isBibLaTeX || isOdd, attributes["date"] == nil, let date { add("date", date) }
        guard !isBibLaTeX else { return }
        if attributes["year"] == nil, let year = paper.year { add("year", String(year)) }
        let numbers = paper.dateNumbers
        guard !isOdd, numbers.count > 1, Self.months.indices.contains(numbers[1] - 1) else { return }
        fields.append(("month", Self.months[numbers[1] - 1]))
        if numbers.count > 2 { add("day", String(numbers[2])) }
    }

    private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

    private mutating func addIdentifiers() {
        var (identifiers, others) = paper.sortedIDs
        if let doi = identifiers.removeValue(forKey: .doi) { add("doi", texAddress(of: doi.value)) }
        // A page or a manuscript with an eprint would come back as a preprint.
        let isPreprint = !["online", "unpublished"].contains(type)
        let arXiv = isPreprint ? identifiers.removeValue(forKey: .arXiv) : nil
        if let arXiv {
            add("eprint", arXiv.value)
            add(isBibLaTeX ? "eprinttype" : "archiveprefix", "arXiv")
            if paper.categories.count == 1, let category = paper.categories.first {
                add(isBibLaTeX ? "eprintclass" : "primaryclass", texSource(of: category))
            }
        }
        if arXiv == nil || paper.categories.count != 1 { addList("categories", paper.categories) }
        if let number = identifiers.removeValue(forKey: .pubMed) { add("pmid", number.value) }
        let rest = paper.sourceIDs.filter { id in
            others.contains(id) || identifiers.values.contains { PaperIdentifier(id) == $0 }
        }
        let list = rest.map { BibTeXEntryWriter.item($0, texAddress) }
        if !list.isEmpty { add("identifiers", list.joined(separator: ", ")) }
    }

    private mutating func addLanguage() {
        guard let language = paper.language else { return }
        let name = LanguageTags.babelName(of: language)
        let isNamed = isBibLaTeX && name != nil && attributes["langid"] == nil
        add(isNamed ? "langid" : "language", texSource(of: name ?? language))
    }

    // MARK: - Attributes

    private mutating func addAttributes() {
        // A field of that name stands in the entry already, or says what another entry has.
        var names: Set = ["crossref", "xdata", "title", "author", "abstract"]
        names.formUnion(fields.map(\.name))
        for (name, values) in attributes.sorted(by: { $0.key < $1.key }) where !values.isEmpty {
            let field = fieldName(of: name)
            guard !field.isEmpty, names.insert(field).inserted else { continue }
            if BibTeXAttributes.people.contains(field) {
                addNames(field, values)
            } else {
                add(field, list(values.map { source(of: $0, in: field) }))
            }
        }
    }

    private func source(of text: String, in field: String) -> String {
        if field == "pages" { return texSource(of: text).replacing("-", with: "--") }
        return BibTeXAttributes.isVerbatim(field) ? texAddress(of: text) : texSource(of: text)
    }

    /// The texts as one: `{a}; {b}`. Braces around each of them tell a list from a text with semicolons.
    private func list(_ sources: [String]) -> String {
        sources.count == 1 ? sources[0] : sources.map { "{\($0)}" }.joined(separator: "; ")
    }

    private func fieldName(of attribute: String) -> String {
        if attribute == "issue", BibTeXTypes.articles.contains(type) { return "number" }
        let name = BibTeXAttributes.field(of: attribute.lowercased(), isBibLaTeX: isBibLaTeX)
        return String(decoding: name.utf8.filter { BibTeXSyntax.isNameByte($0) && $0 < 0x80 }, as: UTF8.self)
    }

    // MARK: - Lists

    private mutating func addList(_ field: String, _ items: [String]) {
        guard !items.isEmpty else { return }
        add(field, items.map { BibTeXEntryWriter.item($0, texSource) }.joined(separator: ", "))
    }

    /// An item of a list. Braces keep commas and semicolons inside it.
    private static func item(_ text: String, _ source: (String) -> String) -> String {
        text.contains { ",;".contains($0) } ? "{\(source(text))}" : source(text)
    }

    /// A file as JabRef writes it: `:path:PDF`.
    private static func file(_ path: String) -> String {
        var escaped = ""
        for character in path {
            if ":;\\".contains(character) { escaped.append("\\") }
            escaped.append(character)
        }
        let name = path.split { "/\\".contains($0) }.last ?? ""
        let ending = name.lastIndex(of: ".").map { name[name.index(after: $0)...] } ?? ""
        let isType = (1...4).contains(ending.count) && ending.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
        return ":\(texBraces(of: escaped, backslash: "\\")):\(isType ? ending.uppercased() : "")"
    }
}
