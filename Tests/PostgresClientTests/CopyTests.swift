import PostgresClient
import PostgresTestSupport
import TestSupport
import Testing

extension ServerTests {
    struct CopyTests {
        struct Stop: Error {}

        @Test("100,000 rows are copied in and out again")
        func manyRows() throws {
            let connection = try TestDatabase.connection()
            try connection.execute("create temporary table t (key int4, text text, vec halfvec(8), year int2)")
            let count = 100_000
            let copied = try connection.copy(into: "t", columns: ["key", "text", "vec", "year"]) { writer in
                for key in 0..<Int32(count) {
                    try writer.append(
                        .int4(key), .text("p\(key)"), .halfvec([Float](repeating: Float(key % 100), count: 8)),
                        key % 3 == 0 ? .null : .int2(Int16(key % 2000)))
                }
            }
            #expect(copied == count)
            var next = 0, wrong = 0
            let read = try connection.copy(from: "select key, text, vec, year from t order by key") { row in
                let key = try row.int(0), year = try row.optional(3, row.int)
                let isRight =
                    try key == next && row.text(1) == "p\(key)"
                    && row.vector(2) == [Float](repeating: Float(key % 100), count: 8)
                    && year == (key % 3 == 0 ? nil : key % 2000)
                if !isRight { wrong += 1 }
                next += 1
            }
            #expect(read == count)
            #expect(wrong == 0)
        }

        @Test("A copy of no rows is one")
        func noRows() throws {
            let connection = try TestDatabase.connection()
            try connection.execute("create temporary table t (key int4)")
            #expect(try connection.copy(into: "t", columns: ["key"]) { _ in } == 0)
            #expect(try connection.copy(from: "select * from t") { _ in } == 0)
        }

        @Test("A body that throws copies nothing, and its error comes out")
        func throwingBody() throws {
            let connection = try TestDatabase.connection()
            try connection.execute("create temporary table t (key int4)")
            #expect(throws: Stop.self) {
                try connection.copy(into: "t", columns: ["key"]) { writer in
                    for key in 0..<Int32(50_000) { try writer.append(.int4(key)) }
                    throw Stop()
                }
            }
            #expect(try connection.query("select count(*) from t").only().int(0) == 0)
            #expect(throws: Stop.self) {
                try connection.copy(from: "select generate_series(1, 1000000)") { row in
                    if try row.int(0) == 1000 { throw Stop() }
                }
            }
            #expect(try connection.query("select 1").only().int(0) == 1)
        }

        @Test("What the server refuses in a copy comes out as its error")
        func refusedRows() throws {
            let connection = try TestDatabase.connection()
            try connection.execute("create temporary table t (key int4 primary key, other int8)")
            let duplicate = try postgresError {
                try connection.copy(into: "t", columns: ["key"]) { writer in
                    for key in 0..<Int32(200_000) { try writer.append(.int4(key % 1000)) }
                }
            }
            #expect(duplicate.code == .duplicate)
            let width = try postgresError {
                try connection.copy(into: "t", columns: ["key", "other"]) { try $0.append(.int4(1), .int4(1)) }
            }
            #expect(width.sqlState == "08P01")
            #expect(width.message.contains("other"))
            #expect(
                try postgresError { try connection.copy(into: "nowhere", columns: ["a"]) { _ in } }.code
                    == .undefinedObject)
            #expect(
                try postgresError { try connection.copy(from: "select a from nowhere") { _ in } }.code
                    == .undefinedObject)
            #expect(
                try postgresError {
                    try connection.copy(from: "select 1 / (3 - n) from generate_series(1, 5) n") { _ in }
                }.code == .invalidData)
            #expect(try connection.query("select count(*) from t").only().int(0) == 0)
        }

        @Test("A row with another number of values is refused")
        func wrongCount() throws {
            let connection = try TestDatabase.connection()
            try connection.execute("create temporary table t (key int4)")
            #expect(
                try postgresError {
                    try connection.copy(into: "t", columns: ["key"]) { try $0.append(.int4(1), .int4(2)) }
                }.code == .badValue)
        }

        @Test("The connection cannot be asked while it copies")
        func nestedUse() throws {
            let connection = try TestDatabase.connection()
            let error = try postgresError {
                try connection.copy(from: "select 1") { _ in try connection.query("select 2") }
            }
            #expect(error.code == .unusable)
            #expect(try connection.query("select 1").only().int(0) == 1)
        }

        @Test("Names with quotation marks, capitals and spaces are names")
        func names() throws {
            let connection = try TestDatabase.connection()
            let table = PostgresName("pg_temp", "A \"b\""), column = "Sp ace\""
            try connection.execute("create temporary table \(PostgresName("A \"b\"")) (\(PostgresName(column)) int4)")
            #expect(try connection.copy(into: table, columns: [column]) { try $0.append(.int4(1)) } == 1)
        }
    }
}
