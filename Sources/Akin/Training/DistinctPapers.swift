import PaperStore
import Papers

/// Papers in memory, each of them once.
///
/// Records of one paper are told, and become one, by the rules of a library: those of `PaperStore.Writer.upsert`.
struct DistinctPapers {
    /// What the rules read of a paper; `nil` where it became one with an earlier paper.
    private var papers: [Paper?] = []
    private var places: [String: Int] = [:]
    /// By the hash of the title: the first papers that have it.
    private var titled: [UInt64: [Int]] = [:]
    /// By the hash of the title and the first author: the last papers that have both.
    private var titledByAuthor: [UInt64: [Int]] = [:]

    /// The number of records that repeated a paper.
    private(set) var repeatedCount = 0

    /// The number of papers.
    private(set) var count = 0

    /// A title that more papers have tells nothing: "Editorial".
    private static let comparedTitles = 8

    /// The papers, in the order in which the first records of them came.
    var all: [Paper] { papers.compactMap(\.self) }

    /// Takes a record of a new paper, or of one that is there.
    ///
    /// - Complexity: O(1) comparisons of papers.
    mutating func add(_ record: Paper) {
        let record = Self.compared(record)
        let known = places[record.id]
        var matches = Set(record.allIDs.compactMap { places[$0] })
        let titled = placesOfTitle(of: record).subtracting(matches)
            .filter { papers[$0]?.isSamePaper(as: record) == true }
        if !Paper.areToldApart(titled.compactMap { papers[$0] }, and: matches.compactMap { papers[$0] }) {
            matches.formUnion(titled)
        }
        guard let base = known ?? matches.min(), let first = papers[base] else {
            papers.append(nil)
            count += 1
            return enter(record, at: papers.count - 1)
        }
        repeatedCount += 1
        let others = matches.subtracting([base]).sorted()
        let united = others.compactMap { papers[$0] }.reduce(first) { $0.completed(by: $1) }
        for place in others { papers[place] = nil }
        count -= others.count
        enter(united.updated(by: record), at: base)
    }

    private mutating func enter(_ paper: Paper, at place: Int) {
        papers[place] = paper
        for id in paper.allIDs { places[id] = place }
        let (title, titleByAuthor) = Self.hashes(of: paper)
        guard let title else { return }
        var first = titled[title, default: []].filter { papers[$0] != nil }
        if first.count < Self.comparedTitles, !first.contains(place) { first.append(place) }
        titled[title] = first
        let last = titledByAuthor[titleByAuthor, default: []].filter { papers[$0] != nil && $0 != place } + [place]
        titledByAuthor[titleByAuthor] = Array(last.suffix(Self.comparedTitles))
    }

    private func placesOfTitle(of record: Paper) -> Set<Int> {
        let (title, titleByAuthor) = Self.hashes(of: record)
        guard let title else { return [] }
        return Set(titled[title, default: []]).union(titledByAuthor[titleByAuthor, default: []])
    }

    /// The hashes that a paper is found by; `nil` for that of a title without a word.
    private static func hashes(of paper: Paper) -> (title: UInt64?, titleByAuthor: UInt64) {
        let title = paper.normalizedTitle
        return (title.isEmpty ? nil : stableHash(title), stableHash(title + "\n" + paper.firstAuthorKey))
    }

    /// A paper with what tells it from others, and its text.
    private static func compared(_ paper: Paper) -> Paper {
        var compared = Paper(tidyID: paper.id, title: paper.title, abstract: paper.abstract)
        compared.authors = Array(paper.authors.prefix(1))
        compared.alternateIDs = paper.alternateIDs
        return compared
    }
}
