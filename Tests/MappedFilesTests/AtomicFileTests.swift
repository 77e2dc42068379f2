import Foundation
import MappedFiles
import TestSupport
import Testing

@Suite("A small file")
struct AtomicFileTests {
    @Test
    func `a small file is written and replaced whole`() throws {
        try TemporaryFolder.with { folder in
            try AtomicFile.write("one", to: folder + "/a")
            #expect(try contents(of: folder + "/a") == Array("one".utf8))
            try AtomicFile.write("", to: folder + "/a")
            #expect(try contents(of: folder + "/a") == [])
            #expect(try names(in: folder) == ["a"])
        }
    }

    @Test
    func `a hard link shares the bytes of the file`() throws {
        try TemporaryFolder.with { folder in
            try write([1, 2, 3], to: folder + "/a")
            #expect(try AtomicFile.link(folder + "/a", to: folder + "/b") == .linked)
            let attributes = try FileManager.default.attributesOfItem(atPath: folder + "/b")
            #expect(attributes[.referenceCount] as? Int == 2)
            try FileManager.default.removeItem(atPath: folder + "/a")
            #expect(try contents(of: folder + "/b") == [1, 2, 3])
        }
    }

    @Test(.enabled(if: Self.otherVolume != nil, "needs a second volume"))
    func `a link to another volume becomes a copy`() throws {
        let target = try #require(Self.otherVolume) + "/akin-tests-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: target) }
        try TemporaryFolder.with { folder in
            let bytes = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
            try write(bytes, to: folder + "/a")
            #expect(try AtomicFile.link(folder + "/a", to: target) == .copied)
            #expect(try contents(of: target) == bytes)
        }
    }

    @Test(arguments: [0, 1, 1 << 20, (1 << 20) + 1])
    func `a copy has the bytes of its source`(count: Int) throws {
        try TemporaryFolder.with { folder in
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
            try write(bytes, to: folder + "/a")
            try AtomicFile.copy(folder + "/a", to: folder + "/b")
            #expect(try contents(of: folder + "/b") == bytes)
            #expect(try names(in: folder) == ["a", "b"])
        }
    }

    @Test
    func `neither link nor copy replaces a file`() throws {
        try TemporaryFolder.with { folder in
            try write([1], to: folder + "/a")
            try write([2], to: folder + "/b")
            #expect(mappedFileError { try AtomicFile.link(folder + "/a", to: folder + "/b") }?.code == .cannotWrite)
            #expect(mappedFileError { try AtomicFile.copy(folder + "/a", to: folder + "/b") }?.code == .cannotWrite)
            #expect(try contents(of: folder + "/b") == [2])
        }
    }

    @Test
    func `linking and copying an absent file name it in the error`() throws {
        try TemporaryFolder.with { folder throws in
            let absent = folder + "/absent"
            for body in [AtomicFile.copy, { _ = try AtomicFile.link($0, to: $1) }] as [(String, String) throws -> Void]
            {
                let error = mappedFileError { try body(absent, folder + "/b") }
                #expect(error?.code == .cannotOpen)
                #expect(error?.path == absent)
            }
            #expect(try names(in: folder) == [])
        }
    }

    /// A folder on another volume than the temporary folder, where there is one that all may write to.
    private static let otherVolume: String? = ["/dev/shm", "/var/tmp"].first { path in
        let volumes = [path, FileManager.default.temporaryDirectory.path].map { path in
            (try? FileManager.default.attributesOfItem(atPath: path))?[.systemNumber] as? Int
        }
        return volumes[0] != nil && volumes[0] != volumes[1] && FileManager.default.isWritableFile(atPath: path)
    }
}

@Suite("A folder")
struct FolderTests {
    @Test
    func `a folder can be synchronised, and an absent one is named`() throws {
        try TemporaryFolder.with { folder in
            try Folder.synchronize(folder)
            #expect(mappedFileError { try Folder.synchronize(folder + "/absent") }?.code == .cannotWrite)
            try write([1], to: folder + "/a")
            #expect(mappedFileError { try Folder.synchronize(folder + "/a") }?.code == .cannotWrite)
        }
    }

    @Test
    func `a folder tells the free space of its volume`() throws {
        try TemporaryFolder.with { folder in
            let free = try Folder.freeBytes(at: folder)
            let known = try FileManager.default.attributesOfFileSystem(forPath: folder)[.systemFreeSize] as? Int
            // Others write to the volume meanwhile.
            #expect(abs(free - (try #require(known))) < 1 << 30)
            #expect(mappedFileError { _ = try Folder.freeBytes(at: folder + "/absent") }?.code == .cannotOpen)
        }
    }
}
