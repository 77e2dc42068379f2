// MARK: - Derived ids

extension Paper {
    /// Derives the id of a paper whose source gave none.
    ///
    /// The id is `title:` and 16 hexadecimal digits: the 64-bit FNV-1a hash of the title's matching form. If the paper
    /// has an author, a line feed and the key of the first author are hashed too. So two records without ids get the
    /// same id if they have the same title and the same first author, or no author.
    ///
    /// What else tells a work from others of its title, such as its year, volume and pages, is hashed behind it.
    ///
    /// If the title has no letter or digit, the id is `abstract:` and the hash of the abstract's matching form. Without
    /// an abstract, too, it is `reference:` and the hash of whatever else names the paper.
    ///
    /// - Parameters:
    ///   - title: The title.
    ///   - abstract: The abstract.
    ///   - firstAuthorKey: The key of the first author (``firstAuthorKey``), possibly empty.
    ///   - place: What else tells a work from others of its title and author.
    ///   - reference: What names a paper without title and abstract: its authors, citation key, year and venue.
    /// - Returns: The id.
    /// - Complexity: O(*n*) for *n* bytes.
    public static func derivedID(
        title: String, abstract: String, firstAuthorKey: String, place: [String] = [], reference: [String] = []
    ) -> String {
        let words = matchingForm(of: title)
        if !words.isEmpty {
            let parts = [words] + (firstAuthorKey.isEmpty && place.isEmpty ? [] : [firstAuthorKey]) + place
            return "title:" + hexadecimal(stableHash(parts.joined(separator: "\n")))
        }
        if title.isEmpty, abstract.isEmpty, !reference.isEmpty {
            return "reference:" + hexadecimal(stableHash(reference.joined(separator: "\n")))
        }
        let abstractWords = matchingForm(of: abstract)
        return "abstract:" + hexadecimal(stableHash(abstractWords.isEmpty ? title + "\n" + abstract : abstractWords))
    }

    /// Whether the id is a derived one.
    public var hasDerivedID: Bool {
        for prefix in ["title:", "abstract:", "reference:"] where id.hasPrefix(prefix) {
            let digits = id.utf8.dropFirst(prefix.utf8.count)
            return digits.count == 16 && digits.allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
        }
        return false
    }
}

/// The 64-bit FNV-1a hash of a text's UTF-8 bytes. It is the same on every machine and in every process.
///
/// Fowler, Noll and Vo, *The FNV Non-Cryptographic Hash Algorithm*, RFC 9923. Among three million titles, two have the
/// same hash with a probability of one in four million.
package func stableHash(_ text: String) -> UInt64 {
    stableHash(Array(text.utf8))
}

