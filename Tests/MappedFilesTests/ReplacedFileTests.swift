import Foundation
import MappedFiles
import TestSupport
import Testing

@Suite("Files that are replaced")
struct ReplacedFileTests {
    private func permissions(of path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    @Test(arguments: [0o600, 0o640, 0o664])
    func `keep their permissions`(wanted: Int) throws {
        try TemporaryFolder.with { folder in
            let path = folder + "/file"
            try AtomicFile.write("old", to: path)
            try FileManager.default.setAttributes([.posixPermissions: wanted], ofItemAtPath: path)
            try AtomicFile.write("new", to: path)
            #expect(try permissions(of: path) == wanted)
            #expect(try String(contentsOfFile: path, encoding: .utf8) == "new")
        }
    }

    @Test(arguments: [true, false])
    func `are those that symbolic links lead to`(exists: Bool) throws {
        try TemporaryFolder.with { folder in
            try FileManager.default.createDirectory(atPath: folder + "/there", withIntermediateDirectories: true)
            if exists { try AtomicFile.write("old", to: folder + "/there/file") }
            try FileManager.default.createSymbolicLink(
                atPath: folder + "/relative", withDestinationPath: "there/file")
            try FileManager.default.createSymbolicLink(
                atPath: folder + "/absolute", withDestinationPath: folder + "/relative")
            try AtomicFile.write("new", to: folder + "/absolute")
            for link in ["relative", "absolute"] {
                let attributes = try FileManager.default.attributesOfItem(atPath: folder + "/" + link)
                #expect(attributes[.type] as? FileAttributeType == .typeSymbolicLink)
            }
            #expect(try String(contentsOfFile: folder + "/there/file", encoding: .utf8) == "new")
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder + "/there") == ["file"])
        }
    }

    @Test
    func `are never folders, pipes or devices`() throws {
        try TemporaryFolder.with { folder in
            #expect(unsafe mkfifo(folder + "/pipe", 0o600) == 0)
            try FileManager.default.createDirectory(atPath: folder + "/folder", withIntermediateDirectories: true)
            try FileManager.default.createSymbolicLink(
                atPath: folder + "/device", withDestinationPath: "/dev/null")
            for (name, kind) in [("pipe", "a pipe"), ("folder", "a folder"), ("device", "a device")] {
                let error = #expect(throws: MappedFileError.self) {
                    try AtomicFile.write("new", to: folder + "/" + name)
                }
                #expect(error?.code == .cannotWrite && error?.message.contains("it is \(kind)") == true)
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == 3)
        }
    }

    @Test
    func `are not found through a circle of links or a name with a NUL`() throws {
        try TemporaryFolder.with { folder in
            try FileManager.default.createSymbolicLink(atPath: folder + "/a", withDestinationPath: "b")
            try FileManager.default.createSymbolicLink(atPath: folder + "/b", withDestinationPath: "a")
            for name in ["a", "c\0d"] {
                #expect(throws: MappedFileError.self) { try AtomicFile.write("new", to: folder + "/" + name) }
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == ["a", "b"])
        }
    }

    @Test(arguments: [250, 255])
    func `may have names as long as the system allows`(length: Int) throws {
        try TemporaryFolder.with { folder in
            let name = String(repeating: "é", count: length / 2) + (length % 2 == 0 ? "" : "x")
            try AtomicFile.write("new", to: folder + "/" + name)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == 1)
            #expect(try String(contentsOfFile: folder + "/" + name, encoding: .utf8) == "new")
        }
    }

    @Test(.enabled(if: geteuid() == 0, "Only root may give files away."))
    func `keep their owner`() throws {
        try TemporaryFolder.with { folder in
            let path = folder + "/file"
            try AtomicFile.write("old", to: path)
            try FileManager.default.setAttributes(
                [.ownerAccountID: 1_000, .groupOwnerAccountID: 1_001], ofItemAtPath: path)
            try AtomicFile.write("new", to: path)
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            #expect(attributes[.ownerAccountID] as? Int == 1_000 && attributes[.groupOwnerAccountID] as? Int == 1_001)
        }
    }
}
