import JSONReading
import Papers

/// Who wrote a record of JSON. It decides what the record's `id` means.
enum RecordSource {
    /// Akin, BEIR, or somebody whose ids are kept as they are.
    case own
    case arXiv
    case csl
    case crossref
    case openAlex
    case semanticScholar
    case zotero
    case mendeley
    case huggingFace

    /// The keys of any source that hold objects, or lists of them, worth reading.
    static let nestedKeys: Set<String> = {
        let keys = """
            external_ids identifier \
            author editor translator issued published published-print published-online created accessed \
            authors_parsed versions authorships ids primary_location best_oa_location host_venue concepts topics mesh \
            biblio externalIds openAccessPdf s2FieldsOfStudy journal publicationVenue tldr paper data message creators \
            identifiers link institution editors contributors container original-date submitted event source \
            custom
            """
        return Set(keys.split(separator: " ").map(String.init))
    }()

    /// The keys under which a source wraps a record.
    static let wrapperKeys = ["paper", "data", "message"]
}

extension PaperRecord {
    /// Who wrote the record.
    var source: RecordSource {
        if alternateIDs != nil || formerAlternateIDs != nil { return .own }
        var keys: Set<String> = []
        for (key, _) in others { keys.insert(key) }
        func has(_ some: String...) -> Bool { !keys.isDisjoint(with: some) }
        if has("abstract_inverted_index", "authorships") || id?.contains("openalex.org/") == true { return .openAlex }
        if has("authors_parsed", "update_date", "submitter") { return .arXiv }
        if has("paperId", "corpusId", "externalIds") { return .semanticScholar }
        if has("itemType", "creators", "itemKey") { return .zotero }
        if details.hasForeignAuthors, let ids = others.first(where: { $0.key == "identifiers" })?.value, ids.isObject,
            ids["type"] == nil
        {
            return .mendeley
        }
        // CSL and Crossref call them `author`.
        if details.authors != nil, !details.hasForeignAuthors { return .own }
        if has("DOI"), has("reference-count", "is-referenced-by-count", "indexed", "member") { return .crossref }
        let isCSL =
            has("container-title", "citation-key", "title-short", "container-title-short")
            || others.contains { $0.key == "issued" && $0.value.isObject }
            || others.contains { $0.key == "author" && $0.value.elements.contains(where: \.isObject) }
            || has("DOI") && details.rich?.type != nil
        if isCSL { return .csl }
        if has("upvotes", "publishedAt", "submittedOnDailyAt"), details.hasForeignAuthors { return .huggingFace }
        return .own
    }
}