/// The 64-bit FNV-1a hash of some bytes.
package func stableHash(_ bytes: [UInt8]) -> UInt64 {
    bytes.reduce(0xCBF2_9CE4_8422_2325) { hash, byte in (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
}

private func hexadecimal(_ hash: UInt64) -> String {
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
}

// MARK: - Duplicates

extension Paper {
    /// Whether two records with different ids describe the same paper.
    ///
    /// The first of these rules that applies decides.
    ///
    /// 1. A DOI, arXiv id or PubMed id that both have makes one paper, however it is written and whatever version of an
    ///    arXiv paper it names.
    /// 2. Two that differ and are of one kind make two papers.
    /// 3. Without them, the records are one paper if their titles have the same matching form, which must not be empty,
    ///    and either their abstracts have four fifths of their words in common or their first authors have the same
    ///    key.
    ///    An author or abstract that is missing agrees with none: there are many an editorial called "Editorial". The
    ///    author counts nothing if the records lie more than two years apart, or have other volumes or pages: a column
    ///    has one title and author in each issue.
    /// 4. They are one paper, too, if a person has corrected the title: they have the same citation key and first
    ///   author,
    ///    titles with the same numbers, no different years, and either three fifths of the words of their titles
    ///    in common and no different abstracts, or much the same abstract.
    ///
    /// Records that share an id of any kind are the same paper in any case. This function does not compare such ids.
    ///
    /// - Complexity: O(*n* log *n*) for *n* bytes.
    public func isSamePaper(as other: Paper) -> Bool {
        let (own, others) = (strongIdentifiers, other.strongIdentifiers)
        if !own.isDisjoint(with: others) { return true }
        if Paper.areOfTwoPapers(own, others) { return false }
        let words = normalizedTitle
        guard !words.isEmpty else { return false }
        let author = firstAuthorKey
        let hasSameAuthor = !author.isEmpty && author == other.firstAuthorKey
        if words == other.normalizedTitle {
            return hasSameAuthor && !isInAnotherPlace(than: other) || hasAbstract(like: other)
        }
        return hasSameAuthor && isCitedAndTitledLike(other)
    }

    /// The identifiers among the paper's ids that stand for one paper wherever they are used.
    package var strongIdentifiers: Set<PaperIdentifier> {
        Set(([id] + alternateIDs).compactMap { PaperIdentifier($0) }.filter(\.isStrong))
    }

    /// Whether strong identifiers tell one of some papers from another of them, or from one of `others`.
    ///
    /// A record of the title of all of them then says nothing about which of them it is.
    package static func areToldApart(_ papers: some Sequence<Paper>, and others: some Sequence<Paper>) -> Bool {
        let first = papers.map(\.strongIdentifiers)
        let all = first + others.map(\.strongIdentifiers)
        return first.indices.contains { place in
            all[(place + 1)...].contains { areOfTwoPapers(first[place], $0) }
        }
    }

    /// Whether two sets of strong identifiers have some of one kind and share none.
    private static func areOfTwoPapers(_ first: Set<PaperIdentifier>, _ second: Set<PaperIdentifier>) -> Bool {
        first.isDisjoint(with: second) && !Set(first.map(\.scheme)).isDisjoint(with: second.map(\.scheme))
    }

    /// Whether a person may have corrected the title of one record to that of the other: rule 4 of
    /// ``isSamePaper(as:)``, without the authors.
    private func isCitedAndTitledLike(_ other: Paper) -> Bool {
        guard citationKey != nil, citationKey == other.citationKey else { return false }
        let words = Set(normalizedTitle.split(separator: " "))
        let others = Set(other.normalizedTitle.split(separator: " "))
        let agreeOnYear = (year == nil || other.year == nil || year == other.year) && !isInAnotherPlace(than: other)
        guard agreeOnYear, Paper.numbers(in: words) == Paper.numbers(in: others) else { return false }
        if hasAbstract(like: other) { return true }
        return (abstract.isEmpty || other.abstract.isEmpty)
            && 5 * words.intersection(others).count >= 3 * words.union(others).count
    }

    /// Whether the authors are the first of another record's: a source wrote "and others".
    private func hasBeginning(ofAuthorsOf other: Paper) -> Bool {
        authors.count < other.authors.count
            && zip(authors, other.authors).allSatisfy {
                Paper.normalizedAuthor(of: $0) == Paper.normalizedAuthor(of: $1)
            }
    }

    /// The record under another id, if it bears that of a paper by chance; `nil` if it may be of that paper.
    ///
    /// Two sources may use a number or a word for different papers: their titles have next to nothing in common then,
    /// and their authors do not either. And a derived id is that of all works of a title and author, which may have
    /// appeared in other places.
    package func renamed(apartFrom other: Paper) -> Paper? {
        guard strongIdentifiers.isDisjoint(with: other.strongIdentifiers) else { return nil }
        if hasDerivedID { return isInAnotherPlace(than: other) ? withDerivedID(isOfPlace: true) : nil }
        return !id.contains(":") && hasNothingInCommon(with: other) ? withDerivedID() : nil
    }

    /// Whether the titles have next to no words in common, and neither the authors nor the abstracts agree.
    private func hasNothingInCommon(with other: Paper) -> Bool {
        let words = Set(normalizedTitle.split(separator: " "))
        let others = Set(other.normalizedTitle.split(separator: " "))
        guard !words.isEmpty, !others.isEmpty, 5 * words.intersection(others).count < words.union(others).count
        else { return false }
        let names = Set(authors.map(Paper.normalizedAuthor))
        let otherNames = other.authors.map(Paper.normalizedAuthor)
        // Without authors, a short title tells too little.
        let hasOtherAuthors =
            names.isEmpty || otherNames.isEmpty
            ? min(words.count, others.count) >= 3 : names.isDisjoint(with: otherNames)
        return hasOtherAuthors && !hasAbstract(like: other)
    }

    /// The record without those ids that lead to a paper with which it has nothing in common.
    ///
    /// It is for a record whose ids lead to several papers: a DOI of one and an arXiv id of another. One of them is a
    /// mistake then, unless both papers are alike.
    ///
    /// - Parameters:
    ///   - papers: The papers that its ids lead to.
    ///   - leads: Whether an id leads to a paper.
    /// - Returns: The record, itself if it has something in common with all of them, or with none. If the paper of its
    ///   own id is a stranger, the record keeps that id alone, because it would make one paper of the others and this.
    package func withoutIDs(
        ofStrangersAmong papers: [Paper], where leads: (_ id: String, _ paper: Paper) -> Bool
    ) -> Paper {
        var strangers = papers.filter(hasNothingInCommon)
        if strangers.isEmpty || strangers.count == papers.count { return self }
        if strangers.contains(where: { leads(id, $0) }) { strangers = papers.filter { !leads(id, $0) } }
        var record = self
        record.alternateIDs.removeAll { id in strangers.contains { leads(id, $0) } }
        return record
    }

    /// The record without the id of its source.
    ///
    /// - Parameter isOfPlace: Whether the id also tells where and when the work appeared.
    /// - Returns: The record under a derived id.
    func withDerivedID(isOfPlace: Bool = false) -> Paper {
        let place = [year.map(String.init), venue] + Paper.places.map { attributes[$0]?.joined(separator: ";") }
        var paper = self
        paper.id = Paper.derivedID(
            title: title, abstract: abstract, firstAuthorKey: firstAuthorKey,
            place: isOfPlace ? place.map { $0 ?? "" } : [],
            reference: authors + [citationKey, year.map(String.init), venue].compactMap(\.self))
        return paper
    }

    /// Whether two records of one title and author are of works that appeared in other places. Without authors, any
    /// other year or venue is another place. Records with one citation key are of one place, which somebody has
    /// corrected, and those with two keys and two years are not.
    private func isInAnotherPlace(than other: Paper) -> Bool {
        // Somebody has corrected the place.
        if let citationKey, citationKey == other.citationKey { return false }
        // Somebody keeps two entries, of two years.
        if citationKey != nil, other.citationKey != nil, let year, let otherYear = other.year, year != otherYear {
            return true
        }
        if authors.isEmpty, other.authors.isEmpty {
            let isOtherYear = year != nil && other.year != nil && year != other.year
            let venues = [venue, other.venue].compactMap { $0.map(Paper.matchingForm(of:)) }
            if isOtherYear || Set(venues).count > 1 { return true }
        }
        if let year, let otherYear = other.year, abs(year - otherYear) > 2 { return true }
        return Paper.places.contains { name in
            guard let own = attributes[name], let others = other.attributes[name] else { return false }
            return own != others
        }
    }

    /// The attributes that tell where a work appeared.
    package static let places = ["volume", "pages"]

    /// The words that count the parts of a work: `2`, `2021`, `ii`.
    private static func numbers(in words: Set<Substring>) -> Set<Substring> {
        words.filter { word in word.contains(where: \.isNumber) || word.allSatisfy { "ivx".contains($0) } }
    }

    /// Whether two abstracts are the same or have most of their words in common.
    private func hasAbstract(like other: Paper) -> Bool {
        let words = Paper.matchingForm(of: abstract)
        guard !words.isEmpty else { return false }
        return words == Paper.matchingForm(of: other.abstract)
            || WordSet(abstract).hasMostWords(of: WordSet(other.abstract))
    }

    /// Returns the paper, updated by a newer record of it.
    ///
    /// A field that the record fills replaces the field of the paper, with two exceptions. What people add to a paper
    /// is kept from both: collections, tags, notes, attachments, and attributes of other names. An abstract that is
    /// only the beginning of the paper's own does not replace it, and neither do authors that are only the first. Other
    /// lists are replaced whole. The paper keeps its id
    /// and gets the record's ids as alternate ids, after its own. If the paper has a derived id and the record an id of
    /// a source, the record's id becomes the id and the derived one an alternate id.
    ///
    /// - Parameter record: The newer record of the same paper.
    /// - Returns: The updated paper.
    public func updated(by record: Paper) -> Paper {
        united(with: record, preferring: record, over: self)
    }

    /// Returns what a newer record says, under the ids of both: a field that the record leaves empty is empty then.
    /// What a person files the paper under stays, as in ``updated(by:)``: collections, tags and notes.
    ///
    /// - Parameter record: The newer record of the same paper.
    /// - Returns: The record, with the ids of ``updated(by:)``.
    public func replaced(by record: Paper) -> Paper {
        var paper = record
        (paper.id, paper.alternateIDs) = unitedIDs(with: record)
        paper.collections = distinct(collections + record.collections)
        paper.tags = distinct(tags + record.tags)
        paper.notes = distinct(notes + record.notes)
        return paper
    }

    /// Returns the paper with its empty fields filled from a duplicate. Ids are united as in ``updated(by:)``.
    package func completed(by other: Paper) -> Paper {
        united(with: other, preferring: self, over: other)
    }

    private func united(with other: Paper, preferring first: Paper, over second: Paper) -> Paper {
        var paper = first
        (paper.id, paper.alternateIDs) = unitedIDs(with: other)
        if first.title.isEmpty { paper.title = second.title }
        if first.abstract.isEmpty || first.abstract.isBeginning(of: second.abstract) {
            paper.abstract = second.abstract
        }
        if first.authors.isEmpty || first.hasBeginning(ofAuthorsOf: second) { paper.authors = second.authors }
        if first.categories.isEmpty { paper.categories = second.categories }
        if first.keywords.isEmpty { paper.keywords = second.keywords }
        paper.year = first.year ?? second.year
        // A date belongs to its year.
        if first.date == nil, first.year == nil || first.year == second.year { paper.date = second.date }
        paper.venue = first.venue ?? second.venue
        paper.url = first.url ?? second.url
        paper.type = first.type ?? second.type
        paper.language = first.language ?? second.language
        paper.citationKey = first.citationKey ?? second.citationKey
        paper.collections = distinct(second.collections + first.collections)
        paper.tags = distinct(second.tags + first.tags)
        if first.fields.isEmpty { paper.fields = second.fields }
        paper.notes = distinct(second.notes + first.notes)
        paper.attachments = distinct(second.attachments + first.attachments)
        paper.attributes.merge(second.attributes) { own, _ in own }
        if let key = second.citationKey, key != paper.citationKey {
            let others = paper.attributes[Paper.otherCitationKeys] ?? []
            paper.attributes[Paper.otherCitationKeys] = distinct(others + [key], apartFrom: paper.citationKey)
        }
        return paper
    }

    /// The attribute with the citation keys that a paper had besides its own. They find it, too.
    package static let otherCitationKeys = "citationKey"

    private func unitedIDs(with other: Paper) -> (id: String, alternates: [String]) {
        let id = hasDerivedID && !other.hasDerivedID ? other.id : self.id
        return (id, distinct([self.id] + alternateIDs + [other.id] + other.alternateIDs, apartFrom: id))
    }
}

extension String {
    /// Whether the text, without an ellipsis at its end, begins a longer text: an abstract that a source cut off.
    fileprivate func isBeginning(of other: String) -> Bool {
        var start = self[...]
        while let last = start.last, ".… ".contains(last) { start.removeLast() }
        return start.utf8.count < other.utf8.count && !start.isEmpty && other.hasPrefix(start)
    }
}
