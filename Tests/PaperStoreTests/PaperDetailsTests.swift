import GRDB
import PaperStore
import Papers
import Testing

@Suite("Details of papers")
struct PaperDetailsTests {
    private static let detailed = Paper(
        id: "doi:10.1000/1", title: "Paths", abstract: "On paths.", date: "2021-05-03", type: "thesis", language: "de",
        citationKey: "reader2021paths", collections: ["Thesis/Chapter 2"], tags: ["To read"],
        fields: [Paper.Field("steps", "Walk.\nRest.", weight: .heading)],
        notes: ["First line.\n  Second line."], attachments: ["paths.pdf"],
        attributes: ["Volume": ["30"], "publisher": ["A & B", "C/D"]])
    private static let plain = Paper(id: "2", title: "Trees", abstract: "On trees.")

    @Test func `a paper comes back with all its details`() throws {
        try withStore { store in
            try store.add(Self.detailed, Self.plain)
            #expect(try store.contents() == [1: Self.detailed, 2: Self.plain])
            #expect(
                try store.add(Self.detailed, Self.plain).allSatisfy { if case .unchanged = $0 { true } else { false } })
        }
    }

    @Test(
        arguments: [
            (["tag": ["to READ"]], [1]), (["collection": ["thesis"]], [1]), (["collection": ["Thesis/Chapter 2"]], [1]),
            (["collection": ["Chapter 2"]], []), (["volume": ["30"], "publisher": ["c/d", "x"]], [1]),
            (["volume": ["31"]], []), (["language": ["de"], "type": ["book", "thesis"]], [1]), (["nosuch": ["x"]], []),
            (["tag": []], []), (["citationKey": ["reader2021paths"]], [1]),
        ] as [([String: [String]], [PaperKey])])
    func `a filter finds the values of fields`(fields: [String: [String]], keys: [PaperKey]) throws {
        try withStore { store in
            try store.add(Self.detailed, Self.plain)
            #expect(try store.read { try $0.keys(matching: PaperFilter(attributes: fields)) } == keys)
        }
    }

    @Test func `a citation key finds its paper`() throws {
        try withStore { store in
            try store.add(Self.plain, Self.detailed)
            #expect(try store.read { try $0.resolve("Reader2021Paths") } == .found(2))
        }
    }

    @Test func `an update keeps what people added, and a replacement clears it`() throws {
        try withStore { store in
            try store.add(Self.detailed)
            let record = Paper(
                id: "doi:10.1000/1", title: "Paths", abstract: "On paths.", tags: ["seen"], attributes: ["issue": ["2"]]
            )
            try store.add(record)
            let updated = try #require(try store.contents()[1])
            #expect(updated.tags == ["To read", "seen"] && updated.notes == Self.detailed.notes)
            #expect(updated.attributes["issue"] == ["2"] && updated.attributes["Volume"] == ["30"])
            _ = try store.write { try $0.upsert([record], replacing: true) }
            let replaced = try #require(try store.contents().values.first)
            #expect(replaced.attributes == record.attributes && replaced.type == nil && replaced.citationKey == nil)
            // What a person filed the paper under is nothing that a source takes away.
            #expect(replaced.tags == ["To read", "seen"] && replaced.notes == Self.detailed.notes)
            #expect(try store.read { try $0.keys(matching: PaperFilter(attributes: ["volume": ["30"]])) }.isEmpty)
            #expect(try store.read { try $0.allFindings() }.isEmpty)
        }
    }

    @Test func `a replacing record clears its own paper, and not one that it joins`() throws {
        try withStore { store in
            let noted = Paper(
                id: "n", title: "Notes on paths", abstract: "", alternateIDs: ["doi:10.1000/9"], notes: ["Mine."])
            try store.add(noted)
            let record = Paper(id: "m", title: "Notes on paths", abstract: "", alternateIDs: ["doi:10.1000/9"])
            _ = try store.write { try $0.upsert([record], replacing: true) }
            #expect(try store.contents().values.map(\.notes) == [["Mine."]])
        }
    }

    @Test(
        arguments: [
            (title: "Deep learning for speech II", year: 2020, text: "", isSame: false),
            (title: "Deep learning for speech", year: 2021, text: "", isSame: false),
            (title: "Deep learning for the speech", year: 2020, text: "", isSame: true),
            (title: "Deep learning for the speech", year: 2020, text: "Another text.", isSame: false),
            (title: "On vision", year: 2020, text: "", isSame: false),
        ])
    func `a citation key makes one paper only of records with much the same title, one year and one text`(
        title: String, year: Int, text: String, isSame: Bool
    ) {
        let first = Paper(
            title: "Deep learning for speech", abstract: "A text.", authors: ["J. Smith"], year: 2020,
            citationKey: "smith2020")
        let second = Paper(title: title, abstract: text, authors: ["J. Smith"], year: year, citationKey: "smith2020")
        let isSameTitle = first.normalizedTitle == second.normalizedTitle
        #expect(first.isSamePaper(as: second) == (isSame || isSameTitle))
    }

    @Test func `one title and author in other volumes, pages or decades are other papers`() throws {
        func column(_ year: Int, _ volume: String?, _ key: String?) -> Paper {
            Paper(
                title: "The column", abstract: "", authors: ["D. S. Johnson"], year: year, citationKey: key,
                attributes: volume.map { ["volume": [$0]] } ?? [:])
        }
        try withStore { store in
            try store.add(
                column(1983, "4", "a"), column(1985, "6", "b"), column(1985, "6", nil), column(2006, nil, "c"))
            #expect(try store.contents().count == 3)
            #expect(try store.add(column(1983, "4", "a"), column(1985, "6", "b")).allSatisfy { $0.isUnchanged })
            // Two entries of a bibliography, a year apart.
            let report = Paper(title: "A report", abstract: "", authors: ["A. B"], year: 2000, citationKey: "r")
            let article = Paper(title: "A report", abstract: "", authors: ["A. B"], year: 2001, citationKey: "s")
            try store.add(report, article)
            #expect(try store.add(report, article).allSatisfy { $0.isUnchanged })
            try store.write { try $0.remove([4, 5]) }
            // Without an author, and with a venue, the year tells editorials apart.
            let editorials = [2001, 2005].map { Paper(title: "Editorial", abstract: "", year: $0, venue: "J") }
            try store.add(editorials[0], editorials[1])
            #expect(try store.contents().count == 5)
        }
    }

    @Test func `an id that two sources use for different papers is of both`() throws {
        try withStore { store in
            let first = Paper(id: "1", title: "Rivers of Norway", abstract: "", authors: ["Ann Smith"])
            let second = Paper(id: "1", title: "Quantum cats", abstract: "", authors: ["Bo Lee"])
            try store.add(first)
            try store.add(second)
            #expect(Set(try store.contents().values.map(\.title)) == ["Rivers of Norway", "Quantum cats"])
            #expect(try store.add(first, second).allSatisfy { $0.isUnchanged })
            // A corrected title is no other paper.
            try store.add(Paper(id: "1", title: "Rivers of Norway and Sweden", abstract: "", authors: ["Ann Smith"]))
            #expect(try store.contents().count == 2)
        }
    }

    @Test func `a record that names ids of two papers joins the one that it has something in common with`() throws {
        try withStore { store in
            let rivers = Paper(id: "doi:10.1000/1", title: "Rivers of Norway", abstract: "", authors: ["Ann Smith"])
            let cats = Paper(id: "arxiv:2402.04617", title: "Quantum cats at large", abstract: "", authors: ["Bo Lee"])
            try store.add(rivers, cats)
            let mistaken = Paper(
                id: "W2741809807", title: "The rivers of Norway", abstract: "On rivers.", authors: ["A. Smith"],
                alternateIDs: ["10.1000/1", "https://arxiv.org/abs/2402.04617"])
            try store.add(mistaken)
            #expect(try store.contents().values.map(\.title).sorted() == ["Quantum cats at large", mistaken.title])
            #expect(try store.add(mistaken).allSatisfy { $0.isUnchanged })
            let found = try store.read { store in
                try ["2402.04617", "10.1000/1"].map { try store.keys(identifiedBy: $0) }
            }
            #expect(found.map(\.count) == [1, 1] && found[0] != found[1])
            // A preprint and its publication become one by a record that names both.
            let preprint = Paper(id: "arxiv:2402.1", title: "Trees", abstract: "", alternateIDs: ["arxiv:2402.00001"])
            try store.add(preprint, Paper(id: "doi:10.1000/2", title: "Trees, revisited", abstract: ""))
            try store.add(
                Paper(id: "x", title: "Trees", abstract: "", alternateIDs: ["10.1000/2", "arxiv:2402.00001"]))
            #expect(try store.contents().count == 3)
            #expect(try store.read { try $0.allFindings() }.isEmpty)
        }
    }

    @Test(arguments: ["https://openalex.org/W2741809807", "w2741809807", "PMC3531190", "pmc:3531190"])
    func `ids of OpenAlex and PubMed Central find their paper however they are written`(spelling: String) throws {
        try withStore { store in
            try store.add(
                Self.plain,
                Paper(
                    id: "openalex:W2741809807", title: "Open", abstract: "",
                    alternateIDs: ["https://www.ncbi.nlm.nih.gov/pmc/articles/PMC3531190"]))
            #expect(try store.read { try $0.resolve(spelling) } == .found(2))
        }
    }

    @Test func `authors that a source cut off do not replace all of them`() throws {
        let whole = Paper(id: "1", title: "a", abstract: "", authors: ["Ann Smith", "Bo Lee"])
        #expect(whole.updated(by: Paper(id: "1", title: "a", abstract: "", authors: ["A. Smith"])).authors.count == 2)
        #expect(whole.updated(by: Paper(id: "1", title: "a", abstract: "", authors: ["Bo Lee"])).authors == ["Bo Lee"])
    }

    @Test(
        arguments: [("Fomin, Fedor", [1]), ("fedor fomin", [1]), ("F. Fomin", [1]), ("Fedor W. Fomin", [])]
            as [(String, [PaperKey])])
    func `a middle initial may be left out of an author's name`(name: String, keys: [PaperKey]) throws {
        try withStore { store in
            try store.add(
                Paper(id: "1", title: "a", abstract: "", authors: ["Fedor V. Fomin"], keywords: ["Graph minors"]))
            #expect(try store.read { try $0.keys(matching: PaperFilter(authors: [name])) } == keys)
            let keyword = PaperFilter(attributes: ["keyword": ["graph minors"]])
            #expect(try store.read { try $0.keys(matching: keyword) } == [1])
        }
    }

    @Test func `a tag is found however its accents are encoded, and whatever the case of its field's name`() throws {
        try withStore { store in
            try store.add(Paper(id: "1", title: "a", abstract: "", tags: ["caf\u{E9}"]), Self.plain)
            let filter = PaperFilter(attributes: ["Tag": ["cafe\u{301}"], "tag": ["other"]])
            #expect(try store.read { try $0.keys(matching: filter) } == [1])
        }
    }

    @Test func `an abstract that a source cut off does not replace the whole one`() throws {
        let whole = Paper(id: "1", title: "Paths", abstract: "On paths. And more of them.")
        #expect(
            whole.updated(by: Paper(id: "1", title: "Paths", abstract: "On paths. And…")).abstract == whole.abstract)
        #expect(whole.updated(by: Paper(id: "1", title: "Paths", abstract: "Of paths.")).abstract == "Of paths.")
    }

    @Test func `a damaged last change is not passed over for the one before`() throws {
        try withStorePath { path in
            let store = try PaperStore(opening: path, mode: .readWrite)
            try store.add(Self.plain)
            for tag in ["a", "b"] {
                try store.write { store in
                    store.beginChange()
                    _ = try store.edit([1], by: [.addTag(tag)])
                    try store.keepChange("tag")
                }
            }
            try DatabaseQueue(path: path).write {
                try $0.execute(sql: "UPDATE changes SET kind = 'x' WHERE number = 2")
            }
            let code = try storeErrorCode { try store.write { _ = try $0.takeBackLastChange() } }
            #expect(code == .damaged)
            #expect(try store.contents()[1]?.tags == ["a", "b"])
        }
    }

    @Test(arguments: [
        "DELETE FROM labels WHERE name = 'tag'", "UPDATE labels SET paper = 7 WHERE name = 'volume'",
        "INSERT INTO labels VALUES ('tag', 'x', 1)", "UPDATE additions SET time = time + 1 WHERE paper = 1",
        "INSERT INTO additions VALUES (9, 1, 1)", "UPDATE changes SET stored = '[\"1-9\"]'",
        "UPDATE former_rows SET content = '{}'", "DELETE FROM former_rows", "UPDATE changes SET time = '1'",
    ])
    func `damaged labels, times and changes are found and repaired`(damage: String) throws {
        try withStorePath { path in
            let store = try PaperStore(opening: path, mode: .readWrite)
            try store.add(Self.detailed, Self.plain)
            try store.write { store in
                store.beginChange()
                _ = try store.edit([1], by: [.addTag("to read"), .removeTag("x")])
                _ = try store.edit(
                    [2], by: [.addNote("n"), .removeNotes, .addToCollection("c"), .removeFromCollection("c")])
                _ = try store.edit([2], by: [.addTag("t")])
                _ = try store.edit([2], by: [.removeTag("t")])
                try store.keepChange("tag")
            }
            try DatabaseQueue(path: path).write { try $0.execute(sql: damage) }
            #expect(try !store.read { try $0.allFindings() }.isEmpty)
            _ = try store.write { try $0.removeDamagedPapers() }
            #expect(try store.read { try $0.allFindings() }.isEmpty)
            #expect(try store.contents() == [1: Self.detailed, 2: Self.plain])
        }
    }
}

extension PaperStore.UpsertOutcome {
    fileprivate var isUnchanged: Bool { if case .unchanged = self { true } else { false } }
}
