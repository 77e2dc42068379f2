import Akin
import Foundation
import GRDB
import MappedFiles
import PaperStore
import Papers
import Ranking
import TestSupport
import Testing
import TextEncoding

@Suite("Vectors of other encoders")
struct GivenVectorsTests {
    private static let papers = SyntheticPapers.make(120)
    private static let encoder = ToyEncoder()

    private static var vectors: GivenVectors {
        GivenVectors(space: .toy, encoder: encoder.identity, rows: papers.map { encoder.embedding(of: $0) })
    }

    private func withLibrary(_ body: (_ path: String, _ library: Library) throws -> Void) throws {
        try TemporaryFolder.with { folder in
            let library = try Library(creatingAt: folder + "/library")
            try library.add(Self.papers, options: AddOptions(vectors: Self.vectors))
            try body(folder + "/library", library)
        }
    }

    private func code(_ body: () throws -> Void) -> AkinError.Code? {
        do {
            try body()
            return nil
        } catch {
            return (error as? AkinError)?.code
        }
    }

    /// The ids of all papers, by an exhaustive comparison with a vector.
    private func nearest(to query: Embedding, among papers: [Paper] = papers) -> [String] {
        papers.map { ($0.id, Self.encoder.embedding(of: $0).cosine(with: query)) }
            .sorted { $0.1 > $1.1 }.map(\.0)
    }

    private var semantic: SearchOptions {
        SearchOptions(k: 10, mode: .semantic, spaces: [.toy], foldsDuplicates: false)
    }

    // MARK: - Ranking

    @Test
    func `a search by meaning alone ranks as an exhaustive comparison of the given vectors`() throws {
        try withLibrary { path, _ in
            let library = try Library(at: path)
            for number in [0, 17, 63] {
                let query = Self.encoder.embedding(of: Self.papers[number])
                let answer = try library.search(for: "anything", vectors: [.toy: query], options: semantic)
                #expect(answer.hits.map(\.paper.id) == Array(nearest(to: query).prefix(10)))
                #expect(abs((answer.hits.first?.parts.semantic ?? 0) - 1) < 1e-5)
                #expect(answer.hits.allSatisfy { $0.zScore == nil })
            }
        }
    }

    @Test
    func `papers like others are found in the space that is named`() throws {
        try withLibrary { _, library in
            let answer = try library.search(like: ["paper:5"], options: semantic)
            let expected = nearest(to: Self.encoder.embedding(of: Self.papers[5])).filter { $0 != "paper:5" }
            #expect(answer.hits.map(\.paper.id) == Array(expected.prefix(10)))
        }
    }

    @Test
    func `words and given vectors make one score, whose parts sum to it, with filters`() throws {
        try withLibrary { _, library in
            let text = "\(SyntheticPapers.word(3 * 200)) \(SyntheticPapers.word(3 * 200 + 2))"
            var options = SearchOptions(k: 20, spaces: [.toy], explains: true)
            options.filter.categories = ["subject-3", "subject-4"]
            let vectors = [SpaceName.toy: Self.encoder.embedding(of: text)]
            let answer = try library.search(for: text, vectors: vectors, options: options)
            #expect(answer.hits.count > 5)
            for hit in answer.hits {
                #expect(!Set(hit.paper.categories).isDisjoint(with: ["subject-3", "subject-4"]))
                let parts = try #require(hit.explanation?.scoreParts)
                #expect(abs(parts.lexical + parts.semantic + parts.feedback - hit.score) < 1e-6)
                #expect(hit.explanation?.sharedWords.isEmpty == true)
            }
            #expect(answer.hits.contains { !($0.explanation?.lexicalWords.isEmpty ?? true) })
        }
    }

