import MappedFiles
import TestSupport
import Testing

extension [UInt8] {
    /// Where the section table of a sealed file starts, if header and file leave room for it.
    var tableOffset: Int { self[32..<40].reversed().reduce(0) { $0 << 8 | Int($1) } }

    /// Makes the checksums of table and header right again, as whoever makes up a file would.
    mutating func seal() {
        let start = self[32..<40].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        if start <= UInt64(count) { replace(at: 44, with: CRC32C(Array(self[Int(start)...])).value) }
        replace(at: 60, with: CRC32C(Array(self[..<60])).value)
    }
}

/// Files whose checksums are right and whose numbers are not.
@Suite("A made-up file")
struct HostileFileTests {
    @Test(arguments: [
        ("the file's size", 24, 8), ("the table's place", 32, 8), ("the number of sections", 40, 4),
        ("the container's version", 20, 4), ("the kind", 8, 8), ("the version", 16, 4),
    ])
    func `a made-up header is refused`(what: String, offset: Int, size: Int) throws {
        try TemporaryFolder.with { folder in
            let path = folder + "/a"
            let bytes = try writeSample(to: path)
            for value in Self.extremes {
                var changed = bytes
                changed.replace(at: offset, with: value, size: size)
                guard changed != bytes else { continue }
                changed.seal()
                try write(changed, to: path)
                let error = mappedFileError { try readSample(path) }
                #expect(error?.section == nil && error?.path == path, "\(what): \(value)")
            }
        }
    }

    @Test(arguments: [("place", 24, 8), ("length", 32, 8), ("element's size", 40, 4)], 0..<4)
    func `a made-up section table is refused`(what: (String, Int, Int), section: Int) throws {
        let name = ["bytes", "keys", "nothing", "vector"][section]
        try TemporaryFolder.with { folder in
            let path = folder + "/a"
            let bytes = try writeSample(to: path)
            for value in Self.extremes {
                var changed = bytes
                changed.replace(at: bytes.tableOffset + 64 * section + what.1, with: value, size: what.2)
                guard changed != bytes else { continue }
                changed.seal()
                try write(changed, to: path)
                // A place or a length that is possible makes the checksum wrong, or the section too short; an element
                // of another size is found when it is read.
                do {
                    try readSample(path)
                    // An empty section may lie wherever there is room.
                    #expect(name == "nothing" && what.0 == "place", "\(what.0) of '\(name)': \(value)")
                } catch let error as MappedFileError {
                    #expect(error.section != nil && error.message.contains(path), "\(what.0) of '\(name)': \(value)")
                }
            }
        }
    }

    @Test
    func `sections that overlap are refused`() throws {
        try TemporaryFolder.with { folder in
            let path = folder + "/a"
            var bytes = try writeSample(to: path)
            bytes.replace(at: bytes.tableOffset + 64 + 24, with: UInt64(64))  // "keys" where "bytes" is
            bytes.seal()
            try write(bytes, to: path)
            let error = mappedFileError { try readSample(path) }
            #expect(error?.code == .damagedHeader)
            #expect(error?.section == "keys")
        }
    }

    @Test
    func `two sections of one name, or one without a name, are refused`() throws {
        try TemporaryFolder.with { folder in
            let path = folder + "/a"
            let bytes = try writeSample(to: path)
            let table = bytes.tableOffset
            var twins = bytes
            twins.replaceSubrange(table + 64..<table + 88, with: bytes[table..<table + 24])
            twins.seal()
            try write(twins, to: path)
            #expect(mappedFileError { try readSample(path) }?.section == "bytes")
            var nameless = bytes
            nameless.replaceSubrange(table..<table + 24, with: [UInt8](repeating: 0, count: 24))
            nameless.seal()
            try write(nameless, to: path)
            #expect(mappedFileError { try readSample(path) }?.code == .damagedHeader)
        }
    }

    @Test
    func `a section name that is not UTF-8 hides no other section`() throws {
        try TemporaryFolder.with { folder in
            let path = folder + "/a"
            var bytes = try writeSample(to: path)
            let table = bytes.tableOffset
            bytes.replaceSubrange(table..<table + 24, with: [UInt8](repeating: 0xFF, count: 24))
            bytes.seal()
            try write(bytes, to: path)
            let file = try SectionedFile(path: path, kind: testKind, versions: 3...3)
            #expect(!file.has("bytes") && file.has("keys"))
        }
    }

    @Test
    func `more than 1,024 sections are refused`() throws {
        try TemporaryFolder.with { folder in
            let path = folder + "/a"
            var bytes = [UInt8](try writeSample(to: path)[..<64])
            for index in 0..<1025 {
                var row = Array("s\(index)".utf8)
                row.append(contentsOf: [UInt8](repeating: 0, count: 64 - row.count))
                row.replace(at: 24, with: UInt64(64))
                row.replace(at: 40, with: UInt32(1))
                bytes.append(contentsOf: row)
            }
            bytes.replace(at: 24, with: UInt64(bytes.count))
            bytes.replace(at: 32, with: UInt64(64))
            bytes.replace(at: 40, with: UInt32(1025))
            bytes.seal()
            try write(bytes, to: path)
            let open = { _ = try SectionedFile(path: path, kind: testKind, versions: 3...3) }
            #expect(mappedFileError { try open() }?.code == .damagedHeader)
            // One section less, and it is a file.
            bytes.removeLast(64)
            bytes.replace(at: 24, with: UInt64(bytes.count))
            bytes.replace(at: 40, with: UInt32(1024))
            bytes.seal()
            try write(bytes, to: path)
            try open()
        }
    }

    /// Numbers that overflow a sum, a product, a signed number, or lie just beside what is right.
    private static let extremes: [UInt64] = [
        0, 1, 3, 63, 64, 65, 128, 1024, 4096, UInt64(Int32.max), UInt64(UInt32.max), UInt64(UInt32.max) + 1,
        UInt64(Int64.max) - 63, UInt64(Int64.max), UInt64(Int64.max) + 1, UInt64.max - 191, UInt64.max - 63, UInt64.max,
    ]
}

extension [UInt8] {
    /// Writes the lower `size` bytes of a number at `offset`.
    fileprivate mutating func replace(at offset: Int, with value: UInt64, size: Int) {
        if size == 8 {
            replace(at: offset, with: value)
        } else {
            replace(at: offset, with: UInt32(truncatingIfNeeded: value))
        }
    }
}
