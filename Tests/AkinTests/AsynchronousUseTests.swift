import Akin
import Foundation
import PaperStore
import Papers
import Ranking
import Synchronization
import TestSupport
import Testing
import TextEncoding

@Suite("Asynchronous use of a library")
struct AsynchronousUseTests {
    private static let papers = SyntheticPapers.make(100)

    private func withLibrary(_ body: (_ path: String, _ library: Library) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "akin-async-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let library = try await Library.open(creatingAt: folder + "/library", waiting: .always())
        try await body(folder + "/library", library)
    }

    private func code(_ body: () async throws -> Void) async -> AkinError.Code? {
        do {
            try await body()
            return nil
        } catch {
            return (error as? AkinError)?.code
        }
    }

    // MARK: - Changes

    @Test
    func `additions of several tasks follow one another, and all papers are there`() async throws {
        try await withLibrary { path, library in
            try await withThrowingTaskGroup(of: Int.self) { group in
                for part in 0..<4 {
                    group.addTask {
                        try await Library.open(at: path, waiting: .always())
                            .add(Array(Self.papers[part * 25..<part * 25 + 25])).added
                    }
                }
                var added = 0
                for try await count in group { added += count }
                #expect(added == 100)
            }
            #expect(try await library.search(for: SyntheticPapers.word(0)).hits.count > 0)
            #expect(try await library.inBackground { try $0.info() }.paperCount == 100)
        }
    }

    @Test(arguments: AddProgress.Stage.allCases.filter { $0 != .encoding })
    func `a closure that says stop ends a change at any stage, and the library stays as it was`(
        stage: AddProgress.Stage
    ) async throws {
        try await withLibrary { path, library in
            try await library.add(Array(Self.papers.prefix(30)), options: AddOptions(model: .ownPapers))
            let before = try await library.inBackground { try $0.info() }
            // Enough papers that the library chooses its semantic weight.
            let more = SyntheticPapers.make(300, seed: 3, firstNumber: 1_000)
            let seen = Atomic(false)
            let code = await code {
                try await library.add(more) { progress in
                    if progress.stage == stage { seen.store(true, ordering: .relaxed) }
                    return progress.stage != stage
                }
            }
            #expect(code == .cancelled && seen.load(ordering: .relaxed))
            let after = try await library.inBackground { try $0.info() }
            #expect(after.paperCount == before.paperCount && after.generation == before.generation)
            #expect(LibraryFolder(path: path).generations().count == 1)
            #expect(try await Library.checkIntegrity(at: path).findings == [])
        }
    }

    @Test
    func `a cancelled task ends its change, and the library stays as it was`() async throws {
        try await withLibrary { path, library in
            try await library.add(Array(Self.papers.prefix(30)))
            let task = Task {
                try await library.add(Self.papers) { progress in
                    // The task is cancelled between the first batch and the end.
                    unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
                    return true
                }
            }
            let code = await code { _ = try await task.value }
            #expect(code == .cancelled)
            #expect(try await library.inBackground { try $0.info() }.paperCount == 30)
            #expect(try await Library.checkIntegrity(at: path).findings == [])
        }
    }

    @Test
    func `a cancelled refit leaves the library as it was`() async throws {
        try await withLibrary { path, library in
            try await library.add(Self.papers)
            #expect(await code { try await library.refit { $0.stage != .fitting } } == .cancelled)
            #expect(try await library.inBackground { try $0.info() }.generation == 1)
            #expect(try await library.refit() == 100)
        }
    }

    // MARK: - Changes of others

    @Test
    func `generations of other writers are told`() async throws {
        try await withLibrary { path, library in
            var numbers: [Int] = []
            for await number in library.generations(every: .milliseconds(2)) {
                numbers.append(number)
                if numbers.count == 3 { break }
                let other = try await Library.open(at: path)
                try await other.add([Self.papers[numbers.count]])
            }
            #expect(numbers == [0, 1, 2])
        }
    }

    // MARK: - Encoders

    private struct Failure: Error {}

