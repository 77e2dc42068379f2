extension ImportFormat {
    /// XML: answers of arXiv, OAI-PMH, PubMed and Crossref, files of the ACL Anthology, DBLP and EndNote, and articles
    /// in JATS and TEI. Named `xml`.
    ///
    /// The root element decides which of them a file is. See <doc:FileFormats>.
    public static let xml = ImportFormat(XMLImporter.self)
}
