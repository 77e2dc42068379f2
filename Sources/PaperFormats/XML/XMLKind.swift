/// A kind of documents of XML that hold papers: how to know it and where its papers are.
struct XMLKind: Sendable {
    /// The names of the elements that a document of the kind may have as its root.
    let roots: Set<String>

    /// Words of which one has to stand at the beginning of the document. Empty if the root says enough.
    var marks: [String] = []

    /// The names of the elements that are records.
    let records: Set<String>

    /// The names of elements that speak for all records beside them.
    var context: Set<String> = []

    /// The names of elements that are no use to a paper: full texts and lists of references. They are not kept.
    var dropped: Set<String> = []

    /// Whether a record may contain another element of its own name, not directly.
    var nests = false

    /// Reads a record.
    let read: @Sendable (XMLRecord) -> XMLOutcome
}

extension XMLKind {
    /// All kinds. The first whose root and marks fit reads a document.
    static let all: [XMLKind] = [
        .arXivAtom, .oai, .pubMed, .acl, .endNote, .crossref, .jats, .tei, .dblp,
    ]

    /// The kind of a document that begins with some bytes; `nil` if it is none of these, or no XML.
    init?(head: [UInt8]) {
        guard let root = Self.root(of: head),
            let kind = Self.all.first(where: { $0.roots.contains(root) && $0.hasMark(head) })
        else { return nil }
        self = kind
    }

    private func hasMark(_ head: [UInt8]) -> Bool {
        marks.isEmpty || marks.contains { head.contains(Array($0.utf8)) }
    }

    /// The name of the root element of a document of XML, without a prefix. `nil` if the text is no XML, or if its root
    /// is not in the first bytes.
    ///
    /// What looks like HTML has the root `html`, whatever it begins with.
    static func root(of head: [UInt8]) -> String? {
        guard head.first(where: { !isJSONSpace($0) }) == UInt8(ascii: "<") else { return nil }
        var tokens = MarkupTokenizer(head, language: .xml)
        while let token = try? tokens.next() {
            switch token {
            case .start(let tag, _): return tag.name.lowercased() == "html" ? "html" : tag.name
            case .text(let text) where text.allSatisfy(\.isWhitespace): continue
            case .text, .end: return nil
            }
        }
        return nil
    }
}
