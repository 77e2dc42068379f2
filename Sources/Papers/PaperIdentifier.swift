import Foundation

/// An identifier that many sources know a paper by, whatever way it is written.
///
///     PaperIdentifier("https://arxiv.org/pdf/2506.11555v1.pdf")  // arXiv, 2506.11555, version 1
///     PaperIdentifier("doi:10.48550/arXiv.2506.11555")           // arXiv, 2506.11555
///
/// Two spellings are the same identifier if their ``scheme`` and ``value`` are equal. The ``version`` does not count.
public struct PaperIdentifier: Hashable, Sendable {
    /// Who gives the identifier.
    public enum Scheme: String, Hashable, Sendable {
        /// arXiv: `2506.11555`, `cs/0301001`.
        case arXiv
        /// A digital object identifier: `10.1145/582415.582418`.
        case doi
        /// The ACL Anthology: `2023.acl-long.1`, `P18-1001`.
        case acl
        /// PubMed: a number.
        case pubMed
        /// PubMed Central: `PMC3531190`, whose value is the number.
        case pubMedCentral
        /// Semantic Scholar: 40 hexadecimal digits.
        case semanticScholar
        /// OpenAlex: `W2741809807`, whose value is the number.
        case openAlex
    }

    /// Who gives the identifier.
    public let scheme: Scheme

    /// The identifier itself, in lower case, without a version.
    public let value: String

    /// The version of an arXiv paper that the spelling names.
    public let version: Int?

    /// Reads an identifier as people paste it.
    ///
    /// It may be a bare identifier, one with a prefix (`arXiv:`, `doi:`, `PMID:`, `PMCID:`, `acl:`; a space may
    /// stand for the colon), or the address of the paper at arXiv, a DOI resolver, the ACL Anthology, PubMed, PubMed
    /// Central, Semantic Scholar or OpenAlex.
    /// Case, spaces around it, brackets, a full stop at the end, and the query and fragment of an address do not count.
    /// Percent escapes of an address are read. A DOI of arXiv or of the ACL Anthology is the identifier of the paper
    /// there.
    ///
    /// Returns `nil` for any other text. A bare number is none, because it may be anything.
    ///
    /// - Complexity: O(*n*) for *n* bytes.
    public init?(_ text: String) {
        // The longest DOIs have some 200 bytes.
        guard text.utf8.count <= 1_000, !Self.hasManyWords(text) else { return nil }
        let written = Self.bare(tidied(text)).lowercased()
        guard !written.isEmpty else { return nil }
        let found =
            if let (host, path) = Self.address(written) {
                Self.identifier(host: host, path: path)
            } else {
                Self.identifier(written)
            }
        guard let found else { return nil }
        self = found
    }

    private init(_ scheme: Scheme, _ value: String, version: Int? = nil) {
        self.scheme = scheme
        self.value = value
        self.version = version
    }

    /// Whether a text has more words than any spelling of an identifier. Most questions have.
    private static func hasManyWords(_ text: String) -> Bool {
        text.utf8.split(separator: UInt8(ascii: " "), maxSplits: mostWords).count > mostWords
    }

    /// A prefix, the identifier, its subject class, and as many brackets and signs.
    private static let mostWords = 6

    /// Whether the identifier stands for one paper, and for the same one in all sources. Papers that have different
    /// ones of a scheme are different papers.
    ///
    /// The ACL Anthology and OpenAlex list some papers twice, and Semantic Scholar changes its numbers.
    package var isStrong: Bool { [.arXiv, .doi, .pubMed].contains(scheme) }

    /// The identifier in the one spelling that stands for all: `arxiv:2506.11555`, `doi:10.1145/582415.582418`.
    package var canonicalSpelling: String {
        let prefix =
            switch scheme {
            case .arXiv: "arxiv"
            case .doi: "doi"
            case .acl: "acl"
            case .pubMed: "pmid"
            case .pubMedCentral: "pmcid:PMC"
            case .semanticScholar: "s2"
            case .openAlex: "openalex:W"
            }
        return prefix.contains(":") ? prefix + value : "\(prefix):\(value)"
    }

    /// The part of every spelling that can be looked for: all of the value, or of an old arXiv identifier its number,
    /// because some sources write a subject class before it.
    package var searchKey: String {
        scheme == .arXiv ? value.split(separator: "/").last.map(String.init) ?? value : value
    }

    /// Whether two spellings are the same identifier, whatever version they name.
    public static func == (first: PaperIdentifier, second: PaperIdentifier) -> Bool {
        first.scheme == second.scheme && first.value == second.value
    }

    /// Hashes what makes the identifier.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(scheme)
        hasher.combine(value)
    }
}

// MARK: - Reading

