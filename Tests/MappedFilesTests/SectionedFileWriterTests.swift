import Foundation
import MappedFiles
import TestSupport
import Testing

@Suite("A writer of sectioned files")
struct SectionedFileWriterTests {
    @Test
    func `a writer that is given up leaves no file behind`() throws {
        try TemporaryFolder.with { folder in
            do {
                var writer = try SectionedFileWriter(path: folder + "/a", kind: testKind, version: 1)
                try writer.add("large", [UInt64](repeating: 1, count: 100_000))
                #expect(try names(in: folder).count == 1)
                #expect(try names(in: folder)[0].hasPrefix("a.partial-\(getpid())"))
            }
            #expect(try names(in: folder) == [])
        }
    }

    @Test
    func `a writer keeps the old file until the new one is whole`() throws {
        try TemporaryFolder.with { folder in
            let path = folder + "/a"
            let old = try writeSample(to: path)
            let reader = try SectionedFile(path: path, kind: testKind, versions: 3...3)
            var writer = try SectionedFileWriter(path: path, kind: testKind, version: 2)
            try writer.add("keys", [UInt64](repeating: 5, count: 100_000))
            #expect(try contents(of: path) == old)
            try writer.commit()
            #expect(try names(in: folder) == ["a"])
            let new = try SectionedFile(path: path, kind: testKind, versions: 2...2)
            #expect(try new.array("keys", of: UInt64.self).count == 100_000)
            // Whoever has the old one open goes on reading it.
            try reader.verify()
            #expect(try reader.array("keys", of: UInt64.self).count == 20)
        }
    }

    @Test
    func `two writers of one path do not disturb each other`() throws {
        try TemporaryFolder.with { folder in
            let path = folder + "/a"
            var first = try SectionedFileWriter(path: path, kind: testKind, version: 1)
            var second = try SectionedFileWriter(path: path, kind: testKind, version: 2)
            try first.add("x", [UInt8](repeating: 1, count: 400_000))
            try second.add("x", [UInt8](repeating: 2, count: 300_000))
            try first.commit()
            #expect(
                try SectionedFile(path: path, kind: testKind, versions: 1...1).array("x", of: UInt8.self).first == 1)
            try second.commit()
            #expect(
                try SectionedFile(path: path, kind: testKind, versions: 2...2).array("x", of: UInt8.self).first == 2)
        }
    }

    @Test
    func `writing into an absent folder is refused by name`() throws {
        try TemporaryFolder.with { folder in
            let path = folder + "/absent/a"
            let error = mappedFileError { _ = try SectionedFileWriter(path: path, kind: testKind, version: 1) }
            #expect(error?.code == .cannotWrite)
            #expect(error?.systemError == ENOENT)
            #expect(error?.message.contains(path) == true)
        }
    }

    @Test(.enabled(if: getuid() != 0, "the superuser may write everywhere"))
    func `writing into a read-only folder is refused by name`() throws {
        try TemporaryFolder.with { folder in
            try FileManager.default.setAttributes([.posixPermissions: 0o500], ofItemAtPath: folder)
            let error = mappedFileError { _ = try SectionedFileWriter(path: folder + "/a", kind: testKind, version: 1) }
            try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: folder)
            #expect(error?.code == .cannotWrite)
            #expect(error?.systemError == EACCES)
        }
    }

    @Test
    func `a writer removes its partial file if it cannot be renamed`() throws {
        try TemporaryFolder.with { folder in
            try FileManager.default.createDirectory(atPath: folder + "/a/b", withIntermediateDirectories: true)
            let error = mappedFileError { try writeSample(to: folder + "/a") }
            #expect(error?.code == .cannotWrite)
            #expect(try names(in: folder) == ["a"])
        }
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full"), "needs a device that is always full"))
    func `a full volume is reported, at every later step too`() throws {
        var writer = SectionedFileWriter(file: try PartialFile(device: "/dev/full"), kind: testKind, version: 1)
        // What fits into the buffer is not written yet.
        try writer.add("small", [UInt8](repeating: 1, count: 10))
        writer.begin("large", elementSize: 1)
        let first = mappedFileError { try writer.append([UInt8](repeating: 1, count: 1_000_000)) }
        #expect(first?.code == .noSpace)
        #expect(first?.systemError == ENOSPC)
        #expect(first?.message.contains("/dev/full") == true && first?.message.contains("Free some space") == true)
        writer.end()
        do {
            try writer.commit()
            Issue.record("A file with a hole in it was committed")
        } catch {
            #expect(error == first)
        }
    }

    @Test
    func `a written file has the permissions of new files`() throws {
        try TemporaryFolder.with { folder in
            try write([1], to: folder + "/other")
            try writeSample(to: folder + "/a")
            let permissions = try ["/other", "/a"].map {
                try FileManager.default.attributesOfItem(atPath: folder + $0)[.posixPermissions] as? Int
            }
            #expect(permissions[0] == permissions[1])
        }
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: "/proc/self/fd"), "counts files where Linux lists them"))
    func `a writer leaves no file open`() throws {
        try TemporaryFolder.with { folder in
            func openFiles() throws -> Int {
                // Other tests open files of their own meanwhile: only those in this folder count.
                try names(in: "/proc/self/fd").count { name in
                    let target = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/" + name)
                    return target?.hasPrefix(folder) == true
                }
            }
            try writeSample(to: folder + "/a")
            let file = try SectionedFile(path: folder + "/a", kind: testKind, versions: 3...3)
            #expect(try openFiles() == 0)
            do {
                let abandoned = try SectionedFileWriter(path: folder + "/b", kind: testKind, version: 1)
                #expect(try openFiles() == 1)
                _ = consume abandoned
            }
            try write([1, 2, 3], to: folder + "/c")
            _ = mappedFileError { _ = try SectionedFile(path: folder + "/c", kind: testKind, versions: 1...1) }
            try AtomicFile.copy(folder + "/a", to: folder + "/d")
            #expect(try openFiles() == 0)
            #expect(file.has("keys"))
        }
    }
}
