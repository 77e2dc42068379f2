import PostgresClient
import PostgresTestSupport
import TestSupport
import Testing

extension ServerTests {
    struct ValueTests {
        /// Sends a value and gets it back.
        private func sent(_ value: PostgresValue, as type: String) throws -> PostgresRow {
            try TestDatabase.connection().query("select $1::\(type)", [value]).only()
        }

        @Test("Truth values and integers come back, their ends included")
        func integers() throws {
            for value in [true, false] { #expect(try sent(.bool(value), as: "bool").bool(0) == value) }
            for value in [Int16.min, -1, 0, .max] { #expect(try sent(.int2(value), as: "int2").int(0) == Int(value)) }
            for value in [Int32.min, -1, 0, .max] {
                #expect(try sent(.int4(value), as: "int4").int32(0) == value)
                #expect(try sent(.int4(value), as: "int4").int64(0) == Int64(value))
            }
            for value in [Int64.min, -1, 0, .max] { #expect(try sent(.int8(value), as: "int8").int64(0) == value) }
        }

        @Test("Floats come back bit by bit, infinities and what is no number included")
        func floats() throws {
            for value in [0, -0, 1.5, .leastNonzeroMagnitude, .greatestFiniteMagnitude, .infinity, -.infinity]
                as [Float]
            {
                #expect(try sent(.float4(value), as: "float4").float(0).bitPattern == value.bitPattern)
                #expect(try sent(.float4(value), as: "float4").double(0) == Double(value))
            }
            for value in [0, -0, .pi, .leastNonzeroMagnitude, .greatestFiniteMagnitude, -.infinity] as [Double] {
                #expect(try sent(.float8(value), as: "float8").double(0).bitPattern == value.bitPattern)
            }
            #expect(try sent(.float4(.nan), as: "float4").float(0).isNaN)
            #expect(try sent(.float8(.nan), as: "float8").double(0).isNaN)
        }

        @Test("Texts and bytes come back", arguments: ["", "paper", "Ünï\u{301}cödé 漢字 👩‍🔬", "a\u{1}\"'\\\n"])
        func texts(text: String) throws {
            #expect(try Array(sent(.text(text), as: "text").text(0).utf8) == Array(text.utf8))
            #expect(try sent(.bytea(Array(text.utf8)), as: "bytea").bytes(0) == Array(text.utf8))
            #expect(try sent(.textArray([text, "x", text]), as: "text[]").texts(0) == [text, "x", text])
        }

        @Test("All bytes come back")
        func allBytes() throws {
            let bytes = Array(UInt8.min...UInt8.max)
            #expect(try sent(.bytea(bytes), as: "bytea").bytes(0) == bytes)
        }

        @Test("A NUL in a text is refused before anything is sent")
        func nulInText() throws {
            let connection = try TestDatabase.connection()
            for value in [PostgresValue.text("a\0b"), .textArray(["a", "\0"]), .jsonb("\0")] {
                #expect(try postgresError { try connection.query("select $1", [value]) }.code == .badValue)
            }
            #expect(try postgresError { try connection.query("select '\0'") }.code == .badValue)
            #expect(try connection.query("select 1").only().int(0) == 1)
        }

        @Test("JSON comes back as text")
        func json() throws {
            #expect(try sent(.jsonb(#"{"a": [1, "é"]}"#), as: "jsonb").text(0) == #"{"a": [1, "é"]}"#)
        }

        @Test("Arrays come back, empty ones included")
        func arrays() throws {
            for values in [[], [0], [Int32.min, -1, .max]] as [[Int32]] {
                #expect(try sent(.int4Array(values), as: "int4[]").int32s(0) == values)
            }
            for values in [[], [Int64.min, .max]] as [[Int64]] {
                #expect(try sent(.int8Array(values), as: "int8[]").int64s(0) == values)
            }
            for values in [[], [-.infinity, 0.1]] as [[Float]] {
                #expect(try sent(.float4Array(values), as: "float4[]").floats(0) == values)
                #expect(try sent(.float4Array(values), as: "float4[]").doubles(0) == values.map(Double.init))
            }
            #expect(try sent(.textArray([]), as: "text[]").texts(0) == [])
        }

        @Test("A null comes back as one, whatever its type")
        func nulls() throws {
            for type in ["int4", "text", "bytea", "int4[]", "vector", "jsonb"] {
                let row = try sent(.null, as: type)
                #expect(row.isNull(0))
                #expect(try row.optional(0, row.text) == nil)
                #expect(try postgresError { _ = try row.text(0) }.code == .wrongType)
            }
            let row = try sent(.int4(3), as: "int4")
            #expect(!row.isNull(0))
            #expect(try row.optional(0, row.int) == 3)
        }

        @Test("Vectors of 1 to 16,000 dimensions come back", arguments: [1, 2, 7, 256, 16_000])
        func vectors(dimensions: Int) throws {
            var random = SeededGenerator(seed: UInt64(dimensions))
            let values = (0..<dimensions).map { _ in Float.random(in: -9...9, using: &random) }
            #expect(try sent(.vector(values), as: "vector").vector(0) == values)
            let halves = values.map { PostgresClient.float(halfBits: halfBits($0)) }
            #expect(try sent(.halfvec(values), as: "halfvec").vector(0) == halves)
        }

        @Test("A vector without dimensions, or with too many, is refused before anything is sent")
        func badVectors() throws {
            let connection = try TestDatabase.connection()
            let values: [PostgresValue] = [
                .vector([]), .halfvec([]), .vector([Float](repeating: 0, count: 16_001)), .halfvec([65_520]),
                .sparsevec(dimensions: 0, []), .sparsevec(dimensions: 1_000_000_001, []),
                .sparsevec(dimensions: 5, [(5, 1)]), .sparsevec(dimensions: 5, [(-1, 1)]),
                .sparsevec(dimensions: 5, [(2, 1), (2, 3)]),
                .sparsevec(dimensions: 20_000, (0..<16_001).map { ($0, 1) }),
            ]
            for value in values {
                #expect(try postgresError { try connection.query("select $1", [value]) }.code == .badValue)
            }
        }

        @Test("The server refuses a vector with a number that is none")
        func notANumber() throws {
            for value in [PostgresValue.vector([1, .nan]), .vector([.infinity]), .halfvec([.nan])] {
                #expect(try postgresError { _ = try sent(value, as: "text") }.code == .invalidData)
            }
        }

        @Test("Sparse vectors come back in order and without zeros")
        func sparseVectors() throws {
            let empty = try sent(.sparsevec(dimensions: 7, []), as: "sparsevec").sparseVector(0)
            #expect(empty == .init(dimensions: 7, entries: []))
            let value = PostgresValue.sparsevec(dimensions: 1_000_000_000, [(999_999_999, 2), (0, -1), (5, 0)])
            let vector = try sent(value, as: "sparsevec").sparseVector(0)
            #expect(vector == .init(dimensions: 1_000_000_000, entries: [.init(0, -1), .init(999_999_999, 2)]))
            let many = (0..<16_000).map { (index: 2 * $0, value: Float($0 + 1)) }
            let long = try sent(.sparsevec(dimensions: 32_000, many), as: "sparsevec").sparseVector(0)
            #expect(long.entries == many.map { .init($0.index, $0.value) })
        }

        @Test("What is sent means to the server what psql says")
        func meaning() throws {
            let row = try TestDatabase.connection().query(
                "select $1::vector::text, $2::halfvec::text, $3::sparsevec::text, $4::int4[]::text, $5::jsonb::text",
                [
                    .vector([1, -2.5]), .halfvec([0.5]), .sparsevec(dimensions: 4, [(0, 3)]), .int4Array([1, 2]),
                    .jsonb("[null]"),
                ]
            ).only()
            #expect(try (0..<5).map { try row.text($0) } == ["[1,-2.5]", "[0.5]", "{1:3}/4", "{1,2}", "[null]"])
        }

        @Test("A column read as another type throws and names both")
        func wrongType() throws {
            let row = try TestDatabase.connection().query(
                """
                select 1::int4 as n, 'x'::text, '[1]'::vector, array[[1,2],[3,4]]::int4[], array[1,null]::int4[],
                    1.5::numeric
                """
            ).only()
            let error = try postgresError { _ = try row.text(0) }
            #expect(error.code == .wrongType)
            #expect(error.message.contains("'n'") && error.message.contains("integer"))
            let readings: [() throws -> Void] = [
                { _ = try row.int(1) }, { _ = try row.vector(0) }, { _ = try row.bytes(1) }, { _ = try row.floats(2) },
                { _ = try row.sparseVector(2) }, { _ = try row.float(0) }, { _ = try row.double(5) },
                { _ = try row.int(6) }, { _ = try row.int(-1) }, { _ = try row.int32s(0) }, { _ = try row.bool(0) },
            ]
            for reading in readings { #expect(try postgresError { try reading() }.code == .wrongType) }
            for column in [3, 4] {
                #expect(try postgresError { _ = try row.int32s(column) }.code == .malformedValue)
            }
            #expect(try row.vector(2) == [1])
        }
    }
}
