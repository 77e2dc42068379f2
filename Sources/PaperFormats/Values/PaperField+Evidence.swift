// What the names of a record's fields say about the record. Films, songs and payments have titles, too.

extension PaperField {
    /// Whether a record with fields of some names is that of a paper: it has a field that papers alone have, or no
    /// field that is not known. The caller knows that it has a title.
    ///
    /// So `title` and `year` make a paper, and `title`, `year` and `director` do not.
    static func arePaperFields(_ names: some Sequence<String>) -> Bool {
        var areKnown = true
        for name in names {
            if isOfPapersAlone(name) { return true }
            if !isKnown(name) { areKnown = false }
        }
        return areKnown
    }

    /// Whether a name is that of a field which hardly anything but a paper has.
    private static func isOfPapersAlone(_ name: String) -> Bool {
        switch PaperField(named: name) {
        case .abstract, .authors, .venue: !vagueNames.contains(plain(name))
        case .citationKey, .doi, .arXiv, .pubMed, .pubMedCentral, .serialNumber, .sourceID, .firstPage: true
        default: keysOfPapersAlone.contains(name)
        }
    }

    private static func isKnown(_ name: String) -> Bool {
        PaperField(named: name) != nil || RecordSource.nestedKeys.contains(name)
            || knownNames.contains(name.lowercased()) || !name.contains(where: \.isLetter)
    }

    /// Names of an abstract, of authors and of a venue that other things have as well.
    private static let vagueNames: Set<String> = ["summary", "creator", "source", "sourcename"]

    /// Keys of sources that hold objects.
    private static let keysOfPapersAlone: Set<String> = [
        "abstract_inverted_index", "authorships", "authors_parsed", "externalIds", "s2FieldsOfStudy", "tldr",
        "primary_location", "publicationVenue",
    ]

    /// Names that are no fields of a paper, and that papers have where programs write them.
    private static let knownNames: Set<String> = [
        "_id", "text", "metadata", "attributes", "key", "score", "rank", "index", "no", "nr", "unnamed: 0",
    ]

    /// Whether a key of JSON names a title or an abstract.
    static func isTitleOrAbstract(_ key: String) -> Bool {
        switch PaperField(named: key) {
        case .title: true
        case .abstract: key.lowercased() != "summary"
        default: key == "abstract_inverted_index"
        }
    }
}
