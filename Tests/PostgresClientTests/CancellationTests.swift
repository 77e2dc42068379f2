import Foundation
import ParallelLoops
import PostgresClient
import PostgresTestSupport
import Testing

extension ServerTests {
    struct CancellationTests {
        /// Waits until the server runs a statement of a connection that sleeps.
        private func waitUntilAsleep(_ processID: Int) throws {
            let observer = try TestDatabase.connection()
            while try observer.query(
                "select count(*) from pg_stat_activity where pid = $1 and wait_event = 'PgSleep'",
                [.int4(Int32(processID))]
            ).only().int(0) == 0 { usleep(5000) }
        }

        @Test("Another thread cancels a statement, and the connection stays usable")
        func otherThread() throws {
            let connection = try TestDatabase.connection()
            let canceller = connection.canceller, processID = connection.processID
            let thread = Thread {
                try? self.waitUntilAsleep(processID)
                canceller.cancel()
            }
            thread.start()
            let error = try postgresError { try connection.query("select pg_sleep(600)") }
            #expect(error.code == .cancelled)
            #expect(error.sqlState == "57014")
            #expect(try connection.query("select 1").only().int(0) == 1)
        }

        @Test("A cancelled task cancels its statement, and the connection stays usable")
        func cancelledTask() async throws {
            let started = AsyncStream<Int>.makeStream()
            let task = Task {
                try await inBackground {
                    let connection = try TestDatabase.connection()
                    started.continuation.yield(connection.processID)
                    #expect(throws: CancellationError.self) { try connection.query("select pg_sleep(600)") }
                    #expect(throws: CancellationError.self) { try connection.query("select 1") }
                    #expect(!connection.isBroken)
                    #expect(!connection.isInTransaction)
                }
            }
            for await processID in started.stream {
                try waitUntilAsleep(processID)
                break
            }
            task.cancel()
            try await task.value
        }

        @Test("A cancelled task undoes its transaction and its copies")
        func cancelledTransaction() async throws {
            let observer = try TestDatabase.connection()
            try observer.execute("create table cancelled_rows (a int4)")
            defer { try? observer.execute("drop table cancelled_rows") }
            let started = AsyncStream<Int>.makeStream()
            let task = Task {
                try await inBackground {
                    let connection = try TestDatabase.connection()
                    started.continuation.yield(connection.processID)
                    #expect(throws: CancellationError.self) {
                        try connection.transaction(.readWrite) {
                            try connection.copy(into: "cancelled_rows", columns: ["a"]) { try $0.append(.int4(1)) }
                            try connection.query("select pg_sleep(600)")
                        }
                    }
                    #expect(!connection.isInTransaction)
                    #expect(!connection.isBroken)
                    #expect(throws: CancellationError.self) {
                        try connection.copy(into: "cancelled_rows", columns: ["a"]) { _ in }
                    }
                }
            }
            for await processID in started.stream {
                try waitUntilAsleep(processID)
                break
            }
            task.cancel()
            try await task.value
            #expect(try observer.query("select count(*) from cancelled_rows").only().int(0) == 0)
        }

        @Test("A timeout of the server, a cancellation from elsewhere and a deadline are told apart")
        func kinds() throws {
            let connection = try TestDatabase.connection()
            try connection.execute("set statement_timeout = '30ms'")
            let timeout = try postgresError { try connection.query("select pg_sleep(600)") }
            #expect(timeout.code == .statementTimeout)
            #expect(timeout.sqlState == "57014")
            try connection.execute("set statement_timeout = 0")

            let processID = connection.processID
            let thread = Thread {
                try? self.waitUntilAsleep(processID)
                _ = try? TestDatabase.connection().query("select pg_cancel_backend($1)", [.int4(Int32(processID))])
            }
            thread.start()
            let cancelled = try postgresError { try connection.query("select pg_sleep(600)") }
            #expect(cancelled.code == .cancelled)
            #expect(cancelled.message.contains("Somebody else"))

            connection.deadline = .now + .milliseconds(60)
            #expect(try postgresError { try connection.query("select pg_sleep(600)") }.code == .deadlineExceeded)
            #expect(try postgresError { try connection.query("select 1") }.code == .deadlineExceeded)
            connection.deadline = nil
            #expect(try connection.query("select 1").only().int(0) == 1)
        }

        @Test("A lock that is not to be had is told")
        func lockTimeout() throws {
            let holder = try TestDatabase.connection(), connection = try TestDatabase.connection()
            try holder.execute("create table locked_rows (a int4)")
            defer { try? holder.execute("drop table locked_rows") }
            try connection.execute("set lock_timeout = '20ms'")
            try holder.transaction(.readWrite) {
                try holder.query("lock table locked_rows")
                #expect(try postgresError { try connection.query("select * from locked_rows") }.code == .lockTimeout)
            }
        }
    }
}
