import Akin
import Foundation
import MappedFiles
import PaperStore

/// The file of a manifest, for tests that change what it says and give it sound checksums.
enum ManifestFile {
    private static let kind = FileKind("library")

    /// The JSON text of a generation's manifest.
    static func text(in generation: GenerationFolder) throws -> String {
        let file = try SectionedFile(path: generation.manifest, kind: kind, versions: 1...99)
        return String(decoding: try file.array("json", of: UInt8.self), as: UTF8.self)
    }

    /// Writes a manifest of some text with sound checksums, also the one that the store keeps.
    static func write(
        _ text: String, version: Int = Manifest.currentFormat, to generation: GenerationFolder
    ) throws {
        var writer = try SectionedFileWriter(path: generation.manifest, kind: kind, version: UInt32(version))
        try writer.add("json", Array(text.utf8))
        try writer.commit()
        let folder = LibraryFolder(path: URL(filePath: generation.path).deletingLastPathComponent().path)
        let store = try PaperStore(opening: folder.store, mode: .readWrite)
        try store.write { try Manifest.keepChecksum(of: generation, in: $0) }
    }
}
