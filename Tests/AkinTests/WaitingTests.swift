import Akin
import Dispatch
import Foundation
import GRDB
import MappedFiles
import Papers
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

@Suite("Writers of one library")
struct WaitingTests {
    /// The error of an addition to a library.
    private func error(ofAddingTo path: String, waiting: Waiting = .never) throws -> AkinError {
        do throws(AkinError) {
            try Library(at: path, waiting: waiting).add(SyntheticPapers.make(1, firstNumber: 500))
        } catch {
            return error
        }
        throw AkinError(.internalFailure, "a second writer was let in")
    }

    @Test
    func `a second change in one process is told so, and nothing of another process`() throws {
        try TemporaryFolder.with { folder in
            let library = try Library(creatingAt: folder + "/library")
            let errors = Mutex<[AkinError]>([])
            try library.add(SyntheticPapers.make(3)) { _ in
                let error = try? error(ofAddingTo: folder + "/library")
                errors.withLock { if let error { $0.append(error) } }
                return true
            }
            let told = errors.withLock { $0 }
            #expect(!told.isEmpty)
            for error in told {
                #expect(error.code == .locked && error.remedy == .tryAgainLater)
                #expect(error.message.contains("by another change in this process."))
            }
        }
    }

    @Test
    func `a lock that is a link, or another name of a file, never writes into that file`() throws {
        try TemporaryFolder.with { folder in
            let path = folder + "/library"
            try Library(creatingAt: path).add(SyntheticPapers.make(3))
            let (lock, other) = (path + "/lock", folder + "/thesis.txt")
            let text = String(repeating: "What took me four years. ", count: 20)
            func expectWhole(_ comment: Comment) {
                #expect((try? String(contentsOfFile: other, encoding: .utf8)) == text, comment)
            }
            try text.write(toFile: other, atomically: false, encoding: .utf8)
            try FileManager.default.removeItem(atPath: lock)
            try FileManager.default.createSymbolicLink(atPath: lock, withDestinationPath: "../thesis.txt")
            let error = try error(ofAddingTo: path)
            #expect(error.code == .cannotWrite && error.remedy == .moveAway)
            #expect(error.message.contains("symbolic link"))
            expectWhole("symbolic link")
            try FileManager.default.removeItem(atPath: lock)
            try FileManager.default.linkItem(atPath: other, toPath: lock)
            try Library(at: path).add(SyntheticPapers.make(1, firstNumber: 500))
            expectWhole("hard link")
            try FileManager.default.removeItem(atPath: lock)
            try FileManager.default.moveItem(atPath: other, toPath: lock)
            try Library(at: path).add(SyntheticPapers.make(1, firstNumber: 501))
            #expect(try String(contentsOfFile: lock, encoding: .utf8) == text)
        }
    }

    @Test
    func `a wait that has a limit ends with an error, and tells once whom it waits for`() throws {
        try TemporaryFolder.with { folder in
            let library = try Library(creatingAt: folder + "/library")
            let holders = Mutex<[LibraryHolder]>([])
            let waiting = Waiting.atMost(.milliseconds(250)) { holder in holders.withLock { $0.append(holder) } }
            let isFirst = Atomic(true)
            try library.add(SyntheticPapers.make(3)) { _ in
                guard isFirst.exchange(false, ordering: .relaxed) else { return true }
                let start = ContinuousClock.now
                let error = try? error(ofAddingTo: folder + "/library", waiting: waiting)
                #expect(error?.code == .locked)
                #expect(ContinuousClock.now - start >= .milliseconds(250))
                return true
            }
            #expect(holders.withLock { $0 }.map(\.isThisProcess) == [true])
        }
    }

    @Test
    func `six writers that wait all succeed`() throws {
        try TemporaryFolder.with { folder in
            let failures = Mutex<[String]>([])
            DispatchQueue.concurrentPerform(iterations: 6) { number in
                do {
                    let library = try Library(creatingAt: folder + "/library", waiting: .always())
                    try library.add(SyntheticPapers.make(4, firstNumber: number * 4))
                } catch {
                    failures.withLock { $0.append("\(error)") }
                }
            }
            #expect(failures.withLock { $0 } == [])
            let report = try Library.checkIntegrity(at: folder + "/library")
            #expect(report.isHealthy && report.paperCount == 24)
        }
    }