    @Test
    func `several spaces rank together, each with the same share`() throws {
        try withLibrary { _, library in
            let query = "\(SyntheticPapers.word(200)) \(SyntheticPapers.word(201))"
            let vectors = [SpaceName.toy: Self.encoder.embedding(of: query)]
            func semanticParts(_ spaces: [SpaceName]) throws -> [String: Double] {
                var options = SearchOptions(k: 120, mode: .semantic, spaces: spaces, foldsDuplicates: false)
                options.recall = 1
                let given = spaces.contains(.toy) ? vectors : [:]
                let hits = try library.search(for: query, vectors: given, options: options).hits
                return Dictionary(uniqueKeysWithValues: hits.map { ($0.paper.id, $0.parts.semantic) })
            }
            let (own, toy) = (try semanticParts([.latentSemantics]), try semanticParts([.toy]))
            let both = try semanticParts([.latentSemantics, .toy])
            #expect(both.count > 20)
            for (id, part) in both where own[id] != nil && toy[id] != nil {
                #expect(abs(part - ((own[id] ?? 0) + (toy[id] ?? 0)) / 2) < 1e-6)
            }
        }
    }

    @Test
    func `without a vector of the question its words choose papers, and these say what it means`() throws {
        try withLibrary { _, library in
            let text = SyntheticPapers.word(5 * 200)
            let answer = try library.search(for: text, options: SearchOptions(k: 5, spaces: [.toy]))
            #expect(!answer.hits.isEmpty && answer.hits.allSatisfy { $0.parts.semantic == 0 })
            #expect(answer.hits.contains { $0.parts.feedback > 0 })
            #expect(code { _ = try library.search(for: text, options: semantic) } == .invalidArgument)
        }
    }

    // MARK: - Keeping

    @Test
    func `vectors survive additions, a refit, removals and a repair`() throws {
        try withLibrary { path, library in
            let more = SyntheticPapers.make(30, seed: 2, firstNumber: 500)
            try library.add(more)
            #expect(try library.spaces().map(\.paperCount) == [150, 120])
            let late = Dictionary(uniqueKeysWithValues: more.prefix(10).map { ($0.id, Self.encoder.embedding(of: $0)) })
            #expect(try library.setVectors(late, in: .toy, of: Self.encoder.identity) == 10)
            #expect(try library.setVectors(late, in: .toy, of: Self.encoder.identity) == 0)
            try library.remove(ids: ["paper:0", "paper:501"])
            try library.refit()
            let held = Self.papers.dropFirst() + more.prefix(10).filter { $0.id != "paper:501" }
            func check() throws {
                let query = Self.encoder.embedding(of: more[3])
                let found = try Library(at: path).search(for: "any", vectors: [.toy: query], options: semantic)
                #expect(found.hits.map(\.paper.id) == Array(nearest(to: query, among: Array(held)).prefix(10)))
                #expect(try Library.checkIntegrity(at: path).findings == [])
            }
            try check()
            let generation = try #require(LibraryFolder(path: path).generations().last)
            let file = try #require(try Manifest(in: generation).segments.first?.vectors["toy"])
            try FileManager.default.removeItem(atPath: generation.path(of: file))
            #expect(try Library.repair(at: path).isRepaired)
            try check()
            #expect(try Library(at: path).spaces().last?.paperCount == 128)
        }
    }

    @Test
    func `a paper whose text changes loses its vectors, and one whose text stays keeps them`() throws {
        try withLibrary { _, library in
            let (third, fourth) = (Self.papers[3], Self.papers[4])
            let changed = Paper(id: third.id, title: third.title, abstract: third.abstract + " anew")
            let venue = Paper(id: fourth.id, title: fourth.title, abstract: fourth.abstract, venue: "A venue")
            try library.add([changed, venue])
            #expect(try library.spaces().last?.paperCount == 119)
            let query = Self.encoder.embedding(of: Self.papers[3])
            let ids = try library.search(for: "any", vectors: [.toy: query], options: semantic).hits.map(\.paper.id)
            #expect(!ids.contains("paper:3"))
        }
    }

