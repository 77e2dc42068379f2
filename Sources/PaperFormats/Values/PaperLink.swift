import Foundation
import Papers

/// A link that leads to a paper.
///
/// Beyond the addresses that `PaperIdentifier` reads, these are pages about papers of arXiv elsewhere, papers at
/// OpenReview, and DOIs in the addresses of publishers.
enum PaperLink: Hashable {
    /// An identifier that all sources know.
    case identifier(PaperIdentifier)
    /// An id that only its source knows, and the prefix of the source.
    case other(id: String, source: String)

    /// Reads a link, absolute or relative to the site where it stands. `nil` for one that leads elsewhere.
    init?(_ link: String) {
        let address = link.trimmingSpaces
        if let known = PaperIdentifier(address), Self.isAddress(address) {
            self = .identifier(known)
            return
        }
        let bare = address.prefix { $0 != "?" && $0 != "#" }
        let parts = bare.split(separator: "/").map(String.init)
        guard let last = parts.last else { return nil }
        let host = address.hasPrefix("http") && parts.count > 1 ? parts[1].lowercased() : ""
        if host.hasSuffix("openreview.net") {
            guard ["forum", "pdf"].contains(last), let mark = address.range(of: "id=") else { return nil }
            let id = address[mark.upperBound...].prefix { $0 != "&" && $0 != "#" }
            guard !id.isEmpty else { return nil }
            self = .other(id: String(id), source: "openreview")
            return
        }
        // A DOI in the address of a publisher; an ending of the page does not belong to it.
        if let place = address.range(of: #"/10\.\d{4,9}/"#, options: .regularExpression) {
            var doi = address[place.lowerBound...].dropFirst().prefix { $0 != "?" && $0 != "#" }
            for ending in [".pdf", ".html", "/full", "/abstract", "/pdf", "/fulltext", "/meta"]
            where doi.hasSuffix(ending) {
                doi = doi.dropLast(ending.count)
            }
            if let known = PaperIdentifier(String(doi)) {
                self = .identifier(known)
                return
            }
        }
        // `/abs/2506.11555`, `https://huggingface.co/papers/2506.11555`, `/2022.acl-long.1/`
        let isPage = host.isEmpty ? address.hasPrefix("/") : Self.hosts.contains { host.hasSuffix($0) }
        guard isPage, parts.count <= (host.isEmpty ? 3 : 5), let known = PaperIdentifier(last),
            [.arXiv, .acl].contains(known.scheme)
        else { return nil }
        self = .identifier(known)
    }

    /// Hosts with pages about papers of arXiv under their numbers.
    private static let hosts = [
        "huggingface.co", "hf.co", "alphaxiv.org", "arxiv.org", "arxiv-vanity.com", "aclanthology.org", "aclweb.org",
        "paperswithcode.com", "scholar.archive.org", "ar5iv.org",
    ]

    private static func isAddress(_ text: String) -> Bool {
        text.contains("/") && !text.hasPrefix("/")
    }

    /// The address of the paper where everybody finds it; `nil` if there is no such place.
    var address: String? {
        guard case .identifier(let identifier) = self else { return nil }
        return switch identifier.scheme {
        case .arXiv: "https://arxiv.org/abs/\(identifier.value)"
        case .doi: "https://doi.org/\(identifier.value)"
        case .acl, .pubMed, .pubMedCentral, .semanticScholar, .openAlex: nil
        }
    }

    /// What makes two links lead to papers of one kind.
    fileprivate var kind: String {
        switch self {
        case .identifier(let identifier): "\(identifier.scheme)"
        case .other(_, let source): source
        }
    }
}

extension PaperDraft {
    /// Notes the paper that a link leads to.
    mutating func identify(_ link: PaperLink) {
        switch link {
        case .identifier(let identifier): identify(identifier.canonicalSpelling)
        case .other(let id, let source): identify(id, from: source)
        }
    }
}

/// The first of some links of each kind. A second paper of arXiv is another paper.
func oneOfEachKind(_ links: [PaperLink]) -> [PaperLink] {
    var kinds: Set<String> = []
    return links.filter { kinds.insert($0.kind).inserted }
}
