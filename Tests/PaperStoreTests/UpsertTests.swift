import PaperStore
import Papers
import TestSupport
import Testing

@Suite("Storing papers")
struct UpsertTests {
    @Test
    func `a new paper gets a key and is read back as it was written`() throws {
        let full = Paper(
            id: "a:1", title: "Title “quoted” 🧠", abstract: "Text.", authors: ["X Y", "Z \"Q\""], year: 2024,
            venue: "V",
            categories: ["cs.CL"], keywords: ["k"], url: "https://u", alternateIDs: ["b:1"])
        let bare = paper("2", "Bare")
        try withStore { (store: PaperStore) throws in
            let outcomes = try store.add(full, bare)
            #expect(outcomes == [.added(key: 1), .added(key: 2)])
            #expect(try store.contents() == [1: full, 2: bare])
            let read = try store.read {
                try ($0.papers(forKeys: [2, 1, 2]), $0.paper(forKey: 3), $0.keys(), $0.paperCount())
            }
            #expect(read.0 == [bare, full, bare])
            #expect(read.1 == nil && read.2 == [1, 2] && read.3 == 2)
            let code = try storeErrorCode { try store.read { try $0.papers(forKeys: [1, 7]) } }
            #expect(code == .noSuchKey)
        }
    }

    @Test
    func `the same records again change nothing`() throws {
        try withStore { (store: PaperStore) throws in
            // The second and third records are one paper by its title, the fourth says an alternate id of the first.
            let records = [
                paper("1", "One", "text", also: ["4"]), paper("2", "Two", "of two", by: ["Ada Lovelace"]),
                paper("3", "Two!", "of three", by: ["A. Lovelace"]), paper("4", "One", "other text"),
            ]
            let first = try store.write { try $0.upsert(records) }
            let contents = try store.contents()
            #expect(
                first == [
                    .added(key: 1), .added(key: 2), .updated(key: 3, replacing: [2]), .updated(key: 4, replacing: [1]),
                ])
            let second = try store.write { try $0.upsert(records) }
            #expect(second == [.unchanged(key: 4), .unchanged(key: 3), .unchanged(key: 3), .unchanged(key: 4)])
            #expect(try store.contents() == contents)
            let reversed = try store.write { try $0.upsert(records.reversed()) }
            #expect(reversed.allSatisfy { $0.isUnchanged })
        }
    }

    @Test
    func `a record with the same id and another text gives the paper a new key`() throws {
        try withStore { (store: PaperStore) throws in
            try store.add(paper("1", "Old", "Text", by: ["X"], also: ["x"]))
            let outcome = try store.add(paper("1", "New", "", also: ["y"]))
            #expect(outcome == [.updated(key: 2, replacing: [1])])
            #expect(try store.contents() == [2: paper("1", "New", "Text", by: ["X"], also: ["x", "y"])])
            let found = try store.read { papers in try ["1", "x", "y"].map { try papers.key(forID: $0) } }
            #expect(found == [2, 2, 2])
        }
    }

    @Test
    func `a record with an alternate id updates the paper, which keeps its id`() throws {
        try withStore { (store: PaperStore) throws in
            try store.add(paper("a", "Old", also: ["b"]))
            #expect(try store.add(paper("b", "New")) == [.updated(key: 2, replacing: [1])])
            #expect(try store.contents() == [2: paper("a", "New", also: ["b"])])
            #expect(try store.add(paper("c", "Newest", also: ["a"])) == [.updated(key: 3, replacing: [2])])
            #expect(try store.contents() == [3: paper("a", "Newest", also: ["b", "c"])])
        }
    }

    @Test
    func `a paper keeps its key when only fields beside its text change`() throws {
        try withStore { (store: PaperStore) throws in
            try store.add(paper("1", "T", "A"))
            let outcome = try store.add(
                Paper(id: "1", title: "T", abstract: "A", authors: ["X"], year: 2024, venue: "V"))
            #expect(outcome == [.updated(key: 1, replacing: [])])
            let keys = try store.read { try $0.keys(matching: PaperFilter(years: YearRange("2024"), authors: ["x"])) }
            #expect(keys == [1])
            let changed = try store.add(Paper(id: "1", title: "T", abstract: "A", keywords: ["k"]))
            #expect(changed == [.updated(key: 2, replacing: [1])])
        }
    }

    @Test
    func `without strong identifiers the same title needs the same first author or much the same abstract`() throws {
        let text = (1...30).map { "word\($0)" }.joined(separator: " ")
        try withStore { (store: PaperStore) throws in
            let outcomes = try store.add(
                paper("1", "On Mixtures", by: ["Ada Lovelace"]), paper("2", "On Mixtures", by: ["Bob Bobson"]),
                paper("3", "On Mixtures"), paper("4", "on mixtures:", by: ["Lovelace, A.", "C"]),
                paper("5", "ON MIXTURES"), paper("6", "???"), paper("7", "???"), paper("8", "", "t"),
                paper("9", "", "t"), paper("10", "Editorial", text), paper("11", "Editorial", "Another text"),
                paper("12", "Editorial", text + " and more"))
            #expect(
                outcomes == [
                    .added(key: 1), .added(key: 2), .added(key: 3), .updated(key: 4, replacing: [1]), .added(key: 5),
                    .added(key: 6), .added(key: 7), .added(key: 8), .added(key: 9), .added(key: 10), .added(key: 11),
                    .updated(key: 12, replacing: [10]),
                ])
            let ids = try store.read { try $0.canonicalIDs(of: ["1", "2", "3", "4", "5", "none", "12"]) }
            #expect(ids == ["1": "1", "2": "2", "3": "3", "4": "1", "5": "5", "12": "10"])
        }
    }

    @Test
    func `a strong identifier decides, however it is written`() throws {
        try withStore { (store: PaperStore) throws in
            let by = ["Ada Lovelace"]
            var joined: [JoinedRecord] = []
            let records = [
                paper("arXiv:2506.11555v1", "Title", "Text", by: by),
                paper("other", "Another Title", "Other text", also: ["https://arxiv.org/abs/2506.11555v3"]),
                paper("doi:10.1000/A", "Meeting", "One", by: by), paper("10.1000/b", "Meeting", "Two", by: by),
                paper("x", "Quite Another", also: ["https://doi.org/10.1000/a"]),
                paper("pmid:12", "Case report", "Text", by: by), paper("pmid:13", "Case report", "Text", by: by),
            ]
            let outcomes = try store.write { try $0.upsert(records) { joined.append($0) } }
            #expect(
                outcomes == [
                    .added(key: 1), .updated(key: 2, replacing: [1]), .added(key: 3), .added(key: 4),
                    .updated(key: 5, replacing: [3]), .added(key: 6), .added(key: 7),
                ])
            #expect(
                joined == [
                    JoinedRecord(
                        record: "other", paper: "arXiv:2506.11555v1", reason: .identifier("arxiv:2506.11555")),
                    JoinedRecord(record: "x", paper: "doi:10.1000/A", reason: .identifier("doi:10.1000/a")),
                ])
            #expect(try store.write { try $0.upsert(records) { joined.append($0) } }.allSatisfy(\.isUnchanged))
            #expect(joined.count == 2)
            #expect(try store.read { try $0.allFindings() } == [])
            // A removed paper is found by no spelling of its identifier.
            try store.write { try $0.remove([2]) }
            #expect(try store.read { try $0.keys(identifiedBy: "2506.11555") } == [])
            #expect(try store.read { try $0.allFindings() } == [])
        }
    }

    @Test
    func `a title joins nothing where papers of different strong identifiers have it`() throws {
        try withStore { (store: PaperStore) throws in
            let by = ["Ada Smith"]
            let first = paper("10.1000/a", "Editorial", "One", by: by)
            let second = paper("10.1000/b", "Editorial", "Two", by: by)
            let bare = paper(nil, "Editorial", "Three", by: by)
            try store.add(first, second)
            #expect(try store.add(bare) == [.added(key: 3)])
            #expect(try store.contents() == [1: first, 2: second, 3: bare])
            #expect(try store.add(first, second, bare).map(\.isUnchanged) == [true, true, true])
        }
        // A paper is known by the id of the record, or by an alternate one.
        for record in [paper("x", "Note", by: ["A"]), paper("y", "Note", by: ["A"], also: ["x"])] {
            try withStore { (store: PaperStore) throws in
                try store.add(paper("x", "Another", also: ["10.1000/a"]), paper("10.1000/b", "Note", by: ["A"]))
                try store.add(record)
                #expect(try store.contents().values.map(\.title) == ["Note", "Note"])
            }
        }
    }

    @Test
    func `papers that a record united take back what their own records say`() throws {
        try withStore { (store: PaperStore) throws in
            let (first, second) = (paper("a", "Title A", "Text A"), paper("b", "Title B", "Text B"))
            try store.add(first, second)
            let bridge = paper("c", "Title C", "Text C", also: ["a", "b"])
            #expect(try store.add(bridge) == [.updated(key: 3, replacing: [1, 2])])
            #expect(try store.add(bridge) == [.unchanged(key: 3)])
            #expect(try store.add(first) == [.updated(key: 4, replacing: [3])])
            #expect(try store.contents().values.map(\.abstract) == ["Text A"])
        }
    }

    @Test
    func `of many papers with one title only some are compared`() throws {
        try withStore { (store: PaperStore) throws in
            let records = (0..<1_000).map { paper("\($0)", "Preface", "About subject \($0)") }
            let outcomes = try store.write { try $0.upsert(records) }
            #expect(outcomes == (1...1_000).map { .added(key: PaperKey(UInt64($0))) })
        }
    }

    @Test
    func `a record with the ids of several papers unites them`() throws {
        try withStore { (store: PaperStore) throws in
            try store.add(paper("a", "Title A", "Text A"))
            try store.add(Paper(id: "b", title: "Title B", abstract: "Text B", year: 2020))
            try store.add(Paper(id: "c", title: "Title C", abstract: "", authors: ["X"], url: "u"))
            // By its own id it is b, by an alternate id a, by its title c.
            let outcome = try store.add(
                Paper(id: "b", title: "Title C", abstract: "", authors: ["X"], alternateIDs: ["a"]))
            #expect(outcome == [.updated(key: 4, replacing: [1, 2, 3])])
            let united = Paper(
                id: "b", title: "Title C", abstract: "Text B", authors: ["X"], year: 2020, url: "u",
                alternateIDs: ["a", "c"])
            #expect(try store.contents() == [4: united])
        }
    }

    @Test
    func `a source's id replaces a derived id, and both find the paper`() throws {
        try withStore { (store: PaperStore) throws in
            let page = paper(nil, "A Title", "Text")
            try store.add(page)
            try store.add(paper("arxiv:1", "A Title", "Text"))
            #expect(try store.contents() == [1: paper("arxiv:1", "A Title", "Text", also: [page.id])])
            let keys = try store.read { try [$0.key(forID: "arxiv:1"), $0.key(forID: page.id)] }
            #expect(keys[0] != nil && keys[0] == keys[1])
            #expect(try store.add(page).allSatisfy { $0 == .unchanged(key: keys[0] ?? 0) })
        }
    }

    @Test
    func `matching by id alone unites no papers and keeps empty ones`() throws {
        try withStore { (store: PaperStore) throws in
            let outcomes = try store.add(
                paper("1", "T", also: ["2"]), paper("2", "T"), paper("3", ""), paper("4", ""), paper("2", "T", "more"),
                matching: .byIDAlone)
            #expect(
                outcomes == [
                    .added(key: 1), .added(key: 2), .added(key: 3), .added(key: 4), .updated(key: 5, replacing: [2]),
                ])
            #expect(try store.contents().values.map(\.id).sorted() == ["1", "2", "3", "4"])
        }
    }

    @Test
    func `a key is never used twice`() throws {
        try withStorePath { (path: String) throws in
            do {
                let store = try PaperStore(opening: path, mode: .readWrite)
                try store.add(paper("1", "One"), paper("2", "Two"), paper("3", "Three"))
                try store.write { try $0.remove([3, 2, 99]) }
                #expect(try store.contents().keys.sorted() == [1])
            }
            let store = try PaperStore(opening: path, mode: .readWrite)
            #expect(try store.add(paper("3", "Three")) == [.added(key: 4)])
            try store.write { try $0.remove([1, 4]) }
            #expect(try store.add(paper("1", "One")) == [.added(key: 5)])
        }
    }

    @Test
    func `a removed paper is found by none of its ids`() throws {
        try withStore { (store: PaperStore) throws in
            try store.add(paper("1", "T", also: ["x"]), paper("2", "U"))
            try store.write { try $0.remove([1]) }
            let left = try store.read {
                try ($0.key(forID: "1"), $0.key(forID: "x"), $0.resolve("T"), $0.key(forID: "2"))
            }
            #expect(left.0 == nil && left.1 == nil && left.2 == .none && left.3 == 2)
            #expect(try store.add(paper("x", "T")) == [.added(key: 3)])
        }
    }

    @Test
    func `random records leave the papers that a slow model has`() throws {
        for seed in UInt64(0)..<30 {
            var random = SeededGenerator(seed: seed)
            try withStore { (store: PaperStore) throws in
                var model = SlowStore()
                for _ in 0..<6 {
                    let records = (0..<Int.random(in: 0...20, using: &random)).map { _ in record(&random) }
                    let outcomes = try store.write { try $0.upsert(records) }
                    #expect(outcomes == records.map { model.upsert($0) }, "seed \(seed)")
                    #expect(try store.contents() == model.papers, "seed \(seed)")
                    let keys = model.papers.keys.sorted()
                    if let gone = keys.randomElement(using: &random), Bool.random(using: &random) {
                        try store.write { try $0.remove([gone]) }
                        model.remove(gone)
                    }
                }
                let findings = try store.read { try $0.allFindings() }
                #expect(findings.isEmpty, "seed \(seed): \(findings)")
            }
        }
    }

    private func record(_ random: inout SeededGenerator) -> Paper {
        let id = Int.random(in: 0...12, using: &random)
        let title = Int.random(in: 0...8, using: &random)
        var also = (0..<Int.random(in: 0...2, using: &random)).map { _ in "\(Int.random(in: 1...14, using: &random))" }
        let doi = Int.random(in: 1...18, using: &random)
        if doi <= 6 { also.append("10.1000/\(doi)") }
        return Paper(
            id: id == 0 ? nil : "\(id)", title: title == 0 ? "" : "Title \(title)",
            abstract: ["", "a", "b", "c"].randomElement(using: &random) ?? "",
            authors: [[], ["X Y"], ["Z"]].randomElement(using: &random) ?? [],
            year: Bool.random(using: &random) ? nil : 2020 + id, alternateIDs: also)
    }
}

