import PostgresClient
import PostgresTestSupport
import Testing

extension ServerTests {
    struct StatementTests {
        private func preparedCount(_ connection: PostgresConnection) throws -> Int {
            // Asked in a statement that is not prepared by name twice.
            try connection.query("select count(*) from pg_prepared_statements").only().int(0)
        }

        @Test("A statement that comes again is not prepared again")
        func cache() throws {
            let connection = try TestDatabase.connection()
            let before = try preparedCount(connection)
            for number in 1...5 {
                #expect(try connection.query("select $1::int4 + 1", [.int4(Int32(number))]).only().int(0) == number + 1)
            }
            #expect(try preparedCount(connection) == before + 1)
            // A null fits what was prepared, another type does not.
            #expect(try connection.query("select $1::int4 + 1", [.null]).only().isNull(0))
            #expect(try preparedCount(connection) == before + 1)
            #expect(try connection.query("select $1::int4 + 1", [.int8(1)]).only().int(0) == 2)
            #expect(try preparedCount(connection) == before + 2)
        }

        @Test("Statements without number do not fill the server")
        func eviction() throws {
            let connection = try TestDatabase.connection()
            for number in 0..<600 { #expect(try connection.query("select \(number)").only().int(0) == number) }
            #expect(try preparedCount(connection) <= 258)
            #expect(try connection.query("select 0").only().int(0) == 0)
        }

        @Test("A statement whose view was replaced is prepared again")
        func changedView() throws {
            let connection = try TestDatabase.connection(), other = try TestDatabase.connection()
            let name = PostgresName("changed_view")
            try other.execute("drop view if exists \(name); create view \(name) as select 1 as a")
            #expect(try connection.query("select * from \(name)").only().int(0) == 1)
            try other.execute("drop view \(name); create view \(name) as select 'two'::text as a, 3 as b")
            #expect(try connection.query("select * from \(name)").only().text(0) == "two")
            try connection.execute("deallocate all")
            #expect(try connection.query("select * from \(name)").only().int(1) == 3)
            try other.execute("drop view \(name)")
        }

        @Test("A pipeline gives the rows of each statement in order")
        func pipeline() throws {
            let connection = try TestDatabase.connection()
            let answers = try connection.pipeline([
                PostgresStatement("create temporary table t (a int4)"),
                PostgresStatement("select $1::text", [.text("x")]),
                PostgresStatement("select generate_series(1, $1)", [.int4(3)]),
                PostgresStatement("select $1::text", [.text("y")]),
            ])
            #expect(try answers[1].only().text(0) == "x")
            #expect(try answers[2].map { try $0.int(0) } == [1, 2, 3])
            #expect(try answers[3].only().text(0) == "y")
            #expect(try connection.pipeline([]).isEmpty)
        }

        @Test("An error inside a pipeline names its statement, undoes the others and leaves the connection usable")
        func failingPipeline() throws {
            let connection = try TestDatabase.connection()
            try connection.execute("create temporary table t (a int4)")
            let error = try postgresError {
                try connection.pipeline([
                    PostgresStatement("insert into t values (1)"), PostgresStatement("select 1 / $1", [.int4(0)]),
                    PostgresStatement("select nothing from nowhere"),
                ])
            }
            #expect(error.code == .invalidData)
            #expect(error.sqlState == "22012")
            #expect(error.statementIndex == 1)
            #expect(error.message.contains("statement 2 of 3"))
            #expect(try connection.query("select count(*) from t").only().int(0) == 0)
            // A statement that could not be prepared is not thought of as prepared.
            for _ in 0..<2 {
                #expect(try postgresError { try connection.query("select nothing from nowhere") }.sqlState == "42P01")
            }
            #expect(try connection.query("select 1 / $1", [.int4(1)]).only().int(0) == 1)
        }

        @Test("Plain statements run together, and an error undoes them")
        func execute() throws {
            let connection = try TestDatabase.connection()
            try connection.execute("create temporary table t (a int4); insert into t values (1); select * from t")
            #expect(try connection.query("select a from t").only().int(0) == 1)
            #expect(
                try postgresError { try connection.execute("insert into t values (2); select 1 / 0") }.code
                    == .invalidData)
            #expect(try connection.query("select count(*) from t").only().int(0) == 1)
            try connection.execute("")
        }

        @Test("The number of changed rows and the names of columns are known")
        func counts() throws {
            let connection = try TestDatabase.connection()
            try connection.execute("create temporary table t (a int4)")
            #expect(try connection.query("insert into t select generate_series(1, 7)").affectedRows == 7)
            let rows = try connection.query("select a as first, 2 as second from t where false")
            #expect(rows.columnNames == ["first", "second"])
            #expect(rows.isEmpty)
            #expect(try postgresError { _ = try rows.only() }.code == .malformedValue)
        }

