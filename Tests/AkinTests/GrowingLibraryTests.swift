import Akin
import Dispatch
import Foundation
import MappedFiles
import Papers
import Ranking
import Synchronization
import TestSupport
import Testing

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#elseif canImport(Android)
import Android
#elseif canImport(Bionic)
import Bionic
#else
import Glibc
#endif

@Suite("A growing library")
struct GrowingLibraryTests {
    @Test
    func `BM25 scores do not depend on how papers were added`() throws {
        try TemporaryFolder.with { folder in
            let papers = SyntheticPapers.make(1_300)
            let whole = try Library(creatingAt: folder + "/whole")
            try whole.add(papers)
            let parts = try Library(creatingAt: folder + "/parts")
            try parts.add(Array(papers[..<1_200]))
            for start in stride(from: 1_200, to: 1_300, by: 25) { try parts.add(Array(papers[start..<start + 25])) }
            #expect(try parts.info().segments.count > 1)
            #expect(try whole.info().segments.count == 1)

            let options = SearchOptions(k: 50, mode: .lexical)
            for subject in 0..<SyntheticPapers.subjects {
                let text = "\(SyntheticPapers.word(subject * 200)) \(SyntheticPapers.word(subject * 200 + 7)) study"
                let expected = try whole.rankedIDs(for: text, options: options)
                let actual = try parts.rankedIDs(for: text, options: options)
                #expect(actual.map(\.id) == expected.map(\.id))
                #expect(zip(actual, expected).allSatisfy { abs($0.score - $1.score) < 1e-4 })
            }
        }
    }

