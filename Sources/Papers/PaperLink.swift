extension PaperIdentifier {
    /// Where the paper stands on the web: the page of whoever gave the identifier.
    ///
    ///     PaperIdentifier("doi:10.1145/582415.582418")?.address  // "https://doi.org/10.1145/582415.582418"
    public var address: String {
        // The few characters of identifiers that no address may have.
        let escaped = value.map { character in
            switch character {
            case "%": "%25"
            case "#": "%23"
            case "?": "%3F"
            case " ": "%20"
            case "\"": "%22"
            case "<": "%3C"
            case ">": "%3E"
            default: String(character)
            }
        }.joined()
        return switch scheme {
        case .arXiv: "https://arxiv.org/abs/\(escaped)"
        case .doi: "https://doi.org/\(escaped)"
        case .acl: "https://aclanthology.org/\(anthologySpelling(escaped))/"
        case .pubMed: "https://pubmed.ncbi.nlm.nih.gov/\(escaped)/"
        case .pubMedCentral: "https://pmc.ncbi.nlm.nih.gov/articles/PMC\(escaped)/"
        case .semanticScholar: "https://www.semanticscholar.org/paper/\(escaped)"
        case .openAlex: "https://openalex.org/W\(escaped)"
        }
    }

    /// The anthology writes the letter of its old identifiers large: `P18-1001`.
    private func anthologySpelling(_ value: String) -> String {
        guard let first = value.first, first.isLetter, value.dropFirst().first?.isNumber == true else { return value }
        return first.uppercased() + value.dropFirst()
    }
}

extension Paper {
    /// Where the paper stands on the web: the address that its source gives, or that of the first of its identifiers
    /// that has one; `nil` for a paper without both.
    public var link: String? {
        if let url, url.hasPrefix("http://") || url.hasPrefix("https://") { return url }
        return ([id] + alternateIDs).lazy.compactMap { PaperIdentifier($0)?.address }.first
    }
}
