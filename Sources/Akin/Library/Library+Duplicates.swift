import PaperStore
public import Papers
import Ranking

// MARK: - Duplicates

/// Papers of a library that are probably one: a preprint and the final version, or two entries of one paper.
public struct DuplicateGroup: Sendable {
    /// The papers, in the order in which they were added. There are two at least.
    public var papers: [Paper]
}

extension Library {
    /// Finds papers that are probably one, for a person to decide; see ``merge(ids:threads:)``.
    ///
    /// Candidates are the papers with one title, with one beginning or end of their abstracts, and the nearest papers
    /// in the vector space. Two of them are duplicates if their titles have the same numbers, if they share an author
    /// where both have authors, and if their abstracts have four fifths of their words in common. If one has no
    /// abstract, they need the same title of at least four words and an author in common. All papers of a group are
    /// duplicates of its first.
    ///
    /// - Parameter progress: Called from time to time. It returns whether to go on.
    /// - Returns: The groups, by their first papers.
    /// - Throws: `AkinError`: `cancelled`; `damaged` if a file cannot be read.
    /// - Complexity: A search for each paper, and the memory of the words of all abstracts.
    public func duplicates(
        progress: (AddProgress) -> Bool = { _ in true }
    ) throws(AkinError) -> [DuplicateGroup] {
        try read { papers, generation in
            var finder = DuplicateFinder()
            var last = PaperKey(0)
            while case let batch = try papers.papers(after: last, limit: 512), let final = batch.last {
                for (key, paper) in batch { finder.append(paper, under: key) }
                last = final.key
                try AddProgress(.analysing, papers: finder.count).tell(progress)
            }
            for keys in try papers.keysSharingTitles(limit: DuplicateFinder.mostCandidates) { finder.compare(keys) }
            if let generation {
                for (place, key) in finder.keys.enumerated() {
                    finder.compare(try generation.nearestPapers(to: key, DuplicateFinder.neighborCount) + [key])
                    if place % 1_000 == 0 {
                        let fraction = Double(place) / Double(finder.count)
                        try AddProgress(.indexing, papers: finder.count, fraction: fraction).tell(progress)
                    }
                }
            }
            return try finder.groups().map { DuplicateGroup(papers: try papers.papers(forKeys: $0)) }
        }
    }

    /// Makes one paper of several.
    ///
    /// It starts as the first of them and takes what it lacks from the others, in their order. All their ids lead to
    /// it, and so do records of any of them that are added later.
    ///
    /// - Parameters:
    ///   - ids: Ids or alternate ids of the papers, two at least.
    ///   - threads: The most threads to use; `nil`, the default, is one for each core.
    /// - Returns: The paper.
    /// - Throws: `AkinError`: `paperNotFound` for an unknown id; `invalidArgument` for fewer than two papers; and what
    ///   a change throws.
    @discardableResult
    public func merge(ids: [String], threads: Int? = nil) throws(AkinError) -> Paper {
        try merge(groups: [ids], threads: threads)[0]
    }

    /// Makes one paper of each of some groups, in one change. See ``merge(ids:threads:)``.
    ///
    /// - Returns: The papers.
    /// - Throws: What that function throws.
    @discardableResult
    public func merge(groups: [[String]], threads: Int? = nil) throws(AkinError) -> [Paper] {
        try validate(threads: threads)
        var merged: [Paper] = []
        try change("merge", threads: threads) { store in
            var change = LibraryChange()
            var report = AddReport()
            for ids in groups {
                var seen: Set<PaperKey> = []
                let keys = try ids.map { try store.requiredKey(forID: $0) }.filter { seen.insert($0).inserted }
                guard keys.count > 1 else {
                    throw AkinError(.invalidArgument, "Cannot merge fewer than two papers: name at least two.")
                }
                let outcome = try store.unite(keys)
                change.enter(outcome, in: &report)
                merged += try store.papers(forKeys: [outcome.key])
            }
            return change
        }
        return merged
    }
}