extension PaperIdentifier {
    /// A text without what people paste along with an identifier: brackets and quotes around it, and punctuation after
    /// it.
    private static func bare(_ text: String) -> String {
        var rest = Substring(text)
        let brackets: [Character: Character] = ["<": ">", "(": ")", "[": "]", "\"": "\"", "'": "'", "“": "”"]
        while true {
            let before = rest
            while let last = rest.last, ".,;:".contains(last) || last == " " { rest.removeLast() }
            while rest.first == " " { rest.removeFirst() }
            if rest.count > 1, let first = rest.first, let closing = brackets[first], rest.last == closing {
                rest = rest.dropFirst().dropLast()
            }
            if rest == before { return String(rest) }
        }
    }

    /// The host and the path of an address; `nil` for a text that is none.
    private static func address(_ text: String) -> (host: Substring, path: Substring)? {
        var rest = Substring(text)
        var hasScheme = false
        for scheme in ["https://", "http://"] where rest.hasPrefix(scheme) {
            rest = rest.dropFirst(scheme.count)
            hasScheme = true
        }
        let end = rest.firstIndex(of: "/") ?? rest.endIndex
        var host = rest[..<end]
        if host.hasPrefix("www.") { host = host.dropFirst(4) }
        guard hasScheme || hosts.contains(String(host)) else { return nil }
        let path = rest[end...].dropFirst().prefix { $0 != "?" && $0 != "#" }
        return (host, withoutEscapes(path))
    }

    /// The path of an address with its percent escapes read: `%28SICI%29` is `(sici)`. A path whose escapes are no
    /// UTF-8 stays as it is.
    private static func withoutEscapes(_ path: Substring) -> Substring {
        guard path.contains("%"), let read = path.removingPercentEncoding else { return path }
        return Substring(tidied(read).lowercased())
    }

    /// The hosts whose addresses are recognized without `https://`.
    private static let hosts: Set<String> = [
        "arxiv.org", "export.arxiv.org", "doi.org", "dx.doi.org", "aclanthology.org", "aclweb.org",
        "pubmed.ncbi.nlm.nih.gov", "ncbi.nlm.nih.gov", "pmc.ncbi.nlm.nih.gov", "semanticscholar.org", "openalex.org",
        "api.openalex.org",
    ]

    private static func identifier(host: Substring, path: Substring) -> PaperIdentifier? {
        if ["doi.org", "dx.doi.org"].contains(host) { return doi(path.trimmingCharacters(in: ["/"])) }
        var parts = path.split(separator: "/").map(String.init)
        guard var last = parts.popLast() else { return nil }
        for ending in [".pdf", ".bib"] where last.hasSuffix(ending) { last.removeLast(ending.count) }
        switch host {
        case "arxiv.org", "export.arxiv.org":
            guard ["abs", "pdf", "html", "format", "src", "ps"].contains(parts.first ?? "") else { return nil }
            return arXiv((parts.dropFirst() + [last]).joined(separator: "/"))
        case "aclanthology.org": return acl(parts.first ?? last)
        case "aclweb.org": return acl(last)
        case "pubmed.ncbi.nlm.nih.gov": return pubMed(parts.first ?? last)
        case "ncbi.nlm.nih.gov":
            if parts.first == "pubmed" { return pubMed(last) }
            return parts.prefix(2) == ["pmc", "articles"] ? pubMedCentral(parts.dropFirst(2).first ?? last) : nil
        case "pmc.ncbi.nlm.nih.gov":
            return parts.first == "articles" ? pubMedCentral(parts.dropFirst().first ?? last) : nil
        case "openalex.org", "api.openalex.org": return openAlex(last)
        case "semanticscholar.org": return parts.first == "paper" ? semanticScholar(last) : nil
        default: return nil
        }
    }

    /// Reads an identifier that is no address.
    private static func identifier(_ text: String) -> PaperIdentifier? {
        for (prefix, read) in prefixes where text.hasPrefix(prefix) {
            let mark = text.dropFirst(prefix.count)
            guard prefix.hasSuffix(":") || mark.first == ":" || mark.first == " " else { continue }
            let rest = String(mark.drop { $0 == ":" || $0 == " " })
            // arXiv's own citations name the subject class after it: `arXiv:2506.11555v2 [cs.CL]`.
            let words = rest.split(separator: " ")
            if words.count == 2, words[1].hasPrefix("[") { return read(String(words[0])) }
            return read(rest)
        }
        let name = text.hasSuffix(".pdf") ? String(text.dropLast(4)) : text
        return arXiv(name) ?? doi(text) ?? acl(name) ?? marked("pmc", text).flatMap(pubMedCentral)
            ?? openAlex(text) ?? semanticScholar(text)
    }

    /// The words before an identifier, each with what reads it. A colon or a space follows. `pubmed 2020` is a
    /// question.
    private static let prefixes: [(String, @Sendable (String) -> PaperIdentifier?)] = [
        ("arxiv", { arXiv($0) }), ("doi", { doi($0) }), ("pmid", { pubMed($0) }), ("pubmed:", { pubMed($0) }),
        ("pmcid", { pubMedCentral($0) }), ("pmc:", { pubMedCentral($0) }), ("acl", { acl($0) }),
        ("s2", { semanticScholar($0) }), ("openalex", { openAlex($0) }),
    ]
}