    @Test
    func `a graph has a measured recall, and searches reach it`() throws {
        try TemporaryFolder.with { folder in
            let library = try Library(creatingAt: folder + "/library")
            let papers = SyntheticPapers.make(3_300)
            try library.add(papers)
            let segment = try #require(try library.info().segments.first)
            let recall = try #require(segment.recall)
            #expect(segment.hasGraph && recall.paperCount == 3_300 && recall.queryCount == 250)
            #expect(Set(recall.points.map(\.k)) == [10, 100])
            #expect(recall.points.allSatisfy { $0.interval.contains($0.recall) })
            for paper in papers.prefix(5) {
                func hits(_ recall: Double) throws -> [String] {
                    try library.search(
                        like: [paper.id], options: SearchOptions(mode: .semantic, recall: recall)
                    ).hits.map(\.paper.id)
                }
                let exact = try hits(1)
                #expect(Set(exact).subtracting(try hits(0.99)).count <= 1)
            }
            #expect(throws: AkinError.self) {
                _ = try library.search(for: "x", options: SearchOptions(recall: 1.5))
            }
        }
    }

    @Test
    func `folded-in papers are found by their meaning`() throws {
        try TemporaryFolder.with { folder in
            let library = try Library(creatingAt: folder + "/library")
            let papers = SyntheticPapers.make(1_220)
            try library.add(Array(papers[..<1_200]))
            try library.add(Array(papers[1_200...]))
            let info = try library.info()
            #expect(info.fittedPaperCount == 1_200)
            #expect(info.segments.map(\.paperCount) == [1_200, 20])
            for paper in papers[1_200...] {
                let answer = try library.search(like: [paper.id], options: SearchOptions(k: 5, mode: .semantic))
                #expect(answer.hits.allSatisfy { $0.paper.categories == paper.categories })
            }
        }
    }

    @Test
    func `adding known papers makes no generation`() throws {
        try TemporaryFolder.with { folder in
            let library = try Library(creatingAt: folder + "/library")
            let papers = SyntheticPapers.make(30)
            try library.add(papers)
            let generation = try library.info().generation
            let report = try library.add(papers)
            #expect(report.unchanged == 30 && report.added == 0 && report.updated == 0)
            #expect(try library.info().generation == generation)
        }
    }

    @Test
    func `an updated paper is found by its new text and not by its old one`() throws {
        try TemporaryFolder.with { folder in
            let library = try Library(creatingAt: folder + "/library")
            try library.add(SyntheticPapers.make(1_100))
            let report = try library.add([Paper(id: "paper:7", title: "Quokkas", abstract: "Quokkas graze.")])
            #expect(report.updated == 1)
            #expect(try library.search(for: "quokkas").hits.map(\.paper.id) == ["paper:7"])
            let old = try library.search(for: SyntheticPapers.word(20_007), options: SearchOptions(mode: .lexical))
            #expect(old.hits.isEmpty)
            #expect(try library.info().paperCount == 1_100)
            #expect(try Library.checkIntegrity(at: folder + "/library").isHealthy)
        }
    }

    @Test
    func `the last of several updates in one call counts`() throws {
        try TemporaryFolder.with { folder in
            let library = try Library(creatingAt: folder + "/library")
            try library.add([
                Paper(id: "a", title: "First words", abstract: ""), Paper(id: "a", title: "Second words", abstract: ""),
                Paper(id: "b", title: "Other", abstract: ""), Paper(id: "a", title: "Third words", abstract: ""),
            ])
            #expect(try library.papers().map(\.title).sorted() == ["Other", "Third words"])
            #expect(try library.search(for: "words").hits.map(\.paper.title) == ["Third words"])
            #expect(try Library.checkIntegrity(at: folder + "/library").isHealthy)
        }
    }

    @Test
    func `removed papers are found by no search and no id`() throws {
        try TemporaryFolder.with { folder in
            let library = try Library(creatingAt: folder + "/library")
            try library.add(SyntheticPapers.make(1_100))
            let gone = (0..<40).map { "paper:\($0 * 3)" }
            #expect(try library.remove(ids: gone) == gone)
            #expect(try library.info().paperCount == 1_060)
            let all = try library.search(for: "study", options: SearchOptions(k: 2_000))
            #expect(all.hits.count == 1_060)
            #expect(Set(all.hits.map(\.paper.id)).isDisjoint(with: gone))
            #expect(throws: AkinError.self) { try library.search(like: ["paper:0"]) }
            #expect(throws: AkinError.self) { try library.remove(ids: ["paper:1", "paper:0"]) }
            #expect(try library.paper(named: "paper:1").id == "paper:1")
            try library.add([SyntheticPapers.make(1)[0]])
            #expect(try library.paper(named: "paper:0").id == "paper:0")
            #expect(try Library.checkIntegrity(at: folder + "/library").isHealthy)
        }
    }

    @Test
    func `a library can lose all of its papers and get them again`() throws {
        try TemporaryFolder.with { folder in
            let library = try Library(creatingAt: folder + "/library")
            let papers = SyntheticPapers.make(5)
            try library.add(papers)
            try library.remove(ids: papers.map(\.id))
            #expect(try library.search(for: "study").hits.isEmpty)
            #expect(try library.info().paperCount == 0)
            try library.add(papers)
            #expect(try library.search(for: "study").hits.count == 5)
        }
    }

    @Test
    func `a library keeps the generation in force, and those that somebody reads`() throws {
        try TemporaryFolder.with { folder in
            let library = try Library(creatingAt: folder + "/library")
            for number in 0..<3 { try library.add(SyntheticPapers.make(1, firstNumber: number)) }
            func generations() -> [Int] { LibraryFolder(path: folder + "/library").generations().map(\.number) }
            #expect(generations() == [3])
            let reader = try FileLock(
                LibraryFolder(path: folder + "/library").generation(3).path, .shared, creates: false)
            try withExtendedLifetime(reader) {
                for number in 3..<6 { try library.add(SyntheticPapers.make(1, firstNumber: number)) }
            }
            #expect(generations() == [3, 6])
        }
    }

    @Test
    func `a library that was changed often is no larger than one that was made at once`() throws {
        try TemporaryFolder.with { folder in
            let used = try Library(creatingAt: folder + "/used")
            for number in 0..<60 { try used.add(SyntheticPapers.make(5, firstNumber: 5 * number)) }
            try used.remove(ids: (0..<200).map { "paper:\($0)" })
            let made = try Library(creatingAt: folder + "/made")
            try used.forEachPaper { papers in
                _ = try? made.add(papers)
                return true
            }
            let (usedBytes, madeBytes) = (try used.info().byteCount, try made.info().byteCount)
            #expect(try made.info().paperCount == 100)
            #expect(usedBytes * 2 <= madeBytes * 3, "\(usedBytes) bytes for \(madeBytes)")
        }
    }

    @Test
    func `a reader does not wait for a writer that stopped while it removes an older generation`() throws {
        try TemporaryFolder.with { path in
            let folder = LibraryFolder(path: path + "/library")
            try Library(creatingAt: folder.path).add(SyntheticPapers.make(3))
            let (older, olderStore) = (folder.generation(1).path, path + "/older.sqlite")
            for (from, to) in [(older, path + "/older"), (folder.store, olderStore)] {
                try FileManager.default.copyItem(atPath: from, toPath: to)
            }
            try Library(at: folder.path).add(SyntheticPapers.make(1, firstNumber: 9))
            // A reader has read the older number, and a writer has that folder to itself.
            let newerStore = path + "/newer.sqlite"
            try FileManager.default.moveItem(atPath: folder.store, toPath: newerStore)
            try FileManager.default.moveItem(atPath: olderStore, toPath: folder.store)
            try FileManager.default.moveItem(atPath: path + "/older", toPath: older)
            let writer = try FileLock(older, .exclusive, creates: false)
            defer { withExtendedLifetime(writer) {} }
            let hits = Hits()
            let isAnswered = DispatchSemaphore(value: 0)
            DispatchQueue.global().async {
                let count = try? Library(at: folder.path).search(for: "study").hits.count
                hits.count.store(count ?? -1, ordering: .relaxed)
                isAnswered.signal()
            }
            Thread.sleep(forTimeInterval: 0.2)
            // SAFETY: the system reads both paths, C strings that live for the call.
            #expect(unsafe rename(newerStore, folder.store) == 0)
            #expect(isAnswered.wait(timeout: .now() + 60) == .success)
            #expect(hits.count.load(ordering: .relaxed) == 4)
        }
    }

    /// What another thread counts.
    private final class Hits: Sendable {
        let count = Atomic(0)
    }

    @Test
    func `a writer removes the unfinished generation of a killed one`() throws {
        try TemporaryFolder.with { folder in
            let library = try Library(creatingAt: folder + "/library")
            try library.add(SyntheticPapers.make(3))
            let unfinished = LibraryFolder(path: folder + "/library").generation(2)
            try FileManager.default.createDirectory(atPath: unfinished.path, withIntermediateDirectories: false)
            try Data("half".utf8).write(to: URL(filePath: unfinished.model))
            #expect(try library.search(for: "study").hits.count == 3)
            try library.add(SyntheticPapers.make(1, firstNumber: 9))
            #expect(try library.search(for: "study").hits.count == 4)
            #expect(try Library.checkIntegrity(at: folder + "/library").isHealthy)
        }
    }

    @Test
    func `a second writer is refused while the first has the lock`() throws {
        try TemporaryFolder.with { folder in
            let library = try Library(creatingAt: folder + "/library")
            let lock = try FileLock.attempt(folder + "/library/lock", .exclusive)
            withExtendedLifetime(lock) {
                do throws(AkinError) {
                    try library.add(SyntheticPapers.make(1))
                    Issue.record("a second writer was let in")
                } catch {
                    #expect(error.code == .locked)
                }
            }
        }
    }

    @Test
    func `readers see whole generations while papers are added`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "akin-tests-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let library = try Library(creatingAt: folder)
        try await library.add(SyntheticPapers.make(10))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for step in 1...12 { try await library.add(SyntheticPapers.make(10, firstNumber: step * 10)) }
            }
            group.addTask {
                var last = 0
                // The group cancels this task when the other one fails.
                while last < 130 && !Task.isCancelled {
                    let options = SearchOptions(k: 1_000, foldsDuplicates: false)
                    let count = try await library.search(for: "study", options: options).hits.count
                    #expect(count.isMultiple(of: 10))
                    #expect(count >= last)
                    last = count
                }
            }
            // Unlike `waitForAll()`, this throws as soon as one task fails.
            while try await group.next() != nil {}
        }
    }
}
