import Papers

/// A paper under `--json`.
struct PaperOutput: Encodable {
    var id: String
    var altIds: [String]
    var title: String
    var abstract: String
    var authors: [String]
    var year: Int?
    var venue: String?
    var categories: [String]
    var keywords: [String]
    var url: String?

    init(_ paper: Paper) {
        id = paper.id
        altIds = paper.alternateIDs
        title = paper.title
        abstract = paper.abstract
        authors = paper.authors
        year = paper.year
        venue = paper.venue
        categories = paper.categories
        keywords = paper.keywords
        url = paper.url
    }
}

/// Several papers under `--json`.
struct PapersOutput: Encodable {
    var papers: [PaperOutput]

    init(_ papers: [Paper]) {
        self.papers = papers.map(PaperOutput.init)
    }
}
