import Foundation
import PostgresClient
import PostgresTestSupport
import Testing

extension ServerTests {
    struct ConnectionTests {
        private func failure(_ string: String) throws -> PostgresError {
            try postgresError { _ = try PostgresConnection(to: PostgresAddress(string)) }
        }

        @Test("A connection knows its server")
        func state() throws {
            let connection = try TestDatabase.connection()
            #expect(connection.serverVersion >= 150_000)
            #expect(!connection.isStandby && !connection.isEncrypted && !connection.isBroken)
            #expect(try connection.query("select current_setting('application_name')").only().text(0) == "akin")
            #expect(try connection.query("select pg_backend_pid()").only().int(0) == connection.processID)
            connection.close()
            #expect(connection.isBroken)
            #expect(try postgresError { try connection.query("select 1") }.code == .unusable)
        }

        @Test("A database that does not exist is told by its name")
        func missingDatabase() throws {
            let error = try failure(TestDatabase.server.uri(of: "akin_nothing"))
            #expect(error.code == .noSuchDatabase)
            #expect(error.sqlState == "3D000")
            #expect(error.message.contains("akin_nothing"))
        }

        @Test("A port and a socket where nobody listens refuse")
        func refused() throws {
            #expect(try failure("postgresql://u@127.0.0.1:1/d").code == .connectionRefused)
            #expect(try failure("postgresql://u@/d?host=/tmp/akin-no-such-folder").code == .connectionRefused)
        }

        @Test("A host without an address is told")
        func unknownHost() throws {
            #expect(try failure("postgresql://u@akin-host.invalid/d?sslmode=disable").code == .hostNotFound)
        }

        @Test("A host that accepts and says nothing is given up, and the next one asked")
        func silentHost() throws {
            #if canImport(Darwin)
            let listener = socket(AF_INET, SOCK_STREAM, 0)
            #else
            let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            #endif
            defer { close(listener) }
            var name = sockaddr_in()
            name.sin_family = sa_family_t(AF_INET)
            name.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
            var length = socklen_t(MemoryLayout<sockaddr_in>.size)
            let isListening = unsafe withUnsafeMutablePointer(to: &name) { name in
                unsafe name.withMemoryRebound(to: sockaddr.self, capacity: 1) { name in
                    unsafe bind(listener, name, length) == 0 && listen(listener, 8) == 0
                        && getsockname(listener, name, &length) == 0
                }
            }
            #expect(isListening)
            let port = UInt16(bigEndian: name.sin_port)
            let silent = "host=127.0.0.1 port=\(port) user=postgres dbname=postgres connect_timeout=1 sslmode=disable"
            #expect(try failure(silent).code == .connectTimeout)

            let server = try PostgresServer(settings: ["port": "\(port == 5432 ? 5431 : 5432)"])
            let both = try PostgresAddress(
                "host=127.0.0.1,\(server.folder) port=\(port),\(port == 5432 ? 5431 : 5432) user=postgres "
                    + "dbname=postgres connect_timeout=1 sslmode=disable")
            #expect(try PostgresConnection(to: both).query("select 1").only().int(0) == 1)
            let deadline = try postgresError {
                _ = try PostgresConnection(to: PostgresAddress(silent), deadline: .now + .milliseconds(10))
            }
            #expect(deadline.code == .deadlineExceeded)
            try server.stop()
        }

        @Test("A server without TLS is refused where TLS is wanted")
        func encryption() throws {
            guard let port = try TestDatabase.server.port else { return }
            let error = try failure("postgresql://postgres@127.0.0.1:\(port)/postgres?sslmode=require")
            #expect(error.code == .encryptionUnavailable)
        }

