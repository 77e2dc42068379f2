#if Store
import Foundation
import GRDB
import PaperFormats
import Papers
import TestSupport
import Testing

@Suite("Zotero's database")
struct ZoteroImporterTests {
    /// A database with a paper that has everything, and others.
    private static func make(in folder: String) throws -> ZoteroData {
        let data = try ZoteroData(in: folder)
        try data.add(
            1, type: 4, key: "AAAA1111",
            [
                "title": "On <i>Words</i>", "abstractNote": "Words follow words.", "date": "2021-05-03 May 3, 2021",
                "publicationTitle": "Journal of Words", "volume": "7", "issue": "2", "pages": "12–34",
                "DOI": "10.1000/Words.1", "url": "https://example.org/words", "language": "eng", "ISSN": "1234-5678",
                "journalAbbreviation": "J. Words", "publisher": "A Press", "libraryCatalog": "A Catalog",
                "extra":
                    "Citation Key: writer2021words\narXiv: 2105.01234 [cs.CL]\nPMID: 123456\nPMCID: PMC99\nRead me.",
            ])
        try data.run(
            """
            INSERT INTO creators VALUES (1, 'Ada', 'Writer', 0), (2, '', 'Words Consortium', 1),
                (3, 'Ludwig', 'van Example', 0), (4, 'Ed', 'Itor', 0);
            INSERT INTO itemCreators VALUES (1, 2, 1, 2), (1, 1, 1, 0), (1, 3, 1, 1), (1, 4, 2, 3);
            INSERT INTO collections VALUES (1, 'Thesis', NULL, 1), (2, 'Chapter 2', 1, 1), (3, 'Shared', NULL, 2);
            INSERT INTO collectionItems VALUES (2, 1, 0), (1, 1, 0);
            INSERT INTO tags VALUES (1, 'to read'), (2, 'Linguistics');
            INSERT INTO itemTags VALUES (1, 1, 0), (1, 2, 1);
            INSERT INTO items VALUES (2, 1, 1, 'NOTE0001'), (3, 2, 1, 'FILE0001'), (4, 2, 1, 'FILE0002'),
                (5, 1, 1, 'NOTE0002'), (6, 3, 1, 'ANNO0001'), (7, 1, 1, 'NOTE0003');
            INSERT INTO itemNotes VALUES (2, 1, '<div><p>First &amp; last.</p><ul><li>One</li></ul></div>', ''),
                (5, 1, '<p>Thrown away</p>', ''), (7, NULL, '<p>Alone</p>', '');
            INSERT INTO itemAttachments VALUES (3, 1, 0, 'storage:Words.pdf'), (4, 1, 2, '/home/ada/words.pdf');
            INSERT INTO itemAnnotations VALUES (6, 3, 'follow words', 'why?', '13', '1');
            INSERT INTO deletedItems VALUES (5, '2021-01-01'), (8, '2021-01-01');
            """)
        try data.add(8, type: 4, key: "TRASH001", ["title": "In the Trash"])
        try data.add(
            9, type: 5, library: 2, key: "BBBB2222",
            [
                "title": "In a Group", "date": "2020-00-00 2020", "proceedingsTitle": "Proc. of Words",
                "conferenceName": "WORDS",
            ])
        try data.run("INSERT INTO collectionItems VALUES (3, 9, 0)")
        try data.add(10, type: 4, library: 3, key: "FEED0001", ["title": "In a Feed"])
        try data.add(11, type: 6, library: 2, key: "CCCC3333", ["title": "A Thesis", "university": "A University"])
        try data.add(
            12, type: 7, key: "DDDD4444",
            ["title": "A Preprint", "repository": "arXiv", "archiveID": "arXiv:2301.00001"])
        try data.add(13, type: 4, key: "EEEE5555")
        return data
    }

