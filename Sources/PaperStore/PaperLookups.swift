import Papers
import TextAnalysis

/// The forms of a paper's text that searches and filters compare: its row in the table `lookups`.
///
/// A title has a space at either end (` words of it `), so that a run of whole words can be found with a space at
/// either end. Lists have a line feed at either end and between their entries.
struct PaperLookups {
    /// The columns, in the order of ``values``.
    static let columns = "title, title_hash, short_title_hash, first_author, year, venue, categories, authors"

    static let columnCount = 8

    /// The normalized title, without spaces at its ends.
    let title: String

    /// The normalized first author; empty if there is none.
    let firstAuthorKey: String

    private let shortTitle: String?
    private let year: Int?
    private let venue: String
    private let categories: String
    private let authors: String

    /// Creates the lookups of a paper.
    init(_ paper: Paper) {
        title = paper.normalizedTitle
        firstAuthorKey = paper.firstAuthorKey
        shortTitle = Paper.normalizedShortTitle(of: paper.title)
        year = paper.year
        venue = paper.venue.map { PaperLookups.padded(Paper.matchingForm(of: $0)) } ?? ""
        categories = PaperLookups.lines(paper.categories.map { $0.lowercased() })
        authors = PaperLookups.lines(paper.authors.map(Paper.searchableName))
    }

    /// The values of the columns.
    var values: [(any StoreValueConvertible)?] {
        [
            PaperLookups.padded(title), PaperLookups.hash(title), shortTitle.map(PaperLookups.hash), firstAuthorKey,
            year,
            venue, categories, authors,
        ]
    }

    /// The hash under which a normalized title is found.
    static func hash(_ words: String) -> Int64 {
        Int64(bitPattern: stableHash(words))
    }

    /// Words with a space at either end.
    static func padded(_ words: String) -> String {
        " \(words) "
    }

    private static func lines(_ entries: [String]) -> String {
        entries.isEmpty ? "" : "\n" + entries.joined(separator: "\n") + "\n"
    }
}

extension PaperLookups {
    /// The form in which a name, or a part of one, is searched for among the authors: `Vaswani, Ashish` becomes
    /// `ashish vaswani`.
    static func author(_ name: String) -> String {
        let parts = name.split(separator: ",", maxSplits: 1).map { Paper.searchableName(String($0)) }
        return accentFolded(parts.reversed().filter { !$0.isEmpty }.joined(separator: " "))
    }

    /// The patterns of GLOB for a name among the authors, which are stored with letters such as `ø` and `ł`. The name,
    /// or words of one, is as ``author(_:)`` returns it. Each pattern comes with a part of the name that stands in all
    /// that it matches.
    static func authorPatterns(_ name: String) -> [(part: String, pattern: String)] {
        let spellings =
            [name]
            + letterPairs.filter { name.contains($0.pair) }.map { pair, letter in
                name.replacing(pair, with: String(letter))
            }
        return spellings.map { spelling in
            let parts = spelling.split { letterClasses[$0] != nil }
            let pattern = "*[ \n]" + spelling.map { letterClasses[$0] ?? String($0) }.joined() + "[ \n]*"
            return (parts.max { $0.utf8.count < $1.utf8.count }.map(String.init) ?? "", pattern)
        }
    }

    /// The letters that become one letter where accents are folded, and no letter with a mark.
    private static let letterClasses: [Character: String] = ["d": "[dđð]", "i": "[iı]", "l": "[lł]", "o": "[oø]"]

    /// The letters that become two.
    private static let letterPairs: [(pair: String, letter: Character)] = [
        ("ae", "æ"), ("oe", "œ"), ("ss", "ß"), ("th", "þ"),
    ]
}
