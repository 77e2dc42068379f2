// MARK: - Ids of papers that came without one

extension Paper {
    /// The id of a paper whose source gave it none.
    ///
    /// It is `title:` and 16 hexadecimal digits: the 64-bit FNV-1a hash of the normalised title, followed by a line
    /// feed and the normalised first author where there is one. So two records without ids get one id exactly where
    /// ``isSamePaper(as:)`` holds. A paper whose title has no letter or digit gets `abstract:` and the hash of the
    /// abstract, normalised as a title is.
    ///
    /// - Parameters:
    ///   - title: The title.
    ///   - abstract: The abstract.
    ///   - firstAuthorKey: The normalised first author, possibly empty.
    /// - Returns: The id.
    public static func derivedID(title: String, abstract: String, firstAuthorKey: String) -> String {
        let words = matchingForm(of: title)
        if !words.isEmpty {
            return "title:" + hexadecimal(stableHash(firstAuthorKey.isEmpty ? words : words + "\n" + firstAuthorKey))
        }
        let said = matchingForm(of: abstract)
        return "abstract:" + hexadecimal(stableHash(said.isEmpty ? title + "\n" + abstract : said))
    }

    /// Whether the id was derived and not given by a source.
    public var hasDerivedID: Bool {
        for prefix in ["title:", "abstract:"] where id.hasPrefix(prefix) {
            let digits = id.utf8.dropFirst(prefix.utf8.count)
            return digits.count == 16 && digits.allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
        }
        return false
    }
}

/// The 64-bit FNV-1a hash of a text's UTF-8 bytes: the same on every machine and in every process.
///
/// Fowler, Noll and Vo, *The FNV Non-Cryptographic Hash Algorithm*, RFC 9923. With three million titles, two of them
/// share a hash once in four million such libraries.
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

// MARK: - When two records are one paper

extension Paper {
    /// Whether two records with different ids are one paper: they have the same normalised title, not an empty one,
    /// and the same normalised first author, or neither has an author.
    ///
    /// Records that share an id, alternate ids included, are one paper whatever they say; that is for the keeper of
    /// the ids to find out.
    public func isSamePaper(as other: Paper) -> Bool {
        let words = normalizedTitle
        return !words.isEmpty && words == other.normalizedTitle && firstAuthorKey == other.firstAuthorKey
    }

    /// This paper brought up to date by another record of it.
    ///
    /// Fields in which the record has something replace those of the paper; lists are replaced whole. The paper keeps
    /// its id and gains the record's ids as alternate ids, after its own. A derived id gives way to the id of a source
    /// and becomes an alternate one.
    ///
    /// - Parameter record: The newer record of the same paper.
    /// - Returns: The paper with what both say.
    public func updated(by record: Paper) -> Paper {
        united(with: record, preferring: record, over: self)
    }

    /// This paper with its gaps filled by another that turned out to be the same.
    ///
    /// Only fields in which this paper has nothing are taken from the other; ids are treated as in ``updated(by:)``.
    package func completed(by other: Paper) -> Paper {
        united(with: other, preferring: self, over: other)
    }

    private func united(with other: Paper, preferring first: Paper, over second: Paper) -> Paper {
        let id = hasDerivedID && !other.hasDerivedID ? other.id : self.id
        let ids = [self.id] + alternateIDs + [other.id] + other.alternateIDs
        return Paper(
            tidyID: id,
            title: first.title.isEmpty ? second.title : first.title,
            abstract: first.abstract.isEmpty ? second.abstract : first.abstract,
            authors: first.authors.isEmpty ? second.authors : first.authors,
            year: first.year ?? second.year,
            venue: first.venue ?? second.venue,
            categories: first.categories.isEmpty ? second.categories : first.categories,
            keywords: first.keywords.isEmpty ? second.keywords : first.keywords,
            url: first.url ?? second.url,
            alternateIDs: distinct(ids, apartFrom: id)
        )
    }
}
