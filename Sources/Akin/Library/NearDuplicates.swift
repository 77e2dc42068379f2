import Papers

/// Papers of a ranking that are nearly the same: a preprint and the final version, often under another title.
///
/// Two papers are nearly the same if they share four fifths of the distinct words of their abstracts, an author if both
/// have authors, and the numbers in their titles: the findings of 2021 are not those of 2022.
struct NearDuplicates {
    /// The positions in the ranking: a group for each paper that has a place, best first. Behind the paper stand those
    /// that are nearly the same.
    private(set) var groups: [[Int]] = []

    /// The papers that were compared, and the words of each.
    private var compared: [Paper] = []
    private var texts: [WordSet] = []
    private var count = 0

    /// The papers at the top of a ranking that are compared with each other. Those behind them have their own places.
    private static let comparedCount = 1_000

    /// Adds the next papers of a ranking, in their order.
    ///
    /// - Complexity: O(*n*) for *n* letters of the abstracts, and a comparison of two signatures for each paper and
    ///   each group.
    mutating func append(_ papers: [Paper]) {
        for paper in papers {
            defer { count += 1 }
            guard count < Self.comparedCount else {
                groups.append([count])
                continue
            }
            compared.append(paper)
            texts.append(WordSet(paper.abstract))
            let group = groups.firstIndex { group in
                let first = group[0]
                guard texts[first].mayBeNear(texts[count]) else { return false }
                texts[first].sort()
                texts[count].sort()
                return texts[first].isNear(texts[count]) && Signs(compared[first]).mayBeSame(as: Signs(paper))
            }
            if let group { groups[group].append(count) } else { groups.append([count]) }
        }
    }
}

/// What tells two papers apart whose abstracts have the same words.
struct Signs {
    private let authors: Set<String>
    private let numbers: [Substring]
    /// What kind of remark on another paper the title says it is.
    private let remarks: Set<String>

    private static let words: Set<String> = [
        "erratum", "errata", "corrigendum", "correction", "retraction", "reply", "comment", "addendum",
    ]

    init(_ paper: Paper) {
        authors = Set(paper.authors.map(Paper.normalizedAuthor))
        numbers = paper.title.split { !$0.isNumber }.sorted()
        remarks = Self.words.intersection(paper.normalizedTitle.split(separator: " ").map(String.init))
    }

    /// Whether the papers may be one: their titles have the same numbers and are remarks alike, and they share an
    /// author if both have any.
    func mayBeSame(as other: Signs) -> Bool {
        numbers == other.numbers && remarks == other.remarks
            && (authors.isEmpty || other.authors.isEmpty || shareAuthor(with: other))
    }

    /// Whether the papers have an author in common.
    func shareAuthor(with other: Signs) -> Bool { !authors.isDisjoint(with: other.authors) }
}
