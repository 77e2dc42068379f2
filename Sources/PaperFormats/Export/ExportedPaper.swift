import Papers

extension Paper {
    /// The ids that a source gave, without a derived one.
    var sourceIDs: [String] {
        (hasDerivedID ? [] : [id]) + alternateIDs
    }

    /// The first identifier of each scheme, and the ids that remain.
    var sortedIDs: (identifiers: [PaperIdentifier.Scheme: PaperIdentifier], others: [String]) {
        var identifiers: [PaperIdentifier.Scheme: PaperIdentifier] = [:]
        var others: [String] = []
        for id in sourceIDs {
            if let identifier = PaperIdentifier(id), identifiers[identifier.scheme] == nil {
                identifiers[identifier.scheme] = identifier
            } else {
                others.append(id)
            }
        }
        return (identifiers, others)
    }

    /// The type; one that the venue suggests if nobody said it; `nil` without a venue.
    var likelyType: String? {
        if let type { return type }
        guard let venue else { return nil }
        let words = Set(venue.lowercased().split { !$0.isLetter }.map(String.init))
        let signs: Set = [
            "proceedings", "proc", "conference", "workshop", "symposium", "meeting", "acl", "emnlp", "naacl", "neurips",
            "nips", "icml", "iclr", "cvpr", "iccv", "eccv", "sigir", "kdd", "aaai", "ijcai", "coling", "interspeech",
        ]
        return words.isDisjoint(with: signs) ? "article-journal" : "paper-conference"
    }

    /// A link to the paper: its own, or the address of its DOI, its arXiv id or another identifier.
    var link: String? {
        if let url { return url }
        let identifiers = sortedIDs.identifiers
        if let doi = identifiers[.doi] { return "https://doi.org/\(doi.value)" }
        if let arXiv = identifiers[.arXiv] { return "https://arxiv.org/abs/\(arXiv.value)" }
        if let acl = identifiers[.acl] { return "https://aclanthology.org/\(acl.value)" }
        if let pubMed = identifiers[.pubMed] { return "https://pubmed.ncbi.nlm.nih.gov/\(pubMed.value)" }
        if let central = identifiers[.pubMedCentral] {
            return "https://pmc.ncbi.nlm.nih.gov/articles/PMC\(central.value)"
        }
        return identifiers[.openAlex].map { "https://openalex.org/W\($0.value)" }
    }

    /// The numbers of the date, as far as it is known.
    var dateNumbers: [Int] {
        date.map { $0.split(separator: "-").compactMap { Int($0) } } ?? year.map { [$0] } ?? []
    }
}