    @Test
    func `a library with vectors answers like one that was built at once`() throws {
        try TemporaryFolder.with { folder in
            let atOnce = try Library(creatingAt: folder + "/a")
            try atOnce.add(Self.papers, options: AddOptions(vectors: Self.vectors))
            let grown = try Library(creatingAt: folder + "/b")
            try grown.add(Array(Self.papers.prefix(50)))
            try grown.add(Array(Self.papers.suffix(70)))
            let all = Dictionary(
                uniqueKeysWithValues: Self.papers.map { ($0.id, Self.encoder.embedding(of: $0)) })
            try grown.setVectors(all, in: .toy, of: Self.encoder.identity)
            let text = SyntheticPapers.word(600)
            let vectors = [SpaceName.toy: Self.encoder.embedding(of: text)]
            func ranked(_ library: Library) throws -> [RankedID] {
                try library.rankedIDs(for: text, vectors: vectors, options: SearchOptions(k: 50, spaces: [.toy]))
            }
            let first = try ranked(atOnce)
            #expect(first.count > 10)
            #expect(try ranked(grown) == first)
        }
    }

    @Test
    func `a space is removed with its vectors, and its name is free for another encoder`() throws {
        try withLibrary { path, library in
            let other = EncoderIdentity(name: "other", version: "1", dimensions: 2)
            let vector = ["paper:1": Embedding([1, 0])]
            #expect(code { try library.setVectors(vector, in: .toy, of: other) } == .invalidArgument)
            #expect(code { try library.removeSpace(.other) } == .spaceNotFound)
            #expect(code { try library.removeSpace(.latentSemantics) } == .invalidArgument)
            try library.removeSpace(.toy)
            #expect(try library.spaces().map(\.name) == [.latentSemantics])
            #expect(code { _ = try library.search(like: ["paper:1"], options: semantic) } == .spaceNotFound)
            #expect(try library.setVectors(vector, in: .toy, of: other) == 1)
            #expect(code { _ = try library.search(like: ["paper:2"], options: semantic) } == .invalidArgument)
            #expect(try library.search(like: ["paper:1"], options: semantic).hits.isEmpty)
            #expect(try Library.checkIntegrity(at: path).findings == [])
        }
    }

    // MARK: - Refusing