    @Test
    func `an encoder makes the vectors that papers lack, once`() async throws {
        try await withLibrary { path, library in
            try await library.add(Self.papers)
            let encoder = ToyEncoder()
            #expect(try await library.encode(in: .toy, with: encoder, batchSize: 16) == 100)
            #expect(try await library.encode(in: .toy, with: encoder) == 0)
            try await library.add(SyntheticPapers.make(5, seed: 4, firstNumber: 700))
            #expect(try await library.encode(in: .toy, with: encoder) == 5)
            #expect(encoder.encodedCount == 105)
            let text = "\(SyntheticPapers.word(400)) \(SyntheticPapers.word(401))"
            let options = SearchOptions(mode: .semantic)
            let answer = try await library.search(for: text, encoder: encoder, in: .toy, options: options)
            #expect(answer.hits.count == 10)
            let expected = try await library.search(
                for: text, vectors: [.toy: encoder.embedding(of: text)],
                options: SearchOptions(mode: .semantic, spaces: [.toy]))
            #expect(answer.hits.map(\.paper.id) == expected.hits.map(\.paper.id))
            let newer = ToyEncoder(version: "2")
            #expect(await code { try await library.encode(in: .toy, with: newer) } == .invalidArgument)
            #expect(
                await code { _ = try await library.search(for: text, encoder: newer, in: .toy) } == .invalidArgument)
            #expect(try await Library.checkIntegrity(at: path).findings == [])
        }
    }

    @Test
    func `an encoder that fails loses nothing, and the next call goes on where it was`() async throws {
        try await withLibrary { path, library in
            try await library.add(Self.papers)
            let failing = ToyEncoder { if $0 >= 40 { throw Failure() } }
            #expect(await code { try await library.encode(in: .toy, with: failing, batchSize: 10) } == .encoderFailed)
            #expect(try await Library.checkIntegrity(at: path).findings == [])
            let encoder = ToyEncoder()
            #expect(try await library.encode(in: .toy, with: encoder, batchSize: 10) == 60)
            let options = SearchOptions(k: 100, mode: .semantic, spaces: [.toy], foldsDuplicates: false)
            #expect(try await library.search(like: ["paper:0"], options: options).hits.count > 40)
            #expect(try await library.inBackground { try $0.spaces() }.last?.paperCount == 100)
        }
    }

    @Test
    func `a library is sound whatever vectors an encoder gives`() async throws {
        /// Vectors whose first components are much larger than the others, and alike.
        struct Peaked: TextEncoder {
            let identity = EncoderIdentity(name: "peaked", version: "1", dimensions: 8)

            func embeddings(of texts: [String], as role: TextRole) async throws -> [Embedding] {
                texts.map { text in
                    let numbers = (0..<8).map {
                        Float((text.utf8.reduce(7) { ($0 &* 31 &+ Int($1)) % 1009 } >> $0) % 9)
                    }
                    return Embedding([90, 40] + numbers.dropFirst(2).map { $0 - 4 })
                }
            }
        }
        try await withLibrary { path, library in
            try await library.add(Self.papers)
            try await library.encode(in: "peaked", with: Peaked())
            #expect(try await Library.checkIntegrity(at: path).findings == [])
        }
    }

    @Test
    func `a vector that somebody gives while an encoder works stays`() async throws {
        try await withLibrary { path, library in
            try await library.add(Self.papers)
            let given = Embedding((0..<48).map { Float($0 % 5) + 1 })
            let encoder = ToyEncoder { done in
                guard done == 10 else { return }
                try Library(at: path).setVectors(
                    ["paper:5": given, "paper:50": given], in: .toy, of: ToyEncoder().identity)
            }
            try await library.encode(in: .toy, with: encoder, batchSize: 10)
            let stored = try PaperStore(opening: path + "/papers.sqlite", mode: .readOnly).read { papers in
                var found: [[Float]] = []
                try papers.forEachVector(forKeys: papers.keys(identifiedBy: "paper:50"), in: "toy") {
                    found.append($1.components)
                }
                return found
            }
            #expect(stored == [given.components])
            #expect(try await Library.checkIntegrity(at: path).findings == [])
        }
    }

    @Test
    func `a space that somebody removes while an encoder works stays away`() async throws {
        try await withLibrary { path, library in
            try await library.add(Self.papers)
            let encoder = ToyEncoder { if $0 == 20 { try Library(at: path).removeSpace(.toy) } }
            #expect(await code { try await library.encode(in: .toy, with: encoder, batchSize: 10) } == .spaceNotFound)
            #expect(try await library.inBackground { try $0.spaces() }.map(\.name) == [.latentSemantics])
            #expect(try await Library.checkIntegrity(at: path).findings == [])
        }
    }

    @Test
    func `a closure that says stop ends the work of an encoder, and keeps its batches`() async throws {
        try await withLibrary { _, library in
            try await library.add(Self.papers)
            let encoder = ToyEncoder()
            let code = await code {
                try await library.encode(in: .toy, with: encoder, batchSize: 10) { $0.papers < 30 }
            }
            #expect(code == .cancelled && encoder.encodedCount == 30)
            #expect(try await library.encode(in: .toy, with: encoder) == 70)
        }
    }
}
