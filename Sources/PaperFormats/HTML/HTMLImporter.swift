import Foundation
import Papers

/// Reads saved pages of HTML: the page of a paper, or one that lists papers.
struct HTMLImporter: PaperImporter {
    static let name = "html"
    static let fileExtensions = ["html", "htm", "xhtml"]

    private let file: PaperFile
    private var isAtEnd = false

    init(_ file: PaperFile, options: ImportOptions) {
        self.file = file
    }

    /// Certain if the page has marks of papers: citation tags, or links to papers.
    static func recognition(of head: [UInt8], fileExtension: String) -> ImportRecognition {
        guard isPage(head, fileExtension: fileExtension) else { return .no }
        let text = String(decoding: head, as: UTF8.self).lowercased()
        return marks.contains { text.contains($0) } ? .certain : .no
    }

    private static let marks = [
        "citation_title", "dc.title", "dcterms.title", "scholarlyarticle", "arxiv.org/abs/", "arxiv.org/pdf/",
        "doi.org/10.", "/doi/10.", "\"/abs/", "\"/papers/", "openreview.net/forum", "aclanthology.org/",
        "pubmed.ncbi.nlm.nih.gov/", "semanticscholar.org/paper/",
    ]

    /// Whether a text is a page of HTML.
    static func isPage(_ head: [UInt8], fileExtension: String) -> Bool {
        guard let root = XMLKind.root(of: head)?.lowercased() else { return false }
        return root == "html"
            || fileExtensions.contains(fileExtension)
                && ["head", "body", "div", "meta", "title", "main", "article", "dl", "ul"].contains(root)
    }

    mutating func nextBatch() throws(PaperFormatsError) -> PaperBatch? {
        if isAtEnd { return nil }
        isAtEnd = true
        guard let bytes = try file.readWhole() else { return .tooLong(file.path) }
        let document = try HTMLDocument(bytes)
        let drafts = PageMetadata(document).paper().map { [$0] } ?? PageListing.papers(in: document)
        return PaperBatch(papers: drafts.map { $0.paper() }.filter { !$0.isEmpty })
    }
}

extension ImportFormat {
    /// A saved page of HTML about a paper, or one that lists papers. Named `html`.
    ///
    /// The citation tags of a page, its Dublin Core or its data of schema.org say which paper it is about. On other
    /// pages, headings that link to papers are their titles. See <doc:FileFormats>.
    public static let html = ImportFormat(HTMLImporter.self)
}