/// What a store does, by looking at everything.
private struct SlowStore {
    private(set) var papers: [PaperKey: Paper] = [:]
    private var lastRecords: [String: Paper] = [:]
    private var lastKey = PaperKey(0)

    mutating func upsert(_ record: Paper) -> PaperStore.UpsertOutcome {
        var record = record
        var owner = papers.first { ids(of: $0.value).contains(record.id) }?.key
        if let stored = owner.flatMap({ papers[$0] }), lastRecords[record.id] != record,
            let renamed = record.renamed(apartFrom: stored)
        {
            record = renamed
            owner = papers.first { ids(of: $0.value).contains(renamed.id) }?.key
        }
        if let owner, lastRecords[record.id] == record { return .unchanged(key: owner) }
        let recordIDs = ids(of: record)
        let identified = papers.filter { !recordIDs.isDisjoint(with: ids(of: $0.value)) }
        let titled = papers.filter { identified[$0.key] == nil && $0.value.isSamePaper(as: record) }
        let isAmbiguous = titled.contains { one in
            identified.merging(titled) { $1 }.contains { one.key != $0.key && areToldApart(one.value, $0.value) }
        }
        let matches = (Array(identified.keys) + (isAmbiguous ? [] : Array(titled.keys))).sorted()
        if matches.count > 1 {
            for id in matches.compactMap({ papers[$0] }).flatMap(ids(of:)) { lastRecords[id] = nil }
        }
        lastRecords[record.id] = record
        guard let base = owner ?? matches.first, let stored = papers[base] else {
            lastKey = PaperKey(lastKey.rawValue + 1)
            papers[lastKey] = record
            return .added(key: lastKey)
        }
        var united = stored
        for other in matches where other != base { united = papers[other].map { united.completed(by: $0) } ?? united }
        let paper = united.updated(by: record)
        if matches == [base], paper == stored { return .unchanged(key: base) }
        let isSameText = (paper.title, paper.abstract) == (stored.title, stored.abstract)
        if matches == [base], isSameText, paper.keywords == stored.keywords {
            papers[base] = paper
            return .updated(key: base, replacing: [])
        }
        for key in matches { papers[key] = nil }
        lastKey = PaperKey(lastKey.rawValue + 1)
        papers[lastKey] = paper
        return .updated(key: lastKey, replacing: matches)
    }

    mutating func remove(_ key: PaperKey) {
        for id in papers[key].map(ids(of:)) ?? [] { lastRecords[id] = nil }
        papers[key] = nil
    }

    private func ids(of paper: Paper) -> Set<String> {
        Set(paper.allIDs)
    }

    /// Whether two papers of one title have DOIs, the only strong identifiers here, that differ.
    private func areToldApart(_ first: Paper, _ second: Paper) -> Bool {
        let (first, second) = (ids(of: first).filter(isDOI), ids(of: second).filter(isDOI))
        return !first.isEmpty && !second.isEmpty && first.isDisjoint(with: second)
    }

    private func isDOI(_ id: String) -> Bool { id.hasPrefix("doi:") }
}

extension PaperStore.UpsertOutcome {
    fileprivate var isUnchanged: Bool { if case .unchanged = self { true } else { false } }
}
