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
}
