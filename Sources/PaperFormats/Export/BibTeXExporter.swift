public import Papers

/// Writes BibTeX.
///
/// Characters outside ASCII are written as UTF-8. Signs of TeX are escaped, and braces keep the case of words such as
/// `BERT` in titles.
///
/// `ImportFormat.bibTeX` reads the file as equal papers, up to what BibTeX cannot say:
///
/// - A paper without a type, or with one that no entry has, comes back with the type of its entry.
/// - The strongest identifier becomes the id: a DOI before an arXiv id before a PubMed id before others.
/// - The institution or school of a report or thesis comes back as its venue, and its venue as its institution or
///   school.
/// - An attribute comes back with a name in lower case, without the signs of BibTeX. Several values are written as
///   `{a}; {b}`, which Akin reads as a list and other programs as a text. Links to other entries, `crossref` and
///   `xdata`,
///   are not written, because the paper has their fields already.
/// - Collections are groups of JabRef, whose tree stands in a comment at the end of the file.
/// - A citation key loses the signs of BibTeX, and gets a letter if another paper has it.
public struct BibTeXExporter: PaperExporter, Sendable {
    /// `bibtex`.
    public static let name = "bibtex"

    /// `bib`.
    public static let fileExtension = "bib"

    private var keys = CitationKeys()
    private var groups = JabRefGroups()

    /// Creates the exporter of a file.
    public init() {}

    /// An empty line.
    public var separator: String { "\n" }

    /// The tree of the collections, as JabRef writes it. Empty if no paper has one.
    public var footer: String { groups.comment }

    /// Returns a paper as an entry.
    public mutating func record(for paper: Paper) -> String {
        BibTeXEntryWriter.entry(for: paper, key: keys.key(for: paper), groups: &groups, isBibLaTeX: false)
    }
}

/// Writes BibLaTeX: entries with dates in one field, and BibLaTeX's names of fields.
///
/// Everything else is as ``BibTeXExporter`` writes it.
public struct BibLaTeXExporter: PaperExporter, Sendable {
    /// `biblatex`.
    public static let name = "biblatex"

    /// `bib`.
    public static let fileExtension = "bib"

    private var keys = CitationKeys()
    private var groups = JabRefGroups()

    /// Creates the exporter of a file.
    public init() {}

    /// An empty line.
    public var separator: String { "\n" }

    /// The tree of the collections, as JabRef writes it. Empty if no paper has one.
    public var footer: String { groups.comment }

    /// Returns a paper as an entry.
    public mutating func record(for paper: Paper) -> String {
        BibTeXEntryWriter.entry(for: paper, key: keys.key(for: paper), groups: &groups, isBibLaTeX: true)
    }
}
