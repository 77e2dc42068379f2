import MappedFiles
import TestSupport
import Testing

@Suite("A damaged file")
struct DamagedFileTests {
    @Test
    func `a damaged file is refused wherever it is cut`() throws {
        try TemporaryFolder.with { folder in
            let path = folder + "/a"
            let bytes = try writeSample(to: path)
            for length in 0..<bytes.count {
                try write(Array(bytes[..<length]), to: path)
                let error = mappedFileError { try readSample(path) }
                #expect(error?.code == (length == 0 ? .empty : .truncated), "cut to \(length) bytes")
                #expect(error?.path == path)
            }
        }
    }

    @Test
    func `a damaged file is refused if it has grown`() throws {
        try TemporaryFolder.with { folder in
            let path = folder + "/a"
            let bytes = try writeSample(to: path)
            for extra in [1, 63, 64, 5000] {
                try write(bytes + [UInt8](repeating: 0, count: extra), to: path)
                #expect(mappedFileError { try readSample(path) }?.code == .damagedHeader)
            }
        }
    }

    @Test
    func `a change of any one byte is found`() throws {
        try TemporaryFolder.with { folder in
            let path = folder + "/a"
            let bytes = try writeSample(to: path)
            try readSample(path)
            for place in bytes.indices {
                for change: UInt8 in [1, 0x80] {
                    var damaged = bytes
                    damaged[place] ^= change
                    try write(damaged, to: path)
                    _ = mappedFileError { try readSample(path) }
                }
            }
        }
    }

    @Test
    func `a damaged section is named in the error`() throws {
        try TemporaryFolder.with { folder in
            let path = folder + "/a"
            var bytes = try writeSample(to: path)
            bytes[64 + 64 + 9] ^= 4  // header, then "bytes", then the tenth byte of "keys"
            try write(bytes, to: path)
            let file = try SectionedFile(path: path, kind: testKind, versions: 3...3)
            for body in [
                { try file.verify() }, { _ = try file.array("keys", of: UInt64.self, verified: true) },
            ] as [() throws -> Void] {
                let error = mappedFileError { try body() }
                #expect(error?.code == .damagedSection)
                #expect(error?.section == "keys")
                #expect(error?.message.contains(path) == true && error?.message.contains("'keys'") == true)
            }
            #expect(try file.array("vector", of: Float.self, verified: true).count == 16)
        }
    }

    @Test
    func `a file with many changed bytes is refused or reads as it was written`() throws {
        let seed: UInt64 = 11
        var generator = SeededGenerator(seed: seed)
        try TemporaryFolder.with { folder in
            let path = folder + "/a"
            let bytes = try writeSample(to: path)
            for _ in 0..<3000 {
                var damaged = bytes
                for _ in 0..<Int.random(in: 1...20, using: &generator) {
                    damaged[Int.random(in: 0..<bytes.count, using: &generator)] = .random(
                        in: 0...255, using: &generator)
                }
                if Bool.random(using: &generator) { damaged.seal() }
                try write(damaged, to: path)
                do { try readSample(path) } catch is MappedFileError {}
            }
        }
    }
}
