import Akin
import Foundation
import Papers
import Ranking
import Synchronization
import TestSupport
import Testing

@Suite("Refitting a library")
struct RefittingTests {
    /// Papers of subjects that `SyntheticPapers` does not have.
    private static func foreign(_ count: Int, seed: UInt64 = 7) -> [Paper] {
        var generator = SeededGenerator(seed: seed)
        return (0..<count).map { number in
            let words = (0..<40).map { _ in SyntheticPapers.word(30_000 + Int.random(in: 0..<90, using: &generator)) }
            return Paper(
                id: "foreign:\(number)", title: "Foreign matter \(number)", abstract: words.joined(separator: " "))
        }
    }

    @Test
    func `drift is low for papers of the same kind and high for others`() throws {
        try TemporaryFolder.with { folder in
            let papers = SyntheticPapers.make(1_220)
            let alike = try Library(creatingAt: folder + "/alike")
            try alike.add(Array(papers[..<1_200]))
            let before = try #require(try alike.info().drift)
            #expect(before.foldedPaperCount == 0 && before.drift == 0 && before.libraryDrift == 0)
            for start in [1_200, 1_210] { try alike.add(Array(papers[start..<start + 10])) }
            let low = try #require(try alike.info().drift)
            #expect(low.foldedPaperCount == 20)
            #expect(low.drift < 0.15)

            let other = try Library(creatingAt: folder + "/other")
            try other.add(Array(papers[..<1_200]))
            try other.add(Self.foreign(20))
            let high = try #require(try other.info().drift)
            #expect(try other.info().fittedPaperCount == 1_200)
            #expect(high.drift > 0.6)
            #expect(high.folded.outOfVocabulary > high.expected.outOfVocabulary + 0.3)
            #expect(abs(high.libraryDrift - high.drift * 20 / 1_220) < 1e-9)
        }
    }

    @Test
    func `papers of another kind refit the space where as many of the same kind do not`() throws {
        try TemporaryFolder.with { folder in
            let papers = SyntheticPapers.make(1_260)
            for (name, added) in [("alike", Array(papers[1_200...])), ("other", Self.foreign(60))] {
                let library = try Library(creatingAt: folder + "/" + name)
                try library.add(Array(papers[..<1_200]))
                for start in stride(from: 0, to: 60, by: 20) { try library.add(Array(added[start..<start + 20])) }
                let info = try library.info()
                #expect(info.paperCount == 1_260)
                #expect((info.fittedPaperCount > 1_200) == (name == "other"))
                #expect(try #require(info.drift).libraryDrift < LibraryDrift.toleratedDrift)
            }
        }
    }

    @Test
    func `a refit makes a grown library what one build would have made it`() throws {
        try TemporaryFolder.with { folder in
            let papers = SyntheticPapers.make(1_230)
            let whole = try Library(creatingAt: folder + "/whole")
            try whole.add(papers)
            let grown = try Library(creatingAt: folder + "/grown")
            try grown.add(Array(papers[..<1_200]))
            try grown.add(Array(papers[1_200...]))
            #expect(try grown.info().segments.count == 2)
            #expect(try grown.refit(threads: 1) == 1_230)
            let info = try grown.info()
            #expect(info.fittedPaperCount == 1_230 && info.segments.count == 1)
            #expect(info.drift?.foldedPaperCount == 0)
            for mode in SearchMode.allCases {
                let options = SearchOptions(k: 50, mode: mode)
                let text = "\(SyntheticPapers.word(200)) \(SyntheticPapers.word(207)) study"
                let expected = try whole.rankedIDs(for: text, options: options)
                #expect(try grown.rankedIDs(for: text, options: options).map(\.id) == expected.map(\.id))
            }
            #expect(try Library.checkIntegrity(at: folder + "/grown").isHealthy)
        }
    }

    @Test
    func `readers see the old generation until the refit is done`() throws {
        try TemporaryFolder.with { folder in
            let library = try Library(creatingAt: folder + "/library")
            try library.add(SyntheticPapers.make(300))
            let old = try library.info().generation
            let ranked = try library.rankedIDs(for: "study", options: SearchOptions(k: 300)).map(\.id)
            let seen = Mutex<[Int]>([])
            try library.refit { progress in
                // A reader of its own, and the one that is open, both in the middle of the work.
                guard let reader = try? Library(at: folder + "/library") else { return true }
                for reader in [reader, library] {
                    guard let info = try? reader.info() else { continue }
                    seen.withLock { $0.append(info.generation) }
                    #expect((try? reader.rankedIDs(for: "study", options: SearchOptions(k: 300)))?.map(\.id) == ranked)
                }
                return true
            }
            let generations = seen.withLock { $0 }
            #expect(generations.count >= 8)
            #expect(Set(generations) == [old])
            #expect(try library.info().generation == old + 1)
            #expect(try library.rankedIDs(for: "study", options: SearchOptions(k: 300)).map(\.id) == ranked)
        }
    }

    @Test
    func `a library without papers has nothing to fit`() throws {
        try TemporaryFolder.with { folder in
            let library = try Library(creatingAt: folder + "/library")
            #expect(try library.refit() == 0)
            #expect(try library.info().generation == 0)
            try library.add(SyntheticPapers.make(1))
            try library.remove(ids: ["paper:0"])
            #expect(try library.refit() == 0)
        }
    }

    @Test
    func `a library that lost nine of ten papers is no larger than a fresh one by half`() throws {
        try TemporaryFolder.with { folder in
            let papers = SyntheticPapers.make(1_000)
            let kept = stride(from: 0, to: papers.count, by: 10).map { papers[$0] }
            try Library(creatingAt: folder + "/fresh").add(kept)
            let library = try Library(creatingAt: folder + "/library")
            try library.add(papers)
            // A generation that the library has open is one that it must not keep on the disk.
            #expect(try library.search(for: "study").hits.count > 0)
            try library.remove(ids: papers.map(\.id).filter { id in !kept.contains { $0.id == id } })
            // What the removal took away is kept until the next change, so that it can be taken back.
            try library.edit(ids: [kept[0].id], by: [.addTag("x")])
            let fresh = try Library(at: folder + "/fresh").info().byteCount
            let removed = try Library(at: folder + "/library").info().byteCount
            #expect(removed * 2 <= fresh * 3, "\(removed) bytes after the removal, and \(fresh) in a fresh library")
            try library.refit()
            let refitted = try Library(at: folder + "/library").info().byteCount
            #expect(refitted * 2 <= fresh * 3, "\(refitted) bytes after a refit, and \(fresh) in a fresh library")
            #expect(try Library.checkIntegrity(at: folder + "/library").findings == [])
        }
    }
}