    @Test
    func `gives papers with all that it says of them`() throws {
        try TemporaryFolder.with { (folder: String) throws in
            _ = try Self.make(in: folder)
            #expect(try PaperFiles.paths(in: folder) == [folder + "/zotero.sqlite"])
            let read = try readAll(folder + "/zotero.sqlite")
            #expect(read.papers.map(\.title) == ["On Words", "In a Group", "A Thesis", "A Preprint"])
            let paper = try #require(read.papers.first)
            #expect(paper.id == "doi:10.1000/words.1")
            #expect(paper.alternateIDs == ["arxiv:2105.01234", "pmid:123456", "pmcid:PMC99", "zotero:AAAA1111"])
            #expect(paper.abstract == "Words follow words.")
            #expect(paper.authors == ["Ada Writer", "Ludwig van Example", "Words Consortium"])
            #expect(paper.date == "2021-05-03" && paper.year == 2021)
            #expect(paper.type == "article-journal" && paper.venue == "Journal of Words" && paper.language == "en")
            #expect(paper.citationKey == "writer2021words")
            #expect(paper.collections == ["Thesis", "Thesis/Chapter 2"])
            #expect(paper.tags == ["to read"] && paper.keywords == ["Linguistics"])
            #expect(paper.notes == ["First & last.\n- One", "“follow words”\nwhy? (p. 13)"])
            #expect(paper.attachments == [folder + "/storage/FILE0001/Words.pdf", "/home/ada/words.pdf"])
            #expect(
                paper.attributes == [
                    "volume": ["7"], "issue": ["2"], "pages": ["12-34"], "issn": ["1234-5678"],
                    "journal-abbreviation": ["J. Words"], "publisher": ["A Press"], "librarycatalog": ["A Catalog"],
                    "pmcid": ["PMC99"], "extra": ["Read me."], "editor": ["Ed Itor"],
                ])
        }
    }

    @Test
    func `gives the papers of groups in collections of the group's name`() throws {
        try TemporaryFolder.with { (folder: String) throws in
            _ = try Self.make(in: folder)
            let read = try readAll(folder + "/zotero.sqlite")
            let groups = read.papers[1...2]
            #expect(groups.map(\.collections) == [["Reading Group/Shared"], ["Reading Group"]])
            #expect(groups.map(\.id) == ["zotero:4711/BBBB2222", "zotero:4711/CCCC3333"])
            #expect(groups.map(\.venue) == ["Proc. of Words", "A University"])
            #expect(groups.first?.attributes["conferencename"] == ["WORDS"])
            #expect(groups.first?.year == 2020 && groups.first?.date == nil)
            #expect(read.papers.last?.id == "arxiv:2301.00001" && read.papers.last?.type == "article")
            #expect(read.skipped.map(\.code) == [.noTitleAndNoAbstract])
            #expect(read.notes.map(\.message) == ["left out 1 notes and 0 files that belong to no paper"])
        }
    }

    @Test
    func `is read while Zotero has it locked, with what is only in its journal`() throws {
        try TemporaryFolder.with { (folder: String) throws in
            let data = try Self.make(in: folder)
            try data.queue.writeWithoutTransaction { database in
                _ = try String.fetchOne(database, sql: "PRAGMA journal_mode = WAL")
                try database.execute(sql: "PRAGMA locking_mode = EXCLUSIVE")
                try database.execute(sql: "INSERT INTO itemDataValues VALUES (1000, 'Late')")
                try database.execute(sql: "INSERT INTO items VALUES (20, 4, 1, 'LATE0001')")
                try database.execute(
                    sql: "INSERT INTO itemData SELECT 20, fieldID, 1000 FROM fields WHERE fieldName = 'title'")
            }
            let before = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
            let read = try readAll(folder + "/zotero.sqlite")
            #expect(read.papers.last?.title == "Late")
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == before)
        }
    }

    @Test
    func `of thousands of papers comes in batches and loses none`() throws {
        try TemporaryFolder.with { (folder: String) throws in
            let data = try ZoteroData(in: folder)
            try data.run(
                """
                INSERT INTO fields VALUES (1, 'title');
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1700)
                INSERT INTO items SELECT i * 3, 4, 1, 'K' || i FROM n;
                INSERT INTO itemDataValues SELECT itemID, 'Title ' || itemID FROM items;
                INSERT INTO itemData SELECT itemID, 1, itemID FROM items;
                """)
            let reader = try PaperReader(path: folder + "/zotero.sqlite")
            var titles: [String] = []
            var batches = 0
            while let batch = try reader.nextBatch() {
                titles += batch.papers.map(\.title)
                batches += 1
            }
            #expect(titles == (1...1700).map { "Title \($0 * 3)" })
            #expect(batches == 4)
        }
    }

    @Test
    func `gives a paper without an abstract the one in the text of its document`() throws {
        try TemporaryFolder.with { (folder: String) throws in
            let data = try ZoteroData(in: folder)
            let sentences = (0..<12).map { "Sentence \($0) of the abstract says what words are." }
            let abstract = sentences.joined(separator: "\n")
            let texts = [
                "AAAA": "On Words\nAda Writer\nAbstract\n\(abstract)\n1 Introduction\nWords are old.\n",
                "BBBB": "On Words\n\nAbstract\n\n\(abstract)\n\nWords are old, and a long text on them follows.\n",
                "CCCC": "On Words\nAda Writer\n\(abstract)\n\nWords are old.\n",
                "DDDD": "On Words\nAbstract\n" + String(repeating: "and so on without an end\n", count: 400),
            ]
            for (index, key) in texts.keys.sorted().enumerated() {
                try data.add(index + 1, type: 4, key: "P\(key)", ["title": "On Words \(key)"])
                try data.run("INSERT INTO items VALUES (?, 2, 1, ?)", [index + 11, key])
                try data.run("INSERT INTO itemAttachments VALUES (?, ?, 0, 'storage:a.pdf')", [index + 11, index + 1])
                let storage = "\(folder)/storage/\(key)"
                try FileManager.default.createDirectory(atPath: storage, withIntermediateDirectories: true)
                try Data((texts[key] ?? "").utf8).write(to: URL(filePath: storage + "/.zotero-ft-cache"))
            }
            let papers = try readAll("\(folder)/zotero.sqlite").papers
            let whole = abstract.replacing("\n", with: " ")
            #expect(papers.map(\.abstract) == [whole, whole, "", ""])
        }
    }

    @Test
    func `that is another program's or damaged is named`() throws {
        try TemporaryFolder.with { (folder: String) throws in
            let path = folder + "/other.sqlite"
            try DatabaseQueue(path: path).write { try $0.execute(sql: "CREATE TABLE items (a)") }
            let other = try formatsError { try readAll(path) }
            #expect(other?.code == .unknownFormat)
            #expect(other?.message.contains("not Zotero's") == true)
            let data = try Self.make(in: folder)
            try data.run("CREATE TABLE creatorData (creatorDataID)")
            #expect(try formatsError { try readAll(folder + "/zotero.sqlite") }?.message.contains("Zotero 4") == true)
            try data.run("DROP TABLE creatorData")
            try data.queue.close()
            let whole = try Data(contentsOf: URL(filePath: folder + "/zotero.sqlite"))
            for seed in UInt64(0)..<40 {
                var random = SeededGenerator(seed: seed)
                var bytes = whole
                for _ in 0..<Int.random(in: 1...2000, using: &random) {
                    bytes[Int.random(in: 16..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
                }
                try bytes.prefix(Int.random(in: 100...bytes.count, using: &random)).write(to: URL(filePath: path))
                _ = try formatsError { try readAll(path) }
            }
        }
    }
}
#endif