    @Test
    func `vectors that cannot be right are refused, and nothing changes`() throws {
        try withLibrary { path, library in
            let before = try library.info().generation
            let identity = Self.encoder.identity
            let good = Self.encoder.embedding(of: "text")
            let bad = [
                Embedding([1, 2]), Embedding([Float](repeating: 0, count: 48)),
                Embedding([Float](repeating: .nan, count: 48)), Embedding([Float](repeating: .infinity, count: 48)),
                Embedding([]),
            ]
            for vector in bad {
                let given = ["paper:1": vector]
                #expect(code { try library.setVectors(given, in: .toy, of: identity) } == .invalidArgument)
                #expect(
                    code { _ = try library.search(for: "any", vectors: [.toy: vector], options: semantic) }
                        == .invalidArgument)
            }
            #expect(code { try library.setVectors(["nobody": good], in: .toy, of: identity) } == .paperNotFound)
            let few = GivenVectors(space: .toy, encoder: identity, rows: [good])
            let two = ["A", "B"].map { Paper(title: $0, abstract: "") }
            #expect(code { try library.add(two, options: AddOptions(vectors: few)) } == .invalidArgument)
            let lsa = GivenVectors(space: .latentSemantics, encoder: identity, rows: [good])
            #expect(code { try library.add([two[0]], options: AddOptions(vectors: lsa)) } == .invalidArgument)
            for name in ["", "a\0b", "a\u{1B}", String(repeating: "a", count: 201)] {
                let encoder = EncoderIdentity(name: name, dimensions: 48)
                #expect(code { try library.setVectors([:], in: .other, of: encoder) } == .invalidArgument)
            }
            for dimensions in [-1, 0, 70_000, Int.max] {
                let encoder = EncoderIdentity(name: "odd", dimensions: dimensions)
                #expect(code { try library.setVectors([:], in: .other, of: encoder) } == .invalidArgument)
            }
            #expect(
                code { _ = try library.search(for: "any", options: SearchOptions(spaces: [])) } == .invalidArgument)
            #expect(
                code { _ = try library.search(for: "any", options: SearchOptions(spaces: [.other])) }
                    == .spaceNotFound)
            #expect(
                code { _ = try library.search(for: "any", vectors: [.toy: good]) } == .invalidArgument)
            #expect(try library.info().generation == before && library.info().paperCount == 120)
            #expect(try Library.checkIntegrity(at: path).findings == [])
        }
    }

    @Test(arguments: ["", "1a", "A", "a_b", "a/b", "..", "é", String(repeating: "a", count: 33)])
    func `a name that no file can have is no name of a space`(name: String) {
        #expect(SpaceName(rawValue: name) == nil)
    }

    // MARK: - Damage

    /// A statement that damages the store, and whether a vector is lost by it.
    private static let damages: [(sql: String, lost: Int)] = [
        ("UPDATE vectors SET components = zeroblob(192) WHERE number = 7", 1),
        ("UPDATE vectors SET space = 'tox' WHERE number = 7", 1),
        ("UPDATE vectors SET paper = 8 + 100000 WHERE number = 7", 1),
        ("UPDATE grdb_migrations SET identifier = '3: giwen vectors' WHERE identifier LIKE '3:%'", 0),
        ("UPDATE spaces SET dimensions = 47", 0), ("UPDATE spaces SET name = 'tox'", 0), ("DELETE FROM spaces", 0),
    ]

    @Test(arguments: damages)
    func `a damaged vector or space is found, and a repair keeps all that is sound`(sql: String, lost: Int) throws {
        try withLibrary { path, _ in
            try DatabaseQueue(path: path + "/papers.sqlite").write { try $0.execute(sql: sql) }
            #expect(try Library.checkIntegrity(at: path).findings.count > 0)
            let report = try Library.repair(at: path)
            #expect(report.isRepaired && report.lostPapers.isEmpty)
            #expect(report.findings.contains { $0.contains("are lost") } == (lost > 0))
            #expect(try Library.checkIntegrity(at: path).findings == [])
            let library = try Library(at: path)
            let space = try #require(library.spaces().last)
            #expect(space.name == .toy && space.paperCount == 120 - lost && space.encoder == Self.encoder.identity)
            #expect(try library.search(like: ["paper:1"], options: semantic).hits.count == 10)
        }
    }

    @Test
    func `a change of a library whose list of spaces is damaged is refused`() throws {
        try withLibrary { path, library in
            try DatabaseQueue(path: path + "/papers.sqlite").write {
                try $0.execute(sql: "UPDATE spaces SET checksum = 1")
            }
            #expect(code { try library.add([Paper(title: "T", abstract: "")]) } == .damaged)
            #expect(try Library.repair(at: path).isRepaired)
            #expect(try Library(at: path).spaces().last?.encoder == Self.encoder.identity)
        }
    }

    @Test
    func `a paper whose row is gone is named by a repair`() throws {
        try withLibrary { path, _ in
            try DatabaseQueue(path: path + "/papers.sqlite").write {
                try $0.execute(sql: "DELETE FROM papers WHERE id = 'paper:7'")
            }
            #expect(try Library.repair(at: path).lostPapers == ["paper:7"])
            #expect(try Library.checkIntegrity(at: path).findings == [])
        }
    }

    @Test
    func `an index with other vectors than the store is found and rebuilt`() throws {
        try withLibrary { path, _ in
            let other = Self.encoder.embedding(of: "something else").components
            try PaperStore(opening: path + "/papers.sqlite", mode: .readWrite).write { papers in
                let key = try #require(try papers.keys(identifiedBy: "paper:9").first)
                _ = try papers.setVector(StoredVector(other, as: .floats), forKey: key, in: "toy")
            }
            let findings = try Library.checkIntegrity(at: path).findings
            #expect(findings.count == 1 && findings[0].contains("1 vector(s) of the space 'toy'"), "\(findings)")
            #expect(try Library.repair(at: path).isRepaired)
            #expect(try Library.checkIntegrity(at: path).findings == [])
        }
    }

    @Test
    func `a paper keeps its vector when a record unites it with another`() throws {
        try TemporaryFolder.with { folder in
            let library = try Library(creatingAt: folder + "/library")
            let text = (title: "One title", abstract: "One abstract")
            let rows = [Self.encoder.embedding(of: "one"), Self.encoder.embedding(of: "two")]
            let first = Paper(id: "a:1", title: text.title, abstract: text.abstract, authors: ["A Author"])
            let second = Paper(id: "b:2", title: "Another title", abstract: "Another abstract")
            let vectors = GivenVectors(space: .toy, encoder: Self.encoder.identity, rows: rows)
            try library.add([first, second], options: AddOptions(vectors: vectors))
            let uniting = Paper(
                id: "a:1", title: text.title, abstract: text.abstract, authors: ["A Author"], alternateIDs: ["b:2"])
            #expect(try library.add([uniting]).updated == 1)
            #expect(try library.info().paperCount == 1 && library.spaces().last?.paperCount == 1)
            #expect(try Library.checkIntegrity(at: folder + "/library").findings == [])
        }
    }

    @Test
    func `a paper without a vector gets nothing from a space whose cosines lie around 0`() throws {
        try TemporaryFolder.with { folder in
            let library = try Library(creatingAt: folder + "/library")
            let papers = (0..<6).map { Paper(id: "\($0)", title: "shared words \($0)", abstract: "") }
            try library.add(papers)
            let encoder = EncoderIdentity(name: "plane", dimensions: 2)
            let vectors: [[Float]] = [[1, 0], [1, 0.1], [1, -0.1], [-1, 0], [0.9, 0.2]]
            try library.setVectors(
                Dictionary(uniqueKeysWithValues: vectors.enumerated().map { ("\($0)", Embedding($1)) }), in: .toy,
                of: encoder)
            let options = SearchOptions(spaces: [.toy], foldsDuplicates: false)
            let hits = try library.search(
                for: "shared words", vectors: [.toy: Embedding([-1, 0])], options: options
            ).hits
            #expect(hits.count == 6 && hits.first?.paper.id == "3")
            #expect(hits.first { $0.paper.id == "5" }?.parts.semantic == 0)
        }
    }

    // MARK: - Comparing

    @Test
    func `a space agrees with a copy of itself wholly, and with another one in part`() throws {
        try withLibrary { _, library in
            let copy = Dictionary(
                uniqueKeysWithValues: Self.papers.map { ($0.id, Self.encoder.embedding(of: $0)) })
            try library.setVectors(copy, in: .other, of: Self.encoder.identity)
            let same = try library.comparison(ofSpace: .toy, with: .other)
            #expect(same.overlap == 1 && same.paperCount == 120)
            let learned = try library.comparison(ofSpace: .latentSemantics, with: .toy, k: 5, limit: 3)
            #expect(learned.overlap > 0.1 && learned.overlap < 1 && learned.disagreements.count == 3)
            for disagreement in learned.disagreements {
                #expect(disagreement.onlyInFirst.count == disagreement.onlyInSecond.count)
                #expect(disagreement.overlap <= learned.overlap)
            }
            #expect(try library.comparison(ofSpace: .toy, with: .other, k: .max).overlap == 1)
            #expect(code { _ = try library.comparison(ofSpace: .toy, with: .other, k: 0) } == .invalidArgument)
            #expect(code { _ = try library.comparison(ofSpace: .toy, with: .toy) } == .invalidArgument)
        }
    }
}