        @Test("COPY by a plain statement is refused, and harms no other connection")
        func plainCopy() throws {
            let connection = try TestDatabase.connection()
            try connection.execute("create temporary table t (a int4)")
            #expect(throws: PostgresError.self) { try connection.execute("copy t from stdin") }
            #expect(try connection.query("select 1").only().int(0) == 1)
            #expect(throws: PostgresError.self) { try connection.query("copy t to stdout") }
            #expect(throws: PostgresError.self) { try TestDatabase.connection().execute("copy (select 1) to stdout") }
        }

        @Test("A notice is kept and not printed")
        func notices() throws {
            let connection = try TestDatabase.connection()
            try connection.execute("do $$ begin raise notice 'remark %', 7; end $$")
            #expect(connection.takeNotices().map(\.message) == ["remark 7"])
            #expect(connection.takeNotices().isEmpty)
        }

        @Test("Types of an extension are an error where it is missing, and known once it is there")
        func missingExtension() throws {
            let name = try TestDatabase.make(nil)
            let connection = try PostgresConnection(to: PostgresAddress(TestDatabase.server.uri(of: name)))
            let error = try postgresError { try connection.query("select $1::text", [.vector([1])]) }
            #expect(error.code == .extensionMissing)
            #expect(error.message.contains("CREATE EXTENSION vector"))
            try connection.execute("create extension vector")
            #expect(try connection.query("select $1::text", [.vector([1])]).only().text(0) == "[1]")
            #expect(try connection.query("select '[2]'::halfvec").only().vector(0) == [2])
        }
    }

    struct TransactionTests {
        struct Stop: Error {}

        @Test("A transaction is committed, or undone if its body throws")
        func rollback() throws {
            let connection = try TestDatabase.connection()
            try connection.execute("create temporary table t (a int4)")
            let answer = try connection.transaction(.readWrite) {
                try connection.query("insert into t values (1)")
                return 5
            }
            #expect(answer == 5)
            #expect(throws: Stop.self) {
                try connection.transaction(.readWrite) {
                    try connection.query("insert into t values (2)")
                    throw Stop()
                }
            }
            #expect(!connection.isInTransaction)
            #expect(try connection.query("select a from t").map { try $0.int(0) } == [1])
        }

        @Test("A reading transaction refuses to write")
        func readOnly() throws {
            let connection = try TestDatabase.connection()
            let error = try postgresError {
                try connection.transaction(.readOnly) { _ = try connection.query("create table never (a int4)") }
            }
            #expect(error.code == .readOnly)
            #expect(!connection.isInTransaction)
        }

        @Test("A repeatable transaction sees one state")
        func snapshot() throws {
            let connection = try TestDatabase.connection(), other = try TestDatabase.connection()
            try other.execute("create table snapshot_rows (a int4)")
            defer { try? other.execute("drop table snapshot_rows") }
            let counts = try connection.transaction(.readOnly, isolation: .repeatableRead) {
                let first = try connection.query("select count(*) from snapshot_rows").only().int(0)
                try other.query("insert into snapshot_rows values (1)")
                return (first, try connection.query("select count(*) from snapshot_rows").only().int(0))
            }
            #expect(counts == (0, 0))
            #expect(try connection.query("select count(*) from snapshot_rows").only().int(0) == 1)
        }

        @Test("A body that goes on after an error cannot commit")
        func swallowedError() throws {
            let connection = try TestDatabase.connection()
            try connection.execute("create temporary table t (a int4)")
            let error = try postgresError {
                try connection.transaction(.readWrite) {
                    try connection.query("insert into t values (1)")
                    _ = try? connection.query("select 1 / 0")
                }
            }
            #expect(error.code == .transactionAborted)
            #expect(try connection.query("select count(*) from t").only().int(0) == 0)
        }

        @Test("Two transactions that write the same give a conflict that is worth a retry")
        func conflict() throws {
            let one = try TestDatabase.connection(), two = try TestDatabase.connection()
            try one.execute("create table conflict_rows (a int4); insert into conflict_rows values (1)")
            defer { try? one.execute("drop table conflict_rows") }
            let error = try postgresError {
                try one.transaction(.readWrite, isolation: .repeatableRead) {
                    try one.query("select a from conflict_rows")
                    try two.query("update conflict_rows set a = 2")
                    try one.query("update conflict_rows set a = 3")
                }
            }
            #expect(error.code == .conflict)
            #expect(error.isWorthRetrying)
        }
    }
}