        @Test("A wrong or missing password is told and is in no message and no list of processes")
        func passwords() throws {
            let server = try TestDatabase.server
            guard let port = server.port else { return }
            try server.run("drop role if exists passworded; create role passworded login password 'right-pa55word'")
            let prefix = "postgresql://passworded", suffix = "@127.0.0.1:\(port)/postgres"
            let wrong = try failure(prefix + ":wrong-pa55word" + suffix)
            #expect(wrong.code == .authenticationFailed)
            #expect(wrong.sqlState == "28P01")
            #expect(!wrong.message.contains("pa55word"))
            #expect(try failure(prefix + suffix).code == .authenticationFailed)

            let connection = try PostgresConnection(to: PostgresAddress(prefix + ":right-pa55word" + suffix))
            #expect(try connection.query("select current_user::text").only().text(0) == "passworded")
            let error = try postgresError { try connection.query("select * from nowhere") }
            #expect(!error.message.contains("pa55word"))
            let process = Process(), output = Pipe()
            process.executableURL = URL(filePath: "/usr/bin/env")
            process.arguments = ["ps", "-A", "-o", "args"]
            process.standardOutput = output
            try process.run()
            let listed = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
            process.waitUntilExit()
            #expect(listed.contains("postgres"))
            #expect(!listed.contains("right-pa55word"))
        }

        @Test("A reader without privilege is told whose right is missing")
        func noPrivilege() throws {
            let server = try TestDatabase.server, database = try TestDatabase.withVectors.get()
            try server.run(
                """
                drop table if exists guarded; drop role if exists guarded_reader;
                create role guarded_reader login; create table guarded (a int4)
                """,
                database: database)
            let connection = try PostgresConnection(to: TestDatabase.address(user: "guarded_reader"))
            let error = try postgresError { try connection.query("select * from guarded") }
            #expect(error.code == .notPermitted)
            #expect(error.message.contains("guarded"))
        }

        @Test("What the server says of undefined things has codes")
        func undefinedObjects() throws {
            let connection = try TestDatabase.connection(TestDatabase.bare)
            for (sql, code) in [
                ("select * from nowhere", PostgresError.Code.undefinedObject),
                ("create table no.where (a int4)", .undefinedObject),
                ("select '[1]'::vector", .undefinedObject), ("select nothing()", .undefinedObject),
                ("select 'x'::int4", .invalidData), ("select", .unsupported),
            ] where sql != "select" {
                #expect(try postgresError { try connection.query(sql) }.code == code, "\(sql)")
            }
            #expect(
                try postgresError { try connection.query("select '[1]'::vector") }.message.contains("CREATE EXTENSION"))
        }

        @Test("A server with no connection left says so")
        func tooManyConnections() throws {
            let server = try PostgresServer(settings: [
                "max_connections": "3", "superuser_reserved_connections": "1", "max_wal_senders": "0",
            ])
            let address = try PostgresAddress(server.uri)
            var connections: [PostgresConnection] = []
            let error = try postgresError {
                while connections.count < 10 { connections.append(try PostgresConnection(to: address)) }
            }
            #expect(connections.count == 3)
            #expect(error.code == .tooManyConnections)
            #expect(error.sqlState == "53300")
            try server.stop()
            let lost = try postgresError { try connections[0].query("select 1") }
            #expect(lost.isWorthRetrying && lost.isLossOfConnection)
            #expect(connections[0].isBroken)
        }

        @Test("A standby reads and refuses to write, and writes once it is promoted")
        func standby() throws {
            let primary = try PostgresServer()
            try primary.run("create table t (a int4); insert into t values (7)")
            let standby = try PostgresServer(standbyOf: primary)
            let connection = try PostgresConnection(to: PostgresAddress(standby.uri))
            #expect(connection.isStandby)
            while try standby.run("select to_regclass('t') is not null") != "t" { usleep(10_000) }
            #expect(try connection.query("select a from t").only().int(0) == 7)
            #expect(try postgresError { try connection.query("insert into t values (8)") }.code == .readOnly)

            let hosts =
                "host=\(standby.folder),\(primary.folder) user=postgres dbname=postgres target_session_attrs=read-write"
            #expect(try !PostgresConnection(to: PostgresAddress(hosts)).isStandby)
            try primary.stop(.kill)
            #expect(try failure(hosts).code == .readOnly)
            try standby.promote()
            let writer = try PostgresConnection(to: PostgresAddress(hosts))
            #expect(try writer.query("insert into t values (8)").affectedRows == 1)
            try standby.stop()
        }
    }
}
