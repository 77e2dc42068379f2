import PostgresClient
import TestSupport
import Testing

/// What a server sends is not trusted. These bytes come from no server.
struct HostileValueTests {
    private static let vectors = VectorTypes(
        vector: PostgresType(90_001), halfvec: PostgresType(90_002), sparsevec: PostgresType(90_003))

    private static let types: [UInt32] = [
        16, 17, 20, 21, 23, 25, 26, 700, 701, 1005, 1007, 1009, 1016, 1021, 1022, 3802, 90_001, 90_002, 90_003,
    ]

    private func row(_ bytes: [UInt8], _ type: UInt32) -> PostgresRow {
        PostgresRow(
            storage: .copied(
                bytes, fields: [0..<bytes.count],
                .init(names: ["c"], types: [PostgresType(type)], vectors: Self.vectors)))
    }

    /// Reads a column in every way; a trap would end the tests.
    ///
    /// - Returns: The number of ways that gave a value.
    private func readAll(_ row: PostgresRow) throws -> Int {
        let readings: [() throws -> Void] = [
            { _ = try row.bool(0) }, { _ = try row.int(0) }, { _ = try row.int32(0) }, { _ = try row.int64(0) },
            { _ = try row.float(0) }, { _ = try row.double(0) }, { _ = try row.text(0) }, { _ = try row.bytes(0) },
            { _ = try row.int32s(0) }, { _ = try row.int64s(0) }, { _ = try row.floats(0) },
            { _ = try row.doubles(0) }, { _ = try row.texts(0) }, { _ = try row.vector(0) },
            { _ = try row.sparseVector(0) },
        ]
        var count = 0
        for reading in readings {
            do {
                try reading()
                count += 1
            } catch let error as PostgresError {
                #expect([.wrongType, .malformedValue].contains(error.code), "\(error)")
            }
        }
        return count
    }

    @Test("Random bytes of any type give a value or an error")
    func randomBytes() throws {
        var random = SeededGenerator(seed: 3)
        for round in 0..<20_000 {
            let type = Self.types[round % Self.types.count]
            let count = Int.random(in: 0...40, using: &random)
            var bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
            // Half of them begin as an array or vector does.
            if count >= 12, Bool.random(using: &random) {
                for index in 0..<3 { bytes[index] = 0 }
                bytes[3] = UInt8.random(in: 0...2, using: &random)
            }
            _ = try readAll(row(bytes, type))
        }
    }

    @Test("A vector, sparse vector or array that is cut anywhere is refused")
    func truncation() throws {
        let whole: [(type: UInt32, bytes: [UInt8])] = [
            (90_001, [0, 2, 0, 0, 63, 128, 0, 0, 64, 0, 0, 0]),
            (90_002, [0, 2, 0, 0, 60, 0, 64, 0]),
            (90_003, [0, 0, 0, 9, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 8, 63, 128, 0, 0]),
            (1007, [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 23, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 4, 0, 0, 0, 7]),
            (1009, [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 25, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 65]),
        ]
        for (type, bytes) in whole {
            #expect(try readAll(row(bytes, type)) > 0, "the whole value of type \(type)")
            for count in 0..<bytes.count {
                #expect(try readAll(row(Array(bytes.prefix(count)), type)) == 0, "\(count) bytes of type \(type)")
            }
            #expect(try readAll(row(bytes + [0], type)) == 0, "a byte too many of type \(type)")
        }
    }

    @Test("Indices of a sparse vector that are out of order or bounds are refused")
    func sparseIndices() throws {
        func bytes(_ first: UInt8, _ second: UInt8) -> [UInt8] {
            [0, 0, 0, 9, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, first, 0, 0, 0, second, 63, 128, 0, 0, 63, 128, 0, 0]
        }
        #expect(try row(bytes(3, 8), 90_003).sparseVector(0).entries.map(\.index) == [3, 8])
        for (first, second) in [(3, 3), (4, 3), (0, 9)] as [(UInt8, UInt8)] {
            #expect(
                try postgresError { _ = try row(bytes(first, second), 90_003).sparseVector(0) }.code == .malformedValue)
        }
    }

    @Test("Text that is not UTF-8 is refused")
    func notUTF8() throws {
        #expect(try postgresError { _ = try row([0xC3], 25).text(0) }.code == .malformedValue)
    }
}

struct CopyReaderTests {
    private static let columns = PostgresRows.Columns(names: ["a", "b"], types: [PostgresType(23), PostgresType(25)])

    /// Three rows, the second with a null.
    private static let bytes: [UInt8] = {
        var bytes = Array("PGCOPY\n".utf8) + [0xFF, 0x0D, 0x0A, 0, 0, 0, 0, 0, 0, 0, 0, 0]
        bytes += [0, 2, 0, 0, 0, 4, 0, 0, 0, 7, 0, 0, 0, 2, 104, 105]
        bytes += [0, 2, 0, 0, 0, 4, 0, 0, 0, 8, 255, 255, 255, 255]
        bytes += [0, 2, 0, 0, 0, 4, 0, 0, 0, 9, 0, 0, 0, 0]
        return bytes + [255, 255]
    }()

    private func rows(_ pieces: [[UInt8]]) throws -> [String] {
        var reader = CopyReader(Self.columns), rows: [String] = []
        for piece in pieces {
            reader.add(piece)
            while let row = try reader.next() {
                rows.append("\(try row.int(0)) \(try row.optional(1, row.text) ?? "null")")
            }
        }
        try reader.finish()
        return rows
    }

    @Test("Rows are the same in pieces of any size")
    func pieces() throws {
        for size in 1...Self.bytes.count {
            let pieces = stride(from: 0, to: Self.bytes.count, by: size).map {
                Array(Self.bytes[$0..<min($0 + size, Self.bytes.count)])
            }
            #expect(try rows(pieces) == ["7 hi", "8 null", "9 "], "pieces of \(size)")
        }
    }

    @Test("A copy that is cut anywhere is refused")
    func truncation() throws {
        for count in 0..<Self.bytes.count {
            #expect(throws: PostgresError.self, "\(count) bytes") { try rows([Array(Self.bytes.prefix(count))]) }
        }
    }

    @Test("A copy with another signature, a wrong count, a negative length or more bytes is refused")
    func malformed() throws {
        for (place, value) in [(0, 80 + 1), (11, 1), (15, 255), (20, 3), (21, 254)] as [(Int, UInt8)] {
            var bytes = Self.bytes
            bytes[place] = value
            #expect(throws: PostgresError.self, "byte \(place)") { try rows([bytes]) }
        }
        #expect(throws: PostgresError.self) { try rows([Self.bytes + [0]]) }
    }
}
