import Foundation
import ParallelLoops
import PostgresClient
import PostgresTestSupport
import Synchronization
import Testing

extension ServerTests {
    struct PoolTests {
        @Test("Connections are used again, and no more are opened than allowed")
        func size() async throws {
            let pool = try PostgresPool(TestDatabase.address(), size: 3)
            try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<24 {
                    group.addTask {
                        try await inBackground {
                            try pool.withConnection { connection in
                                try connection.query("select $1::int4, pg_sleep(0.002)::text", [.int4(Int32(number))])
                                    .only().int(0)
                            }
                        }
                    }
                }
                var sum = 0
                for try await number in group { sum += number }
                #expect(sum == 23 * 24 / 2)
            }
            #expect((1...3).contains(pool.connectionCount))
            let first = try pool.withConnection { $0.processID }
            #expect(try pool.withConnection { $0.processID } == first)
            pool.close()
            #expect(pool.connectionCount == 0)
            #expect(try postgresError { try pool.withConnection { _ in } }.code == .unusable)
        }

        @Test("Waiting for a connection is bounded")
        func exhausted() throws {
            let pool = try PostgresPool(TestDatabase.address(), size: 1, patience: .milliseconds(60))
            try pool.withConnection { (_: PostgresConnection) throws in
                #expect(try postgresError { try pool.withConnection { _ in } }.code == .poolExhausted)
            }
            #expect(try pool.withConnection { try $0.query("select 1").only().int(0) } == 1)
            #expect(try postgresError { _ = try PostgresPool(TestDatabase.address(), size: 0) }.code == .badAddress)
        }

        @Test("A connection left inside a transaction is thrown away")
        func leftTransaction() throws {
            let pool = try PostgresPool(TestDatabase.address(), size: 1)
            let first = try pool.withConnection { connection in
                try connection.execute("begin")
                return connection.processID
            }
            let (second, isInTransaction) = try pool.withConnection { ($0.processID, $0.isInTransaction) }
            #expect(first != second)
            #expect(!isInTransaction)
        }

        @Test("A reading whose server process is killed is answered by one retry, and a write is not repeated")
        func killed() throws {
            let server = try PostgresServer()
            try server.run("create table t (a int4)")
            let retries = Mutex<[PostgresError.Code]>([])
            let pool = try PostgresPool(
                PostgresAddress(server.uri), size: 2, onRetry: { error in retries.withLock { $0.append(error.code) } })
            /// Kills the server's process of a connection while it sleeps.
            func killWhileAsleep(_ connection: PostgresConnection) throws {
                let process = connection.processID
                let thread = Thread {
                    while (try? server.run(
                        "select 1 from pg_stat_activity where pid = \(process) and wait_event = 'PgSleep'")) != "1"
                    {
                        usleep(5000)
                    }
                    kill(pid_t(process), SIGKILL)
                }
                thread.start()
                try connection.query("select pg_sleep(600)")
            }
            var calls = 0
            let answer = try pool.withConnection(retryingReads: true) { connection in
                calls += 1
                if calls == 1 { try killWhileAsleep(connection) }
                return try connection.query("select 42").only().int(0)
            }
            #expect(answer == 42)
            #expect(calls == 2)
            #expect(retries.withLock { $0 }.count == 1)

            calls = 0
            let error = try postgresError {
                try pool.withConnection { connection in
                    calls += 1
                    try connection.query("insert into t values (1)")
                    try killWhileAsleep(connection)
                }
            }
            #expect(calls == 1)
            #expect(error.isLossOfConnection)
            #expect(retries.withLock { $0 }.count == 1)

            // A second loss comes out.
            while (try? server.run("select 1")) != "1" { usleep(10_000) }
            calls = 0
            let second = try postgresError {
                try pool.withConnection(retryingReads: true) { connection in
                    calls += 1
                    try killWhileAsleep(connection)
                }
            }
            #expect(calls == 2)
            #expect(second.isLossOfConnection)
            try server.stop()
        }

        @Test("Idle connections of a server that started again are replaced, also for writes")
        func restarted() throws {
            let server = try PostgresServer()
            let pool = try PostgresPool(PostgresAddress(server.uri), size: 2)
            try pool.withConnection { try $0.execute("create table t (a int4)") }
            try server.stop(.immediate)
            try server.start()
            #expect(try pool.withConnection { try $0.query("insert into t values (1)").affectedRows } == 1)
            try server.stop()
        }

        @Test("A new connection is set up before it is used")
        func preparation() throws {
            let pool = try PostgresPool(
                TestDatabase.address(), size: 1, prepare: { try $0.execute("set work_mem = '7MB'") })
            #expect(try pool.withConnection { try $0.query("show work_mem").only().text(0) } == "7MB")
        }
    }
}
