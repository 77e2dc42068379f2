/// A text in a language that papers are read from, without papers in it.
struct ForeignText {
    /// What the text is, for people: `an XML file of another kind (root element 'svg')`.
    let name: String

    /// What to do about it.
    let remedy: String

    /// Finds out what a text is that no importer knows; `nil` if it is in none of these languages.
    init?(head: [UInt8], fileExtension: String) {
        let start = String(decoding: head.drop { $0 <= 0x20 }.prefix(14), as: UTF8.self).lowercased()
        if start == "<!doctype html" || HTMLImporter.isPage(head, fileExtension: fileExtension) {
            name = "an HTML page (root element 'html') that shows no paper"
            remedy = "Save the page of a paper, or one whose headings link to papers at arXiv or to their DOIs."
        } else if let root = XMLKind.root(of: head) {
            name = "an XML file of another kind (root element '\(root)')"
            remedy = "Give XML of arXiv, OAI-PMH, PubMed, the ACL Anthology, DBLP, EndNote, Crossref, JATS or GROBID."
        } else if MarkdownImporter.isMarkdown(head, fileExtension: fileExtension) {
            name = "a Markdown file with neither a list of papers nor the fields of one"
            remedy = "Give a file whose entries link to papers, or a note that begins with a paper's fields in YAML."
        } else {
            return nil
        }
    }
}