extension Generation {
    /// The papers nearest to a paper, with the paper itself.
    fileprivate func nearestPapers(to key: PaperKey, _ count: Int) throws -> [PaperKey] {
        guard let vector = index.vectors(of: [UnitKey(key)], in: .latentSemantics)[0],
            vector.contains(where: { $0 != 0 })
        else { return [] }
        return try index.nearest(count + 1, to: SpaceVector(vector), .ef(DuplicateFinder.candidateCount))
            .map(\.unit.paper)
    }
}

/// Compares papers pair by pair, and gathers those that are duplicates.
private struct DuplicateFinder {
    /// The nearest papers that a paper is compared with.
    static let neighborCount = 5
    /// The candidates of the search for them.
    static let candidateCount = 32
    /// A title or a beginning of an abstract that more papers have tells nothing.
    static let mostCandidates = 20
    /// The words at either end of an abstract that make two papers candidates.
    private static let wordsOfEnds = 8
    /// A shorter title that two papers have tells nothing: "Introduction", "Report of the task force".
    private static let wordsOfTitle = 4

    private struct Subject {
        var words: WordSet
        var title: String
        var signs: Signs
        var hasText: Bool
        /// The first paper of the group, as far as is known.
        var group: Int
    }

    /// The papers, in the order in which they were added.
    private(set) var keys: [PaperKey] = []
    private var subjects: [Subject] = []
    private var places: [PaperKey: Int] = [:]
    private var ends: [UInt64: [Int]] = [:]

    var count: Int { keys.count }

    mutating func append(_ paper: Paper, under key: PaperKey) {
        let place = keys.count
        keys.append(key)
        places[key] = place
        var words = WordSet(paper.abstract)
        words.sort()
        subjects.append(
            Subject(
                words: words, title: paper.normalizedTitle, signs: Signs(paper),
                hasText: !paper.abstract.isEmpty, group: place))
        let abstract = Paper.matchingForm(of: paper.abstract).split(separator: " ")
        guard abstract.count >= 2 * Self.wordsOfEnds else { return }
        for (mark, end) in [("<", abstract.prefix(Self.wordsOfEnds)), (">", abstract.suffix(Self.wordsOfEnds))] {
            let hash = stableHash(mark + end.joined(separator: " "))
            let others = ends[hash, default: []]
            if others.count < Self.mostCandidates {
                for other in others { compare(other, place) }
                ends[hash] = others + [place]
            }
        }
    }

    /// Compares some papers, each with each.
    mutating func compare(_ keys: [PaperKey]) {
        let places = keys.compactMap { self.places[$0] }
        for (index, first) in places.enumerated() {
            for second in places[(index + 1)...] { compare(first, second) }
        }
    }

    private mutating func compare(_ first: Int, _ second: Int) {
        guard first != second, root(first) != root(second) else { return }
        let (one, other) = (subjects[first], subjects[second])
        guard areDuplicates(one, other) else { return }
        let (left, right) = (root(first), root(second))
        subjects[max(left, right)].group = min(left, right)
    }

    private func areDuplicates(_ one: Subject, _ other: Subject) -> Bool {
        guard one.signs.mayBeSame(as: other.signs) else { return false }
        if one.words.mayBeNear(other.words), one.words.isNear(other.words) { return true }
        return (!one.hasText || !other.hasText) && one.title == other.title
            && one.title.split(separator: " ").count >= Self.wordsOfTitle && one.signs.shareAuthor(with: other.signs)
    }

    private func root(_ place: Int) -> Int {
        var place = place
        while subjects[place].group != place { place = subjects[place].group }
        return place
    }

    /// The groups of two papers and more, by their first papers.
    func groups() -> [[PaperKey]] {
        Dictionary(grouping: subjects.indices, by: root).sorted { $0.key < $1.key }
            .map { root, places in
                places.filter { $0 == root || areDuplicates(subjects[root], subjects[$0]) }.map { keys[$0] }
            }
            .filter { $0.count > 1 }
    }
}
