import Foundation
import MappedFiles
import TestSupport
import Testing

@Suite("A sectioned file")
struct SectionedFileTests {
    @Test(arguments: [0, 1, 7, 8, 13, 31, 207, 1025, 300_000])
    func `a sectioned file gives back what was written`(count: Int) throws {
        var generator = SeededGenerator(seed: UInt64(count))
        let small = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
        let large = (0..<count).map { _ in UInt64.random(in: 0...UInt64.max, using: &generator) }
        let real = (0..<count).map { _ in Float.random(in: -1...1, using: &generator) }
        try TemporaryFolder.with { folder in
            let path = folder + "/a.test"
            var writer = try SectionedFileWriter(path: path, kind: testKind, version: 1)
            try writer.add("small", small)
            try writer.add("large", large.span)
            try writer.add("real", real)
            try writer.commit()

            let file = try SectionedFile(path: path, kind: testKind, versions: 1...1)
            #expect(file.sectionNames == ["small", "large", "real"])
            #expect(file.version == 1)
            #expect(file.path == path)
            #expect(try file.byteCount == contents(of: path).count)
            #expect(try Array(file.array("small", of: UInt8.self)) == small)
            #expect(try Array(file.array("large", of: UInt64.self, count: count)) == large)
            #expect(try Array(file.array("real", of: Float.self, verified: true)) == real)
            try file.verify()
        }
    }

    @Test
    func `a sectioned file is the same written whole or in pieces`() throws {
        let seed: UInt64 = 3
        var generator = SeededGenerator(seed: seed)
        let values = (0..<200_000).map { _ in UInt32.random(in: 0...UInt32.max, using: &generator) }
        try TemporaryFolder.with { folder in
            var whole = try SectionedFileWriter(path: folder + "/whole", kind: testKind, version: 1)
            try whole.add("values", values)
            try whole.add("end", [UInt8(1)])
            try whole.commit()

            var pieces = try SectionedFileWriter(path: folder + "/pieces", kind: testKind, version: 1)
            pieces.begin("values", elementSize: 4)
            var start = 0
            while start < values.count {
                let end = min(values.count, start + Int.random(in: 0...80_000, using: &generator))
                try pieces.append(Array(values[start..<end]))
                start = end
            }
            pieces.end()
            try pieces.add("end", [UInt8(1)])
            try pieces.commit()
            #expect(try contents(of: folder + "/whole") == contents(of: folder + "/pieces"), "seed \(seed)")
        }
    }

    @Test
    func `a sectioned file may have no sections`() throws {
        try TemporaryFolder.with { folder in
            try SectionedFileWriter(path: folder + "/a", kind: testKind, version: 1).commit()
            let file = try SectionedFile(path: folder + "/a", kind: testKind, versions: 1...1)
            #expect(file.sectionNames.isEmpty)
            try file.verify()
        }
    }

    @Test
    func `a sectioned file aligns every section to 64 bytes`() throws {
        try TemporaryFolder.with { folder in
            try writeSample(to: folder + "/a")
            let file = try SectionedFile(path: folder + "/a", kind: testKind, versions: 3...3)
            let addresses = unsafe [
                UInt(bitPattern: try file.array("bytes", of: UInt8.self).baseAddress),
                UInt(bitPattern: try file.array("keys", of: UInt64.self).baseAddress),
                UInt(bitPattern: try file.array("nothing", of: UInt32.self).baseAddress),
                UInt(bitPattern: try file.array("vector", of: Float.self).baseAddress),
            ]
            #expect(addresses.allSatisfy { $0 % 64 == 0 })
        }
    }

    @Test
    func `a sectioned file lives as long as one of its arrays`() throws {
        try TemporaryFolder.with { folder in
            try writeSample(to: folder + "/a")
            let keys = try SectionedFile(path: folder + "/a", kind: testKind, versions: 3...3)
                .array("keys", of: UInt64.self)
            try FileManager.default.removeItem(atPath: folder + "/a")
            #expect(keys.last == 19 * 0x0101_0101_0101)
        }
    }

    @Test
    func `a section of another element size or count is refused`() throws {
        try TemporaryFolder.with { folder in
            let path = folder + "/a"
            try writeSample(to: path)
            let file = try SectionedFile(path: path, kind: testKind, versions: 3...3)
            let missing = mappedFileError { _ = try file.array("absent", of: UInt8.self) }
            #expect(missing?.code == .missingSection)
            #expect(missing?.section == "absent")
            #expect(!file.has("absent") && file.has("keys"))
            let narrow = mappedFileError { _ = try file.array("keys", of: UInt32.self) }
            #expect(narrow?.code == .damagedSection)
            #expect(narrow?.section == "keys")
            let short = mappedFileError { _ = try file.array("keys", of: UInt64.self, count: 21) }
            #expect(short?.code == .damagedSection)
            #expect(short?.message.contains("'keys' has 20 elements instead of 21") == true)
        }
    }

    @Test
    func `a file of another kind or version is refused, both named`() throws {
        try TemporaryFolder.with { folder in
            let path = folder + "/a"
            try writeSample(to: path, version: 3)
            func opening(_ kind: FileKind, _ versions: ClosedRange<UInt32>) -> MappedFileError? {
                mappedFileError { _ = try SectionedFile(path: path, kind: kind, versions: versions) }
            }
            let kind = opening(FileKind("other"), 3...3)
            #expect(kind?.code == .notThisKind)
            #expect(kind?.message.contains("'test'") == true && kind?.message.contains("'other'") == true)
            let newer = opening(testKind, 1...2)
            #expect(newer?.code == .newerVersion)
            #expect(newer?.message.contains("format version 3, this build reads 1...2") == true)
            let older = opening(testKind, 4...5)
            #expect(older?.code == .olderVersion)
            #expect(older?.message.contains("format version 3, this build reads 4...5") == true)
            for error in [kind, newer, older] { #expect(error?.message.contains(path) == true && error?.path == path) }
        }
    }

    @Test
    func `an absent path, a folder and a device are refused as files`() throws {
        try TemporaryFolder.with { folder in
            for path in [folder, folder + "/absent", "/dev/null"] {
                let error = mappedFileError { _ = try SectionedFile(path: path, kind: testKind, versions: 1...1) }
                #expect(error?.code == .cannotOpen)
                #expect(error?.message.contains(path) == true)
            }
            try write([], to: folder + "/empty")
            let empty = mappedFileError {
                _ = try SectionedFile(path: folder + "/empty", kind: testKind, versions: 1...1)
            }
            #expect(empty?.code == .empty)
            try write(
                Array("plain text, longer than a header is, to be sure that it is read: yes".utf8), to: folder + "/text"
            )
            let text = mappedFileError {
                _ = try SectionedFile(path: folder + "/text", kind: testKind, versions: 1...1)
            }
            #expect(text?.code == .notThisKind)
        }
    }

    @Test
    func `opening a pipe that nobody writes to fails at once`() throws {
        try TemporaryFolder.with { folder in
            #expect(unsafe mkfifo(folder + "/pipe", 0o600) == 0)
            let error = mappedFileError { _ = try MappedFile(path: folder + "/pipe") }
            #expect(error?.code == .cannotOpen)
        }
    }
}