// MARK: - Schemes

extension PaperIdentifier {
    /// `2506.11555`, `0704.0001v2`, `cs/0301001`, `math.gt/0309136`. The third and fourth digits are a month.
    private static func arXiv(_ text: String) -> PaperIdentifier? {
        var number = Substring(text)
        var version: Int?
        if let mark = number.lastIndex(of: "v"), let found = Int(number[number.index(after: mark)...]), found > 0 {
            version = found
            number = number[..<mark]
        }
        if let slash = number.firstIndex(of: "/") {
            let archive = number[..<slash].prefix { $0 != "." }
            let digits = number[number.index(after: slash)...]
            guard digits.count == 7, hasMonth(digits), !archive.isEmpty,
                archive.utf8.allSatisfy({ isLetter($0) || $0 == UInt8(ascii: "-") })
            else { return nil }
            return PaperIdentifier(.arXiv, "\(archive)/\(digits)", version: version)
        }
        let parts = number.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].count == 4, hasMonth(parts[0]), (4...5).contains(parts[1].count),
            parts[1].utf8.allSatisfy(isDigit)
        else { return nil }
        return PaperIdentifier(.arXiv, String(number), version: version)
    }

    /// `10.1145/582415.582418`.
    private static func doi(_ text: String) -> PaperIdentifier? {
        if let (host, path) = address(text), ["doi.org", "dx.doi.org"].contains(host) {
            return doi(path.trimmingCharacters(in: ["/"]))
        }
        guard text.hasPrefix("10."), let slash = text.firstIndex(of: "/"), !text.contains(" ") else { return nil }
        let registrant = text[..<slash].dropFirst(3)
        let suffix = String(text[text.index(after: slash)...])
        guard (4...9).contains(registrant.prefix { $0 != "." }.count),
            registrant.utf8.allSatisfy({ isDigit($0) || $0 == UInt8(ascii: ".") }), !suffix.isEmpty
        else { return nil }
        if registrant == "48550", suffix.hasPrefix("arxiv."), let paper = arXiv(String(suffix.dropFirst(6))) {
            return paper
        }
        if registrant == "18653", suffix.hasPrefix("v1/"), let paper = acl(String(suffix.dropFirst(3))) { return paper }
        return PaperIdentifier(.doi, text)
    }

    /// `2023.acl-long.1`, `2020.lrec-1.12`, `p18-1001`.
    private static func acl(_ text: String) -> PaperIdentifier? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        if parts.count == 3 {
            let volume = parts[1].split(separator: "-", omittingEmptySubsequences: false)
            guard parts[0].count == 4, parts[0].utf8.allSatisfy(isDigit), volume.count == 2,
                volume.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { isLetter($0) || isDigit($0) || $0 == 0x5F } }),
                !parts[2].isEmpty, parts[2].utf8.allSatisfy(isDigit)
            else { return nil }
            return PaperIdentifier(.acl, text)
        }
        let bytes = Array(text.utf8)
        guard bytes.count == 8, isLetter(bytes[0]), bytes[3] == UInt8(ascii: "-"), bytes[1...2].allSatisfy(isDigit),
            bytes[4...].allSatisfy(isDigit)
        else { return nil }
        return PaperIdentifier(.acl, text)
    }

    private static func pubMed(_ text: String) -> PaperIdentifier? {
        guard (1...9).contains(text.utf8.count), text.utf8.allSatisfy(isDigit) else { return nil }
        return PaperIdentifier(.pubMed, text)
    }

    /// `pmc3531190`, or its number.
    private static func pubMedCentral(_ text: String) -> PaperIdentifier? {
        let number = marked("pmc", text) ?? text
        guard (1...9).contains(number.utf8.count), number.utf8.allSatisfy(isDigit) else { return nil }
        return PaperIdentifier(.pubMedCentral, number)
    }

    /// `w2741809807`. Works have the letter W, and the shortest numbers have five digits.
    private static func openAlex(_ text: String) -> PaperIdentifier? {
        guard let number = marked("w", text), (5...11).contains(number.utf8.count), number.utf8.allSatisfy(isDigit)
        else { return nil }
        return PaperIdentifier(.openAlex, number)
    }

    /// The rest of a text behind a mark; `nil` for a text without it.
    private static func marked(_ mark: String, _ text: String) -> String? {
        text.hasPrefix(mark) ? String(text.dropFirst(mark.count)) : nil
    }

    private static func semanticScholar(_ text: String) -> PaperIdentifier? {
        guard text.utf8.count == 40, text.utf8.allSatisfy({ isDigit($0) || (0x61...0x66).contains($0) }) else {
            return nil
        }
        return PaperIdentifier(.semanticScholar, text)
    }

    /// Whether digits begin with a year and a month.
    private static func hasMonth(_ digits: Substring) -> Bool {
        digits.utf8.allSatisfy(isDigit) && (1...12).contains(Int(digits.dropFirst(2).prefix(2)) ?? 0)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
    }
}