    /// Calls `body` while somebody keeps a store to himself, as a process does that is suspended while it recovers a
    /// log.
    private func withLockedStore(
        of path: String, _ body: (_ free: @escaping @Sendable () -> Void) throws -> Void
    ) throws {
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let holder = try DatabaseQueue(path: path + "/papers.sqlite", configuration: configuration)
        try holder.writeWithoutTransaction { try $0.execute(sql: "BEGIN EXCLUSIVE") }
        try body { try? holder.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") } }
    }

    @Test
    func `a change that may wait waits for somebody who keeps the store locked, and tells so once`() throws {
        try TemporaryFolder.with { folder in
            let path = folder + "/library"
            try Library(creatingAt: path).add(SyntheticPapers.make(3))
            let notices = Atomic(0)
            try withLockedStore(of: path) { free in
                let writer = try Library(
                    at: path,
                    waiting: .always { _ in
                        notices.add(1, ordering: .relaxed)
                        // The store stays locked for two more attempts.
                        DispatchQueue.global().asyncAfter(deadline: .now() + 2.5) { free() }
                    })
                try writer.add(SyntheticPapers.make(3, firstNumber: 3))
            }
            #expect(notices.load(ordering: .relaxed) == 1)
            let report = try Library.checkIntegrity(at: path)
            #expect(report.isHealthy && report.paperCount == 6)
        }
    }

    @Test
    func `a wait for the store that has a limit ends with an error, and changes nothing`() throws {
        try TemporaryFolder.with { folder in
            let path = folder + "/library"
            try Library(creatingAt: path).add(SyntheticPapers.make(3))
            let notices = Atomic(0)
            try withLockedStore(of: path) { free in
                let waiting = Waiting.atMost(.milliseconds(1_200)) { _ in notices.add(1, ordering: .relaxed) }
                let error = try error(ofAddingTo: path, waiting: waiting)
                #expect(error.code == .locked && error.remedy == .tryAgainLater)
                free()
            }
            #expect(notices.load(ordering: .relaxed) == 1)
            #expect(try Library.checkIntegrity(at: path).paperCount == 3)
        }
    }

    @Test(arguments: [
        ("\(getppid()) 0A-1 akin add", "process \(getppid()) (akin add)"),
        ("\(getppid()) 0A-1 akin \u{1B}[31madd", "another process"),
        ("99999999999 0A-1 akin add", "another process"), ("", "another process"), ("-1 a b c", "another process"),
    ])
    func `the holder of a lock is named by what the file says of it, if that can be right`(
        note: String, name: String
    ) throws {
        try TemporaryFolder.with { folder in
            let library = try Library(creatingAt: folder + "/library")
            let lock = try FileLock.attempt(folder + "/library/lock", .exclusive)
            try Data(note.utf8).write(to: URL(filePath: folder + "/library/lock"), options: [])
            try withExtendedLifetime((lock, library)) {
                let message = try error(ofAddingTo: folder + "/library").message
                #expect(message == "The library in '\(folder)/library' is being changed by \(name).")
            }
        }
    }

    @Test
    func `a lock that is removed during a change leaves a sound library, whenever that happens`() throws {
        for hasSecond in [false, true] {
            for moment in 0..<7 {
                try TemporaryFolder.with { folder in
                    try removeLock(at: moment, hasSecond: hasSecond, path: folder + "/library")
                }
            }
        }
    }

    private func removeLock(at moment: Int, hasSecond: Bool, path: String) throws {
        let library = try Library(creatingAt: path)
        try library.add(SyntheticPapers.make(10))
        let calls = Atomic(0)
        let second = DispatchGroup()
        let secondError = Mutex<(any Error)?>(nil)
        var firstError: AkinError?
        do throws(AkinError) {
            try library.add(SyntheticPapers.make(10, firstNumber: 10)) { _ in
                guard calls.add(1, ordering: .relaxed).oldValue == moment else { return true }
                try? FileManager.default.removeItem(atPath: path + "/lock")
                guard hasSecond else { return true }
                DispatchQueue.global().async(group: second) {
                    do {
                        try Library(at: path).add(SyntheticPapers.make(10, firstNumber: 20))
                    } catch {
                        secondError.withLock { $0 = error }
                    }
                }
                Thread.sleep(forTimeInterval: 0.1)
                return true
            }
        } catch {
            firstError = error
        }
        second.wait()
        let isRemoved = calls.load(ordering: .relaxed) > moment
        #expect(firstError?.code == (isRemoved ? .lockLost : nil), "moment \(moment): \(firstError?.message ?? "")")
        #expect(secondError.withLock { $0.map { "\($0)" } } == nil, "moment \(moment)")
        let report = try Library.checkIntegrity(at: path)
        #expect(report.findings == [], "moment \(moment)")
        #expect(report.paperCount == (isRemoved && !hasSecond ? 10 : 20), "moment \(moment)")
        #expect(try Library(at: path).search(for: "study").hits.count > 0)
        try Library(at: path).add(SyntheticPapers.make(1, firstNumber: 40))
        let names = try FileManager.default.contentsOfDirectory(atPath: path)
        #expect(names.filter { $0.hasPrefix("generation-") }.count <= 3, "moment \(moment)")
    }
}

@Suite("Checks beside writers")
struct CheckingBesideWritersTests {
    @Test
    func `a library that changes all the time is sound for every check of it`() throws {
        try TemporaryFolder.with { folder in
            let path = folder + "/library"
            try Library(creatingAt: path).add(SyntheticPapers.make(200))
            let failure = Mutex<String?>(nil)
            let isWriting = Atomic(true)
            let writer = DispatchGroup()
            DispatchQueue.global().async(group: writer) {
                do {
                    for number in 0..<12 { try Library(at: path).remove(ids: ["paper:\(number)"]) }
                } catch {
                    failure.withLock { $0 = "\(error)" }
                }
                isWriting.store(false, ordering: .relaxed)
            }
            while isWriting.load(ordering: .relaxed) {
                #expect(try Library.checkIntegrity(at: path).findings == [])
            }
            writer.wait()
            #expect(failure.withLock { $0 } == nil)
            #expect(try Library.checkIntegrity(at: path).paperCount == 188)
        }
    }
}
