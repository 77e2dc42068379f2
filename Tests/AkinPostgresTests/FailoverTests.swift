import Akin
import AkinPostgres
import Foundation
import Papers
import ParallelLoops
import PostgresClient
import PostgresTestSupport
import Synchronization
import TestSupport
import Testing

/// A library whose servers are killed and promoted while it is asked.
@Suite(
    "A library in PostgreSQL when servers fail",
    .enabled(if: PostgresServer.isAvailable, Comment(rawValue: PostgresServer.skipNote)))
struct FailoverTests {
    @Test
    func `goes on with a standby when the primary is killed, and says so`() throws {
        try TemporaryFolder.with { folder in
            let library = try Library(creatingAt: folder + "/library")
            try library.add(Array(BundledSample.papers.prefix(30)))
            let primary = try PostgresServer()
            _ = try Publisher(to: primary.uri).publish(library)
            let standby = try PostgresServer(standbyOf: primary)
            let address = "postgresql://postgres@/postgres?host=\(primary.folder),\(standby.folder)"
            let notices = LockedValue<[String]>([])
            let server = try Library.open(address, cache: folder + "/cache") { text in
                notices.withLock { $0.append(text) }
            }
            let expected = try server.search(for: "streaming attention").hits.map(\.paper.id)
            let followed = ContinuousClock.now + .seconds(60)
            while try standby.run("select count(*) from akin.current") != "1", .now < followed {
                Thread.sleep(forTimeInterval: 0.02)
            }

            let isDone = LockedValue(false)
            let outcomes = LockedValue<[Result<[String], AkinError>]>([])
            let asking = Thread {
                while !isDone.withLock({ $0 }) {
                    let outcome = Result { () throws(AkinError) in
                        try server.search(for: "streaming attention").hits.map(\.paper.id)
                    }
                    outcomes.withLock { $0.append(outcome) }
                }
            }
            asking.start()
            Thread.sleep(forTimeInterval: 0.2)
            try primary.stop(.kill)
            Thread.sleep(forTimeInterval: 0.5)
            isDone.withLock { $0 = true }
            let end = ContinuousClock.now + .seconds(60)
            while !asking.isFinished, .now < end { Thread.sleep(forTimeInterval: 0.01) }
            for outcome in outcomes.withLock({ $0 }) { #expect(try outcome.get() == expected) }
            #expect(notices.withLock { $0 }.contains { $0.contains("asked again") })

            // A standby takes no change until it is promoted.
            let paper = Paper(id: "new", title: "Zeppelin caches", abstract: "Of keys.")
            let refusal = try #require(throws: AkinError.self) { try server.add([paper]) }
            #expect(refusal.code == .cannotWrite)
            try standby.promote()
            let promoted = ContinuousClock.now + .seconds(60)
            while try standby.run("select pg_is_in_recovery()") != "f", .now < promoted {
                Thread.sleep(forTimeInterval: 0.02)
            }
            #expect(try server.add([paper]).added == 1)
            #expect(try server.search(for: "zeppelin").hits.first?.paper.id == "new")
            try standby.stop()
        }
    }
}
